/**
 * The growth of a node along one variable: every operation mapped to bounds that hold for all x >= R.
 */
import * as Q from "../core/rational.ts"
import { real } from "../interval/complex.ts"
import { better, maximum, shift, ZERO } from "./growth-form.ts"
import type { Growth } from "./growth.ts"
import { complete, constantGrowth, hullOf, lost, negate, product, rangeOf, reciprocal, sum, UNKNOWN } from "./growth.ts"
import { charge } from "./meter.ts"
import type { Comparison, Node } from "./node.ts"
import { normalGap } from "./growth-gap.ts"
import type { Walk } from "./growth-inner.ts"
import { innerIntegral, innerSeries, innerSupremum } from "./growth-inner.ts"
import { pointLimit } from "./growth-limit.ts"
import { GROWTH } from "./price.ts"
import { bounded, FUNCTIONS, logSum, realPower } from "./growth-functions.ts"

/** The growth of `node`; everything is unknown where no rule applies. */
export const growth = (node: Node, walk: Walk): Growth => {
  let g = walk.memo.get(node)
  if (g === undefined) walk.memo.set(node, (g = compute(node, walk)))
  return g
}

const compute = (node: Node, walk: Walk): Growth => {
  charge(GROWTH)
  const { R } = walk
  const go = (n: Node): Growth => growth(n, walk)
  if (node.op === "var") {
    const known = walk.variables.get(node.name)
    if (known !== undefined) return known
  }
  if (!node.free.some((name) => walk.variables.has(name))) {
    const value = node.op === "const" ? node.value : undefined
    return node.op === "pi"
      ? constantGrowth(walk.coefficient(node), R, value, pointLimit(Q.ONE, 1))
      : constantGrowth(walk.coefficient(node), R, value)
  }
  switch (node.op) {
    case "add":
      return sum(go(node.a), go(node.b), R)
    case "sub":
      return normalGap(node.a, node.b, walk, growth) ?? sum(go(node.a), negate(go(node.b)), R)
    case "neg":
      return negate(go(node.a))
    case "mul":
      return node.a === node.b ? power(go(node.a), 2, R) : product(go(node.a), go(node.b), R)
    case "div":
      return product(go(node.a), reciprocal(go(node.b), R), R)
    case "powi":
      return node.n >= 0 ? power(go(node.a), node.n, R) : reciprocal(power(go(node.a), -node.n, R), R)
    case "pow":
      return realPower(go(node.a), go(node.b), R)
    case "abs":
      return absolute(go(node.a), R)
    case "sign":
      return bounded(1, { ...go(node.a), poly: undefined }, R)
    case "floor": {
      const g = go(node.a)
      return g.real ? complete({ real: true, sign: 0, up: g.up, down: g.down && shift(g.down, 1) }, R) : UNKNOWN
    }
    case "min":
      return choose("<=", node.a, node.b, go(node.a), go(node.b), walk)
    case "max":
      return choose("<=", node.b, node.a, go(node.a), go(node.b), walk)
    case "if":
      return choose(node.rel, node.a, node.b, go(node.then), go(node.else), walk)
    case "logsumexp":
      return logSum(node.args.map(go), R)
    case "call":
      return FUNCTIONS[node.f](go(node.a), R)
    case "sup":
      return innerSupremum(node, walk, growth)
    case "integral":
      return innerIntegral(node, walk, growth)
    case "series":
      return innerSeries(node, walk, growth)
    default:
      return UNKNOWN
  }
}

const power = (g: Growth, n: number, R: number): Growth => {
  if (n === 0) return constantGrowth(real(1, 1), R)
  if (n === 1) return g
  charge(GROWTH)
  const half = n % 2 === 0 ? power(g, n / 2, R) : undefined
  const p = half === undefined ? product(power(g, n - 1, R), g, R) : product(half, half, R)
  if (!g.real || n % 2 === 1) return p
  return complete({ ...p, down: better(p.down, ZERO, R), sign: p.sign === 0 && p.floor !== undefined ? 1 : p.sign }, R)
}

const absolute = (g: Growth, R: number): Growth => {
  const [lo, hi] = rangeOf(g, R)
  if (g.sign === 1 || lo >= 0) return g
  if (g.sign === -1 || hi <= 0) return negate(g)
  return g.real
    ? complete({ real: true, mag: g.mag, floor: g.floor, up: g.up && g.down && maximum(g.up, g.down, R), down: ZERO, sign: 0 }, R)
    : lost(g)
}

/** `rel(a, b) ? yes : no` where the comparison has one answer far out; else either. */
const choose = (rel: Comparison, a: Node, b: Node, yes: Growth, no: Growth, walk: Walk): Growth => {
  const d = sum(growth(a, walk), negate(growth(b, walk)), walk.R)
  if (d.sign === 0) return d.real ? hullOf(yes, no, walk.R) : lost(d)
  const truth = rel === "==" ? false : rel === "!=" ? true : d.sign < 0
  return truth ? yes : no
}
