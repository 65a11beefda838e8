/**
 * Elementary functions of growths.
 *
 * Facts used: |g| <= e^mag and g <= up turn exp and log into each other's inverses; softplus(g) - max(g, 0) lies in [0, log 2];
 * normcdf(-t) <= e^(-t^2/2)/2 and normcdf(-t) >= e^(-t^2/2) t / (sqrt(2 pi) (1 + t^2)) for t > 0; erfc(t) <= e^(-t^2);
 * (g - 1/2) log g - g + 0.918 <= lgamma(g) <= the same + 1/(12 g) + 0.001 for g > 0.
 */
import * as Q from "../core/rational.ts"
import type { Elementary } from "../interval/arithmetic.ts"
import { call } from "../interval/complex-elementary.ts"
import { real } from "../interval/complex.ts"
import { addDown, addUp, mulDown, mulUp } from "../interval/rounding.ts"
import type { Form } from "./growth-form.ts"
import { better, expDown, expUp, form, level, logAdd, logDown, logUp, maximum, plus, scale, shift, supremum, ZERO } from "./growth-form.ts"
import { approach, distance, isOne, isZero } from "./growth-limit.ts"
import type { Growth } from "./growth.ts"
import { complete, constantGrowth, lost, negate, product, rangeOf, sum } from "./growth.ts"

/** a^b = exp(b log a), a > 0; by the forms of log a where b is constant. */
export const realPower = (a: Growth, b: Growth, R: number): Growth => {
  const exponent = b.poly?.length === 1 ? b.poly[0]! : undefined
  if (!a.real || a.sign !== 1 || !b.real) return lost(a, b)
  if (exponent === undefined) {
    const base = a.poly?.length === 1 ? call("log", a.poly[0]!) : undefined
    return FUNCTIONS.exp(product(b, base === undefined ? FUNCTIONS.log(a, R) : constantGrowth(base, R), R), R)
  }
  const times = (f: Form | undefined, g: Form | undefined): Form | undefined => {
    // b log|a| <= max over the exponent's ends; positive exponents use the upper, negative ones the lower bound of log a.
    if (exponent.reLo >= 0) return f && scale(f, exponent.reLo, exponent.reHi)
    return exponent.reHi <= 0 && g ? scale(g, -exponent.reHi, -exponent.reLo) : undefined
  }
  return complete({ real: true, mag: times(a.mag, a.floor), floor: times(a.floor, a.mag), sign: 1 }, R)
}

export const bounded = (size: number, g: Growth, R: number, more: Partial<Growth> = {}): Growth =>
  g.real ? complete({ real: true, up: level(size), down: level(size), mag: level(logUp(size)), sign: 0, ...more }, R) : lost(g)

/** log of a sum of exponentials; for complex arguments one of them has to dominate, log(e^a + s) = a + log(1 + s e^-a). */
export const logSum = (args: ReadonlyArray<Growth>, R: number): Growth => {
  const terms = args.map((g) => FUNCTIONS.exp(g, R))
  if (args.every((g) => g.real))
    return FUNCTIONS.log(
      terms.reduce((s, t) => sum(s, t, R)),
      R,
    )
  for (const [i, g] of args.entries()) {
    const rest = terms.filter((_, j) => j !== i).map((t) => t.mag)
    if (g.down === undefined || rest.some((f) => f === undefined)) continue
    const ratio = plus(
      (rest as ReadonlyArray<Form>).reduce((s, t) => logAdd(s, t, R)),
      g.down,
    )
    if (supremum(ratio, R) < -0.7) return sum(g, complete({ real: false, sign: 0, mag: shift(ratio, logUp(2)) }, R), R)
  }
  return lost(...args)
}

/** -g^2 times t, from a bound g <= -(something positive): an upper bound of -t L^2 for |g| >= L = b x + c >= 0. */
const minusSquare = (g: Form, t: number, R: number): Form | undefined => {
  // g <= f with f = b x + c < 0 on [R, inf[: g^2 >= (b x + c)^2.
  const f = g.map((x, i) => (i === 2 || i === 8 ? x : Math.max(0, x)))
  if (f.some((x, i) => i !== 2 && i !== 8 && x !== 0) || !(supremum(f, R) < 0)) return undefined
  const [b, c] = [f[2]!, f[8]!]
  return form({ 0: -mulDown(t, mulDown(b, b)), 2: mulUp(-2 * t, mulDown(b, c)), 8: -mulDown(t, mulDown(c, c)) })
}

