import { squaredDistances } from "../../src/math/coupling.ts"
import { frechetDistance, frechetOfMoments } from "../../src/math/metrics/frechet.ts"
import { mmdSquared } from "../../src/math/metrics/mmd.ts"
import { precisionRecall } from "../../src/math/metrics/precision-recall.ts"
import { wasserstein, wassersteinSquared } from "../../src/math/metrics/wasserstein.ts"
import { sampleMoments } from "../../src/math/statistics.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { distanceFindings, metricValueFinding, orientationFindings, refusalFinding, unbiasedFinding } from "../../src/train/monitors/m13-metrics.ts"
import type { BugRow } from "./row.ts"

const normals = (name: string, n: number, d = 2): Float64Array => {
  const out = new Float64Array(n * d)
  fillNormal(stream("bugs", "evaluation", name), out, 0)
  return out
}
const [x, y] = [normals("x", 300), normals("y", 300).map((v) => 0.8 * v + 0.3)]
const shares = (real: Float64Array, generated: Float64Array, d: number) => {
  const { precision, recall } = precisionRecall(real, generated, d)
  return { precision: precision.value, recall: recall.value }
}
const frechet = (p: Float64Array, q: Float64Array, d: number): number => frechetDistance(p, q, d, "coordinates").value

/** Moments as E x x' - m m' in single precision. */
const singleMoments = (p: Float64Array, d: number) => {
  const n = p.length / d
  const [mean, second] = [new Float32Array(d), new Float32Array(d * d)]
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      mean[j]! += Math.fround(p[i * d + j]! / n)
      for (let k = 0; k < d; k++) second[j * d + k]! += Math.fround(Math.fround(p[i * d + j]! * p[i * d + k]!) / n)
    }
  const covariance = Float64Array.from(second, (s, i) => Math.fround(s - Math.fround(mean[i % d]! * mean[Math.floor(i / d)]!)))
  return { mean: Float64Array.from(mean), covariance: covariance.map((c, i) => (i % (d + 1) === 0 ? Math.max(c, 0) : c)) }
}

export const metricBugs: ReadonlyArray<BugRow> = [
  {
    bug: "precision and recall swapped by the order of the inputs: a collapsed model scores high recall",
    thread: "toshas/torch-fidelity#58",
    monitor: "M13 orientation",
    look: (broken) => orientationFindings((real, generated, d) => (broken ? shares(generated, real, d) : shares(real, generated, d)), x, 2),
  },
  {
    bug: "balls without their boundary or their centre: identical sets score precision 0",
    thread: "photosynthesis-team/piq#285",
    monitor: "M13 precision, recall identity",
    look: (broken) =>
      orientationFindings(
        (real, generated, d) => {
          if (!broken) return shares(real, generated, d)
          const covered = (centres: Float64Array, points: Float64Array): number => {
            const [n, distances] = [points.length / d, squaredDistances(points, centres, d)]
            // Radius to the nearest point with the point itself counted: 0, and nothing lies strictly inside.
            return (
              Array.from({ length: n }, (_, i) =>
                distances.subarray((i * centres.length) / d, ((i + 1) * centres.length) / d).some((v) => v < 0),
              ).filter(Boolean).length / n
            )
          }
          return { precision: covered(real, generated), recall: covered(generated, real) }
        },
        x,
        2,
      ),
  },
  {
    bug: "covariances of fewer points than dimensions: a singular product and a complex root",
    thread: "bioinf-jku/TTUR#4",
    monitor: "M13 Frechet refusal",
    look: (broken) => [
      refusalFinding("Frechet", () => {
        const few = normals("few", 6, 8)
        return broken
          ? frechetOfMoments(
              sampleMoments(few, 8),
              sampleMoments(
                few.map((v) => v + 1),
                8,
              ),
            )
          : frechetDistance(
              few,
              few.map((v) => v + 1),
              8,
              "coordinates",
            ).value
      }),
    ],
  },
  {
    bug: "moments in single precision: another score for the same inputs",
    thread: "meta-pytorch/torcheval#220",
    monitor: "M13 Frechet closed form",
    look: (broken) => {
      // A shift leaves the covariance alone: FD = |shift|^2 = 2. Features far from 0 lose their covariance in single precision.
      const [p, q] = [x.map((v) => v + 2000), x.map((v) => v + 2001)]
      const value = broken ? frechetOfMoments(singleMoments(p, 2), singleMoments(q, 2)) : frechet(p, q, 2)
      return [metricValueFinding("Frechet", value, 2, 1e-8)]
    },
  },
  {
    bug: "the metric changes its inputs in place",
    thread: "photosynthesis-team/piq#103",
    monitor: "M13 Frechet inputs",
    look: (broken) =>
      distanceFindings(
        "Frechet",
        (p, q, d) => {
          const value = frechet(p, q, d)
          if (broken) p.forEach((v, i) => (p[i] = v - 0.1))
          return value
        },
        x.slice(),
        y.slice(),
        2,
        // The square root of eigenvalues that cancel: 1e-16 of a trace of 4, not rooted, for covariances far from singular.
        { symmetric: true, rounding: 1e-12 },
      ),
  },
  {
    bug: "MMD counts the diagonal and divides by n^2: equal laws do not average to 0",
    thread: "schelotto/Wasserstein-AutoEncoders#10",
    monitor: "M13 MMD unbiased",
    look: (broken) => [
      unbiasedFinding(
        "MMD",
        Array.from({ length: 60 }, (_, k) => {
          const n = 40
          const value = mmdSquared(normals(`p${k}`, n), normals(`q${k}`, n), 2, { kind: "gaussian", bandwidth: 1 }).value
          // sum over i != j of h plus the diagonal, h(z_i, z_i) = 2 - 2 k(x_i, y_i), over n^2.
          const diagonal = Array.from({ length: n }, (_, i) => {
            const [p, q] = [normals(`p${k}`, n), normals(`q${k}`, n)]
            return 2 - 2 * Math.exp(-((p[2 * i]! - q[2 * i]!) ** 2 + (p[2 * i + 1]! - q[2 * i + 1]!) ** 2) / 2)
          }).reduce((s, v) => s + v, 0)
          return broken ? (value * n * (n - 1) + diagonal) / (n * n) : value
        }),
      ),
    ],
  },
  {
    bug: "squared 2-Wasserstein distance printed as the 2-Wasserstein distance",
    thread: "arXiv 2503.10636 evaluation script (ot.emd2 on squared cost)",
    monitor: "M13 W2 closed form",
    look: (broken) => {
      const shifted = x.map((v) => v + 3)
      const metric = broken ? wassersteinSquared(x, shifted, 2) : wasserstein(x, shifted, 2)
      return [metricValueFinding("W2", metric.value, 3 * Math.SQRT2, 1e-10)]
    },
  },
]
