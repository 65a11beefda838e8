/**
 * WebGPU in Node: the package `webgpu` (Dawn) with `@tensorflow/tfjs-backend-webgpu`, both optional, on any Vulkan, Metal or Direct3D driver.
 */
import { Effect } from "effect"
import { mendGradients } from "../mends/gradients.ts"
import { provideNormalise } from "../normalise.ts"
import { library, optional, resolve } from "./library.ts"
import { BackendError, type Opened } from "./opened.ts"

const REMEDY = "npm install --no-save --save-prod @tensorflow/tfjs-backend-webgpu@4.22.0 webgpu@0.6.2, and a Vulkan driver, make it available"

interface Dawn {
  readonly create: (options: ReadonlyArray<string>) => GPU
  readonly globals: object
}

interface GPU {
  readonly requestAdapter: () => Promise<{
    readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly description?: string }
  } | null>
}

export const openWebgpu: Effect.Effect<Opened, BackendError> = Effect.gen(function* () {
  const fail = (code: BackendError["code"], why: string) => Effect.fail(new BackendError({ code, backend: "webgpu", why, remedy: REMEDY }))
  const file = yield* Effect.try({ try: () => resolve("webgpu"), catch: () => undefined }).pipe(
    Effect.catch(() => fail("absent", "the package webgpu is not installed")),
  )
  const opened = yield* Effect.tryPromise({
    try: async (): Promise<Opened | string> => {
      const { create, globals } = (await import(file)) as Dawn
      const gpu = create([])
      const adapter = await gpu.requestAdapter()
      if (adapter === null) return "the Vulkan driver offers no adapter"
      Object.assign(globalThis, globals, { self: globalThis })
      Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true })
      const tf = library()
      if (optional("@tensorflow/tfjs-backend-webgpu") === undefined) return "the package @tensorflow/tfjs-backend-webgpu is not installed"
      if (!(await tf.setBackend("webgpu"))) return "the adapter was refused"
      mendGradients(tf)
      provideNormalise(tf)
      const { vendor = "", architecture = "", description = "" } = adapter.info ?? {}
      return { name: "webgpu", device: `WebGPU, ${description || `${vendor} ${architecture}`.trim() || "unnamed adapter"}`, tf }
    },
    catch: (error) => new BackendError({ code: "broken", backend: "webgpu", why: String((error as Error).message).split("\n")[0]!, remedy: REMEDY }),
  })
  return typeof opened === "string" ? yield* fail("absent", opened) : opened
})
