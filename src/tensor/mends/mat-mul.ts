/**
 * Matrix products. The WebAssembly back end has a fast kernel for a single product without transposition, and a scalar loop, twenty times slower, for the others:
 * every backward pass, and batches. Here all of them go to the kernels of `product`.
 */
import type { Products } from "../product/product.ts"
import { matrix } from "../product/window.ts"
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"
import { addressOf, type Heap, output } from "./heap.ts"

/** Below this many multiply-adds the library's scalar loop costs less than what surrounds a product of ours; it does not know products of nothing. */
const SMALL = 2048

interface Attributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

export const matMul =
  (tf: Tf, { byRows, byColumns }: Products, original: KernelFunc): KernelFunc =>
  (params) => {
    const { transposeA, transposeB } = params.attrs as unknown as Attributes
    const [a, b] = [params.inputs["a"] as TensorInfo, params.inputs["b"] as TensorInfo]
    const [m, k] = matrixOf(a, transposeA)
    const [, n] = matrixOf(b, transposeB)
    if ((m * k * n > 0 && m * k * n < SMALL) || a.dtype !== "float32" || b.dtype !== "float32") return original(params)
    const heap = params.backend as Heap
    const [leads, rights] = [a.shape.slice(0, -2), b.shape.slice(0, -2)]
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(leads, rights)
    const out = output(heap, [...batch, m, n])
    const [from, to] = [addressOf(heap, a), addressOf(heap, out)]
    const count = tf.util.sizeFromShape(batch)
    const entries = Array.from({ length: count }, (_, i) => {
      const [left, base] = [from + 4 * m * k * entry(i, batch, leads), addressOf(heap, b) + 4 * k * n * entry(i, batch, rights)]
      const right = { bases: [base], rows: k, pitch: transposeB ? k : n, transposed: transposeB }
      const result = matrix(to + 4 * m * n * i, m, n)
      return transposeA
        ? { left: matrix(left, k, m), count: k, depth: m, right, width: n, out: result }
        : { left: matrix(left, m, k), count: m, depth: k, right, width: n, out: result }
    })
    if (transposeA) byColumns(entries)
    else byRows(entries)
    return out
  }

/** Rows and columns of the factor as it enters the product. */
const matrixOf = ({ shape }: TensorInfo, transposed: boolean): readonly [number, number] => {
  const [r, c] = [shape[shape.length - 2]!, shape[shape.length - 1]!]
  return transposed ? [c, r] : [r, c]
}

/** Which entry of a factor with leading axes `own` meets entry i of the batch: axes of size 1 are repeated. */
const entry = (i: number, batch: ReadonlyArray<number>, own: ReadonlyArray<number>): number => {
  let [at, step] = [0, 1]
  for (let axis = batch.length - 1, left = i; axis >= 0; left = Math.floor(left / batch[axis]!), axis--) {
    const size = own[own.length - batch.length + axis] ?? 1
    if (size > 1) at += step * (left % batch[axis]!)
    step *= size
  }
  return at
}