/** Upper bound of log of t e^(-h g^2) for g <= up < 0; `size` bounds the function anyway. */
const gaussTail = (up: Form | undefined, h: number, size: number, R: number): Form => {
  const square = up && supremum(up, R) < 0 ? minusSquare(up, h, R) : undefined
  return square === undefined ? level(logUp(size)) : shift(square, logUp(size))
}

/** normcdf, lower side: -log normcdf(g) <= g^2/2 + log(sqrt(2 pi)(1 + t^2)/t), t = -g; 1/2 at g >= 0. */
const normalFloor = (down: Form | undefined, R: number): Form | undefined => {
  if (down === undefined) return undefined
  const s = supremum(down, R)
  if (s <= 0) return level(0.694)
  // t <= down =: F positive and affine; log((1 + t^2)/t) <= log(1 + t) + 1 for t >= 1/2, and normcdf falls in t, so t may be replaced by F + 1.
  if (down.some((x, i) => i !== 2 && i !== 8 && x > 0)) return undefined
  const [b, c] = [Math.max(0, down[2]!), addUp(Math.max(0, down[8]!), 1)]
  return form({ 0: mulUp(b, b) / 2, 2: mulUp(b, c), 3: 1, 8: addUp(mulUp(c, c) / 2, addUp(1.92, logUp(addUp(addUp(b, c), 1)))) })
}

/** An upper bound of -e^g for g >= b x - c, b > 0: with t = b (x - R), e^g >= e^(b R - c) (1 + t + t^2/2). Double exponentials decay by it. */
const minusExponential = (down: Form | undefined, R: number): Form | undefined => {
  if (down === undefined || !(down[2]! < 0) || down.some((x, i) => i !== 2 && i !== 8 && x > 0)) return undefined
  const b = -down[2]!
  const least = Math.min(1e100, expDown(addDown(mulDown(b, R), -down[8]!)))
  const [low, high] = [mulDown(b, b), mulUp(b, b)]
  const linear = addUp(mulUp(high, R), -b)
  const rest = addUp(addUp(mulUp(b, R), -1), -mulDown(low, mulDown(R, R)) / 2)
  return form({ 0: -mulDown(least, low) / 2, 2: mulUp(least, linear), 8: mulUp(least, rest) })
}

