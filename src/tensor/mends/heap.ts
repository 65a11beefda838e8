/**
 * Tensors of the WebAssembly back end of TensorFlow.js 4.22 as addresses in its memory.
 */
import type { TensorInfo } from "../tf.ts"

export interface Heap {
  readonly makeOutput: (shape: ReadonlyArray<number>, dtype: string) => TensorInfo
  /** A view of the numbers; allocating may move the memory, so views are taken afterwards. */
  readonly typedArrayFromHeap: (info: TensorInfo) => Float32Array
  readonly disposeData: (id: object) => void
  readonly incRef: (id: object) => void
  readonly dataIdMap: { readonly get: (id: object) => { readonly memoryOffset: number } }
}

/** A new float32 tensor with whatever values are there. */
export const output = (heap: Heap, shape: ReadonlyArray<number>): TensorInfo => heap.makeOutput(shape, "float32")

/** Where its first number lies, in bytes. */
export const addressOf = (heap: Heap, { dataId }: TensorInfo): number => heap.dataIdMap.get(dataId).memoryOffset
