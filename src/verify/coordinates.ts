/**
 * The coordinates of an instance: its numbers, one by one, as far as they may move on their own.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import * as N from "../expression/node.ts"
import { namesIn } from "../expression/syntax.ts"
import { array, scalar } from "../expression/value.ts"
import type { Value } from "../expression/value.ts"
import type { Instance, Problem } from "./problem.ts"

/** A number in an instance that may move: entry `path` of a parameter; a weight of a simplex moves the mass of the others in proportion. */
export interface Coordinate {
  readonly name: string
  readonly path: ReadonlyArray<number>
  readonly kind: "real" | "positive" | "integer" | "weight"
  readonly lo: Rational
  readonly hi: Rational
}

/** What may move at the instance: the numbers that the relation depends on, without those that other domains depend on. */
export const coordinatesOf = (p: Problem, instance: Instance): ReadonlyArray<Coordinate> => {
  const env = environment(instance)
  const sizes = new Set(p.domains.flatMap(([, d]) => (d.kind === "oneof" ? [] : d.args.flatMap((a) => [...namesIn(a)]))))
  return p.domains.flatMap(([name, domain]): ReadonlyArray<Coordinate> => {
    // What other domains depend on stays: their values would have to move along.
    if (!p.mentioned.has(name) || sizes.has(name)) return []
    const value = instance.get(name)!
    const entries = (v: Value, path: ReadonlyArray<number> = []): ReadonlyArray<ReadonlyArray<number>> =>
      v.kind === "array" ? v.items.flatMap((item, i) => entries(item, [...path, i])) : [path]
    const bounds = (k: number): readonly [Rational, Rational] => [
      number(elaborate(domain.args[k]!, env)),
      number(elaborate(domain.args[k + 1]!, env)),
    ]
    const all = (kind: Coordinate["kind"], [lo, hi]: readonly [Rational, Rational]): ReadonlyArray<Coordinate> =>
      Q.compare(lo, hi) === 0 ? [] : entries(value).map((path) => ({ name, path, kind, lo, hi }))
    switch (domain.kind) {
      case "real":
      case "positive":
      case "integer":
        return all(domain.kind, bounds(0))
      case "vector":
        return all("real", bounds(1))
      case "matrix":
        return all("real", bounds(2))
      case "simplex":
        return entries(value).length === 1 ? [] : all("weight", [Q.ZERO, Q.ONE])
      default:
        return []
    }
  })
}

export const number = (v: Value): Rational => (v.kind === "scalar" && v.node.op === "const" ? v.node.value : Q.ZERO)

const entry = (v: Value, path: ReadonlyArray<number>): Value => path.reduce((w, i) => (w.kind === "array" ? w.items[i]! : w), v)
export const get = (instance: Instance, { name, path }: Coordinate): Rational => number(entry(instance.get(name)!, path))

/** The value with the entry at the path replaced. */
export const replaced = (v: Value, path: ReadonlyArray<number>, x: Value): Value =>
  path.length === 0 || v.kind !== "array" ? x : array(v.items.map((item, i) => (i === path[0] ? replaced(item, path.slice(1), x) : item)))

/** The instance with that coordinate at x, kept inside its range; undefined where it is there already. */
export const set = (instance: Instance, c: Coordinate, x: Rational): Instance | undefined => {
  const now = get(instance, c)
  const inside = Q.compare(x, c.lo) < 0 ? c.lo : Q.compare(x, c.hi) > 0 ? c.hi : x
  const to = c.kind === "integer" ? Q.rational(inside.n / inside.d) : inside
  if (Q.equals(now, to)) return undefined
  const value = instance.get(c.name)!
  if (c.kind !== "weight") return new Map(instance).set(c.name, replaced(value, c.path, scalar(N.constant(to))))
  if (value.kind !== "array") return undefined
  const rest = Q.sub(Q.ONE, now)
  // All the mass lies here: the others share alike what is taken away.
  const share = Q.div(Q.sub(Q.ONE, to), Q.sign(rest) === 0 ? Q.rational(value.items.length - 1) : rest)
  const items = value.items.map((item, i) => (i === c.path[0] ? to : Q.sign(rest) === 0 ? share : Q.mul(number(item), share)))
  return new Map(instance).set(c.name, array(items.map((w) => scalar(N.constant(w)))))
}

/** The rational of least denominator in [lo, hi], of those the one of least absolute value: Stern and Brocot. */
export const simplestIn = (lo: Rational, hi: Rational): Rational => {
  if (Q.sign(lo) <= 0 && Q.sign(hi) >= 0) return Q.ZERO
  if (Q.sign(hi) < 0) return Q.neg(simplestIn(Q.neg(hi), Q.neg(lo)))
  const floor = Q.rational(lo.n / lo.d)
  if (Q.equals(floor, lo)) return floor
  const next = Q.add(floor, Q.ONE)
  if (Q.compare(next, hi) <= 0) return next
  return Q.add(floor, Q.div(Q.ONE, simplestIn(Q.div(Q.ONE, Q.sub(hi, floor)), Q.div(Q.ONE, Q.sub(lo, floor)))))
}
