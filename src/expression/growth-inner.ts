/**
 * The growth of an inner integral, supremum or sum: over both half-lines (or a finite range) of the inner variable y, or from a moving end to infinity.
 *
 * Half-lines y = o +- v: the forms in (x, v) are integrated over v. A moving end c + s u (s > 0, u >= R): with y = c + s w,
 * int_u^inf e^F(w) dw <= e^F(u) / |slope of F| or, for power laws, e^F(u) u / (-k - 1).
 */
import * as Q from "../core/rational.ts"
import type { Complex } from "../interval/complex.ts"
import { isReal, real } from "../interval/complex.ts"
import { addDown, addUp, divDown, divUp, mulDown, mulUp } from "../interval/rounding.ts"
import type { Form } from "./growth-form.ts"
import { better, form, integrateInner, logAdd, logDown, logUp, maximum, plus, shift, slope, sumInner, withoutInner, withQuad } from "./growth-form.ts"
import type { Coefficient, Growth } from "./growth.ts"
import { complete, exactly, UNKNOWN } from "./growth.ts"
import type { Node } from "./node.ts"

export interface Walk {
  readonly R: number
  /** Growth of the variables that are walked along (the tail variable; an inner variable of integration). */
  readonly variables: ReadonlyMap<string, Growth>
  /** Enclosure of a node free of those variables. */
  readonly coefficient: (node: Node) => Complex
  readonly memo: Map<Node, Growth>
}

type Integral = Extract<Node, { op: "integral" }>
type Grow = (node: Node, walk: Walk) => Growth

export const innerIntegral = (node: Integral, walk: Walk, grow: Grow): Growth => {
  if (walk.variables.size > 1) return UNKNOWN
  const moves = (n: Node | undefined): boolean => n !== undefined && n.free.some((name) => walk.variables.has(name))
  if (moves(node.lo) || moves(node.hi)) {
    if (!moves(node.body) && (node.lo === undefined || node.hi === undefined)) return beyond(node, walk, grow)
    // Whatever the ends, the integral is at most that of |body| over the whole line.
    const { real: isReal_, mag } = within(node, undefined, undefined, walk, grow)
    return complete({ real: isReal_, sign: 0, mag }, walk.R)
  }
  const ends = [node.lo, node.hi].map((n) => n && walk.coefficient(n))
  if (ends.some((z) => z !== undefined && (z.state !== 2 || !isReal(z)))) return UNKNOWN
  return within(node, ends[0], ends[1], walk, grow)
}

/** The supremum over y: at most the upper forms on both half-lines, at least the value at one y. */
export const innerSupremum = (node: Extract<Node, { op: "sup" }>, walk: Walk, grow: Grow): Growth => {
  const { R } = walk
  const moves = (n: Node | undefined): boolean => n !== undefined && n.free.some((name) => walk.variables.has(name))
  if (walk.variables.size > 1 || moves(node.lo) || moves(node.hi)) return UNKNOWN
  const ends = [node.lo, node.hi].map((n) => n && walk.coefficient(n))
  if (ends.some((z) => z !== undefined && (z.state !== 2 || !isReal(z)))) return UNKNOWN
  const [lo, hi] = ends
  const along = (poly: ReadonlyArray<Coefficient>): Growth =>
    grow(node.body, {
      ...walk,
      variables: new Map([...walk.variables, [node.x, complete({ real: true, sign: 0, poly }, R)]]),
      memo: new Map(),
    })
  const line = (origin: Coefficient, direction: 1 | -1): Growth => along([origin, exactly(0), exactly(0), exactly(direction)])
  const one = lo === undefined ? (hi === undefined ? 0 : hi.reLo - 1) : hi === undefined ? lo.reHi + 1 : lo.reHi / 2 + hi.reLo / 2
  const pieces =
    lo !== undefined && hi !== undefined
      ? [along([real(lo.reLo, hi.reHi)])]
      : [...(hi === undefined ? [line(lo ?? exactly(0), 1)] : []), ...(lo === undefined ? [line(hi ?? exactly(0), -1)] : [])]
  const point = along([real(one, one)])
  // A bound of the modulus exists only where every operation is defined.
  if (![...pieces, point].every((g) => g.real && g.mag !== undefined)) return UNKNOWN
  const ups = pieces.map((g) => g.up && withoutInner(g.up))
  if (ups.some((f) => f === undefined)) return UNKNOWN
  const up = ups.map((f) => f!).reduce((f, g) => maximum(f, g, R))
  return complete({ real: true, up, down: point.down, sign: point.sign === 1 ? 1 : 0 }, R)
}

/** An inner sum over j = from + v. */
export const innerSeries = (node: Extract<Node, { op: "series" }>, walk: Walk, grow: Grow): Growth => {
  if (walk.variables.size > 1) return UNKNOWN
  const { R } = walk
  const along = complete({ real: true, sign: 0, poly: [exactly(node.from), exactly(0), exactly(0), exactly(1)] }, R)
  const g = grow(node.body, { ...walk, variables: new Map([...walk.variables, [node.k, along]]), memo: new Map() })
  const mag = g.mag && sumInner(g.mag, R)
  return mag === undefined ? { real: g.real, sign: 0 } : complete({ real: g.real, sign: g.real ? g.sign : 0, mag }, R)
}

