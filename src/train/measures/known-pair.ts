/**
 * A judge of two laws on the plane whose densities are known, p a mixture and q the Gaussian with p's mean and covariance r^2 I: everything that the theorems
 * of the game speak of can be integrated. With D = 1/(1 + e^(-l)), m = (p + q)/2 and the entropies H,
 *
 *   V(D) = int p log D + q log(1 - D),     V(D) + R(D) = -2 log 2 + 2 JS,     R(D) = int (p + q) kl(D* || D) >= 0,     l* = log p/q,
 *   JS = H(m) - H(p)/2 - H(q)/2.
 *
 * No linear or quadratic logit can tell the two apart: V is concave in its coefficients, and its gradient at 0 is half the difference of two moments that
 * agree. What a judge of one event alone can reach is JS of two coins (data processing).
 */
import { gaussianLaw, mixtureLaw } from "../../data/laws/mixture-law.ts"
import type { MixtureLaw } from "../../data/laws/mixture-law.ts"
import { lazy } from "../../core/lazy.ts"
import { planeEntropy } from "../../data/laws/plane-entropy.ts"
import type { Box } from "../../data/laws/plane-entropy.ts"
import type { Metric } from "../../math/metric.ts"
import { meanVariance } from "../../math/statistics.ts"
import type { Weights } from "../../models/network.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Batch, Inputs } from "../objective.ts"
import { gameValue } from "../objectives/adversarial.ts"
import type { Witnessed } from "../objectives/adversarial.ts"
import type { Monitor } from "../program.ts"
import { shared } from "../trained.ts"
import type { Trained } from "../trained.ts"
import { softplus } from "./adversarial.ts"

export interface KnownPair {
  readonly p: MixtureLaw
  readonly q: MixtureLaw
  /** A square outside which q has a mass below 4e-9, and p less. */
  readonly box: Box
  /** JS(p, q) in nats, with a bound of its error; computed when first asked for. */
  readonly js: () => { readonly value: number; readonly uncertainty: number }
}

/** The pair of a mixture p. Throws a RangeError unless its covariance is a multiple of I. */
export const momentPair = (p: MixtureLaw): KnownPair => {
  const { mean, covariance } = p.moments!
  const variance = covariance[0]!
  // Sums of a few products of that size.
  if (!(Math.max(Math.abs(covariance[1]!), Math.abs(covariance[3]! - variance)) <= 1e-12 * variance))
    throw new RangeError(`the covariance of ${p.name} is no multiple of I`)
  const q = gaussianLaw([...mean], Math.sqrt(variance))
  const square = (deviations: number): Box => {
    const [x, y] = [...mean].map((at) => [at - deviations * Math.sqrt(variance), at + deviations * Math.sqrt(variance)] as const)
    return { x: x!, y: y! }
  }
  const halves = [p, q].flatMap(({ mixture }) => mixture.components.map((c) => ({ ...c, weight: c.weight / 2 })))
  const middle = mixtureLaw("middle", {}, "(p + q)/2", { dimension: 2, components: halves }, () =>
    planeEntropy((x) => middle.logDensity(x), square(9), 400),
  )
  return {
    p,
    q,
    box: square(6),
    js: lazy(() => ({
      value: middle.entropy.value - p.entropy.value / 2 - q.entropy.value / 2,
      uncertainty: middle.entropy.uncertainty + (p.entropy.uncertainty + q.entropy.uncertainty) / 2,
    })),
  }
}

/** Nodes of a rule for integrals over the plane, with what p and q weigh there. */
export interface Rule {
  readonly points: Float64Array
  readonly p: Float64Array
  readonly q: Float64Array
  /** l* = log p/q. */
  readonly best: Float64Array
}

/** The trapezoidal rule with n cells a side, at whose edge the densities vanish, as far as `reach` deviations of q from its centre. */
export const trapezoidal = ({ p, q, box: { x, y } }: KnownPair, n: number, reach = Infinity): Rule => {
  const [hx, hy] = [(x[1] - x[0]) / n, (y[1] - y[0]) / n]
  const { mean, variances } = q.mixture.components[0]!
  const nodes = Array.from({ length: (n + 1) ** 2 }, (_, i) => [x[0] + (i % (n + 1)) * hx, y[0] + Math.floor(i / (n + 1)) * hy])
  const near = nodes.filter(([u, v]) => (u! - mean[0]!) ** 2 + (v! - mean[1]!) ** 2 <= reach ** 2 * variances[0]!)
  const points = Float64Array.from(near.flat())
  const [logP, logQ] = [p.logDensity(points), q.logDensity(points)]
  const weights = (log: Float64Array): Float64Array => log.map((value) => hx * hy * Math.exp(value))
  return { points, p: weights(logP), q: weights(logQ), best: logP.map((value, i) => value - logQ[i]!) }
}