export const FUNCTIONS: Readonly<Record<Elementary, (g: Growth, R: number) => Growth>> = {
  exp: (g, R) => {
    // |e^d - 1| <= |d| e^|d|.
    const far = g.limit && isZero(g.limit) ? distance(g.limit, R) : Infinity
    const limit = g.limit && far < 100 ? approach(1, shift(g.limit.rest, far)) : undefined
    return complete(
      {
        real: g.real,
        mag: g.up,
        floor: g.down,
        sign: g.real ? 1 : 0,
        limit,
        down: g.real ? minusExponential(g.down, R) : undefined,
        exponent: g.real ? g : undefined,
      },
      R,
    )
  },
  expm1: (g, R) => sum(FUNCTIONS.exp(g, R), constantGrowth(real(-1, -1), R, { n: -1n, d: 1n }), R),
  log: (g, R) => {
    if (g.exponent !== undefined) return g.exponent
    if (g.sign !== 1) return lost(g)
    if (g.real) return complete({ real: true, up: g.mag, down: g.floor, sign: 0, limit: logLimit(g, R) }, R)
    const mag = g.mag && g.floor && logAdd(FUNCTIONS.log({ ...g, real: true }, R).mag ?? level(Infinity), level(logUp(1.6)), R)
    return complete({ real: false, up: g.mag, down: g.floor, mag, sign: 0 }, R)
  },
  log1p: (g, R) => {
    const [lo, hi] = rangeOf(g, R)
    if (lo > -0.5 && hi < 1 && g.mag !== undefined && g.real) {
      // |log(1 + g)| <= 2|g| for g > -1/2, and log(1 + g) >= g/2 for 0 <= g <= 1.
      return complete(
        {
          real: true,
          mag: shift(g.mag, logUp(2)),
          floor: g.sign === 1 && g.floor ? shift(g.floor, logUp(2)) : undefined,
          sign: g.sign === 1 ? 1 : 0,
        },
        R,
      )
    }
    return FUNCTIONS.log(sum(constantGrowth(real(1, 1), R, { n: 1n, d: 1n }), g, R), R)
  },
  sqrt: (g, R) => (g.real && g.sign === 1 ? realPower(g, constantGrowth(real(0.5, 0.5), R), R) : lost(g)),
  sin: (g, R) => bounded(1, g, R),
  cos: (g, R) => bounded(1, g, R),
  tan: (g) => lost(g),
  // pi/2 - atan g = atan(1/g) <= 1/g for g > 0.
  atan: (g, R) => {
    const limit = g.sign === 0 || g.floor === undefined ? undefined : { value: Q.rational(g.sign, 2), turns: 1, rest: g.floor }
    return bounded(1.5708, g, R, { mag: better(g.mag, level(logUp(1.5708)), R), sign: g.sign, limit: g.real ? limit : undefined })
  },
  sinh: (g, R) =>
    g.real ? product(constantGrowth(real(0.5, 0.5), R), sum(FUNCTIONS.exp(g, R), negate(FUNCTIONS.exp(negate(g), R)), R), R) : lost(g),
  cosh: (g, R) => (g.real ? product(constantGrowth(real(0.5, 0.5), R), sum(FUNCTIONS.exp(g, R), FUNCTIONS.exp(negate(g), R), R), R) : lost(g)),
  // tanh g = 1 - 2 sigmoid(-2g)
  tanh: (g, R) => {
    const s = FUNCTIONS.sigmoid(product(constantGrowth(real(-2, -2), R), g, R), R)
    const t = sum(constantGrowth(real(1, 1), R, { n: 1n, d: 1n }), product(constantGrowth(real(-2, -2), R, { n: -2n, d: 1n }), s, R), R)
    return g.real ? complete({ ...t, mag: better(better(t.mag, g.mag, R), ZERO, R), up: level(1), down: level(1), sign: g.sign }, R) : t
  },
  erf: (g, R) => {
    if (!g.real) return lost(g)
    const limit = g.sign === 1 ? approach(1, gaussTail(g.down, 1, 1, R)) : g.sign === -1 ? approach(-1, gaussTail(g.up, 1, 1, R)) : undefined
    return bounded(1, g, R, { limit, sign: g.sign })
  },
  // erfc g = 2 normcdf(-sqrt(2) g)
  erfc: (g, R) => {
    const root = real(1.4142135623730949, 1.4142135623730951)
    return product(constantGrowth(real(2, 2), R, { n: 2n, d: 1n }), FUNCTIONS.normcdf(negate(product(constantGrowth(root, R), g, R)), R), R)
  },
  normcdf: (g, R) => {
    if (!g.real) return lost(g)
    const limit = g.sign === 1 ? approach(1, gaussTail(g.down, 0.5, 0.5, R)) : undefined
    const mag = g.sign === -1 ? gaussTail(g.up, 0.5, 0.5, R) : ZERO
    return complete({ real: true, up: level(1), mag, floor: normalFloor(g.down, R), sign: 1, limit }, R)
  },
  lognormcdf: (g, R) => {
    const p = FUNCTIONS.normcdf(g, R)
    if (!g.real) return lost(g)
    return complete({ real: true, up: p.mag, down: p.floor, sign: -1, mag: logLimit(p, R)?.rest }, R)
  },
  sigmoid: (g, R) => {
    const [lo, hi] = rangeOf(g, R)
    const mag = better(
      g.up && (g.real ? g.up : hi < -0.1 ? shift(g.up, -logDown(addDown(1, -expUp(hi)))) : undefined),
      g.real ? ZERO : lo > 0.1 ? level(-logDown(addDown(1, -expUp(-lo)))) : undefined,
      R,
    )
    const floor = g.real && g.down ? (lo >= 0 ? level(0.6932) : logAdd(g.down, ZERO, R)) : undefined
    const limit = g.real && g.sign === 1 && g.down ? approach(1, g.down) : undefined
    return complete({ real: g.real, up: g.real ? level(1) : undefined, mag, floor, sign: g.real ? 1 : 0, limit }, R)
  },
  softplus: (g, R) => {
    const [lo, hi] = rangeOf(g, R)
    if (!g.real) {
      if (hi < -0.1 && g.up) return complete({ real: false, mag: shift(g.up, -logDown(addDown(1, -expUp(hi)))), sign: 0 }, R)
      if (!(lo > 0.1)) return lost(g)
      return sum(g, complete({ real: false, mag: level(-logDown(addDown(1, -expUp(-lo)))), sign: 0 }, R), R)
    }
    // log(1 + e^g): at most e^g, at least e^g/(1 + e^hi); at least g, at most max(g, 0) + log(1 + e^-|g|).
    const up = g.up && (hi <= 0 ? level(0.6932) : shift(maximum(g.up, ZERO, R), lo > 0 ? expUp(-lo) : 0.6932))
    const floor = g.down && hi < 700 ? shift(g.down, logUp(addUp(1, expUp(hi)))) : undefined
    // At most e^g, at most g + log 2 for g > 0.
    const large = g.sign === 1 && g.mag ? logAdd(g.mag, level(-0.36), R) : up && complete({ real: true, up, down: ZERO, sign: 1 }, R).mag
    const mag = better(g.up, large, R)
    return complete({ real: true, up, down: better(g.down, ZERO, R), mag, floor, sign: 1 }, R)
  },
  lgamma: (g, R) => {
    const [lo] = rangeOf(g, R)
    if (!g.real || !(lo >= 1.5) || !g.up || !g.down) return lost(g)
    return complete(
      {
        real: true,
        up: stirling(g.up, R, 1),
        down: stirling(
          g.down.map((x) => -x),
          R,
          -1,
        ),
        sign: 0,
      },
      R,
    )
  },
  digamma: (g, R) => {
    const [lo] = rangeOf(g, R)
    return g.real && lo >= 1.5 ? complete({ real: true, up: FUNCTIONS.log(g, R).up, down: ZERO, sign: 1 }, R) : lost(g)
  },
}

