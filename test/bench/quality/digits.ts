/**
 * MNIST for the workloads: grey values u in [0, 1], and what is known of them without a network.
 *
 *   affine bound      min E |e - A x_k - a|^2 / d = (1/d) sum_i alpha^2 l_i / (alpha^2 l_i + sigma^2),     x_k = alpha x + sigma e,
 *                     l_i the eigenvalues of the covariance of x, averaged over the steps k: what the best affine predictor of the noise leaves
 *   features          the 32 principal components with the largest l_i
 *   independence      the Frechet distance in the features between images and independent pixels of the same means and variances
 */
import { Effect } from "effect"
import { mnist } from "../../../src/data/mnist.ts"
import { frechetOfMoments } from "../../../src/math/metrics/frechet.ts"
import { levelOf, linear } from "../../../src/math/schedules/discrete.ts"
import { sampleMoments } from "../../../src/math/statistics.ts"
import { symmetricEigen } from "../../../src/math/symmetric-eigen.ts"
import { normal } from "../../../src/random/normal.ts"
import { stream } from "../../../src/random/stream.ts"
import { dcgan } from "../workloads/dcgan.ts"
import { pixelcnn } from "../workloads/pixelcnn.ts"
import { noised, unet } from "../workloads/unet.ts"
import type { Input } from "../workloads/workload.ts"
import type { Given, Task } from "./task.ts"

export const D = 784
const BATCH = 64
/** Images that moments are taken over. */
const POPULATION = 10_000

export const images = (part: "train" | "test"): Uint8Array => Effect.runSync(mnist(part, process.cwd())).pixels as Uint8Array

const image = (values: Float32Array): Input => ({ shape: [BATCH, 28, 28, 1], dtype: "float32", values })

/** f of the grey values of n images that a stream picks. */
export const picked = (pixels: Uint8Array, name: string, k: number, f: (u: number, i: number) => number, n = BATCH): Float32Array => {
  const s = stream("quality", name, String(k))
  const rows = Array.from({ length: n }, () => s.integer(0, pixels.length / D - 1))
  return Float32Array.from({ length: n * D }, (_, i) => f(pixels[rows[Math.floor(i / D)]! * D + (i % D)]! / 255, i))
}

const symmetric = (u: number): number => 2 * u - 1

const binary = (pixels: Uint8Array, name: string, k: number): Given => {
  const s = stream("quality", name, "bits", String(k))
  return { x: image(picked(pixels, name, k, (u, i) => (s.uniform53(i) < u ? 1 : 0))) }
}

export const normals = (shape: ReadonlyArray<number>, ...names: ReadonlyArray<string>): Input => {
  const s = stream("quality", ...names)
  return { shape, dtype: "float32", values: Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, (_, i) => normal(s, i)) }
}

/** Nats per image; the threshold is what the autoencoder of docs/quality.md reaches after 20 epochs. */
export const pixels = (): Task => {
  const [train, test] = [images("train"), images("test")]
  const looks = Array.from({ length: 10 }, (_, k) => binary(test, "pixelcnn/test", k))
  return {
    workload: pixelcnn,
    measure: "-log p of 640 test images, binarised at every visit, in nats",
    threshold: 99.5,
    meaning: "-ELBO of the autoencoder of docs/quality.md after 20 epochs",
    floor: undefined,
    batch: (k) => ({ inputs: binary(train, "pixelcnn", k) }),
    looks,
    score: (answers) => {
      let total = 0
      answers.forEach((logits, j) => {
        const x = looks[j]!["x"]!.values
        for (let i = 0; i < logits.length; i++) total += Math.max(logits[i]!, 0) + Math.log1p(Math.exp(-Math.abs(logits[i]!))) - x[i]! * logits[i]!
      })
      return total / (answers.length * BATCH)
    },
    every: 25,
    inARow: 1,
    steps: 2000,
  }
}

