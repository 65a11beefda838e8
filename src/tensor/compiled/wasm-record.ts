/**
 * One evaluation on the WebAssembly back end as a list of kernel calls between slots. A slot is one block of values: an argument, a constant, or what a kernel
 * made; reshapes of it are uses of the same slot.
 */
import type { DataType, KernelFunc, Tensor, TensorInfo, Tf } from "../tf.ts"
import type { Pure, Refusal } from "./pure.ts"
import type { Values, WasmBackend } from "./wasm-memory.ts"

export interface Slot {
  readonly number: number
  readonly shape: ReadonlyArray<number>
  readonly dtype: DataType
  readonly bytes: number
  readonly constant?: Values
}

/** A slot as a tensor of some shape. */
export interface Use {
  readonly slot: Slot
  readonly shape: ReadonlyArray<number>
  readonly dtype: DataType
}

export interface Step {
  readonly kernel: KernelFunc
  readonly inputs: ReadonlyArray<readonly [name: string, use: Use | undefined]>
  /** Whether the kernel takes its inputs as a list. */
  readonly listed: boolean
  readonly attrs: unknown
  /** What it asks memory for, in order: its results and what it needs meanwhile. */
  readonly made: ReadonlyArray<Slot>
  readonly tensors: boolean
}

export interface Recording {
  readonly steps: ReadonlyArray<Step>
  readonly args: ReadonlyArray<Slot>
  readonly results: ReadonlyArray<Use>
  /** Equal for evaluations of the same operations with the same constants. */
  readonly signature: string
}

/** The values of these depend on the shape of their argument alone. */
const SHAPE_ALONE = new Set(["ZerosLike", "OnesLike"])

/** One evaluation, whose values are thrown away. */
export const recorded = (tf: Tf, f: Pure, inputs: ReadonlyArray<Tensor>): Recording | Refusal => {
  const backend = tf.backend() as unknown as WasmBackend
  const { makeOutput, readSync, write } = backend
  let refused: string | undefined
  const refuse = (why: string): void => void (refused ??= why)
  const slots = new Map<object, Slot>()
  const written = new Set<object>()
  const steps: Array<Step> = []
  const lines: Array<string> = []
  let count = 0
  let depth = 0
  let made: Array<Slot> = []

  const slotOf = (dataId: object, shape: ReadonlyArray<number>, dtype: DataType, constant?: Values): Slot => {
    const bytes = tf.util.sizeFromShape([...shape]) * tf.util.bytesPerElement(dtype)
    const slot = { number: count++, shape, dtype, bytes, ...(constant === undefined ? {} : { constant }) }
    if (constant !== undefined)
      lines.push(`${slot.number} = ${dtype}[${shape}] ${Buffer.from(constant.buffer, constant.byteOffset, constant.byteLength).toString("base64")}`)
    slots.set(dataId, slot)
    return slot
  }
  const use = ({ dataId, shape, dtype }: TensorInfo, kernelName: string): Use => {
    const known = slots.get(dataId)
    if (known !== undefined) return { slot: known, shape, dtype }
    if (!written.has(dataId)) refuse(`${kernelName} uses a tensor that is not an argument`)
    return { slot: slotOf(dataId, shape, dtype, readSync.call(backend, dataId)), shape, dtype }
  }

  const watched =
    (kernelName: string, kernel: KernelFunc): KernelFunc =>
    (params) => {
      if (depth > 0) return kernel(params)
      made = []
      depth++
      let answer: ReturnType<KernelFunc>
      try {
        answer = kernel(params)
      } finally {
        depth--
      }
      const outputs = [answer].flat() as ReadonlyArray<TensorInfo>
      const entries = Object.entries(params.inputs).map(
        ([name, info]) => [name, info === undefined || info === null ? undefined : use(info as TensorInfo, kernelName)] as const,
      )
      const x = entries.length === 1 ? entries[0]![1] : undefined
      if (x !== undefined && (kernelName === "Identity" || (kernelName === "Cast" && x.dtype === outputs[0]!.dtype))) {
        slots.set(outputs[0]!.dataId, x.slot)
        return answer
      }
      if (SHAPE_ALONE.has(kernelName) || entries.every(([, each]) => each?.slot.constant !== undefined)) {
        for (const { dataId, shape, dtype } of outputs)
          if (!slots.has(dataId) || made.includes(slots.get(dataId)!)) slotOf(dataId, shape, dtype, readSync.call(backend, dataId))
        return answer
      }
      for (const { dataId } of outputs) if (!slots.has(dataId)) refuse(`${kernelName} makes its result in memory of its own`)
      if (made.length > 0) {
        const tensors = outputs.some((output) => output instanceof tf.Tensor)
        steps.push({ kernel, inputs: entries, listed: Array.isArray(params.inputs), attrs: params.attrs, made, tensors })
        const from = entries.map(([name, each]) => `${name}=${each === undefined ? "" : `${each.slot.number}${each.dtype}[${each.shape}]`}`)
        lines.push(
          `${outputs.map(({ dataId, shape }) => `${slots.get(dataId)?.number}[${shape}]`)} = ${kernelName}(${from}) ${JSON.stringify(params.attrs)}`,
        )
      }
      return answer
    }

  const args = inputs.map(({ dataId, shape, dtype }) => slotOf(dataId, shape, dtype))
  if (slots.size < inputs.length) return { refused: "two arguments are one tensor" }
  let making = false
  backend.makeOutput = (shape, dtype, offset, values) => {
    making = true
    try {
      const info = makeOutput.call(backend, shape, dtype, offset, values)
      if (offset === undefined) made.push(slotOf(info.dataId, [...shape], dtype))
      return info
    } finally {
      making = false
    }
  }
  backend.write = (values, shape, dtype) => {
    const dataId = write.call(backend, values, shape, dtype)
    if (!making) written.add(dataId)
    return dataId
  }
  backend.readSync = (dataId) => {
    if (depth === 0) refuse("it reads a tensor back")
    return readSync.call(backend, dataId)
  }
  const kernels = tf.getKernelsForBackend("wasm") as Array<{ readonly kernelName: string; kernelFunc: KernelFunc }>
  const originals = kernels.map(({ kernelFunc }) => kernelFunc)
  for (const config of kernels) config.kernelFunc = watched(config.kernelName, config.kernelFunc)
  try {
    const outputs = tf.tidy(() => [...f(inputs)])
    const own = new Set(steps.flatMap((step) => step.made))
    const results: Array<Use> = []
    for (const { dataId, shape, dtype } of outputs) {
      const slot = slots.get(dataId)
      if (slot === undefined || !own.has(slot)) refuse("it returns an argument or a constant")
      else if (results.some((other) => other.slot === slot)) refuse("it returns a tensor twice")
      else results.push({ slot, shape, dtype })
    }
    tf.dispose(outputs)
    if (refused !== undefined) return { refused }
    return { steps, args, results, signature: [...lines, results.map(({ slot, shape }) => `${slot.number}[${shape}]`)].join("\n") }
  } finally {
    kernels.forEach((config, i) => {
      config.kernelFunc = originals[i]!
    })
    Object.assign(backend, { makeOutput, readSync, write })
  }
}