/** log(1 + d) for a positive function with limit 1. */
const logLimit = (g: Growth, R: number): Growth["limit"] => {
  if (g.limit === undefined || !isOne(g.limit)) return undefined
  return distance(g.limit, R) < 0.5 ? approach(0, shift(g.limit.rest, logUp(2))) : undefined
}

/** (h - 1/2) log h - h + 0.919 (+ 1/12) for h = b x + c, as an upper bound (side 1) or with all signs turned as a bound of the negative (side -1). */
const stirling = (h: Form, R: number, side: 1 | -1): Form | undefined => {
  if (h.some((x, i) => i !== 2 && i !== 8 && x !== 0) || !(h[2]! > 0)) return undefined
  const [b, c] = [h[2]!, h[8]!]
  // log h = log x + log(b + c/x), the last term between its values at R and at infinity.
  const ends = [b, b + c / R].map((t) => t * (1 + side * 1e-15))
  const q = side === 1 ? logUp(Math.max(...ends)) : logDown(Math.min(...ends))
  const wide = (t: number): number => t + Math.abs(t) * 4e-16
  if (!Number.isFinite(q)) return undefined
  if (side === 1)
    return form({
      1: b,
      2: wide(b * q) + wide(-b) + Math.abs(b) * 4e-16,
      3: wide(c - 0.5),
      8: wide((c - 0.5) * q) + wide(1.0034 - c) + Math.abs(c) * 4e-16,
    })
  return form({
    1: -b,
    2: wide(-b * q) + wide(b) + Math.abs(b) * 4e-16,
    3: wide(0.5 - c),
    8: wide((0.5 - c) * q) + wide(c - 0.9189) + Math.abs(c) * 4e-16,
  })
}