/** V(D) + 2 log 2 and R(D) of a judge by its logits at a rule's nodes. Where q has mass beyond them, the judge is taken to be right: log 2(1 - D) = log 2. */
export const integrated = ({ p, q, best }: Rule, logits: ArrayLike<number>): { readonly value: number; readonly regret: number } => {
  let [value, regret, beyond] = [0, 0, 1]
  for (let i = 0; i < best.length; i++) {
    const l = logits[i]!
    const [real, fake] = [softplus(-l), softplus(l)]
    value += p[i]! * (Math.LN2 - real) + q[i]! * (Math.LN2 - fake)
    regret += p[i]! * (real - softplus(-best[i]!)) + q[i]! * (fake - softplus(best[i]!))
    beyond -= q[i]!
  }
  return { value: value + beyond * Math.LN2, regret }
}

const logitsOf = (tf: Tf, { witness }: Witnessed, weights: Weights, { x }: Inputs): Tensor => witness.apply(tf, weights, x!)

/** The witness's logits at the nodes, at points of p and at as many of q, and V of these points as the loss computes it. */
const watched = (tf: Tf, { witness }: Witnessed, weights: Weights, { nodes, real, fake }: Inputs): Tensor => {
  const logits = tf.reshape(witness.apply(tf, weights, tf.concat([nodes!, real!, fake!])), [-1])
  const [m, n] = [nodes!.shape[0]!, real!.shape[0]!]
  return tf.concat([logits, tf.reshape(gameValue(tf, tf.slice(logits, m, n), tf.slice(logits, m + n, n)), [1])])
}

/** JS of two coins. */
export const coins = (a: number, b: number): number => {
  const h = (t: number): number => (t <= 0 || t >= 1 ? 0 : -t * Math.log(t) - (1 - t) * Math.log(1 - t))
  return h((a + b) / 2) - h(a) / 2 - h(b) / 2
}

/**
 * A lower bound of what the distance to the centre alone tells, by the event A = "within r deviations of the ring of the modes":
 * p(A) >= 1 - e^(-r^2/2), the part of each mode in its own disc, and q(A) = e^(-a^2/2v) - e^(-b^2/2v) for a ring from a to b. 0 where these do not order the two.
 */
export const ringTells = ({ p, q }: KnownPair, r: number): number => {
  const { components } = p.mixture
  const [reach, v] = [r * Math.sqrt(components[0]!.variances[0]!), q.mixture.components[0]!.variances[0]!]
  const centre = q.mixture.components[0]!.mean
  const distances = components.map((c) => Math.hypot(c.mean[0]! - centre[0]!, c.mean[1]! - centre[1]!))
  const outside = (at: number): number => Math.exp(-(Math.max(0, at) ** 2) / (2 * v))
  const [inP, inQ] = [1 - Math.exp((-r * r) / 2), outside(Math.min(...distances) - reach) - outside(Math.max(...distances) + reach)]
  return inQ < inP ? coins(inP, inQ) : 0
}

const CELLS = 200

/** The witness against the theorems, integrated: what every judge obeys, and how near to the optimum this one is. */
export const witnessMetrics = async ({ compute }: Trained<Witnessed>, pair: KnownPair): Promise<ReadonlyArray<Metric>> => {
  const rule = trapezoidal(pair, CELLS)
  const { value, regret } = integrated(rule, await compute(logitsOf, { x: rows(rule.points) }))
  const js = pair.js()
  const protocol = `trapezoidal rule, ${CELLS} x ${CELLS} cells on [${pair.box.x.map((x) => x.toFixed(3)).join(", ")}]^2, p = ${pair.p.name}, q the Gaussian of the same moments`
  const plain = { n: rule.best.length, interval: null, confidence: null, floor: 0 }
  return [
    { ...plain, name: "JS of the known pair", value: js.value, floor: null, protocol: "H(m) - H(p)/2 - H(q)/2 by the trapezoidal rule" },
    { ...plain, name: "2 JS - V - 2 log 2 of the witness", value: 2 * js.value - value, protocol },
    { ...plain, name: "regret of the witness", value: regret, protocol: `int (p + q) kl(D* | D); ${protocol}` },
  ]
}

const rows = (points: Float64Array): Batch[string] => ({ shape: [points.length / 2, 2], values: new Float32Array(points) })

/** Logits at points of a law and l* there. */
export interface Judged {
  readonly logits: ArrayLike<number>
  readonly best: Float64Array
}

