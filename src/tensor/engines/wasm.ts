/**
 * WebAssembly with SIMD: the default, because it comes with a plain install, needs no native code and repeats to the last bit.
 *
 * One thread unless asked for more. The package's own start of threads fails in Node (its workers are blobs, and it caps their number at half the
 * processors), so both are put right while it starts. The bits are those of one thread.
 */
import { Effect } from "effect"
import os from "node:os"
import { dirname } from "node:path"
import workers from "node:worker_threads"
import { mendGradients } from "../mends/gradients.ts"
import { provideNormalise } from "../normalise.ts"
import { mendWasm } from "../mends/wasm.ts"
import type { Tf } from "../tf.ts"
import { library, optional, resolve } from "./library.ts"
import { BackendError, type Opened } from "./opened.ts"

const PACKAGE = "@tensorflow/tfjs-backend-wasm"
const THREADED = `${PACKAGE}/wasm-out/tfjs-backend-wasm-threaded-simd`

interface Wasm {
  readonly setWasmPaths: (folder: string) => void
  readonly setThreadsCount: (threads: number) => void
  readonly getThreadsCount: () => number
}

/** The WebAssembly back end with its mends; `threads` >= 1 are those of the library's own kernels: products and convolutions are ours and run on one. */
export const openWasm = (threads: number): Effect.Effect<Opened, BackendError> =>
  Effect.tryPromise({
    try: async () => {
      if (!Number.isInteger(threads) || threads < 1) throw new Error(`threads are a whole number >= 1, not ${threads}`)
      const tf = library()
      const wasm = optional<Wasm>(PACKAGE)
      if (wasm === undefined) throw new Error(`the package ${PACKAGE} is not installed`)
      const memory = await start(tf, wasm, threads)
      mendGradients(tf)
      provideNormalise(tf)
      mendWasm(tf, memory)
      const count = wasm.getThreadsCount()
      return { name: "wasm" as const, device: `WebAssembly SIMD, ${count} thread${count === 1 ? "" : "s"}`, tf }
    },
    catch: (error) =>
      new BackendError({ code: "broken", backend: "wasm", why: String((error as Error).message), remedy: "run npm ci again, or use --backend cpu" }),
  })

/** The memory that the back end of this process lives in, once it runs. */
let memory: WebAssembly.Memory | undefined

const start = async (tf: Tf, wasm: Wasm, threads: number): Promise<WebAssembly.Memory> => {
  const running = tf.engine().registry["wasm"] !== undefined
  if (running && wasm.getThreadsCount() !== threads) throw new Error(`it already runs with ${wasm.getThreadsCount()} threads in this process`)
  if (!running) {
    wasm.setWasmPaths(`${dirname(resolve(`${PACKAGE}/package.json`))}/dist/`)
    tf.env().set("WASM_HAS_SIMD_SUPPORT", true)
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", threads > 1)
    if (threads > 1) wasm.setThreadsCount(threads)
  }
  const begin = () =>
    withoutListeners(async () => {
      if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly did not start")
    })
  if (running) await begin()
  else memory = await watched(() => (threads > 1 ? withNodeThreads(threads, begin) : begin()))
  if (memory === undefined) throw new Error("it was started by other code in this process")
  return memory
}

/** The memory of the module that `begin` instantiates, which the package keeps to itself: one that it imports or exports. */
const watched = async (begin: () => Promise<void>): Promise<WebAssembly.Memory | undefined> => {
  const { instantiate } = WebAssembly
  let found: WebAssembly.Memory | undefined
  const look = (values: object): void => {
    for (const value of Object.values(values)) if (value instanceof WebAssembly.Memory) found = value
  }
  WebAssembly.instantiate = (async (source: BufferSource, imports: WebAssembly.Imports) => {
    const result = await instantiate(source, imports)
    for (const group of [...Object.values(imports), result.instance.exports]) look(group)
    return result
  }) as typeof instantiate
  try {
    await begin()
    return found
  } finally {
    WebAssembly.instantiate = instantiate
  }
}

/** Runs `begin` and takes away the process-wide listeners that it leaves: they would rethrow the errors of others. */
const withoutListeners = async (begin: () => Promise<void>): Promise<void> => {
  const events = ["uncaughtException", "unhandledRejection"] as const
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)))
  await begin()
  events.forEach((event, i) => {
    for (const listener of process.rawListeners(event)) if (!before[i]!.has(listener)) process.removeListener(event, listener as never)
  })
}

/** Runs `begin` while workers given as blobs start from the package's own source, and while the machine seems to have processors enough. */
const withNodeThreads = async (threads: number, begin: () => Promise<void>): Promise<void> => {
  const Worker = workers.Worker
  const cpus = os.cpus
  const source = optional<{ wasmWorkerContents: string }>(`${THREADED}.worker.js`)!.wasmWorkerContents.replaceAll("\n", "\\n")
  const main = resolve(`${THREADED}.js`)
  class NodeWorker extends Worker {
    constructor(file: string | URL, options?: workers.WorkerOptions) {
      if (typeof file === "string" && file.startsWith("blob:")) super(source, { eval: true })
      else super(file, options)
      this.unref()
    }
    override postMessage(message: { cmd?: string }, transfer?: ReadonlyArray<workers.Transferable>): void {
      super.postMessage(message?.cmd === "load" ? { ...message, urlOrBlob: main } : message, transfer)
    }
  }
  try {
    workers.Worker = NodeWorker
    os.cpus = () => Array.from({ length: 2 * threads }, () => cpus()[0]!)
    await begin()
  } finally {
    workers.Worker = Worker
    os.cpus = cpus
  }
}
