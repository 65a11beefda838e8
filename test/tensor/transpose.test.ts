/** Transposition on the WebAssembly back end moves every number to its place, and NaN and signed zeros as they are. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"

const { tf } = await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend("wasm"))))

/** y[i] = x[j] with j_{perm k} = i_k, index by index. */
const moved = (x: Float32Array, shape: ReadonlyArray<number>, perm: ReadonlyArray<number>): Float32Array => {
  const to = perm.map((axis) => shape[axis]!)
  return Float32Array.from(x, (_, at) => {
    const j = shape.map(() => 0)
    let rest = at
    for (let k = perm.length - 1; k >= 0; k--) {
      j[perm[k]!] = rest % to[k]!
      rest = Math.floor(rest / to[k]!)
    }
    return x[j.reduce((place, index, axis) => place * shape[axis]! + index, 0)]!
  })
}

const permutations = (n: number): ReadonlyArray<ReadonlyArray<number>> =>
  n === 0 ? [[]] : permutations(n - 1).flatMap((perm) => Array.from({ length: n }, (_, i) => [...perm.slice(0, i), n - 1, ...perm.slice(i)]))

// Sizes on both sides of a block of 16 and of a row of 64, and of 1 and 0.
const SHAPES = [
  [17, 33],
  [3, 18, 35],
  [2, 5, 17, 70],
  [4, 1, 19, 1],
  [2, 3, 1, 4, 5],
  [3, 0, 2],
  [64, 4, 4, 32],
] as const

test.each(SHAPES.map((shape) => [shape.join(" x "), shape] as const))("every permutation of %s", (_, shape) => {
  const length = shape.reduce((n: number, d) => n * d, 1)
  const x = Float32Array.from({ length }, (_, i) => (i % 7 === 3 ? Number.NaN : i % 7 === 4 ? -0 : i))
  const tensor = tf.tensor(x, [...shape])
  const before = tf.memory().numTensors
  for (const perm of permutations(shape.length)) {
    const y = tf.transpose(tensor, [...perm])
    expect(y.shape).toEqual(perm.map((axis) => shape[axis]!))
    const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.slice().buffer)
    expect(bits(y.dataSync<"float32">())).toEqual(bits(moved(x, shape, perm)))
    y.dispose()
  }
  expect(tf.memory().numTensors).toBe(before)
  tensor.dispose()
})

test("whole numbers and truths are moved too", () => {
  expect([...tf.transpose(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3], "int32")).dataSync()]).toEqual([1, 4, 2, 5, 3, 6])
  expect([...tf.transpose(tf.tensor2d([1, 0, 1, 1, 0, 0], [2, 3], "bool")).dataSync()]).toEqual([1, 1, 0, 0, 1, 0])
})
