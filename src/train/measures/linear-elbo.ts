/**
 * The evidence lower bound of a linear autoencoder, exactly: with decoder W z + b, noise variance s^2, encoder m(x) and posterior variances v,
 *
 *   ELBO(x) = -d/2 log(2 pi s^2) - (|x - W m(x) - b|^2 + sum_j v_j |W_j|^2) / (2 s^2) - 1/2 sum_j (v_j + m_j(x)^2 - 1 - log v_j),
 *
 * in float64 from the trained numbers, so that it can be compared with the pPCA optimum without an error of sampling; and the angles between the column space of
 * W and the leading principal axes.
 */
import { NOISE } from "../../models/autoencoder.ts"
import type { Autoencoder } from "../../models/autoencoder.ts"
import { symmetricEigen } from "../../math/symmetric-eigen.ts"
import type { Trained } from "../trained.ts"

/** The numbers of a linear autoencoder in float64. */
export interface LinearWeights {
  readonly d: number
  readonly q: number
  /** Encoder matrix d*q and bias q; decoder matrix q*d and bias d; row-major. */
  readonly encoder: readonly [Float64Array, Float64Array]
  readonly decoder: readonly [Float64Array, Float64Array]
  /** v. */
  readonly variances: Float64Array
  /** log s^2. */
  readonly logNoise: number
}

export const linearWeights = async <D extends number>({ model, compute }: Trained<Autoencoder<readonly [D], "gaussian">>): Promise<LinearWeights> => {
  const read = async (name: string): Promise<Float64Array> => Float64Array.from(await compute((tf, _, weights) => tf.clone(weights[name]!)))
  return {
    d: model.item[0],
    q: model.latent,
    encoder: [await read("encoder/kernel"), await read("encoder/bias")],
    decoder: [await read("decoder/kernel"), await read("decoder/bias")],
    variances: (await read("encoder/log-variance")).map(Math.exp),
    logNoise: (await read(NOISE))[0]!,
  }
}

/** Mean of ELBO(x) over n*d numbers. */
export const linearElbo = ({ d, q, encoder, decoder, variances, logNoise }: LinearWeights, x: Float64Array): number => {
  const n = x.length / d
  const spread = variances.reduce((sum, v, j) => sum + v * decoder[0].subarray(j * d, (j + 1) * d).reduce((s, w) => s + w * w, 0), 0)
  const constant = d * (Math.log(2 * Math.PI) + logNoise) + variances.reduce((sum, v) => sum + v - 1 - Math.log(v), 0)
  let sum = 0
  const m = new Float64Array(q)
  for (let i = 0; i < n; i++) {
    const row = x.subarray(i * d, (i + 1) * d)
    m.set(encoder[1])
    for (let k = 0; k < d; k++) for (let j = 0; j < q; j++) m[j]! += row[k]! * encoder[0][k * q + j]!
    let squares = spread
    for (let k = 0; k < d; k++) {
      let error = row[k]! - decoder[1][k]!
      for (let j = 0; j < q; j++) error -= m[j]! * decoder[0][j * d + k]!
      squares += error * error
    }
    sum += squares * Math.exp(-logNoise) + m.reduce((s, z) => s + z * z, 0)
  }
  return -0.5 * (constant + sum / n)
}

/** The largest principal angle, in degrees, between the rows of the decoder matrix and q orthonormal axes. */
export const largestAngle = ({ d, q, decoder: [w] }: LinearWeights, axes: ReadonlyArray<Float64Array>): number => {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  const rows = Array.from({ length: q }, (_, j) => w.slice(j * d, (j + 1) * d))
  // Gram-Schmidt, twice for full precision.
  for (const _ of [0, 1])
    rows.forEach((row, j) => {
      for (const other of rows.slice(0, j)) {
        const along = dot(row, other)
        row.forEach((_, i) => {
          row[i]! -= along * other[i]!
        })
      }
      const norm = Math.sqrt(dot(row, row))
      row.forEach((_, i) => {
        row[i]! /= norm
      })
    })
  const overlap = axes.map((axis) => rows.map((row) => dot(axis, row)))
  const square = Float64Array.from({ length: q * q }, (_, i) =>
    dot(Float64Array.from(overlap[Math.floor(i / q)]!), Float64Array.from(overlap[i % q]!)),
  )
  return (Math.acos(Math.sqrt(Math.min(1, Math.max(0, symmetricEigen(square, q).values[0]!)))) * 180) / Math.PI
}
