/**
 * Text of 64 characters from a law of order two: with probability 1/2 the next character is that which stands opposite the last but one, else it depends on the
 * last alone,
 *
 *   P(c | a, b) = [c = 63 - a] / 2 + B(c | b) / 2,       B(c | b) = 1/2, 1/4, 1/8, 1/8 at the four characters that a stream has given b.
 *
 * Its entropy rate H(c | a, b), which nothing undercuts, and H(c | b), the cross-entropy of the best model that sees the last character alone, are sums over the
 * stationary law of (a, b). A transformer is below H(c | b) once it attends to places.
 */
import { stream } from "../../../src/random/stream.ts"
import { gpt } from "../workloads/gpt.ts"
import type { Given, Task } from "./task.ts"

const [CHARACTERS, BATCH, CONTEXT] = [64, 32, 128]
const WEIGHTS = [0.5, 0.25, 0.125, 0.125]

const table = (): ReadonlyArray<Float64Array> => {
  const s = stream("quality", "text", "table")
  return Array.from({ length: CHARACTERS }, () => {
    const row = new Float64Array(CHARACTERS)
    for (const weight of WEIGHTS) row[s.integer(0, CHARACTERS - 1)]! += weight
    return row
  })
}

const B = table()
const next = (a: number, b: number, c: number): number => (c === CHARACTERS - 1 - a ? 0.5 : 0) + B[b]![c]! / 2

/** The stationary law of two characters in a row; a power of the chain at which nothing moves any more. */
const stationary = (): Float64Array => {
  let law = new Float64Array(CHARACTERS ** 2).fill(CHARACTERS ** -2)
  for (let moved = 1; moved > 1e-15; ) {
    const after = new Float64Array(CHARACTERS ** 2)
    for (let a = 0; a < CHARACTERS; a++)
      for (let b = 0; b < CHARACTERS; b++) for (let c = 0; c < CHARACTERS; c++) after[b * CHARACTERS + c]! += law[a * CHARACTERS + b]! * next(a, b, c)
    moved = after.reduce((most, p, i) => Math.max(most, Math.abs(p - law[i]!)), 0)
    law = after
  }
  return law
}

/** Entropy rate and H(c | b), in nats. */
export const entropies = (): { readonly rate: number; readonly pairs: number } => {
  const law = stationary()
  const after = new Float64Array(CHARACTERS ** 2)
  let [rate, pairs] = [0, 0]
  for (let a = 0; a < CHARACTERS; a++)
    for (let b = 0; b < CHARACTERS; b++)
      for (let c = 0; c < CHARACTERS; c++) {
        const p = next(a, b, c)
        if (p > 0) rate -= law[a * CHARACTERS + b]! * p * Math.log(p)
        after[b * CHARACTERS + c]! += law[a * CHARACTERS + b]! * p
      }
  for (let b = 0; b < CHARACTERS; b++) {
    const marginal = after.subarray(b * CHARACTERS, (b + 1) * CHARACTERS).reduce((s, p) => s + p, 0)
    for (let c = 0; c < CHARACTERS; c++) {
      const p = after[b * CHARACTERS + c]!
      if (p > 0) pairs -= p * Math.log(p / marginal)
    }
  }
  return { rate, pairs }
}

const batch = (name: string, k: number): Given => {
  const s = stream("quality", name, String(k))
  const [x, y] = [new Int32Array(BATCH * CONTEXT), new Int32Array(BATCH * CONTEXT)]
  for (let i = 0; i < BATCH; i++) {
    let [a, b] = [s.integer(0, CHARACTERS - 1), s.integer(0, CHARACTERS - 1)]
    // Far enough from where it began.
    for (let t = -64; t <= CONTEXT; t++) {
      let [u, c] = [s.next(), 0]
      for (; c < CHARACTERS - 1 && (u -= next(a, b, c)) >= 0; c++);
      if (t >= 0 && t < CONTEXT) x[i * CONTEXT + t] = c
      if (t > 0) y[i * CONTEXT + t - 1] = c
      ;[a, b] = [b, c]
    }
  }
  const shape = [BATCH, CONTEXT]
  return { x: { shape, dtype: "int32", values: x }, y: { shape, dtype: "int32", values: y } }
}

export const characters = (): Task => {
  const looks = Array.from({ length: 4 }, (_, k) => batch("gpt/test", k))
  const { rate, pairs } = entropies()
  return {
    workload: gpt,
    measure: "cross-entropy of 16,384 new characters, in nats",
    threshold: pairs,
    meaning: "the best model that sees the last character alone",
    floor: rate,
    batch: (k) => ({ inputs: batch("gpt", k) }),
    looks,
    score: (answers) => {
      let total = 0
      answers.forEach((logits, j) => {
        const y = looks[j]!["y"]!.values
        for (let i = 0; i < y.length; i++) {
          const row = logits.subarray(i * CHARACTERS, (i + 1) * CHARACTERS)
          const most = row.reduce((m, l) => Math.max(m, l), -Infinity)
          total += most + Math.log(row.reduce((s, l) => s + Math.exp(l - most), 0)) - row[y[i]!]!
        }
      })
      return total / (answers.length * BATCH * CONTEXT)
    },
    every: 20,
    inARow: 1,
    steps: 1000,
  }
}
