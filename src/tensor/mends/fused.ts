/**
 * Kernels of one pass over their numbers, as WebAssembly four at a time: Adam, and SELU with its gradient.
 */
import type { Assembly } from "../assembly/module.ts"
import type { KernelFunc, TensorInfo, Tf } from "../tf.ts"
import { addressOf, type Heap, output } from "./heap.ts"

/** Outputs of the shape of the first input; `call` receives the addresses of inputs and outputs, then the count of numbers. */
const pass =
  (
    tf: Tf,
    inputs: ReadonlyArray<string>,
    outputs: number,
    call: (addresses: ReadonlyArray<number>, params: Parameters<KernelFunc>[0]) => void,
  ): KernelFunc =>
  (params) => {
    const heap = params.backend as Heap
    const read = inputs.map((name) => params.inputs[name] as TensorInfo)
    const written = Array.from({ length: outputs }, () => output(heap, read[0]!.shape))
    call([...[...read, ...written].map((info) => addressOf(heap, info)), tf.util.sizeFromShape(read[0]!.shape)], params)
    return outputs === 1 ? written[0]! : written
  }

export const selu = (tf: Tf, { selu }: Assembly): KernelFunc => pass(tf, ["x"], 1, (addresses) => selu(...addresses, 0))

export const seluGradient = (tf: Tf, { seluGrad }: Assembly): KernelFunc => pass(tf, ["dy", "y"], 1, (addresses) => seluGrad(...addresses, 0))

/** w, m and v after an update; `list` is room for the seven numbers of it. */
export const adam = (tf: Tf, { adam }: Assembly, memory: WebAssembly.Memory, list: number): KernelFunc =>
  pass(tf, ["w", "m", "v", "g"], 3, (addresses, { inputs, attrs, backend }) => {
    const { beta1, beta2 } = attrs as unknown as { readonly beta1: number; readonly beta2: number }
    const numbers = new Float32Array(memory.buffer, list, 7)
    numbers.set([beta1, 1 - beta1, beta2, 1 - beta2])
    for (const [i, name] of ["a", "e", "keep"].entries())
      numbers[4 + i] = new Float32Array(memory.buffer, addressOf(backend as Heap, inputs[name]!), 1)[0]!
    adam(...addresses, list)
  })
