import { expect, test } from "vitest"
import { boundedGap, lipschitzGap } from "../../../src/random/coupling.ts"
import { normal } from "../../../src/random/normal.ts"
import { stream } from "../../../src/random/stream.ts"
import type { SampleMean } from "../../../src/verify/confidence/sample-mean.ts"
import { sampleMean } from "../../../src/verify/confidence/sample-mean.ts"

const never = () => false

test("known means are enclosed, at about the width of Chernoff's bound for a known variance", () => {
  const alpha = 1e-8
  const n = 20_000
  const chernoff = (s: number) => s * Math.sqrt((2 * Math.log(2 / alpha)) / n)
  const plans: ReadonlyArray<readonly [mean: number, sd: number, plan: Pick<SampleMean, "law" | "dimension" | "draw" | "method">]> = [
    [0.5, Math.sqrt(1 / 12), { law: "uniform", dimension: 1, draw: (x) => x[0]!, method: { kind: "betting", a: 0, b: 1 } }],
    [0.5, Math.sqrt(1 / 12), { law: "uniform", dimension: 1, draw: (x) => x[0]!, method: { kind: "empirical-bernstein", a: 0, b: 1 } }],
    [0, 1, { law: "normal", dimension: 2, draw: (x) => (x[0]! + x[1]!) / Math.SQRT2, method: { kind: "sub-gaussian", proxy: 1 } }],
    [1, Math.SQRT2, { law: "normal", dimension: 1, draw: (x) => x[0]! ** 2, method: { kind: "sub-exponential", variance: 2, scale: 2 } }],
    [1, Math.SQRT2, { law: "normal", dimension: 1, draw: (x) => x[0]! ** 2, method: { kind: "catoni", variance: 2 } }],
  ]
  for (const [mean, sd, plan] of plans) {
    const r = sampleMean({ ...plan, stream: stream("mean", plan.method.kind), alpha, until: never, maximum: n })
    expect(r.alarm).toBe(undefined)
    expect(r.n).toBe(n)
    expect(r.lo < mean && mean < r.hi).toBe(true)
    expect((r.hi - r.lo) / 2 / chernoff(sd)).toBeLessThan(1.12)
  }
})

test("a heavy tail gives a lower bound and nothing else", () => {
  // Pareto(3/2) from uniforms: mean 3, infinite variance.
  const r = sampleMean({
    stream: stream("pareto"),
    law: "uniform",
    dimension: 1,
    draw: (u) => 1 / Math.cbrt(u[0]! * u[0]!),
    method: { kind: "bounded-below", a: 0 },
    alpha: 1e-6,
    until: never,
    maximum: 20_000,
  })
  expect(r.lo > 2 && r.lo < 3).toBe(true)
  expect(r.hi).toBe(Infinity)
})

test("stops when told, and the same arguments give the same bits", () => {
  const plan: SampleMean = {
    stream: stream("stop"),
    law: "normal",
    dimension: 1,
    draw: (z) => z[0]! + 1,
    method: { kind: "sub-gaussian", proxy: 1 },
    alpha: 1e-6,
    until: (lo) => lo > 0,
    maximum: 100_000,
  }
  const [first, second] = [sampleMean(plan), sampleMean(plan)]
  expect(first.n).toBeLessThan(200)
  expect(first.lo).toBeGreaterThan(0)
  expect(second).toEqual(first)
})

test("slack and gap widen the interval, an enclosure of the draw counts as much", () => {
  const base: SampleMean = {
    stream: stream("widen"),
    law: "uniform",
    dimension: 1,
    draw: (u) => u[0]!,
    method: { kind: "sub-gaussian", proxy: 0.25 },
    alpha: 1e-6,
    until: never,
    maximum: 1000,
  }
  const plain = sampleMean(base)
  const near = (got: number, expected: number) => expect(Math.abs(got - expected)).toBeLessThan(1e-13)
  for (const wider of [
    sampleMean({ ...base, slack: 0.01 }),
    sampleMean({ ...base, gap: 0.01 }),
    sampleMean({ ...base, draw: (u) => ({ lo: u[0]! - 0.01, hi: u[0]! + 0.01 }) }),
  ]) {
    near(wider.lo, plain.lo - 0.01)
    near(wider.hi, plain.hi + 0.01)
  }
  const coupled = sampleMean({ ...base, slack: lipschitzGap("uniform", 1, 1), gap: boundedGap("uniform", 1, 1, 1) })
  expect(coupled.lo <= plain.lo && coupled.hi >= plain.hi && coupled.hi - coupled.lo < plain.hi - plain.lo + 1e-12).toBe(true)
})

test("an alarm ends the work and is part of the result", () => {
  const r = sampleMean({
    stream: stream("alarm"),
    law: "uniform",
    dimension: 1,
    draw: (u) => 2 * u[0]!,
    method: { kind: "betting", a: 0, b: 1 },
    alpha: 1e-6,
    until: never,
    maximum: 10_000,
  })
  expect(r).toEqual({ lo: -Infinity, hi: Infinity, n: 32, alarm: "out-of-range" })
})

test("draw i sees the words i d, ..., i d + d - 1 of the stream, and no word twice", () => {
  for (const law of ["normal", "uniform"] as const) {
    const source = stream("words", law)
    const seen: Array<ReadonlyArray<number>> = []
    sampleMean({
      stream: source,
      law,
      dimension: 3,
      method: { kind: "sub-gaussian", proxy: 1 },
      alpha: 0.01,
      until: never,
      maximum: 50,
      draw: (x) => {
        seen.push([...x])
        return 0
      },
    })
    const expected = (index: number) => (law === "normal" ? normal(source, index) : source.uniform53(index))
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => [0, 1, 2].map((j) => expected(3 * i + j))))
  }
})
