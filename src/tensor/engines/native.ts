/**
 * TensorFlow's own library through its Node binding: `@tensorflow/tfjs-node-gpu` (CUDA) or `@tensorflow/tfjs-node`, both optional.
 *
 * The JavaScript of both (4.22) calls two functions of `node:util` that Node 23 removed; they are given back while it loads, and stay.
 */
import { Effect } from "effect"
import util from "node:util"
import { mendGradients } from "../mends/gradients.ts"
import { provideNormalise } from "../normalise.ts"
import { mendNative } from "../mends/native.ts"
import type { Tf } from "../tf.ts"
import { library, optional } from "./library.ts"
import { BackendError, type Opened } from "./opened.ts"

const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const

interface NativeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: { readonly TF_Version: string }
}

/** TensorFlow's library on its GPU or its CPUs; `cuda` fails where the library sees no GPU. */
export const openNative = (choice: "cuda" | "native"): Effect.Effect<Opened, BackendError> =>
  Effect.suspend(() => {
    const fail = (code: BackendError["code"], why: string) =>
      Effect.fail(new BackendError({ code, backend: choice, why, remedy: `npm run setup:native${choice === "cuda" ? " -- --gpu" : ""} installs it` }))
    let reason = `neither ${PACKAGES.join(" nor ")} is installed`
    let code: BackendError["code"] = "absent"
    for (const name of PACKAGES) {
      try {
        const tf = load(name)
        if (tf === undefined) continue
        const { isUsingGpuDevice: gpu, binding: library } = tf.backend() as unknown as NativeBackend
        if (choice === "cuda" && !gpu) return fail("absent", `the TensorFlow library of ${name} sees no CUDA device`)
        mendGradients(tf)
        provideNormalise(tf)
        mendNative(tf)
        return Effect.succeed({
          name: gpu ? ("cuda" as const) : ("native" as const),
          device: `TensorFlow ${library.TF_Version} on ${gpu ? "CUDA" : "CPU"}`,
          tf,
        })
      } catch (error) {
        code = "broken"
        reason = `${name} does not load: ${String((error as Error).message).split("\n")[0]}`
      }
    }
    return fail(code, reason)
  })

const load = (name: string): Tf | undefined => {
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "3"
  const removed = util as unknown as Record<string, unknown>
  removed["isNullOrUndefined"] ??= (value: unknown) => value === null || value === undefined
  removed["isArray"] = Array.isArray
  const tf = library()
  const native = optional<Tf>(name)
  if (native === undefined) return undefined
  // Loading it registers the back end "tensorflow" with the one engine of the process.
  if (tf.findBackend("tensorflow") === null) throw new Error("its back end did not register")
  native.setBackend("tensorflow")
  return native
}
