/**
 * erf, erfc, log|Gamma|, digamma and the normal distribution function and its logarithm on double intervals.
 *
 * Each end is evaluated with 72-bit balls (relative radius below 2^-68 away from zeros) and rounded outward, so that the enclosure of a point is two
 * neighbouring doubles but for one argument in about 10^4, where it is three. Monotone pieces need only the ends; log|Gamma| is convex between poles.
 */
import type { Ball } from "./ball.ts"
import { bounds, fromDouble, fromRange } from "./ball-convert.ts"
import { digamma, lgamma } from "./ball-gamma.ts"
import { erf, erfc, lognormcdf, normcdf } from "./ball-normal.ts"
import type { Interval } from "./interval.ts"
import { EMPTY, TRV, emptyOf, make } from "./interval.ts"

export type Special = "erf" | "erfc" | "lgamma" | "digamma" | "normcdf" | "lognormcdf"

const BITS = 72
const functions: Record<Special, (a: Ball, p: number) => Ball> = { erf, erfc, lgamma, digamma, normcdf, lognormcdf }
/** Limits at -Infinity and Infinity. */
const limits: Record<Special, readonly [number, number]> = {
  erf: [-1, 1],
  erfc: [2, 0],
  lgamma: [Infinity, Infinity],
  digamma: [-Infinity, Infinity],
  normcdf: [0, 1],
  lognormcdf: [-Infinity, 0],
}

type Bounds = readonly [lo: number, hi: number]
const SIZE = 4096
const remembered: Record<Special, Map<number, Bounds>> = {
  erf: new Map(),
  erfc: new Map(),
  lgamma: new Map(),
  digamma: new Map(),
  normcdf: new Map(),
  lognormcdf: new Map(),
}

/** Outward bounds at a double that is not a pole. Quadrature panels share ends, so the latest arguments are kept. */
const at = (f: Special, x: number): Bounds => {
  if (x === Infinity || x === -Infinity) {
    const limit = limits[f][x > 0 ? 1 : 0]
    return [limit, limit]
  }
  const known = remembered[f]
  const hit = known.get(x)
  if (hit !== undefined) return hit
  if (known.size >= SIZE) known.clear()
  const value = oneSided(f, x, bounds(functions[f](fromDouble(x), BITS)))
  known.set(x, value)
  return value
}

/** erfc and normcdf pass through 1 and 1/2 at 0: beside it the radius of a ball would cross to the other side. */
const oneSided = (f: Special, x: number, [lo, hi]: Bounds): Bounds => {
  if (f === "erfc") return x < 0 ? [Math.max(lo, 1), hi] : [lo, Math.min(hi, 1)]
  if (f === "normcdf") return x < 0 ? [lo, Math.min(hi, 0.5)] : [Math.max(lo, 0.5), hi]
  return [lo, hi]
}

/** The enclosure of f over x; lgamma is log|Gamma|. Intervals with a pole inside give the whole line, decoration TRV; a single pole gives EMPTY. */
export const special = (f: Special, x: Interval): Interval => {
  if (!(x.lo <= x.hi)) return emptyOf(x, x)
  if ((f === "lgamma" || f === "digamma") && x.lo <= 0) return leftOfZero(f, x)
  const [a, b] = [at(f, x.lo), at(f, x.hi)]
  if (f === "erfc") return make(b[0], a[1], x.dec)
  if (f !== "lgamma") return make(a[0], b[1], x.dec)
  return make(x.lo < MINIMISER_ABOVE && x.hi > MINIMISER_BELOW ? lgammaMinimum() : Math.min(a[0], b[0]), Math.max(a[1], b[1]), x.dec)
}

/** The minimum of lgamma right of 0 lies at 1.46163214496836234126..., between these. */
const MINIMISER_BELOW = 1.461632144968362
const MINIMISER_ABOVE = 1.461632144968363
let minimum: number | undefined
const lgammaMinimum = (): number => (minimum ??= bounds(lgamma(fromRange(1.4375, 1.5, BITS), BITS))[0])

const leftOfZero = (f: "lgamma" | "digamma", x: Interval): Interval => {
  const [first, last] = [Math.ceil(x.lo), Math.min(0, Math.floor(x.hi))]
  if (first > last) return make(...bounds(functions[f](fromRange(x.lo, x.hi, BITS), BITS)), x.dec)
  if (x.lo === x.hi) return EMPTY
  // A pole at one end only: a one-sided limit bounds the function on the rest.
  if (first === last && first === x.lo) return pieceRight(f, x)
  return make(-Infinity, Infinity, TRV)
}

/** Right of a pole at x.lo: digamma climbs from -Infinity; log|Gamma| falls from Infinity, to its minimum unless x.hi comes first. */
const pieceRight = (f: "lgamma" | "digamma", x: Interval): Interval => {
  const end = at(f, x.hi)
  if (f === "digamma") return make(-Infinity, end[1], TRV)
  if (x.lo < 0) return make(-Infinity, Infinity, TRV)
  return make(x.hi > MINIMISER_BELOW ? lgammaMinimum() : end[0], Infinity, TRV)
}