/** Fixed ends. */
const within = (node: Integral, lo: Complex | undefined, hi: Complex | undefined, walk: Walk, grow: Grow): Growth => {
  const { R } = walk
  const along = (poly: ReadonlyArray<Coefficient>): Growth => {
    const variable = complete({ real: true, sign: 0, poly }, R)
    return grow(node.body, { ...walk, variables: new Map([...walk.variables, [node.x, variable]]), memo: new Map() })
  }
  const line = (origin: Coefficient, direction: 1 | -1): Growth => along([origin, exactly(0), exactly(0), exactly(direction)])
  const pieces: Array<{ readonly g: Growth; readonly mag: Form | undefined; readonly floor: Form | undefined }> = []
  if (lo !== undefined && hi !== undefined) {
    const g = along([real(Math.min(lo.reLo, hi.reLo), Math.max(lo.reHi, hi.reHi))])
    const most = addUp(Math.max(Math.abs(hi.reHi - lo.reLo), Math.abs(hi.reLo - lo.reHi)), 0) * (1 + 1e-15)
    const least = addDown(hi.reLo, -lo.reHi)
    pieces.push({ g, mag: g.mag && shift(g.mag, logUp(most)), floor: least > 0 && g.floor ? shift(g.floor, -logDown(least)) : undefined })
  } else {
    if (hi === undefined) pieces.push(halfLine(line(lo ?? exactly(0), 1), R))
    if (lo === undefined) pieces.push(halfLine(line(hi ?? exactly(0), -1), R))
  }
  const isReal_ = pieces.every((p) => p.g.real)
  if (pieces.some((p) => p.mag === undefined)) return { real: isReal_, sign: 0 }
  const positive = isReal_ && pieces.every((p) => p.g.sign === 1)
  return complete(
    {
      real: isReal_,
      sign: positive ? 1 : 0,
      mag: pieces.map((p) => p.mag!).reduce((f, g) => logAdd(f, g, R)),
      floor: positive ? pieces.map((p) => p.floor).reduce((f, g) => better(f, g, R)) : undefined,
    },
    R,
  )
}

const halfLine = (g: Growth, R: number): { readonly g: Growth; readonly mag: Form | undefined; readonly floor: Form | undefined } => ({
  g,
  mag: g.mag && integrateInner(g.mag),
  floor: g.floor && better(nearest(g.floor), ridge(g.floor, R), R),
})

/** For a positive integrand, int_0^inf e^-F dv >= int_0^1 e^-F dv >= e^-(max of F over v in [0, 1]). */
const nearest = (f: Form): Form => {
  const own = f.map((x, i) => (i >= 4 && i < 8 ? 0 : x))
  const up = (i: number): number => Math.max(0, f[i]!)
  return plus(own, form({ 2: up(5), 8: addUp(addUp(up(4), up(6)), up(7)) }))
}

/**
 * The same over [v*, v* + 1], v* = -(q x + r)/(2p) >= 0 being the minimum of F = .. + p v^2 + (q x + r) v: there F <= F(v*) + p, and
 * s log(1 + v) <= s log x + s log(2 + |q|/(2p) + |r|/(2p)) for s > 0.
 */
const ridge = (f: Form, R: number): Form | undefined => {
  const { 4: p, 5: q, 6: r, 7: s, quad } = f
  if (!(p! > 0 && q! < 0 && mulDown(-q!, R) >= r!)) return undefined
  const own = f.map((x, i) => (i >= 4 && i < 8 ? 0 : x))
  const half = (x: number): number => divUp(x, 2 * p!)
  const a = -divDown(mulDown(q!, q!), 4 * p!)
  const b = half(mulUp(-q!, r!))
  const c = -divDown(mulDown(r!, r!), 4 * p!)
  const grown = s! > 0 ? form({ 3: s!, 8: mulUp(s!, logUp(addUp(2, addUp(half(-q!), half(Math.abs(r!)))))) }) : form({})
  const sum = plus(plus(own, form({ 0: a, 2: b, 8: addUp(c, p!) })), grown)
  return quad === undefined
    ? sum
    : withQuad(sum, { a: Q.sub(quad.a, Q.div(Q.mul(quad.q, quad.q), Q.mul(Q.rational(4), quad.p))), q: Q.ZERO, p: Q.ZERO })
}

/** From a moving end to the infinity that it moves to. */
const beyond = (node: Integral, walk: Walk, grow: Grow): Growth => {
  const { R } = walk
  const [end, far] = node.hi === undefined ? [node.lo, 1] : [node.hi, -1]
  if (end === undefined || (node.lo !== undefined && node.hi !== undefined)) return UNKNOWN
  const poly = grow(end, walk).poly
  const speed = poly?.[1]
  if (poly === undefined || poly.length !== 2 || speed === undefined || !poly.every(isReal) || !(far * speed.reLo > 0 && far * speed.reHi > 0))
    return UNKNOWN
  const g = grow(node.body, { ...walk, variables: new Map([[node.x, complete({ real: true, sign: 0, poly }, R)]]), memo: new Map() })
  if (g.mag === undefined) return { real: g.real, sign: 0 }
  const f = shift(g.mag, logUp(Math.max(Math.abs(speed.reLo), Math.abs(speed.reHi))))
  const steep = slope(f, R)
  const powerLaw = f[0]! <= 0 && f[1]! <= 0 && f[2]! <= 0 && f[3]! < -1
  const mag = steep < 0 ? shift(f, -logDown(-steep)) : powerLaw ? plus(f, form({ 3: 1, 8: -logDown(addDown(-f[3]!, -1)) })) : undefined
  return complete({ real: g.real, sign: g.real ? g.sign : 0, mag }, R)
}
