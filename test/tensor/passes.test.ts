/**
 * Kernels of one pass on WebAssembly: Adam and SELU against the same formulas, and the kernels that only move numbers against indices.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { stream } from "../../src/random/stream.ts"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import type { Tensor, Tensor1D } from "../../src/tensor/tf.ts"
import { adam, adamNumbers } from "../../src/train/adam.ts"

const { tf } = await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend("wasm"))))

const draw = (n: number, scale: number, name: string): Float32Array => {
  const s = stream("passes", name)
  return Float32Array.from({ length: n }, (_, i) => scale * (2 * s.uniform53(i) - 1))
}

/** Distance of a float32 number from a reference, in units in the last place of the reference. */
const ulps = (got: number, want: number): number => Math.abs(got - want) / 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(want))) - 23)

describe("adam", () => {
  for (const decay of [0, 0.01])
    test(`has the bits of float32 operations in the order of the formula, decay ${decay}`, () => {
      for (const n of [1, 2, 3, 4, 5, 7, 64, 1003]) {
        const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay }
        const [w, m, g] = [draw(n, 1, "w"), draw(n, 0.1, "m"), draw(n, 2, "g")]
        const v = draw(n, 0.01, "v").map(Math.abs)
        const numbers = adamNumbers(settings, 1e-3, 4).map(Math.fround)
        const before = tf.memory().numTensors
        const got = tf.tidy(() => [
          ...adam(
            tf,
            settings,
            numbers.map((x) => tf.tensor1d([x])),
            [w, m, v].map((x) => tf.tensor1d(x)),
            tf.tensor1d(g),
          ),
        ])
        const [w1, m1, v1] = got.map((x) => x.dataSync())
        tf.dispose(got)
        expect(tf.memory().numTensors).toBe(before)
        const f = Math.fround
        for (let i = 0; i < n; i++) {
          const mi = f(f(m[i]! * f(0.9)) + f(g[i]! * f(1 - 0.9)))
          const vi = f(f(v[i]! * f(0.999)) + f(f(g[i]! * g[i]!) * f(1 - 0.999)))
          const wi = f(f(w[i]! * numbers[2]!) - f(f(mi / f(f(Math.sqrt(vi)) + numbers[1]!)) * numbers[0]!))
          expect([n, i, w1![i], m1![i], v1![i]]).toEqual([n, i, wi, mi, vi])
        }
      }
    })
})

describe("selu", () => {
  const [s, sa] = [1.0507009873554805, 1.7580993408473768]

  // Roundings: of r, of the polynomial (its tail weighs 0.2 of it), of its product with the power, the sum and the scale; 1.7 units measured at most.
  test("is within four units in the last place, for every length of the tail", () => {
    const points = [
      ...draw(2000, 40, "wide"),
      ...draw(2000, 1, "near"),
      ...draw(500, 1e-6, "tiny"),
      -0.3466,
      -0.3465,
      -1.0397,
      -30.001,
      -100,
      -1e30,
      3e38,
    ]
    for (const n of [1, 2, 3, 5, points.length]) {
      const x = Float32Array.from(points.slice(-n))
      const y = tf.tidy(() => tf.selu(tf.tensor1d(x)).dataSync())
      for (let i = 0; i < n; i++) expect([x[i], ulps(y[i]!, x[i]! >= 0 ? s * x[i]! : sa * Math.expm1(x[i]!)) <= 4]).toEqual([x[i], true])
    }
  })

  test("at the ends, at zero and at NaN", () => {
    const y = tf.tidy(() => tf.selu(tf.tensor1d([Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN])).dataSync())
    expect([...y]).toEqual([-Math.fround(sa), 0, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN])
  })

  test("its gradient is dy (y + s a) below zero, else s dy, within two roundings", () => {
    const [x, dy] = [draw(1001, 3, "x"), draw(1001, 2, "dy")]
    const got = tf.tidy(() =>
      tf
        .grad((x: Tensor) => tf.selu(x))(tf.tensor1d(x), tf.tensor1d(dy))
        .dataSync(),
    )
    for (let i = 0; i < x.length; i++) {
      // The sum loses what y has lost, 4 units of a y of at most s a; it is s a e^x.
      const want = dy[i]! * (x[i]! < 0 ? sa * Math.exp(x[i]!) : s)
      expect([x[i], Math.abs(got[i]! - want) <= Math.abs(dy[i]!) * 6 * 2 ** -23 * sa]).toEqual([x[i], true])
    }
  })
})

describe("moving numbers", () => {
  const shape = [3, 5, 4, 40] as const
  const values = Float32Array.from({ length: 2400 }, (_, i) => i)
  const at = (i: number, j: number, k: number, l: number): number => ((i * 5 + j) * 4 + k) * 40 + l

  /** The numbers at the indices from `begin` on, in order. */
  const cut = (begin: ReadonlyArray<number>, size: ReadonlyArray<number>): ReadonlyArray<number> => {
    const found: Array<number> = []
    const [a, b, c, d] = begin as [number, number, number, number]
    for (let i = a; i < a + size[0]!; i++)
      for (let j = b; j < b + size[1]!; j++) for (let k = c; k < c + size[2]!; k++) for (let l = d; l < d + size[3]!; l++) found.push(at(i, j, k, l))
    return found
  }

  test("slices, pieces and sides of every axis", () => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const x = tf.tensor4d(values, [...shape])
      for (let axis = 0; axis < 4; axis++) {
        const n = shape[axis]!
        const begin = shape.map((_, i) => (i === axis ? 1 : 0))
        const size = shape.map((d, i) => (i === axis ? n - 2 : d))
        expect([...tf.slice(x, begin as never, size as never).dataSync()], `slice of axis ${axis}`).toEqual(cut(begin, size))
        const pieces = tf.split(x, [1, n - 2, 1], axis)
        expect([...pieces[1]!.dataSync()], `split of axis ${axis}`).toEqual(cut(begin, size))
        const [end, one] = [shape.map((_, i) => (i === axis ? n - 1 : 0)), shape.map((d, i) => (i === axis ? 1 : d))]
        expect([...pieces[2]!.dataSync()], `end of axis ${axis}`).toEqual(cut(end, one))
        expect([...tf.concat(pieces as never, axis).dataSync()], `sides of axis ${axis}`).toEqual([...values])
        const slabs = tf.unstack(x, axis)
        expect(slabs[1]!.shape).toEqual(shape.filter((_, i) => i !== axis))
        expect([...slabs[1]!.dataSync()], `slab of axis ${axis}`).toEqual(cut(begin, one))
      }
      expect([...tf.slice(x, [1, 2, 0, 3], [1, 2, 4, 5]).dataSync()], "slice of several axes").toEqual(cut([1, 2, 0, 3], [1, 2, 4, 5]))
      expect(tf.concat([tf.zeros([2, 0]), tf.ones([2, 3])], 1).shape).toEqual([2, 3])
      expect(tf.slice(x, [0, 0, 4 - 4, 0], [3, 0, 4, 40]).size).toBe(0)
    })
    expect(tf.memory().numTensors).toBe(before)
  })

  test("a clone outlives what it was cloned from, and the memory goes with the last of them", () => {
    const before = tf.memory()
    const x = tf.tensor1d([1, 2, 3]) as Tensor1D
    const y = tf.clone(x)
    x.dispose()
    const z = tf.tensor1d([7, 7, 7])
    expect([...y.dataSync()]).toEqual([1, 2, 3])
    tf.dispose([y, z])
    expect([tf.memory().numTensors, tf.memory().numDataBuffers]).toEqual([before.numTensors, before.numDataBuffers])
  })
})
