/**
 * A Gaussian mixture as a law, and the three laws that go by the name "8gaussians": eight equal modes on a circle of radius R,
 *
 *   m_k = R (cos(k pi/4), sin(k pi/4)),   S = s^2 I.
 *
 *   ffjord     R = 4/1.414,  s = 0.5/1.414        rtqichen/ffjord lib/toy_data.py
 *   torchcfm   R = 5,  s = 0.1^(1/4) = 0.5623     atong01/conditional-flow-matching torchcfm/utils.py: sqrt(0.1) is passed where a covariance is expected
 *   named      R = 5,  s = sqrt(0.1) = 0.3162     the same, as its argument `var=0.1` reads
 *   dsb        R = 12, s = 1.5                    diffusion Schroedinger bridge scale
 *
 * Entropy by the trapezoidal rule; log K + (d/2) log(2 pi e s^2) for disjoint modes is its upper bound.
 */
import { isotropicMixture, mixtureLogDensity, mixtureMoments, mixtureScore, type GaussianMixture } from "../../math/gaussian-mixture.ts"
import { normal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Entropy, Law } from "./law.ts"
import { lazy } from "../../core/lazy.ts"
import { planeEntropy } from "./plane-entropy.ts"

/** n points: the component by inversion of the cumulated weights, then m + V sqrt(l) z; d + 1 words for each point. */
export const sampleMixture = ({ dimension: d, components }: GaussianMixture, stream: Stream, n: number): Float64Array => {
  const out = new Float64Array(n * d)
  const z = new Float64Array(d)
  for (let i = 0; i < n; i++) {
    const at = i * (d + 1)
    let [u, k] = [stream.uniform53(at), 0]
    for (; k + 1 < components.length && u > components[k]!.weight; k++) u -= components[k]!.weight
    const { mean, variances, axes } = components[k]!
    for (let j = 0; j < d; j++) z[j] = Math.sqrt(variances[j]!) * normal(stream, at + 1 + j)
    for (let j = 0; j < d; j++) {
      let turned = axes === undefined ? z[j]! : 0
      if (axes !== undefined) for (let m = 0; m < d; m++) turned += axes[j * d + m]! * z[m]!
      out[i * d + j] = mean[j]! + turned
    }
  }
  return out
}

export interface MixtureLaw extends Law {
  readonly mixture: GaussianMixture
}

/** A mixture as a law. `entropy` is needed where d is not 2 or there is more than one component. */
export const mixtureLaw = (
  name: string,
  parameters: Readonly<Record<string, number>>,
  source: string,
  mixture: GaussianMixture,
  entropy: () => Entropy,
): MixtureLaw => {
  const known = lazy(entropy)
  return {
    name,
    dimension: mixture.dimension,
    parameters,
    source,
    mixture,
    sample: (stream, n) => sampleMixture(mixture, stream, n),
    logDensity: (x) => mixtureLogDensity(mixture, x),
    score: (x) => mixtureScore(mixture, x),
    moments: mixtureMoments(mixture),
    get entropy() {
      return known()
    },
  }
}

/** N(m, s^2 I) in dimension d; H = (d/2) log(2 pi e s^2). */
export const gaussianLaw = (mean: ReadonlyArray<number>, deviation: number): MixtureLaw =>
  mixtureLaw("gaussian", { dimension: mean.length, deviation }, "N(m, s^2 I)", isotropicMixture([{ weight: 1, mean, deviation }]), () => ({
    value: (mean.length / 2) * Math.log(2 * Math.PI * Math.E * deviation ** 2),
    uncertainty: 1e-13 * mean.length,
    method: "(d/2) log(2 pi e s^2)",
  }))

export type EightGaussians = "ffjord" | "torchcfm" | "named" | "dsb"

const VARIANTS: Readonly<Record<EightGaussians, readonly [radius: number, deviation: number]>> = {
  ffjord: [4 / 1.414, 0.5 / 1.414],
  torchcfm: [5, 0.1 ** 0.25],
  named: [5, Math.sqrt(0.1)],
  dsb: [12, 1.5],
}

/** The named variant of eight Gaussians on a circle. */
export const eightGaussians = (variant: EightGaussians): MixtureLaw => {
  const [radius, deviation] = VARIANTS[variant]
  const parts = Array.from({ length: 8 }, (_, k) => ({
    weight: 1,
    mean: [radius * Math.cos((k * Math.PI) / 4), radius * Math.sin((k * Math.PI) / 4)],
    deviation,
  }))
  const mixture = isotropicMixture(parts)
  return mixtureLaw(`8gaussians-${variant}`, { modes: 8, radius, deviation }, `8gaussians, ${variant} variant`, mixture, () =>
    mixtureEntropy(mixture),
  )
}

/** Modes of weight 1 : 4 at (-2, 0) and (2, 0), deviations 0.4 and 0.6: the weights are what sampling without annealing loses (Song, Ermon 2019, section 3.2.2). */
export const twoModes = (): MixtureLaw => {
  const mixture = isotropicMixture([
    { weight: 1, mean: [-2, 0], deviation: 0.4 },
    { weight: 4, mean: [2, 0], deviation: 0.6 },
  ])
  const parameters = { weight: 0.2, distance: 4, deviation0: 0.4, deviation1: 0.6 }
  return mixtureLaw("two-modes", parameters, "two modes of weight 1 : 4 (Song, Ermon 2019, section 3.2.2)", mixture, () => mixtureEntropy(mixture))
}

/** Entropy of an axis-parallel mixture on the plane, on a square that reaches 8 deviations beyond every mean. */
export const mixtureEntropy = (mixture: GaussianMixture): Entropy => {
  const ends = mixture.components.flatMap(({ mean, variances }) => [...mean].map((m, j) => Math.abs(m) + 8 * Math.sqrt(variances[j]!)))
  const reach = Math.max(...ends)
  return planeEntropy((x) => mixtureLogDensity(mixture, x), { x: [-reach, reach], y: [-reach, reach] }, 400)
}
