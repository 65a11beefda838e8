/**
 * A critic f against the transport distance of the very points that it sees (Kantorovich, Rubinstein 1958; Villani 2009, particular case 5.16). For
 * points x_i, y_j, any coupling pi of the two samples and L = max (f(x_i) - f(y_j)) / |x_i - y_j|,
 *
 *   mean f(x) - mean f(y) = sum pi_ij (f(x_i) - f(y_j)) <= L sum pi_ij |x_i - y_j|,    so   gap / L <= W_1  of the samples, for every f.
 *
 * W_1 comes with its certificate: a coupling and a dual pair in rationals whose values enclose it, checked apart from the solver.
 */
import { rational, toNumber } from "../../core/rational.ts"
import { squaredDistances } from "../../math/coupling.ts"
import type { Metric } from "../../math/metric.ts"
import { meanOf } from "../../math/metrics/mean.ts"
import { meanVariance } from "../../math/statistics.ts"
import type { Adversarial } from "../../models/adversarial.ts"
import type { Shape, Weights } from "../../models/network.ts"
import type { Tensor, Tf } from "../../tensor/tf.ts"
import { checkTransport, solveTransport } from "../../verify/transport-certificate.ts"
import type { Stream } from "../../random/stream.ts"
import { gradientNorms, gradientPenalty, interpolate } from "../objectives/wasserstein.ts"
import { interpolationFindings, penaltyFindings, penaltyProbe } from "../monitors/m11-penalty.ts"
import { noise } from "../objectives/adversarial.ts"
import type { Inputs } from "../objective.ts"
import type { Monitor } from "../program.ts"
import { shared } from "../trained.ts"
import type { Trained } from "../trained.ts"
import { generated, judged } from "./adversarial.ts"

type Players<X extends Shape> = Trained<Adversarial<X, "critic">>

/** W_1 of two samples of n points with its certificate: the value of the dual pair and of the coupling. Throws a RangeError when no certificate was found. */
export const certifiedW1 = (
  x: Float64Array,
  y: Float64Array,
  d: number,
): { readonly cost: Float64Array; readonly lower: number; readonly upper: number } => {
  const n = x.length / d
  const cost = squaredDistances(x, y, d).map(Math.sqrt)
  const masses = Array.from({ length: n }, () => rational(1, n))
  const problem = { cost, a: masses, b: masses }
  const solved = solveTransport(problem)
  if (!solved.ok) throw new RangeError(solved.why)
  const checked = checkTransport(problem, solved.certificate)
  if (!checked.ok) throw new RangeError(checked.why)
  return { cost, lower: toNumber(checked.lower), upper: toNumber(checked.upper) }
}

/** The gap of the critic on two samples over its Lipschitz constant on their pairs, and the W_1 that bounds it. */
export interface GapBound {
  readonly gap: number
  readonly lipschitz: number
  readonly lower: number
  readonly upper: number
  /** What the sums of float64 numbers may add to gap / L. */
  readonly rounding: number
}

export const gapBound = (f: Float64Array, g: Float64Array, x: Float64Array, y: Float64Array, d: number): GapBound => {
  const n = f.length
  const { cost, lower, upper } = certifiedW1(x, y, d)
  let [lipschitz, size] = [0, 0]
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      lipschitz = Math.max(lipschitz, (f[i]! - g[j]!) / cost[i * n + j]!)
      size = Math.max(size, Math.abs(f[i]!), Math.abs(g[j]!))
    }
  const gap = meanVariance(f).mean - meanVariance(g).mean
  // Each mean adds n terms of at most that size; the quotients and distances are a few roundings of W_1 from exact.
  return { gap, lipschitz, lower, upper, rounding: ((2 * n * size) / lipschitz) * 2 ** -52 + 16 * 2 ** -52 * upper }
}

/** |grad f| at interpolates of real and generated points. */
const norms = async <X extends Shape>({ model, compute }: Players<X>, x: Float64Array, y: Float64Array, a: Float64Array): Promise<Float64Array> =>
  Float64Array.from(
    await compute((tf, players, weights) => {
      const at = (points: Float64Array) => tf.tensor(Float32Array.from(points), [a.length, ...model.item])
      return gradientNorms(tf, (items) => players.judge(tf, weights, items), interpolate(tf, at(x), at(y), tf.tensor1d(Float32Array.from(a))))
    }),
  )

