/**
 * The non-saturating adversarial objective on logits l, D = 1/(1 + e^(-l)) (Goodfellow et al. 2014, section 3):
 *
 *   V(D, G) = E log D(x) + E log(1 - D(G(z))) = -E softplus(-l(x)) - E softplus(l(G(z))) <= -2 log 2 + 2 JS(p, p_G),
 *   the judge minimises -V,   the generator minimises -E log D(G(z)) = E softplus(-l(G(z))).
 *
 * softplus of a logit is finite and has a gradient wherever the logarithm of a rounded probability has none.
 */
import type { Adversarial } from "../../models/adversarial.ts"
import type { Network } from "../../models/network.ts"
import type { Shape } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Scalar, Tensor, Tf } from "../../tensor/tf.ts"
import type { Batch, Loss, Model, Objective, Phase } from "../objective.ts"
import type { Streams } from "../recipe.ts"
import type { Source } from "../source.ts"

/** V of the logits of real and of generated items, any shapes. */
export const gameValue = (tf: Tf, real: Tensor, fake: Tensor): Scalar =>
  tf.neg(tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake)))) as Scalar

/** E softplus(-l) over generated items: what the generator minimises. */
export const generatorLoss = (tf: Tf, fake: Tensor): Scalar => tf.mean(tf.softplus(tf.neg(fake))) as Scalar

/** n rows of noise, [n, q], from the words 0 .. n q - 1 of a stream. */
export const noise = (stream: Stream, n: number, latent: number): Batch[string] => {
  const z = new Float64Array(n * latent)
  fillNormal(stream, z, 0)
  return { shape: [n, latent], values: new Float32Array(z) }
}

/** The objective of a generator and a judge by logits. */
export const nonSaturating = <X extends Shape>(
  source: Source<X>,
  latent: number,
  n: number,
  streams: Streams,
): Objective<Adversarial<X, "logit">, "judge" | "generator"> => ({
  phases: [
    {
      name: "judge",
      trains: "judge/",
      times: 1,
      draw: (k) => ({
        x: { shape: [n, ...source.item], values: new Float32Array(source.batch(k, n)) },
        z: noise(streams("noise", "judge", String(k)), n, latent),
      }),
      loss: (tf, model, weights, { x, z }) =>
        lost(tf, gameValue(tf, model.judge(tf, weights, x!), model.judge(tf, weights, model.generate(tf, weights, z!)))),
    },
    {
      name: "generator",
      trains: "generator/",
      times: 1,
      draw: (k) => ({ z: noise(streams("noise", "generator", String(k)), n, latent) }),
      loss: (tf, model, weights, { z }) => ({
        total: generatorLoss(tf, model.judge(tf, weights, model.generate(tf, weights, z!))),
        parts: {},
      }),
    },
  ],
})

/** A model with one more judge, by logits, of two laws with known densities. */
export interface Witnessed extends Model {
  readonly witness: Network
}

/** The same game between two given sources of points: its solution is known, l* = log p/q. */
export const witnessPhase = <X extends Shape>(p: Source<X>, q: Source<X>, n: number): Phase<Witnessed, "witness"> => ({
  name: "witness",
  trains: "witness/",
  times: 1,
  draw: (k) => ({
    x: { shape: [n, ...p.item], values: new Float32Array(p.batch(k, n)) },
    y: { shape: [n, ...q.item], values: new Float32Array(q.batch(k, n)) },
  }),
  loss: (tf, { witness }, weights, { x, y }) => lost(tf, gameValue(tf, witness.apply(tf, weights, x!), witness.apply(tf, weights, y!))),
})

const lost = (tf: Tf, value: Scalar): Loss => ({ total: tf.neg(value), parts: { value } })
