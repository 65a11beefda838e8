/**
 * Inputs of the workloads from the named streams; what they depict does not matter here.
 */
import { fillNormal } from "../../../src/random/normal.ts"
import { stream } from "../../../src/random/stream.ts"
import type { Input } from "./workload.ts"

const length = (shape: ReadonlyArray<number>): number => shape.reduce((n, d) => n * d, 1)

/** Values of a map of uniform numbers. */
const mapped = (name: string, shape: ReadonlyArray<number>, of: (u: number) => number): Float32Array => {
  const u = new Float64Array(length(shape))
  stream("bench", name).fill(u, 0)
  return Float32Array.from(u, of)
}

export const normals = (name: string, shape: ReadonlyArray<number>): Input => {
  const values = new Float64Array(length(shape))
  fillNormal(stream("bench", name), values, 0)
  return { shape, dtype: "float32", values: Float32Array.from(values) }
}

/** Grey images in [-1, 1]. */
export const images = (name: string, batch: number): Input => {
  const shape = [batch, 28, 28, 1]
  return { shape, dtype: "float32", values: mapped(name, shape, (u) => 2 * u - 1) }
}

/** Zeros and ones, one in a quarter of the places. */
export const bits = (name: string, shape: ReadonlyArray<number>): Input => ({
  shape,
  dtype: "float32",
  values: mapped(name, shape, (u) => (u < 0.25 ? 1 : 0)),
})

/** Whole numbers 0 .. n - 1. */
export const tokens = (name: string, shape: ReadonlyArray<number>, n: number): Input => ({
  shape,
  dtype: "int32",
  values: Int32Array.from(mapped(name, shape, (u) => Math.floor(u * n))),
})

/** Logistic noise: l + e > 0 with probability 1/(1 + e^-l). */
export const logistic = (name: string, shape: ReadonlyArray<number>): Input => ({
  shape,
  dtype: "float32",
  values: mapped(name, shape, (u) => Math.log(u / (1 - u))),
})

/** Gumbel noise: l_k + g_k is the largest with probability softmax(l)_k. */
export const gumbels = (name: string, shape: ReadonlyArray<number>): Input => ({
  shape,
  dtype: "float32",
  values: mapped(name, shape, (u) => -Math.log(-Math.log(u))),
})
