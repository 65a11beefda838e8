/**
 * On WebAssembly: the kernels of one evaluation are recorded and from then on called one after the other, without tensors, tape or scopes, on memory that is laid out
 * once. What only passes values on (copies for the tape, casts to the type that is there, reshapes) and what is the same every time (computed from constants)
 * is left out; kernels and order are otherwise those of the evaluation, and so are the bits.
 *
 * Two values share memory when the first is used for the last time before the second is made. Results are allocated anew at every call: they are the caller's.
 */
import type { KernelFunc, Tensor, TensorInfo, Tf } from "../tf.ts"
import type { Program, Pure, Refusal } from "./pure.ts"
import { hooks, type Made, type WasmBackend } from "./wasm-memory.ts"
import { recorded, type Recording, type Slot, type Step, type Use } from "./wasm-record.ts"

/** The function as a list of kernels for arguments of these shapes, or why not. */
export const wasmProgram = (tf: Tf, f: Pure, inputs: ReadonlyArray<Tensor>): Program | Refusal => {
  const first = recorded(tf, f, inputs)
  if ("refused" in first) return first
  const second = recorded(tf, f, inputs)
  if ("refused" in second) return second
  if (first.signature !== second.signature) return { refused: "two evaluations differ in their operations or constants" }
  return replay(tf, first)
}

/** A step ready to be called. */
interface Call {
  readonly kernel: KernelFunc
  readonly params: Parameters<KernelFunc>[0]
  readonly made: ReadonlyArray<Made>
  /** Whether it answers with tensors of the library's, which are handed back at once. */
  readonly tensors: boolean
}

const replay = (tf: Tf, { steps, args, results }: Recording): Program => {
  const backend = tf.backend() as unknown as WasmBackend
  const memory = hooks(backend)
  const needed = alive(steps, results)
  const last = lastUses(needed, results)
  const [owned, constants]: [Array<object>, Array<object>] = [[], []]
  const buffers: Array<number> = []
  /** Where values that change their place from call to call are mentioned. */
  const mentions = new Map<Slot, Array<{ dataId: object }>>()
  const places = new Map<Slot, object>()
  const fresh = new Set(results.map(({ slot }) => slot))

  const mention = ({ slot, shape, dtype }: Use): TensorInfo => {
    if (slot.constant !== undefined && !places.has(slot)) {
      const { dataId } = backend.makeOutput(slot.shape, slot.dtype, undefined, slot.constant)
      constants.push(dataId)
      places.set(slot, dataId)
    }
    // Composed kernels call operations, which take tensors and nothing else.
    const info = new tf.Tensor(shape as Array<number>, dtype, (places.get(slot) ?? {}) as never, -1)
    if (!places.has(slot)) mentions.set(slot, [...(mentions.get(slot) ?? []), info])
    return info
  }
  const place = (slot: Slot, dataId: object): void => {
    for (const info of mentions.get(slot) ?? []) info.dataId = dataId
    places.set(slot, dataId)
  }

  const free: Array<{ readonly bytes: number; readonly offset: number }> = []
  /** The smallest free buffer that is large enough and not twice too large, or a new one. */
  const take = (bytes: number): { readonly bytes: number; readonly offset: number } => {
    let best = -1
    for (const [i, buffer] of free.entries())
      if (buffer.bytes >= bytes && buffer.bytes <= 2 * bytes && (best < 0 || buffer.bytes <= free[best]!.bytes)) best = i
    if (best >= 0) return free.splice(best, 1)[0]!
    const offset = backend.wasm._malloc(bytes) >>> 0
    buffers.push(offset)
    return { bytes, offset }
  }
  const held = new Map<Slot, { readonly bytes: number; readonly offset: number }>()
  const give = (slot: Slot): void => {
    const buffer = held.get(slot)
    if (buffer === undefined) return
    free.push(buffer)
    held.delete(slot)
  }
  const made = (slot: Slot): Made => {
    const size = tf.util.sizeFromShape([...slot.shape])
    if (fresh.has(slot)) return { placed: undefined, size, moved: (dataId) => place(slot, dataId) }
    const buffer = take(slot.bytes)
    held.set(slot, buffer)
    const { dataId } = backend.makeOutput(slot.shape, slot.dtype, buffer.offset)
    owned.push(dataId)
    places.set(slot, dataId)
    return { placed: dataId, size, moved: () => {} }
  }

  const calls = needed.map((step, i): Call => {
    const inputs = step.inputs.map(([name, use]) => [name, use === undefined ? use : mention(use)] as const)
    const named = step.listed ? inputs.map(([, info]) => info) : Object.fromEntries(inputs)
    const all = step.made.map(made)
    for (const slot of new Set([...step.made, ...step.inputs.flatMap(([, use]) => (use === undefined ? [] : [use.slot]))]))
      if ((last.get(slot) ?? i) <= i) give(slot)
    return { kernel: step.kernel, params: { inputs: named as never, attrs: step.attrs as never, backend }, made: all, tensors: step.tensors }
  })

  return {
    run: (tensors) => {
      for (const [i, slot] of args.entries()) place(slot, tensors[i]!.dataId)
      memory.during(() => {
        for (const { kernel, params, made, tensors } of calls) {
          memory.next(made)
          const answer = kernel(params)
          if (tensors) memory.handBack(answer)
        }
      })
      return results.map(({ slot, shape, dtype }) => tf.engine().makeTensorFromTensorInfo({ dataId: places.get(slot)!, shape: [...shape], dtype }))
    },
    dispose: () => {
      for (const dataId of constants) backend.disposeData(dataId)
      for (const dataId of owned) memory.forget(dataId)
      for (const offset of buffers) backend.wasm._free(offset)
    },
  }
}

/** The steps that the results depend on. */
const alive = (steps: ReadonlyArray<Step>, results: ReadonlyArray<Use>): ReadonlyArray<Step> => {
  const wanted = new Set(results.map(({ slot }) => slot))
  return steps
    .toReversed()
    .filter((step) => {
      const used = step.made.some((slot) => wanted.has(slot))
      if (used) for (const [, use] of step.inputs) if (use !== undefined) wanted.add(use.slot)
      return used
    })
    .toReversed()
}

const lastUses = (steps: ReadonlyArray<Step>, results: ReadonlyArray<Use>): ReadonlyMap<Slot, number> => {
  const last = new Map<Slot, number>()
  for (const [i, step] of steps.entries()) for (const [, use] of step.inputs) if (use !== undefined) last.set(use.slot, i)
  for (const { slot } of results) last.set(slot, steps.length)
  return last
}
