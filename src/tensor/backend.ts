/**
 * The back end that tensors live on, as a service.
 *
 * A process has one TensorFlow.js and one back end at a time; opening another sets the library to it. The library is loaded when a back end is
 * opened, never before. All random numbers come from `src/random`: the library's own generators are not reproducible and are not used.
 */
import { Context, Effect, Layer, type Scope } from "effect"
import { nearest } from "../core/nearest.ts"
import { openCpu } from "./engines/cpu.ts"
import { openNative } from "./engines/native.ts"
import { BACKENDS, BackendError, type BackendName, type Opened } from "./engines/opened.ts"
import { openWasm } from "./engines/wasm.ts"
import { openWebgpu } from "./engines/webgpu.ts"
import type { Tensor, Tf } from "./tf.ts"

export { BACKENDS, BackendError, type BackendName } from "./engines/opened.ts"

export class TensorBackend extends Context.Service<
  TensorBackend,
  {
    readonly name: BackendName
    /** The device in words: "WebAssembly SIMD, 1 thread". */
    readonly device: string
    /** One line for a person: what was chosen, and what was looked for in vain. */
    readonly summary: string
    readonly tf: Tf
    /** The tensor that `make` returns, disposed when the scope closes; everything else that `make` creates goes at once. */
    readonly scoped: <T extends Tensor>(make: () => T) => Effect.Effect<T, never, Scope.Scope>
  }
>()("lemmata/tensor/TensorBackend") {}

export interface BackendOptions {
  /** Threads of the WebAssembly back end, 1 to 64; what LEMMATA_THREADS says unless given, else 1. The numbers do not depend on it. */
  readonly threads?: number
}

/**
 * The service on the back end of that name. "auto" takes TensorFlow's own library if it loads, else WebAssembly, else plain JavaScript; never WebGPU,
 * whose adapter may be a slow emulation. Fails with a `BackendError`: unknown (with the nearest name), absent (with how to get it), broken.
 */
export const tensorBackend = (choice: string, options: BackendOptions = {}): Layer.Layer<TensorBackend, BackendError> =>
  Layer.effect(
    TensorBackend,
    Effect.map(
      Effect.flatMap(threadsOf(choice, options), (threads) =>
        choice === "auto" ? automatic(threads) : Effect.map(named(choice, threads), (opened) => [opened, ""] as const),
      ),
      ([opened, absent]) => ({
        ...opened,
        summary: `back end ${opened.name} (${opened.device})${absent}`,
        scoped: (make) =>
          Effect.acquireRelease(
            Effect.sync(() => opened.tf.tidy(make)),
            (tensor) => Effect.sync(() => tensor.dispose()),
          ),
      }),
    ),
  )

/** A number that is none is refused whatever the back end, so that "auto" does not pass over it in silence. */
const threadsOf = (choice: string, { threads }: BackendOptions): Effect.Effect<number, BackendError> => {
  const said = process.env["LEMMATA_THREADS"]
  const [number, source] =
    threads === undefined && said !== undefined ? [/^\d+$/.test(said) ? Number(said) : Number.NaN, "LEMMATA_THREADS"] : [threads ?? 1, "threads"]
  if (Number.isInteger(number) && number >= 1 && number <= 64) return Effect.succeed(number)
  const why = `${source} is ${source === "threads" ? number : JSON.stringify(said)}`
  return Effect.fail(new BackendError({ code: "broken", backend: choice, why, remedy: "give a whole number from 1 to 64" }))
}

const named = (choice: string, threads: number): Effect.Effect<Opened, BackendError> => {
  switch (choice) {
    case "cuda":
    case "native":
      return openNative(choice)
    case "webgpu":
      return openWebgpu
    case "wasm":
      return openWasm(threads)
    case "cpu":
      return openCpu
    default: {
      const hint = nearest(choice, ["auto", ...BACKENDS])
      const remedy = `${hint === undefined ? "" : `did you mean "${hint}"? `}known: auto, ${BACKENDS.join(", ")}`
      return Effect.fail(new BackendError({ code: "unknown", backend: choice, why: "there is no back end of that name", remedy }))
    }
  }
}

/** The first that opens, with one clause for each that did not. */
const automatic = (threads: number): Effect.Effect<readonly [Opened, string], BackendError> =>
  Effect.gen(function* () {
    let absent = ""
    for (const choice of ["native", "wasm"]) {
      const opened = yield* Effect.result(named(choice, threads))
      if (opened._tag === "Success") return [opened.success, absent] as const
      absent += `; ${choice}: ${opened.failure.why}`
    }
    return [yield* openCpu, absent] as const
  })
