/**
 * WebAssembly with SIMD: the default, because it comes with a plain install, needs no native code and repeats to the last bit.
 *
 * One thread unless asked for more. With more, the package's build with shared memory is taken, and its own threads, which do not start in Node, are left out:
 * the helpers are ours (`product/crew.ts`). The bits are those of one thread.
 */
import { Effect } from "effect"
import { dirname } from "node:path"
import workers from "node:worker_threads"
import { mendGradients } from "../mends/gradients.ts"
import { provideNormalise } from "../normalise.ts"
import { mendWasm } from "../mends/wasm.ts"
import type { Tf } from "../tf.ts"
import { library, optional, resolve } from "./library.ts"
import { BackendError, type Opened } from "./opened.ts"

const PACKAGE = "@tensorflow/tfjs-backend-wasm"

interface Wasm {
  readonly setWasmPaths: (folder: string) => void
  readonly setThreadsCount: (threads: number) => void
}

/** The WebAssembly back end with its mends; `threads` >= 1 are those of products and convolutions. */
export const openWasm = (threads: number): Effect.Effect<Opened, BackendError> =>
  Effect.tryPromise({
    try: async () => {
      const tf = library()
      const wasm = optional<Wasm>(PACKAGE)
      if (wasm === undefined) throw new Error(`the package ${PACKAGE} is not installed`)
      const { memory } = await start(tf, wasm, threads)
      mendGradients(tf)
      provideNormalise(tf)
      mendWasm(tf, memory, threads)
      return { name: "wasm" as const, device: `WebAssembly SIMD, ${threads} thread${threads === 1 ? "" : "s"}`, tf }
    },
    catch: (error) =>
      new BackendError({ code: "broken", backend: "wasm", why: String((error as Error).message), remedy: "run npm ci again, or use --backend cpu" }),
  })

interface Running {
  readonly memory: WebAssembly.Memory
  readonly threads: number
}

/** The back end of this process, once it runs. */
let running: Running | undefined

const start = async (tf: Tf, wasm: Wasm, threads: number): Promise<Running> => {
  const begin = () =>
    withoutListeners(async () => {
      if (!(await tf.setBackend("wasm"))) throw new Error("WebAssembly did not start")
    })
  if (running === undefined) {
    if (tf.engine().registry["wasm"] !== undefined) throw new Error("it was started by other code in this process")
    wasm.setWasmPaths(`${dirname(resolve(`${PACKAGE}/package.json`))}/dist/`)
    wasm.setThreadsCount(1)
    tf.env().set("WASM_HAS_SIMD_SUPPORT", true)
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", threads > 1)
    const memory = await watched(() => (threads > 1 ? withoutThreads(begin) : begin()))
    if (memory === undefined) throw new Error("its memory was not found")
    return (running = { memory, threads })
  }
  if (running.threads !== threads) throw new Error(`it already runs with ${running.threads} threads in this process`)
  await begin()
  return running
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

/**
 * Runs `begin` with threads that the library is told are there and that are not: its own kernels run on one. So much is needed to have its memory shared.
 */
const withoutThreads = async (begin: () => Promise<void>): Promise<void> => {
  const { Worker } = workers
  const known = Object.getOwnPropertyDescriptor(globalThis, "Worker")
  class Absent {
    onmessage?: (event: { readonly data: { readonly cmd: string } }) => void
    on(): void {}
    unref(): void {}
    postMessage(): void {
      queueMicrotask(() => this.onmessage?.({ data: { cmd: "loaded" } }))
    }
  }
  try {
    workers.Worker = Absent as unknown as typeof Worker
    await begin()
  } finally {
    workers.Worker = Worker
    // The library has put the one of its moment there.
    if (known === undefined) Reflect.deleteProperty(globalThis, "Worker")
    else Object.defineProperty(globalThis, "Worker", known)
  }
}
