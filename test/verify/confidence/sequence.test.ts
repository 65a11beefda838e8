import fc from "fast-check"
import { expect, test } from "vitest"
import { stream } from "../../../src/random/stream.ts"
import { hypothesis, sequence } from "../../../src/verify/confidence/method.ts"
import type { Method } from "../../../src/verify/confidence/method.ts"
import { confidenceSequence } from "../../../src/verify/confidence/sequence.ts"
import type { ConfidenceSequence } from "../../../src/verify/confidence/sequence.ts"

const METHODS: ReadonlyArray<Method> = [
  { kind: "betting", a: -1, b: 3 },
  { kind: "empirical-bernstein", a: -1, b: 3 },
  { kind: "sub-gaussian", proxy: 4 },
  { kind: "sub-exponential", variance: 4, scale: 1 },
  { kind: "catoni", variance: 4 },
  { kind: "bounded-below", a: -1 },
  { kind: "bounded-above", b: 3 },
]

const feed = (cs: ConfidenceSequence, seed: string, n: number): ConfidenceSequence => {
  const s = stream(seed)
  for (let i = 0; i < n; i++) cs.update(4 * s.next() - 1)
  return cs
}

test.each(METHODS)("$kind: interval ends are excluded, what lies just inside is not", (method) => {
  const cs = feed(sequence(method, 1e-6), "ends", 400)
  const { lo, hi } = cs.interval()
  // The search stops within 1/512 of the distance from the centre to the end; a thirtieth inside is clearly beyond that.
  const inside = (Number.isFinite(lo) && Number.isFinite(hi) ? hi - lo : 1) / 30
  if (Number.isFinite(lo)) {
    expect(cs.rejects(lo)).toBe(true)
    expect(cs.rejects(lo + inside)).toBe(false)
  }
  if (Number.isFinite(hi)) {
    expect(cs.rejects(hi)).toBe(true)
    expect(cs.rejects(hi - inside)).toBe(false)
  }
  expect(cs.rejects(1)).toBe(false)
  expect(lo < 1 && 1 < hi).toBe(true)
  expect(hypothesis(method).length).toBeGreaterThan(0)
})

test.each(METHODS)("$kind: excluding m excludes everything beyond; asking again, or later, changes nothing", (method) => {
  const cs = feed(sequence(method, 1e-3), "monotone", 300)
  const grid = Array.from({ length: 81 }, (_, i) => -1 + i / 20)
  const answers = grid.map((m) => cs.rejects(m))
  const kept = answers.map((r, i) => (r ? -1 : i)).filter((i) => i >= 0)
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => kept[0]! + i))
  const watched = sequence(method, 1e-3)
  const s = stream("monotone")
  for (let i = 0; i < 300; i++) {
    watched.update(4 * s.next() - 1)
    watched.rejects(0.6)
  }
  expect(watched.rejects(0.6)).toBe(cs.rejects(0.6))
  expect(watched.interval()).toEqual(cs.interval())
})

test.each(METHODS)("$kind: wide observations give a wider interval that contains the thin one", (method) => {
  const [thin, wide] = [sequence(method, 1e-3), sequence(method, 1e-3)]
  const s = stream("wide")
  for (let i = 0; i < 500; i++) {
    const x = 4 * s.next() - 1
    thin.update(x)
    wide.update(x - 0.01, x + 0.01)
  }
  const [t, w] = [thin.interval(), wide.interval()]
  expect(w.lo <= t.lo && t.hi <= w.hi).toBe(true)
  if (Number.isFinite(t.hi - t.lo)) expect(w.hi - w.lo).toBeLessThan(t.hi - t.lo + 0.05)
})

test("one side spends all of alpha on its end", () => {
  for (const method of METHODS.slice(0, 5)) {
    const [both, lower, upper] = (["both", "lower", "upper"] as const).map((side) => feed(sequence(method, 0.01, side), "sides", 300).interval())
    expect(lower!.lo).toBeGreaterThan(both!.lo)
    expect(upper!.hi).toBeLessThan(both!.hi)
    expect(lower!.hi >= 3 && upper!.lo <= -1).toBe(true)
  }
})