/** Moments of the training images in [-1, 1], and the eigenvectors of their covariance. */
const principal = () => {
  const train = images("train").subarray(0, POPULATION * D)
  const moments = sampleMoments(
    Float64Array.from(train, (v) => symmetric(v / 255)),
    D,
  )
  return { ...moments, ...symmetricEigen(moments.covariance, D) }
}

export const denoising = (): Task => {
  const [train, test] = [images("train"), images("test")]
  const chain = linear()
  const batch = (from: Uint8Array, name: string, k: number): Given => {
    const s = stream("quality", name, "levels", String(k))
    const levels = Array.from({ length: BATCH }, () => s.integer(0, 999))
    return noised(picked(from, name, k, symmetric), normals([BATCH, 28, 28, 1], name, "e", String(k)), levels)
  }
  const looks = Array.from({ length: 8 }, (_, k) => batch(test, "unet/test", k))
  const { values } = principal()
  let bound = 0
  for (let k = 1; k <= 1000; k++) {
    const { alpha, sigma } = levelOf(chain, k)
    for (const l of values) bound += (alpha ** 2 * Math.max(0, l)) / (alpha ** 2 * Math.max(0, l) + sigma ** 2) / (1000 * D)
  }
  return {
    workload: unet,
    measure: "mean square of the error in the noise of 512 test images",
    threshold: bound,
    meaning: "what the best affine predictor leaves",
    floor: undefined,
    batch: (k) => ({ inputs: batch(train, "unet", k) }),
    looks,
    score: (answers) => {
      let total = 0
      answers.forEach((found, j) => {
        const e = looks[j]!["e"]!.values
        for (let i = 0; i < found.length; i++) total += (found[i]! - e[i]!) ** 2
      })
      return total / (answers.length * BATCH * D)
    },
    every: 25,
    inARow: 1,
    steps: 1000,
  }
}

const FEATURES = 32
const DRAWN = 16 * BATCH

export const adversarial = (): Task => {
  const train = images("train")
  const { mean, covariance, vectors } = principal()
  /** Rows of x by the components with the largest eigenvalues. */
  const projected = (x: ArrayLike<number>, rows: number): Float64Array => {
    const out = new Float64Array(rows * FEATURES)
    for (let r = 0; r < rows; r++)
      for (let f = 0; f < FEATURES; f++) for (let i = 0; i < D; i++) out[r * FEATURES + f]! += x[r * D + i]! * vectors[i * D + D - FEATURES + f]!
    return out
  }
  const seen = (matrix: Float64Array): Float64Array => {
    const half = projected(matrix, D)
    const out = new Float64Array(FEATURES ** 2)
    for (let a = 0; a < FEATURES; a++)
      for (let b = 0; b < FEATURES; b++)
        for (let i = 0; i < D; i++) out[a * FEATURES + b]! += vectors[i * D + D - FEATURES + a]! * half[i * FEATURES + b]!
    return out
  }
  const real = { mean: projected(mean, 1), covariance: seen(covariance) }
  const independent = seen(covariance.map((v, i) => (i % (D + 1) === 0 ? v : 0)))
  return {
    workload: dcgan,
    measure: `Frechet distance of ${DRAWN} drawn images in ${FEATURES} principal components of the pixels`,
    threshold: frechetOfMoments(real, { mean: real.mean, covariance: independent }),
    meaning: "independent pixels of the right means and variances",
    floor: 0,
    batch: (k) => ({ inputs: { x: image(picked(train, "dcgan", k, symmetric)), z: normals([BATCH, 100], "dcgan/z", String(k)) } }),
    looks: Array.from({ length: DRAWN / BATCH }, (_, k) => ({
      x: image(new Float32Array(BATCH * D)),
      z: normals([BATCH, 100], "dcgan/z/test", String(k)),
    })),
    score: (answers) => {
      const features = new Float64Array(DRAWN * FEATURES)
      answers.forEach((drawn, k) => features.set(projected(drawn, BATCH), k * BATCH * FEATURES))
      return frechetOfMoments(real, sampleMoments(features, FEATURES))
    },
    every: 25,
    inARow: 3,
    steps: 1000,
  }
}
