/**
 * Kernels written as loops over typed arrays, for the two back ends whose tensors lie in memory that JavaScript reads: cpu and wasm.
 */
import type { KernelFunc, TensorInfo } from "../tf.ts"

interface CpuStore {
  readonly data: { readonly get: (id: object) => { readonly values: Float32Array } }
  readonly makeTensorInfo: (shape: ReadonlyArray<number>, dtype: string, values: Float32Array) => TensorInfo
}

interface WasmStore {
  readonly makeOutput: (shape: ReadonlyArray<number>, dtype: string) => TensorInfo
  readonly typedArrayFromHeap: (info: TensorInfo) => Float32Array
}

/** What a loop computes: shape of the output from the inputs' infos, then its values; the output comes in filled with zeros. */
export interface HostKernel {
  readonly inputs: ReadonlyArray<string>
  readonly shape: (infos: ReadonlyArray<TensorInfo>, attrs: never) => ReadonlyArray<number>
  readonly fill: (out: Float32Array, values: ReadonlyArray<Float32Array>, infos: ReadonlyArray<TensorInfo>, attrs: never) => void
}

/** The kernel as the library wants it, float32 throughout. */
export const hostKernel =
  ({ inputs, shape, fill }: HostKernel): KernelFunc =>
  ({ inputs: named, attrs, backend }) => {
    const infos = inputs.map((name) => named[name] as TensorInfo)
    const dims = shape(infos, attrs as never)
    if ("typedArrayFromHeap" in (backend as object)) {
      const store = backend as WasmStore
      // The heap may move when it grows, so views are taken after the output has been allocated.
      const out = store.makeOutput(dims, "float32")
      const values = store.typedArrayFromHeap(out).fill(0)
      fill(
        values,
        infos.map((info) => store.typedArrayFromHeap(info)),
        infos,
        attrs as never,
      )
      return out
    }
    const store = backend as CpuStore
    const out = new Float32Array(dims.reduce((n, d) => n * d, 1))
    fill(
      out,
      infos.map((info) => store.data.get(info.dataId).values),
      infos,
      attrs as never,
    )
    return store.makeTensorInfo(dims, "float32", out)
  }
