/** What samplers are answered, and a field looked at on a grid: the middles of equal cells, each with the vector that is there at that time. */
import { expect, test } from "vitest"
import { answers, onGrid } from "../../src/train/answers.ts"
import { predictNoise } from "../../src/train/measures/denoising.ts"
import type { Trained } from "../../src/train/trained.ts"
import type { Field } from "../../src/models/field.ts"
import { wasm } from "../pipelines/open.ts"

/** e_hat(x, t) = w t x^2, w = 2, whose numbers here are exact in float32; what was computed, one function per call. */
const squares = async () => {
  const tf = await wasm()
  const model: Field<readonly [2], "eps"> = {
    kind: "field",
    item: [2],
    predicts: "eps",
    parameters: {},
    apply: (_, { w }, x, t) => tf.mul(tf.mul(w!, t), tf.square(x)),
  }
  const asked: Array<unknown> = []
  const trained: Trained<typeof model> = {
    model,
    version: () => "1",
    compute: async (f, inputs = {}) => {
      asked.push(f)
      return tf.tidy(() => {
        const tensors = Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const)
        return f(tf, model, { w: tf.scalar(2) }, Object.fromEntries(tensors)).dataSync() as Float32Array
      })
    },
  }
  return { trained, asked }
}

test("a field answers at one time for all points, the time as the network knows it; every question is put to one function, which is prepared once", async () => {
  const { trained, asked } = await squares()
  const ask = answers(trained, (t) => t / 4)
  expect([...(await ask({ x: Float64Array.of(1, -2, 3, 0.5), t: 2 }))]).toEqual([1, 4, 9, 0.25])
  expect([...(await ask({ x: Float64Array.of(1, -2), t: 4 }))]).toEqual([2, 8])
  expect(new Set(asked).size).toBe(1)
})

test("the noise and its derivatives along directions, each point at its own level: d/dx 2 t (s x)^2 v = 4 s^2 t x v", async () => {
  const { trained, asked } = await squares()
  const levels = [1, 3].map((t) => ({ t, alpha: 1, sigma: 1 }))
  const ask = predictNoise(trained, ({ t }) => ({ scale: t + 1, time: t / 2 }))
  const [x, directions] = [Float64Array.of(1, 2, 3, -1), [Float64Array.of(1, 2, 1, 2), Float64Array.of(0, 1, 2, 3)]]
  const noise = [4, 16, 432, 48]
  const along = [8, 32, 288, -192, 0, 16, 576, -288]
  expect([...(await ask(x, levels))]).toEqual(noise)
  expect([...(await ask(x, levels, directions))]).toEqual([...noise, ...along])
  expect([...(await ask(x, levels, directions.slice(1)))]).toEqual([...noise, ...along.slice(4)])
  expect(new Set(asked).size).toBe(2)
})

test("four hundred points of a square, symmetric about its middle, with what the field says at each time", async () => {
  // A rotation whose speed is the time.
  const shown = await onGrid("turn", async ({ x, t }) => x.map((_, i) => (i % 2 === 0 ? -t * x[i + 1]! : t * x[i - 1]!)), [0, 2], 10)
  expect(shown).toMatchObject([{ kind: "field", name: "turn", time: 0 }, { time: 2 }])
  for (const each of shown) {
    if (each.kind !== "field") return expect.fail(each.kind)
    const { points, vectors, time } = each
    expect([points.length, vectors.length]).toEqual([800, 800])
    expect([...points.subarray(0, 4)]).toEqual([-9.5, -9.5, -8.5, -9.5])
    expect([...points.subarray(-2)]).toEqual([9.5, 9.5])
    expect(new Set(Array.from({ length: 400 }, (_, i) => points.subarray(2 * i, 2 * i + 2).join())).size).toBe(400)
    expect(points.reduce((sum, x) => sum + x, 0)).toBe(0)
    points.forEach((x, i) => expect(vectors[i % 2 === 0 ? i + 1 : i - 1]).toBe(i % 2 === 0 ? time * x : -time * x))
  }
})