test("an upper sequence is the mirrored lower one", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (xs) => {
      const [up, down] = [sequence({ kind: "betting", a: 0, b: 1 }, 0.05), sequence({ kind: "betting", a: -1, b: 0 }, 0.05)]
      for (const x of xs) {
        up.update(x)
        down.update(-x)
      }
      const [x, y] = [up.interval(), down.interval()]
      expect([x.lo, x.hi]).toEqual([0 - y.hi, 0 - y.lo])
    }),
    { seed: 2 },
  )
})

test("looks are intersected: the interval never grows", () => {
  const cs = sequence({ kind: "sub-gaussian", proxy: 1 }, 0.05, "both", 50)
  const s = stream("nested")
  let last = { lo: -Infinity, hi: Infinity }
  for (let i = 0; i < 200; i++) {
    cs.update(s.next())
    const now = cs.interval()
    expect(now.lo >= last.lo && now.hi <= last.hi).toBe(true)
    last = now
  }
})

test("alarms: out of range, not finite, empty intersection; afterwards nothing is claimed", () => {
  const out = sequence({ kind: "betting", a: 0, b: 1 }, 0.05)
  out.update(0.5)
  out.update(1.25)
  expect(out.alarm()).toBe("out-of-range")
  expect(out.interval()).toEqual({ lo: -Infinity, hi: Infinity })
  expect(out.rejects(7)).toBe(false)

  const under = sequence({ kind: "betting", a: 0, b: 1 }, 0.05)
  under.update(-0.5, 0.5)
  expect(under.alarm()).toBe(undefined)
  under.update(-0.25)
  expect(under.alarm()).toBe("out-of-range")

  const nan = sequence({ kind: "catoni", variance: 1 }, 0.05)
  nan.update(NaN)
  expect(nan.alarm()).toBe("not-finite")
  const unbounded = sequence({ kind: "sub-gaussian", proxy: 1 }, 0.05)
  unbounded.update(0, Infinity)
  expect(unbounded.alarm()).toBe("not-finite")
  const oneSided = sequence({ kind: "bounded-below", a: 0 }, 0.05)
  oneSided.update(3, Infinity)
  expect(oneSided.alarm()).toBe(undefined)

  // The conditional mean jumps from 0 to 1: no single mean is left.
  const jump = sequence({ kind: "betting", a: 0, b: 1 }, 0.05, "both", 100)
  for (let i = 0; i < 100; i++) jump.update(0)
  expect(jump.interval().hi).toBeLessThan(0.2)
  for (let i = 0; i < 5000; i++) jump.update(1)
  expect(jump.interval()).toEqual({ lo: -Infinity, hi: Infinity })
  expect(jump.alarm()).toBe("empty-intersection")
})

test("an observation that surely lies in [lo, hi] is cut to the range, not refused", () => {
  const cs = sequence({ kind: "betting", a: 0, b: 1 }, 0.05)
  for (let i = 0; i < 500; i++) cs.update(-1e-12, 1 + 1e-12)
  expect(cs.alarm()).toBe(undefined)
  expect(cs.interval()).toEqual({ lo: 0, hi: 1 })
})

test("a constant: the interval closes on it like log(1/alpha) / n", () => {
  const cs = sequence({ kind: "betting", a: 0, b: 1 }, 1e-6, "both", 2500)
  for (let i = 0; i < 10_000; i++) cs.update(0.5)
  const { lo, hi } = cs.interval()
  expect(lo < 0.5 && 0.5 < hi).toBe(true)
  // (1 + 3/4 (x/m - 1))^n = 8 / alpha at m = x - 4/3 x log(8 / alpha) / n to first order.
  expect(hi - lo).toBeLessThan((4 / 3) * (Math.log(8e6) / 10_000) * 1.02)
})

test("impossible parameters are refused", () => {
  const bad: ReadonlyArray<Method> = [
    { kind: "betting", a: 1, b: 0 },
    { kind: "betting", a: 0, b: Infinity },
    { kind: "sub-gaussian", proxy: 0 },
    { kind: "catoni", variance: NaN },
    { kind: "sub-exponential", variance: 1, scale: -1 },
    { kind: "bounded-below", a: -Infinity },
  ]
  for (const method of bad) expect(() => sequence(method, 0.05)).toThrow(RangeError)
  expect(() =>
    confidenceSequence(
      () => {
        throw new Error("unreachable")
      },
      0,
      "both",
      0,
      1,
    ),
  ).toThrow(RangeError)
})
