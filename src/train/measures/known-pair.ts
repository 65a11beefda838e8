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
import { once, planeEntropy } from "../../data/laws/plane-entropy.ts"
import type { Box } from "../../data/laws/plane-entropy.ts"
import type { Metric } from "../../math/metric.ts"
import type { Weights } from "../../models/network.ts"
import type { Stream } from "../../random/stream.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import type { Inputs } from "../objective.ts"
import type { Witnessed } from "../objectives/adversarial.ts"
import type { Monitor } from "../program.ts"
import type { Trained } from "../trained.ts"
import { softplus, valueMetric } from "./adversarial.ts"

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
    js: once(() => ({
      value: middle.entropy.value - p.entropy.value / 2 - q.entropy.value / 2,
      uncertainty: middle.entropy.uncertainty + (p.entropy.uncertainty + q.entropy.uncertainty) / 2,
    })),
  }
}

/** Points of the trapezoidal rule with n cells a side; the density vanishes at the edge, so all have the weight `cell`. */
const grid = ({ x: [x0, x1], y: [y0, y1] }: Box, n: number): { readonly points: Float64Array; readonly cell: number } => {
  const [hx, hy] = [(x1 - x0) / n, (y1 - y0) / n]
  const points = new Float64Array(2 * (n + 1) ** 2)
  for (let i = 0; i < points.length / 2; i++) {
    points[2 * i] = x0 + (i % (n + 1)) * hx
    points[2 * i + 1] = y0 + Math.floor(i / (n + 1)) * hy
  }
  return { points, cell: hx * hy }
}

interface Ruled {
  readonly points: Float64Array
  readonly cell: number
  readonly logP: Float64Array
  readonly logQ: Float64Array
}
const rules = new WeakMap<KnownPair, Map<number, Ruled>>()

/** The points of the rule with the pair's densities, which no look changes. */
const ruled = (pair: KnownPair, n: number): Ruled => {
  const known = rules.get(pair) ?? new Map<number, Ruled>()
  rules.set(pair, known)
  const { points, cell } = grid(pair.box, n)
  const found = known.get(n) ?? { points, cell, logP: pair.p.logDensity(points), logQ: pair.q.logDensity(points) }
  known.set(n, found)
  return found
}

/** V(D) + 2 log 2 and R(D) of the witness by the trapezoidal rule with n cells a side. */
export const integrated = async (trained: Trained<Witnessed>, pair: KnownPair, n: number) => {
  const { points, cell, logP, logQ } = ruled(pair, n)
  const logits = await witnessed(trained, points)
  let [value, regret] = [0, 0]
  logits.forEach((l, i) => {
    const [u, v, best] = [Math.exp(logP[i]!), Math.exp(logQ[i]!), logP[i]! - logQ[i]!]
    value += u * (Math.LN2 - softplus(-l)) + v * (Math.LN2 - softplus(l))
    regret += u * (softplus(-l) - softplus(-best)) + v * (softplus(l) - softplus(best))
  })
  return { value: cell * value, regret: cell * regret }
}

/** The witness's logits of n points of the plane. */
export const witnessed = async ({ compute }: Trained<Witnessed>, x: Float64Array): Promise<Float64Array> =>
  Float64Array.from(await compute(logitsOf, { x: { shape: [x.length / 2, 2], values: Float32Array.from(x) } }))

const logitsOf = (tf: Tf, { witness }: Witnessed, weights: Weights, { x }: Inputs): Tensor => witness.apply(tf, weights, x!)

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

const CELLS = { evaluation: 200, look: 100 } as const

/** The witness against the theorems, integrated: what every judge obeys, and how near to the optimum this one is. */
export const witnessMetrics = async (trained: Trained<Witnessed>, pair: KnownPair): Promise<ReadonlyArray<Metric>> => {
  const { value, regret } = await integrated(trained, pair, CELLS.evaluation)
  const js = pair.js()
  const protocol = `trapezoidal rule, ${CELLS.evaluation} x ${CELLS.evaluation} cells on [${pair.box.x.map((x) => x.toFixed(3)).join(", ")}]^2, p = ${pair.p.name}, q the Gaussian of the same moments`
  const plain = { n: (CELLS.evaluation + 1) ** 2, interval: null, confidence: null, floor: 0 }
  return [
    { ...plain, name: "JS of the known pair", value: js.value, floor: null, protocol: "H(m) - H(p)/2 - H(q)/2 by the trapezoidal rule" },
    { ...plain, name: "2 JS - V - 2 log 2 of the witness", value: 2 * js.value - value, protocol },
    { ...plain, name: "regret of the witness", value: regret, protocol: `int (p + q) kl(D* | D); ${protocol}` },
  ]
}

/** V as the loss samples it against V as the densities give it: a sign, a swapped label or a saturated logarithm in either shows at once. */
export const witnessMonitors = (
  trained: Trained<Witnessed>,
  pair: KnownPair,
  streamOf: (law: string, k: number) => Stream,
): ReadonlyArray<Monitor> => [
  {
    name: "game-value",
    theorem: "adversarial/optimal-discriminator",
    relation: "V(D) = -2 log 2 + 2 JS(p, q) - int (p + q) kl(D* | D)",
    look: async (k) => {
      const n = 2048
      const sides = await Promise.all([pair.p, pair.q].map(async (law) => witnessed(trained, law.sample(streamOf(law.name, k), n))))
      const sampled = valueMetric("", sides[0]!, sides[1]!, "fresh points", LOOK, 1 - 1e-6)
      const { regret } = await integrated(trained, pair, CELLS.look)
      const { value: js } = pair.js()
      const expected = 2 * js - regret
      return {
        metric: {
          ...sampled,
          name: "sampled V - (2 JS - 2 log 2 - regret)",
          value: sampled.value - expected,
          interval: [sampled.interval![0] - expected, sampled.interval![1] - expected],
          protocol: `${sampled.protocol}; regret by the trapezoidal rule, ${CELLS.look} cells a side`,
        },
        bounds: { lo: -SHARE * js, hi: SHARE * js },
      }
    },
  },
  {
    name: "divergence-bound",
    theorem: "adversarial/js-equivalence",
    relation: "V(D) + 2 log 2 <= 2 JS(p, q) for every D",
    look: async (k) => {
      const { value } = await integrated(trained, pair, CELLS.look)
      const { value: js } = pair.js()
      const protocol = `trapezoidal rule, ${CELLS.look} x ${CELLS.look} cells, after ${k} steps`
      return {
        metric: {
          name: "V + 2 log 2 - 2 JS of the witness",
          value: value - 2 * js,
          n: (CELLS.look + 1) ** 2,
          interval: null,
          confidence: null,
          floor: 0,
          protocol,
        },
        // The rule's weights are positive, so that what it makes of V stays below what it makes of V(D*), which differs from 2 JS by far less than a regret.
        bounds: { hi: 0 },
      }
    },
  },
]

/** Normal quantile at 1 - 1e-6 two-sided: hundreds of looks together err with a probability below 1e-3. */
const LOOK = 4.892
/** A share of JS below which a difference is of no consequence; a wrong sign, a swapped label or a lost factor 2 is a multiple of JS. */
const SHARE = 0.5