/** The bound on n points of each law, and the mean norm of the gradient where the penalty asks for 1. */
export const criticMetrics = async <X extends Shape>(
  trained: Players<X>,
  x: Float64Array,
  d: number,
  streamOf: (name: string) => Stream,
): Promise<ReadonlyArray<Metric>> => {
  const n = x.length / d
  const y = await generated(trained, n, streamOf("noise"))
  const { gap, lipschitz, lower, upper, rounding } = gapBound(await judged(trained, x), await judged(trained, y), x, y, d)
  const a = new Float64Array(n)
  streamOf("interpolation").fill(a, 0)
  const slopes = await norms(trained, x, y, a)
  const sample = `${n} points of the data and ${n} generated ones`
  const plain = { n, interval: null, confidence: null, floor: null }
  return [
    {
      ...plain,
      name: "W1 of the sample",
      value: upper,
      protocol: `${sample}, Euclidean distance; a coupling and a dual pair in rationals, ${upper - lower} apart`,
    },
    { ...plain, name: "critic gap", value: gap, protocol: `mean of f over the data less its mean over generated points; ${sample}` },
    { ...plain, name: "critic gap / L", value: gap / lipschitz, protocol: `L = largest (f(x) - f(y)) / |x - y| over all pairs; ${sample}` },
    { ...plain, name: "critic gap / L - W1", value: gap / lipschitz - upper - rounding, floor: 0, protocol: `rounding taken off; ${sample}` },
    meanOf("mean |grad f|", slopes, `at points uniform on the segments between ${n} pairs of real and generated points; normal interval`),
  ]
}

/** Pairs of a look, and how many of them the bound is looked at on, for the sake of the exact solver. */
const LOOK = { pairs: 64, certified: 32 } as const

/** Generated points y, f of the first x and y, the probe of the penalty, and interpolates of x and y. */
const watched = <X extends Shape>(tf: Tf, { judge, generate }: Adversarial<X, "critic">, weights: Weights, { x, z, w, a }: Inputs): Tensor => {
  const y = generate(tf, weights, z!)
  const few = (points: Tensor): Tensor => judge(tf, weights, tf.slice(points, 0, LOOK.certified))
  const probe = penaltyProbe(tf, (f, at) => gradientPenalty(tf, f, at), w!, x!)
  return tf.concat([y, few(x!), few(y), probe, interpolate(tf, x!, y, a!)].map((t) => tf.reshape(t, [-1])))
}

/** The bound and the penalty, looked at on a few points. */
export const criticMonitors = <X extends Shape>(
  trained: Players<X>,
  d: number,
  real: (k: number, n: number) => Float64Array,
  streamOf: (name: string, k: number) => Stream,
): ReadonlyArray<Monitor> => {
  const { item, latent } = trained.model
  const { pairs: n, certified: m } = LOOK
  const looked = shared(trained, async (k) => {
    const x = real(k, n)
    const [w, a] = [new Float64Array(d), new Float64Array(n)]
    streamOf("critic", k).fill(w, 0)
    streamOf("interpolation", k).fill(a, 0)
    const values = await trained.compute(watched, {
      x: { shape: [n, ...item], values: new Float32Array(x) },
      z: noise(streamOf("noise", k), n, latent),
      w: { shape: [d], values: new Float32Array(w) },
      a: { shape: [n], values: new Float32Array(a) },
    })
    let at = 0
    const next = (length: number): Float64Array => new Float64Array(values.subarray(at, (at += length)))
    return { x, w, y: next(n * d), f: next(m), g: next(m), probe: next(3), between: next(n * d) }
  })
  const plain = { interval: null, confidence: null, floor: 0 }
  return [
    {
      name: "critic-gap",
      theorem: "transport/kantorovich-duality",
      relation: "(mean f(x) - mean f(y)) / L <= W1, certified, on the same points",
      look: async (k) => {
        const { x, y, f, g } = await looked(k)
        const { gap, lipschitz, upper, rounding } = gapBound(f, g, x.subarray(0, m * d), y.subarray(0, m * d), d)
        const protocol = `${m} points of each side, L over all pairs, W1 with its certificate`
        return { metric: { ...plain, name: "critic gap / L - W1", value: gap / lipschitz - upper, n: m, protocol }, bounds: { hi: rounding } }
      },
    },
    {
      name: "penalty",
      theorem: "gradient penalty of f(x) = w.x",
      relation: "penalty = (|w| - 1)^2, and interpolates lie on segments, one uniform weight for each pair",
      look: async (k) => {
        const { x, y, w, probe, between } = await looked(k)
        const findings = [...penaltyFindings(probe, w, n), ...interpolationFindings(x, y, between, d)]
        const value = Math.max(...findings.map(({ value: defect, bound }) => defect / bound))
        const protocol = `largest of ${findings.map(({ name }) => name).join(", ")}, each over its bound; ${n} pairs`
        return { metric: { ...plain, name: "largest defect of the penalty", value, n, protocol }, bounds: { hi: 1 } }
      },
    },
  ]
}
