/**
 * What a trained judge is worth, against the theorems of the game. For any D and laws p, q with m = (p + q)/2:
 *
 *   V(D) = -2 log 2 + 2 JS(p, q) - int (p + q) kl(D* || D),     D* = p/(p + q),     0 <= JS <= log 2     (Goodfellow et al. 2014, theorem 1),
 *
 * so that every judge gives a lower bound (V + 2 log 2)/2 of JS.
 */
import type { Metric } from "../../math/metric.ts"
import { meanVariance, Z95 } from "../../math/statistics.ts"
import type { Adversarial, Judgement } from "../../models/adversarial.ts"
import { size } from "../../models/network.ts"
import type { Shape, Weights } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import { stream } from "../../random/stream.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Batch, Inputs } from "../objective.ts"
import { gameValue, generatorLoss } from "../objectives/adversarial.ts"
import type { Gate } from "../program.ts"
import type { Trained } from "../trained.ts"

/** Latents that stand for the population, the same in every run. */
const population = stream("adversarial", "population")

/** The latents of the population and of n items after them. */
export const latents = ({ latent, pinned }: Pick<Adversarial<Shape, Judgement>, "latent" | "pinned">, n: number, from: Stream): Batch[string] => {
  const z = new Float64Array((pinned + n) * latent)
  fillNormal(population, z.subarray(0, pinned * latent), 0)
  fillNormal(from, z.subarray(pinned * latent), 0)
  return { shape: [pinned + n, latent], values: new Float32Array(z) }
}

const generate = <X extends Shape, J extends Judgement>(tf: Tf, model: Adversarial<X, J>, weights: Weights, { z }: Inputs): Tensor =>
  model.generate(tf, weights, z!, model.pinned)

/** n generated items, flat, each by itself. */
export const generated = async <X extends Shape, J extends Judgement>(
  { model, compute }: Trained<Adversarial<X, J>>,
  n: number,
  from: Stream,
): Promise<Float64Array> => {
  const values = await compute(generate, { z: latents(model, n, from) })
  return new Float64Array(values.subarray(model.pinned * size(model.item)))
}

const judge = <X extends Shape, J extends Judgement>(tf: Tf, model: Adversarial<X, J>, weights: Weights, { x }: Inputs): Tensor =>
  model.judge(tf, weights, x!, model.pinned)

/** The judge's numbers of n items, each by itself; `real` holds the items that stand for the population, first, where the judge needs them. */
export const judged = async <X extends Shape, J extends Judgement>(
  { model: { pinned, item }, compute }: Trained<Adversarial<X, J>>,
  x: Float64Array,
  real: Float64Array = x.subarray(0, 0),
): Promise<Float64Array> => {
  const d = size(item)
  const all = new Float32Array(pinned * d + x.length)
  all.set(real.subarray(0, pinned * d))
  all.set(x, pinned * d)
  const values = await compute(judge, { x: { shape: [pinned + x.length / d, ...item], values: all } })
  return new Float64Array(values.subarray(pinned))
}

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** V + 2 log 2 from logits of n real and n generated items: a lower bound of 2 JS, with the 95 % normal interval of two independent means. */
export const valueMetric = (name: string, real: Float64Array, fake: Float64Array, what: string): Metric => {
  const a = meanVariance(real.map((l) => Math.LN2 - softplus(-l)))
  const b = meanVariance(fake.map((l) => Math.LN2 - softplus(l)))
  const half = Z95 * Math.sqrt(a.variance / real.length + b.variance / fake.length)
  const value = a.mean + b.mean
  const protocol = `mean of log 2D over ${real.length} and of log 2(1 - D) over ${fake.length} ${what}; normal interval`
  return { name, value, n: real.length, interval: [value - half, value + half], confidence: 0.95, floor: 0, protocol }
}

/** What the losses make of a judge that cannot tell: with its weights at 0, D = 1/2, the loss of the judge less 2 log 2 or of the generator less log 2, the larger. */
export const indifferent = async <X extends Shape>(
  { model, compute }: Trained<Adversarial<X, "logit">>,
  prefix: string,
  x: Float64Array,
): Promise<Metric> => {
  const n = x.length / size(model.item)
  const values = await compute((tf, players, weights) => {
    const blind = Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, name.startsWith(prefix) ? tf.zerosLike(w) : w]))
    const logits = players.judge(tf, blind, tf.tensor(Float32Array.from(x), [n, ...players.item]))
    return tf.stack([tf.sub(tf.neg(gameValue(tf, logits, logits)), 2 * Math.LN2), tf.sub(generatorLoss(tf, logits), Math.LN2)])
  })
  const value = Math.abs(values[0]!) > Math.abs(values[1]!) ? values[0]! : values[1]!
  return {
    name: "loss of D = 1/2 less its value",
    value,
    n,
    interval: null,
    confidence: null,
    floor: 0,
    protocol: `the judge's weights set to 0, ${n} generated items`,
  }
}

/** What theory says at once, of the metrics of these names. */
export const gameGates: ReadonlyArray<Gate> = [
  {
    name: "value-range",
    metric: "V + 2 log 2 of the judge",
    bounds: { hi: 2 * Math.LN2 },
    because: "2 JS is at most 2 log 2 for all laws: a larger value is a wrong sign or a logarithm that was clipped",
    source: "Goodfellow et al. 2014, theorem 1",
  },
  {
    name: "indifferent-judge",
    metric: "loss of D = 1/2 less its value",
    // Sums of a few float32 numbers near 0.7 and 1.4.
    bounds: { lo: -1e-6, hi: 1e-6 },
    every: true,
    because: "a judge with weights 0 has D = 1/2 everywhere: its loss is 2 log 2 and the generator's is log 2",
    source: "Goodfellow et al. 2014, theorem 1",
  },
]