/** kl(D* || D) of two coins by their logits, at most a rounding below 0. */
const regretAt = (best: number, l: number): number => {
  const d = 1 / (1 + Math.exp(-best))
  return d * (softplus(-l) - softplus(-best)) + (1 - d) * (softplus(l) - softplus(best))
}

/**
 * V as the loss has it on points of p and q, plus their regret, less 2 JS: of mean 0 for every judge, as E_p g + E_q g = int (p + q) g. The two share their points, so that what
 * one point adds to V beyond its share is taken off again. @param value V + 2 log 2
 */
const gameMetric = (value: number, real: Judged, fake: Judged, js: number): Metric => {
  const terms = ({ logits, best }: Judged, sign: 1 | -1) => {
    const regrets = best.map((b, i) => regretAt(b, logits[i]!))
    return { regret: meanVariance(regrets).mean, ...meanVariance(regrets.map((r, i) => Math.LN2 - softplus(-sign * logits[i]!) + r)) }
  }
  const [p, q, n] = [terms(real, 1), terms(fake, -1), real.best.length]
  const found = value + p.regret + q.regret - 2 * js
  const half = Z * Math.sqrt((p.variance + q.variance) / n)
  return {
    name: "sampled V - (2 JS - 2 log 2 - regret)",
    value: found,
    n,
    interval: [found - half, found + half],
    confidence: 1 - 1e-6,
    floor: 0,
    protocol: `V by the loss, and kl(D* | D), on ${n} fresh points of p and as many of q; normal interval`,
  }
}

/** Fresh points of each law in a look, cells a side of its rule, and how many deviations of q that reaches. */
const LOOK = { points: 512, cells: 90, reach: 3 } as const

/** V as the loss samples it against V as the densities give it: a sign, a swapped label or a saturated logarithm in either shows at once. */
export const witnessMonitors = (
  trained: Trained<Witnessed>,
  pair: KnownPair,
  streamOf: (law: string, k: number) => Stream,
): ReadonlyArray<Monitor> => {
  const rule = lazy(() => trapezoidal(pair, LOOK.cells, LOOK.reach))
  const nodes = lazy(() => rows(rule().points))
  const looked = shared(trained, async (k) => {
    const [x, y] = [pair.p, pair.q].map((law) => law.sample(streamOf(law.name, k), LOOK.points)) as [Float64Array, Float64Array]
    const values = await trained.compute(watched, { nodes: nodes(), real: rows(x), fake: rows(y) })
    const [m, n] = [rule().best.length, LOOK.points]
    const judged = (points: Float64Array, at: number): Judged => {
      const [logP, logQ] = [pair.p.logDensity(points), pair.q.logDensity(points)]
      return { logits: values.subarray(at, at + n), best: logP.map((value, i) => value - logQ[i]!) }
    }
    return { logits: values.subarray(0, m), real: judged(x, m), fake: judged(y, m + n), value: values[m + 2 * n]! + 2 * Math.LN2 }
  })
  return [
    {
      name: "game-value",
      theorem: "adversarial/optimal-discriminator",
      relation: "V(D) = -2 log 2 + 2 JS(p, q) - int (p + q) kl(D* | D)",
      look: async (k) => {
        const { value, real, fake } = await looked(k)
        const js = pair.js().value
        return { metric: gameMetric(value, real, fake, js), bounds: { lo: -SHARE * js, hi: SHARE * js } }
      },
    },
    {
      name: "divergence-bound",
      theorem: "adversarial/js-equivalence",
      relation: "V(D) + 2 log 2 <= 2 JS(p, q) for every D",
      look: async (k) => ({
        metric: {
          name: "V + 2 log 2 - 2 JS of the witness",
          value: integrated(rule(), (await looked(k)).logits).value - 2 * pair.js().value,
          n: rule().best.length,
          interval: null,
          confidence: null,
          floor: 0,
          protocol: `trapezoidal rule, ${LOOK.cells} cells a side, nodes within ${LOOK.reach} deviations of q, where D = 0 is taken beyond; after ${k} steps`,
        },
        // The rule's weights are positive, so that what it makes of V stays below what it makes of V(D*), which differs from 2 JS by far less than a regret.
        bounds: { hi: 0 },
      }),
    },
  ]
}

/** Normal quantile at 1 - 1e-6 two-sided: hundreds of looks together err with a probability below 1e-3. */
const Z = 4.892
/** A share of JS below which a difference is of no consequence; a wrong sign, a swapped label or a lost factor 2 is a multiple of JS. */
const SHARE = 0.5
