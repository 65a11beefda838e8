/**
 * The forward operations of the ITF1788 suite (Nehmeier, Kiesner, Heimlich; see test/fixtures/itf1788/NOTICE): containment in every case,
 * the decoration in every decorated case, and how tight the results are.
 */
import { describe, expect, it } from "vitest"
import { acos, asin, atan } from "../../src/interval/elementary-arctangent.ts"
import { atan2 } from "../../src/interval/elementary-atan2.ts"
import { exp, exp10, exp2 } from "../../src/interval/elementary-exponential.ts"
import { acosh, asinh, atanh, cosh, sinh, tanh } from "../../src/interval/elementary-hyperbolic.ts"
import { log, log10, log2 } from "../../src/interval/elementary-logarithm.ts"
import { cos, sin, tan } from "../../src/interval/elementary-trigonometric.ts"
import { pow, powi } from "../../src/interval/interval-power.ts"
import { fma } from "../../src/interval/interval-rational.ts"
import * as R from "../../src/interval/interval-relations.ts"
import { ceil, floor, roundTiesToAway, roundTiesToEven, sign, trunc } from "../../src/interval/interval-steps.ts"
import type { Interval } from "../../src/interval/interval.ts"
import { abs, add, div, isEmpty, isNaI, max, min, mul, neg, recip, sqr, sqrt, sub } from "../../src/interval/interval.ts"
import { nextDown, nextUp } from "../../src/interval/rounding.ts"
import type { Case, Value } from "./itf1788.ts"
import { readAll } from "./itf1788.ts"

const UNARY: Record<string, (a: Interval) => Value> = {
  pos: (a) => a,
  neg,
  recip,
  sqr,
  sqrt,
  abs,
  exp,
  exp2,
  exp10,
  log,
  log2,
  log10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  sign,
  ceil,
  floor,
  trunc,
  roundTiesToEven,
  roundTiesToAway,
  inf: R.inf,
  sup: R.sup,
  mid: R.mid,
  rad: R.rad,
  wid: R.wid,
  mag: R.mag,
  mig: R.mig,
  isEmpty,
  isNaI,
  isEntire: R.isEntire,
}
const BINARY: Record<string, (a: Interval, b: Interval) => Value> = {
  add,
  sub,
  mul,
  div,
  min,
  max,
  pow,
  atan2,
  intersection: R.intersection,
  convexHull: R.convexHull,
  equal: R.equal,
  subset: R.subset,
  interior: R.interior,
  less: R.less,
  strictLess: R.strictLess,
  precedes: R.precedes,
  strictPrecedes: R.strictPrecedes,
  disjoint: R.disjoint,
}

/** What we compute for a case, or undefined where the operation is not a forward operation. */
const evaluate = ({ op, args }: Case): ReadonlyArray<Value> | undefined => {
  const [a, b, c] = args as ReadonlyArray<Interval>
  if (op === "pown") return [powi(a!, args[1] as number)]
  if (op === "fma") return [fma(a!, b!, c!)]
  if (op === "midRad") return [R.mid(a!), R.rad(a!)]
  const f = UNARY[op]
  if (f !== undefined) return [f(a!)]
  const g = BINARY[op]
  return g === undefined ? undefined : [g(a!, b!)]
}

const isInterval = (v: Value | undefined): v is Interval => typeof v === "object"
const same = (x: number, y: number): boolean => x === y || (x !== x && y !== y)
const near = (x: number, y: number): boolean => x === y || (nextDown(nextDown(x)) <= y && y <= nextUp(nextUp(x)))

const holds = (ours: Value, theirs: Value, decorated: boolean): boolean => {
  if (!isInterval(ours) || !isInterval(theirs)) return typeof ours === "number" && typeof theirs === "number" ? same(ours, theirs) : ours === theirs
  if (decorated && ours.dec !== theirs.dec) return false
  return theirs.lo !== theirs.lo ? ours.lo !== ours.lo || !decorated : ours.lo <= theirs.lo && theirs.hi <= ours.hi
}

const supported = readAll().flatMap((c) => {
  const ours = c.results.length > 0 ? evaluate(c) : undefined
  return ours === undefined ? [] : [{ c, ours }]
})
const ends = supported.flatMap(({ c, ours }) =>
  ours.flatMap((v, i) => {
    const w = c.results[i]
    return isInterval(v) && isInterval(w) ? [{ v, w, text: c.text }] : []
  }),
)

describe("ITF1788", () => {
  it("contains every expected result, with the expected decoration", () => {
    const wrong = supported.filter(({ c, ours }) => !ours.every((v, i) => holds(v, c.results[i]!, c.decorated)))
    expect(wrong.map(({ c, ours }) => `${c.text} but ${JSON.stringify(ours)}`)).toEqual([])
  })

  it("is tight", () => {
    const loose = ends.filter(({ v, w }) => !(same(v.lo, w.lo) && same(v.hi, w.hi)))
    const far = loose.filter(({ v, w }) => !(near(v.lo, w.lo) && near(v.hi, w.hi)))
    const share = (n: number): string => `${(100 - (100 * n) / ends.length).toFixed(2)}%`
    const counts = `${supported.length} cases supported of ${readAll().length}, ${ends.length} with interval results`
    console.log(`ITF1788: ${counts}: tightest ${share(loose.length)}, within 2 ulp ${share(far.length)}`)
    for (const { text, v } of loose.slice(0, 5)) console.log(`  ${text} but [${v.lo}, ${v.hi}]`)
    expect(supported.length).toBeGreaterThan(4000)
    expect(loose.length / ends.length).toBeLessThan(0.05)
    expect(far.length / ends.length).toBeLessThan(0.02)
  })
})
