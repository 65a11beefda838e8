/**
 * The memory of the WebAssembly back end of TensorFlow.js 4.22, seen from the place where its kernels ask for it: while a recorded function runs, `makeOutput` hands out what
 * has been laid out for it, and `disposeData` leaves that where it is.
 */
import type { DataType, Tensor, TensorInfo } from "../tf.ts"

export type Values = Float32Array | Int32Array | Uint8Array

interface Data {
  readonly id: number
  readonly memoryOffset: number
  refCount: number
}

export interface WasmBackend {
  makeOutput: (shape: ReadonlyArray<number>, dtype: DataType, offset?: number, values?: Values) => TensorInfo
  disposeData: (dataId: object, force?: boolean) => boolean
  write: (values: Values | null, shape: ReadonlyArray<number>, dtype: DataType) => object
  readSync: (dataId: object) => Values
  readonly incRef: (dataId: object) => void
  readonly dataIdMap: { readonly get: (dataId: object) => Data; readonly delete: (dataId: object) => boolean }
  readonly wasm: {
    readonly HEAPU8: Uint8Array
    readonly _malloc: (bytes: number) => number
    readonly _free: (offset: number) => void
    readonly tfjs: { readonly disposeData: (id: number) => void; readonly registerTensor: (id: number, size: number, offset: number) => void }
  }
}

/** One answer of `makeOutput`: what has been laid out, or, where nothing has, who is told of the new one. */
export interface Made {
  readonly placed: object | undefined
  /** Numbers in it. */
  readonly size: number
  readonly moved: (dataId: object) => void
}

export interface Memory {
  /** Runs `f` with what is laid out. */
  readonly during: (f: () => void) => void
  /** The answers to what the next kernel asks for, in order. */
  readonly next: (made: ReadonlyArray<Made>) => void
  /** Ends the tensors around values that a kernel answered with; the values stay. */
  readonly handBack: (answer: unknown) => void
  /** Ends a registration whose memory is not its own. */
  readonly forget: (dataId: object) => void
}

const installed = new WeakMap<WasmBackend, Memory>()

/** The hooks of this back end, put in place once. */
export const hooks = (backend: WasmBackend): Memory => {
  const known = installed.get(backend)
  if (known !== undefined) return known
  const [makeOutput, disposeData] = [backend.makeOutput.bind(backend), backend.disposeData.bind(backend)]
  let active = false
  let queue: ReadonlyArray<Made> = []
  let at = 0
  const placed = new WeakSet<object>()
  const moved = new Set<object>()

  backend.makeOutput = (shape, dtype, offset, values) => {
    if (!active || offset !== undefined) return makeOutput(shape, dtype, offset, values)
    const answer = queue[at++]
    if (answer === undefined || shape.reduce((n, d) => n * d, 1) !== answer.size)
      throw new Error("a recorded kernel asks for other memory than it did when it was recorded")
    if (answer.placed === undefined) {
      const info = makeOutput(shape, dtype, undefined, values)
      moved.add(info.dataId)
      answer.moved(info.dataId)
      return info
    }
    const data = backend.dataIdMap.get(answer.placed)
    data.refCount = 1
    // What the library has prepared from the values that were here, packed weights, goes with the registration.
    const { tfjs } = backend.wasm
    tfjs.disposeData(data.id)
    tfjs.registerTensor(data.id, answer.size, data.memoryOffset)
    placed.add(answer.placed)
    if (values !== undefined) backend.wasm.HEAPU8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), data.memoryOffset)
    return { dataId: answer.placed, shape: [...shape], dtype }
  }
  backend.disposeData = (dataId, force) => (active && placed.has(dataId) ? --backend.dataIdMap.get(dataId).refCount <= 0 : disposeData(dataId, force))

  const memory: Memory = {
    during: (f) => {
      active = true
      try {
        f()
      } finally {
        active = false
        moved.clear()
      }
    },
    next: (made) => {
      queue = made
      at = 0
    },
    handBack: (answer) => {
      for (const tensor of [answer].flat() as Array<Tensor>) {
        if (moved.has(tensor.dataId)) backend.incRef(tensor.dataId)
        tensor.dispose()
      }
    },
    forget: (dataId) => {
      const data = backend.dataIdMap.get(dataId)
      backend.wasm.tfjs.disposeData(data.id)
      backend.dataIdMap.delete(dataId)
    },
  }
  installed.set(backend, memory)
  return memory
}
