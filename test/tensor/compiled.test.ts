/**
 * A function run as a whole against the same function run operation by operation, on every law of the conformance suite with its first and second
 * derivatives; what is refused; nothing left behind.
 */
import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { compiled } from "../../src/tensor/compiled.ts"
import type { Pure } from "../../src/tensor/compiled/pure.ts"
import type { Tensor, Tf } from "../../src/tensor/tf.ts"
import { draw, type Law } from "./kit/law.ts"
import { laws } from "./kit/laws.ts"

const U = 2 ** -24

/** y, d/dx of sum (y + y^2/2), and d/dx of the squares of those, as far as the law has derivatives. */
const derivatives =
  (tf: Tf, { apply, order = 2 }: Law): Pure =>
  (xs) => {
    const first = (at: ReadonlyArray<Tensor>): Array<Tensor> =>
      tf.grads((...ys) => {
        const y = apply(tf, ys)
        return tf.sum(tf.add(y, tf.mul(0.5, tf.square(y))))
      })([...at])
    const squares = (...at: Array<Tensor>): Tensor => first(at).reduce((sum, g) => tf.add(sum, tf.sum(tf.square(g))), tf.scalar(0) as Tensor)
    return [apply(tf, xs), ...(order > 0 ? first(xs) : []), ...(order > 1 ? tf.grads(squares)([...xs]) : [])]
  }

/** The same times an argument, so that a derivative which is constant is computed all the same. */
const scaled =
  (tf: Tf, f: Pure): Pure =>
  ([one, ...xs]) =>
    f(xs).map((y) => tf.mul(one!, y))

const bits = (values: ArrayLike<number>): string => Buffer.from(Float32Array.from(values).buffer).toString("base64")
const all = (tf: Tf, tensors: ReadonlyArray<Tensor>): ReadonlyArray<Float32Array> => {
  const values = tensors.map((tensor) => tensor.dataSync() as Float32Array)
  tf.dispose([...tensors])
  return values
}

for (const choice of ["native", "wasm", "cpu"]) {
  const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
  if (Result.isFailure(opened)) {
    test.skip(`absent: ${opened.failure.message}`, () => {})
    continue
  }
  const { tf, name, summary } = opened.success
  const whole = name !== "cpu"

  describe(summary, () => {
    test.each(laws.map((law) => [law.name, law] as const))("%s", async (_, law) => {
      await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend(choice))))
      const before = tf.memory().numTensors
      const xs = [tf.scalar(1), ...draw(law).map(({ shape, values }) => tf.tensor(Float32Array.from(values), [...shape]))]
      const f = scaled(tf, derivatives(tf, law))
      const { run, refused, dispose } = compiled(tf, f)
      // Nothing of other values may stay.
      const others = [xs[0]!, ...draw(law).map(({ shape, values }) => tf.tensor(Float32Array.from(values).reverse(), [...shape]))]
      all(tf, run(others))
      tf.dispose(others.slice(1))
      const got = all(tf, run(xs))
      expect(refused()).toBe(whole ? undefined : "this back end runs operations")
      expect(all(tf, run(xs)).map(bits), "repeated").toEqual(got.map(bits))
      const want = all(
        tf,
        tf.tidy(() => [...f(xs)]),
      )
      expect(got.length).toBe(want.length)
      if (name !== "native") expect(got.map(bits)).toEqual(want.map(bits))
      // The graph's executor replaces some kernels by oneDNN's, which round differently: softmax here.
      got.forEach((values, i) => {
        const scale = want[i]!.reduce((m, y) => Math.max(m, Math.abs(y)), 1)
        // Both are within the tolerance of the conformance suite of the same number.
        values.forEach((y, j) => expect(Math.abs(y - want[i]![j]!)).toBeLessThanOrEqual(2 * (law.roundings ?? 64) * 16 * U * scale))
      })
      tf.dispose(xs)
      dispose()
      expect(tf.memory().numTensors).toBe(before)
    })

    const outside = tf.scalar(3)
    let count = 0
    const refusals: ReadonlyArray<readonly [why: string, f: Pure, want: ReadonlyArray<number>]> = [
      ["it reads a tensor back", ([x]) => [tf.mul(x!, tf.sum(x!).dataSync()[0]!)], [3, 6]],
      ["uses a tensor that is not an argument", ([x]) => [tf.mul(x!, outside)], [3, 6]],
      ["it returns an argument or a constant", ([x]) => [tf.mul(x!, 2), x!.clone()], [2, 4]],
      ["two evaluations differ in their operations or constants", ([x]) => [tf.mul(x!, ++count)], [3, 6]],
    ]
    test.skipIf(!whole).each(refusals)("%s: refused, and evaluated as it is", async (why, f, want) => {
      await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend(choice))))
      const x = tf.tensor1d([1, 2])
      const { run, refused } = compiled(tf, f)
      outside.dataSync()
      // The third evaluation is the first whose values are used.
      expect([...all(tf, run([x]))[0]!]).toEqual(want)
      expect(refused()).toContain(why)
      x.dispose()
    })

    test.skipIf(name !== "native")(
      "preparing runs an operation of a kind once, whatever the values, and what does not run on zeros goes on as it is",
      async () => {
        await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend(choice))))
        const before = tf.memory().numTensors
        const backend = tf.backend() as unknown as { binding: { executeOp: (op: string, ...rest: ReadonlyArray<unknown>) => unknown } }
        const { binding } = backend
        const called: Array<string> = []
        const counting = (op: string, ...rest: ReadonlyArray<unknown>): unknown => {
          called.push(op)
          return binding.executeOp(op, ...rest)
        }
        const x = tf.tensor1d([4, 9])
        // The back end may be tried out at its first graph.
        compiled(tf, ([at]) => [tf.neg(at!)])
          .run([x])[0]!
          .dispose()
        backend.binding = Object.create(binding, { executeOp: { value: counting } })
        const { run, refused } = compiled(tf, ([at]) => [Array.from({ length: 20 }).reduce((y: Tensor) => tf.cos(y), at!)])
        const [y] = run([x])
        backend.binding = binding
        expect(refused()).toBe(undefined)
        // cos of the argument, and of what came of it, which is of the same shape.
        expect(called.filter((op) => op === "Cos").length).toBe(1)
        const [cosines] = all(tf, [y!])
        for (const value of cosines!) expect(value).toBeCloseTo(0.739, 3)

        const divided = compiled(tf, ([at]) => [tf.floorDiv(tf.cast(at!, "int32"), tf.sub(tf.cast(at!, "int32"), tf.scalar(1, "int32")))])
        expect([...all(tf, divided.run([x]))[0]!]).toEqual([1, 1])
        expect(divided.refused()).toContain("no graph")
        x.dispose()
        expect(tf.memory().numTensors).toBe(before)
      },
    )

    test("arguments of other shapes are prepared for on their own; 10,000 calls leave nothing behind", async () => {
      await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend(choice))))
      const { run, dispose } = compiled(tf, ([x]) => [tf.sum(tf.mul(x!, x!))])
      const [short, long] = [tf.tensor1d([1, 2]), tf.tensor1d([1, 2, 3])]
      const before = tf.memory().numTensors
      for (let i = 0; i < 5000; i++) {
        for (const [x, want] of [
          [short, 5],
          [long, 14],
        ] as const) {
          const [y] = run([x])
          if (y!.dataSync()[0] !== want) expect.fail(`call ${i}: ${y!.dataSync()[0]}, not ${want}`)
          y!.dispose()
        }
      }
      expect(tf.memory().numTensors).toBe(before)
      tf.dispose([short, long])
      dispose()
    })
  })
}
