/**
 * Plain JavaScript: slow (about twenty times slower than WebAssembly on a small network), always there, the one to compare the others with.
 */
import { Effect } from "effect"
import { mendCpu } from "../mends/cpu.ts"
import { mendGradients } from "../mends/gradients.ts"
import { provideNormalise } from "../normalise.ts"
import { library } from "./library.ts"
import { BackendError, type Opened } from "./opened.ts"

export const openCpu: Effect.Effect<Opened, BackendError> = Effect.tryPromise({
  try: async () => {
    const tf = library()
    if (!(await tf.setBackend("cpu"))) throw new Error("it did not start")
    mendGradients(tf)
    provideNormalise(tf)
    mendCpu(tf)
    return { name: "cpu" as const, device: "plain JavaScript", tf }
  },
  catch: (error) => new BackendError({ code: "broken", backend: "cpu", why: String((error as Error).message), remedy: "run npm ci again" }),
})
