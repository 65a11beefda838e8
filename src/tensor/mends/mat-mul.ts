/**
 * Matrix products. Only a single product without transposition reaches the fast kernel of the WebAssembly back end; transposed ones, which is every
 * backward pass, and batches run a scalar loop, twenty times slower. Here factors are transposed in memory first, and a batch is taken apart into its
 * products, which read and write the same memory (no copies but the result).
 */
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"

/** Below this many multiply-adds the scalar loop costs less than what surrounds the fast kernel. */
const SMALL = 4096

interface WasmBackend {
  readonly makeOutput: (shape: ReadonlyArray<number>, dtype: string, offset?: number) => TensorInfo
  readonly disposeData: (id: object) => void
  readonly dataIdMap: { readonly get: (id: object) => { readonly id: number; readonly memoryOffset: number }; readonly delete: (id: object) => void }
  readonly wasm: { readonly HEAPU8: Uint8Array; readonly tfjs: { readonly disposeData: (id: number) => void } }
}

interface Attributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

export const matMul =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const { transposeA, transposeB } = params.attrs as unknown as Attributes
    const [a, b] = [params.inputs["a"] as TensorInfo, params.inputs["b"] as TensorInfo]
    const rank = a.shape.length
    const [m, k] = matrix(a, transposeA)
    const [, n] = matrix(b, transposeB)
    const batchA = tf.util.sizeFromShape(a.shape.slice(0, -2))
    const batchB = tf.util.sizeFromShape(b.shape.slice(0, -2))
    const single = batchA === 1 && batchB === 1
    if ((single && !transposeA && !transposeB) || m * k * n < SMALL || a.dtype !== "float32" || b.dtype !== "float32") return original(params)
    const backend = params.backend as WasmBackend
    const left = transposeA ? transpose(tf, a) : a
    const right = transposeB ? transpose(tf, b) : b
    const plain = { transposeA: false, transposeB: false }
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, rank - 2), b.shape.slice(0, b.shape.length - 2))
    const finish = (out: TensorInfo): TensorInfo => {
      if (left !== a) backend.disposeData(left.dataId)
      if (right !== b) backend.disposeData(right.dataId)
      return out
    }
    if (single)
      return finish({ ...(original({ ...params, inputs: { a: left, b: right }, attrs: plain as never }) as TensorInfo), shape: [...outer, m, n] })
    const count = Math.max(batchA, batchB)
    const out = backend.makeOutput([...outer, m, n], "float32")
    for (let i = 0; i < count; i++) {
      const ai = view(backend, left, batchA === 1 ? 0 : i, [1, m, k])
      const bi = view(backend, right, batchB === 1 ? 0 : i, [1, k, n])
      const product = original({ ...params, inputs: { a: ai, b: bi }, attrs: plain as never }) as TensorInfo
      const from = backend.dataIdMap.get(product.dataId).memoryOffset
      backend.wasm.HEAPU8.copyWithin(backend.dataIdMap.get(out.dataId).memoryOffset + 4 * i * m * n, from, from + 4 * m * n)
      backend.disposeData(product.dataId)
      forget(backend, ai)
      forget(backend, bi)
    }
    return finish(out)
  }

/** Rows and columns of the factor as it enters the product. */
const matrix = ({ shape }: TensorInfo, transposed: boolean): readonly [number, number] => {
  const [r, c] = [shape[shape.length - 2]!, shape[shape.length - 1]!]
  return transposed ? [c, r] : [r, c]
}

const transpose = (tf: Tf, x: TensorInfo): TensorInfo => {
  const perm = x.shape.map((_, i) => i)
  const rank = perm.length
  perm[rank - 2] = rank - 1
  perm[rank - 1] = rank - 2
  return tf.getKernel("Transpose", "wasm").kernelFunc({ inputs: { x }, attrs: { perm }, backend: tf.backend() }) as TensorInfo
}

/** Entry `i` of a batch, in the memory of the batch. */
const view = (backend: WasmBackend, x: TensorInfo, i: number, shape: [number, number, number]): TensorInfo =>
  backend.makeOutput(shape, "float32", backend.dataIdMap.get(x.dataId).memoryOffset + 4 * i * shape[1] * shape[2])

/** Ends a view without freeing the memory, which is not its own. */
const forget = (backend: WasmBackend, x: TensorInfo): void => {
  backend.wasm.tfjs.disposeData(backend.dataIdMap.get(x.dataId).id)
  backend.dataIdMap.delete(x.dataId)
}
