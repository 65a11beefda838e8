/**
 * The laws on one back end: values, first and second derivatives against float64, the same bits when repeated, and no tensor left behind.
 *
 * With weights c and a direction v from a stream, L(x) = sum_o c_o (y_o + y_o^2 / 2): the gradient of L and the product of its Hessian with v are
 * compared entry by entry with finite differences of the reference. Tolerance of a value: roundings x u x (1 + max |reference|), u = 2^-24; of a
 * derivative the same with 4 and 16 times the roundings, since a backward pass runs through the chain again, plus the error of the difference,
 * which must itself be within the tolerance.
 */
import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { normal } from "../../../src/random/normal.ts"
import { stream } from "../../../src/random/stream.ts"
import { type BackendOptions, TensorBackend, tensorBackend } from "../../../src/tensor/backend.ts"
import type { Tensor, Tf } from "../../../src/tensor/tf.ts"
import { directional, mixed, unit } from "./differences.ts"
import { draw, type Law } from "./law.ts"
import { over, type Reference } from "./reference.ts"

const U = 2 ** -24

/** Opens the back end, or says in one line that it is absent. */
export const conformance = async (choice: string, laws: ReadonlyArray<Law>, options: BackendOptions = {}): Promise<void> => {
  const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice, options)))))
  if (Result.isFailure(opened)) {
    test.skip(`absent: ${opened.failure.message}`, () => {})
    return
  }
  const { tf, summary } = opened.success
  describe(summary, () => {
    for (const law of laws) test(law.name, () => obeys(tf, law))
    test("a step at NaN is NaN, at either zero 0", () => expect([...tf.step([Number.NaN, -0, 0]).dataSync()]).toEqual([Number.NaN, 0, 0]))
    test("the random streams arrive unchanged, bit for bit", () => streams(tf))
  })
}

const obeys = async (tf: Tf, law: Law): Promise<void> => {
  const inputs = draw(law)
  const want = law.reference(...inputs)
  const order = law.order ?? 2
  const total = inputs.reduce((n, x) => n + x.values.length, 0)
  const point = Float64Array.from(inputs.flatMap((x) => [...x.values]))
  const c = draws(want.values.length, law.name, "weights")
  const v = draws(total, law.name, "direction")
  const scalar = (x: Float64Array): number => law.reference(...split(x, inputs)).values.reduce((s, y, o) => s + c[o]! * (y + (y * y) / 2), 0)

  const before = tf.memory().numTensors
  const first = await onTensors(tf, law, inputs, c, v, order, want.shape)
  expect(tf.memory().numTensors, "tensors left alive").toBe(before)
  const again = await onTensors(tf, law, inputs, c, v, order, want.shape)
  expect(first.map(bits), "repeated").toEqual(again.map(bits))

  const base = (law.roundings ?? 64) * U
  const near = (what: string, got: Float32Array, reference: ArrayLike<number>, error: (i: number) => number, factor: number): void => {
    const scale = 1 + Array.from(reference).reduce((m, r) => Math.max(m, Math.abs(r)), 0)
    expect(got.length, what).toBe(reference.length)
    for (let i = 0; i < got.length; i++) {
      const off = Math.abs(got[i]! - reference[i]!)
      const allowed = factor * base * scale + error(i)
      if (!(error(i) <= factor * base * scale)) expect.fail(`${law.name}: the finite difference for ${what} ${i} is too coarse: ${error(i)}`)
      if (!(off <= allowed)) expect.fail(`${law.name}: ${what} ${i} is ${got[i]}, reference ${reference[i]}, off by ${off} > ${allowed}`)
    }
  }
  near("value", first[0]!, want.values, () => 0, 1)
  if (order >= 1) {
    const g = Array.from({ length: total }, (_, i) => directional(scalar, point, unit(total, i)))
    near(
      "gradient entry",
      first[1]!,
      g.map((d) => d.value),
      (i) => g[i]!.error,
      4,
    )
  }
  if (order >= 2) {
    const h = Array.from({ length: total }, (_, i) => mixed(scalar, point, unit(total, i), v))
    near(
      "Hessian-vector entry",
      first[2]!,
      h.map((d) => d.value),
      (i) => h[i]!.error,
      16,
    )
  }
}

/** Value, gradient of L and Hessian of L times v, each flat over all inputs. */
const onTensors = async (
  tf: Tf,
  law: Law,
  inputs: ReadonlyArray<Reference>,
  c: Float64Array,
  v: Float64Array,
  order: number,
  shape: ReadonlyArray<number>,
): Promise<ReadonlyArray<Float32Array>> => {
  const results = tf.tidy(() => {
    const xs = inputs.map((x) => tf.tensor(Float32Array.from(x.values), [...x.shape]))
    const weights = tf.tensor(Float32Array.from(c), [...shape])
    const value = law.apply(tf, xs)
    expect(value.shape, "shape").toEqual([...shape])
    const loss = (...at: Array<Tensor>): Tensor => {
      const y = law.apply(tf, at)
      return tf.sum(tf.mul(tf.add(y, tf.div(tf.square(y), 2)), weights))
    }
    const out = [flat(tf, [value])]
    if (order >= 1) out.push(flat(tf, tf.grads(loss)(xs)))
    if (order >= 2) {
      const directions = split(v, inputs).map((d) => tf.tensor(Float32Array.from(d.values), [...d.shape]))
      const along = (...at: Array<Tensor>): Tensor =>
        tf.addN(
          tf
            .grads(loss)(at)
            .map((g, k) => tf.sum(tf.mul(g, directions[k]!))),
        )
      out.push(flat(tf, tf.grads(along)(xs)))
    }
    return out
  })
  const read = await Promise.all(results.map((t) => t.data<"float32">()))
  tf.dispose(results)
  return read
}

const flat = (tf: Tf, tensors: ReadonlyArray<Tensor>): Tensor => tf.concat(tensors.map((t) => tf.reshape(tf.cast(t, "float32"), [-1])))

const split = (x: Float64Array, like: ReadonlyArray<Reference>): ReadonlyArray<Reference> => {
  let at = 0
  return like.map(({ shape, values }) => over(x.subarray(at, (at += values.length)), shape))
}

const draws = (n: number, ...names: ReadonlyArray<string>): Float64Array => {
  const s = stream("conformance", ...names)
  return Float64Array.from({ length: n }, (_, i) => Math.fround(2 * s.uniform53(i) - 1))
}

const bits = (x: Float32Array): string => Buffer.from(x.buffer, x.byteOffset, x.byteLength).toString("base64")

const streams = async (tf: Tf): Promise<void> => {
  const s = stream("conformance", "streams")
  const host = Float32Array.from({ length: 1000 }, (_, i) => normal(s, i))
  const t = tf.tensor1d(host)
  expect(bits(await t.data<"float32">())).toBe(bits(host))
  t.dispose()
}
