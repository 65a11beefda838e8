import { describe, expect, test, vi } from "vitest"
import { Effect } from "effect"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"

const open = (choice: string) => Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend(choice))))
const refused = (choice: string) => Effect.runPromise(Effect.flip(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))

describe("the choice of a back end", () => {
  test("wasm says its device in one line", async () => {
    const { name, summary } = await open("wasm")
    expect([name, summary]).toEqual(["wasm", "back end wasm (WebAssembly SIMD, 1 thread)"])
  })

  test("auto takes the first that is there and says what is absent", async () => {
    const { name, summary } = await open("auto")
    expect(["cuda", "native", "wasm"]).toContain(name)
    if (name === "wasm") expect(summary).toMatch(/^back end wasm \(WebAssembly SIMD, 1 thread\); native: /)
  })

  test("an unknown name is answered with the nearest", async () => {
    const error = await refused("wams")
    expect([error.code, error.message]).toEqual([
      "unknown",
      'back end "wams": there is no back end of that name; did you mean "wasm"? known: auto, cuda, native, webgpu, wasm, cpu',
    ])
  })

  test("half a thread is refused, and words for numbers by every back end", async () => {
    const error = await Effect.runPromise(Effect.flip(TensorBackend.pipe(Effect.provide(tensorBackend("wasm", { threads: 0.5 })))))
    expect(error.message).toBe('back end "wasm": threads is 0.5; give a whole number from 1 to 64')
    for (const said of ["two", "0", "65", "1.5", "", "-1", "1e1"]) {
      vi.stubEnv("LEMMATA_THREADS", said)
      expect((await refused("auto")).message).toBe(`back end "auto": LEMMATA_THREADS is "${said}"; give a whole number from 1 to 64`)
    }
    vi.unstubAllEnvs()
  })

  test("the library's listeners do not stay", async () => {
    const count = () => process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection")
    const before = count()
    await open("wasm")
    expect(count()).toBe(before)
  })

  test("a scoped tensor lives as long as its scope", async () => {
    const { tf, scoped } = await open("wasm")
    const before = tf.memory().numTensors
    const alive = await Effect.runPromise(
      Effect.scoped(
        Effect.map(
          scoped(() => tf.add(tf.scalar(1), tf.scalar(2))),
          (t) => [t.dataSync()[0], tf.memory().numTensors],
        ),
      ),
    )
    expect(alive).toEqual([3, before + 1])
    expect(tf.memory().numTensors).toBe(before)
  })
})
