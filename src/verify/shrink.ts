/**
 * Simpler instances: fewer dimensions first, then entries of smaller height (0, 1, -1, 1/2, 2, ...), always inside the domain.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Domain } from "../expression/domain.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import * as L from "../expression/linear.ts"
import * as N from "../expression/node.ts"
import { namesIn } from "../expression/syntax.ts"
import { array, asMatrix, asVector, matrix, scalar, vector } from "../expression/value.ts"
import type { Value } from "../expression/value.ts"
import type { Instance, Problem } from "./problem.ts"

// Rationals by height max(|p|, q), the order of minimal counterexamples.
const SIMPLE: ReadonlyArray<Rational> = [
  [0, 1],
  [1, 1],
  [-1, 1],
  [1, 2],
  [2, 1],
  [-1, 2],
  [-2, 1],
  [1, 3],
  [3, 1],
  [2, 3],
  [3, 2],
  [1, 4],
  [4, 1],
  [3, 4],
  [4, 3],
  [-3, 1],
  [-3, 2],
  [-1, 4],
  [-3, 4],
  [1, 8],
  [5, 1],
  [8, 1],
  [1, 16],
].map(([p, q]) => Q.rational(p!, q!))

const size = (r: Rational): bigint => {
  const n = r.n < 0n ? -r.n : r.n
  return n > r.d ? n : r.d
}

const at = (v: Value): Rational => (v.kind === "scalar" && v.node.op === "const" ? v.node.value : Q.ZERO)
const value = (r: Rational): Value => scalar(N.constant(r))

const inRange =
  (lo: Rational, hi: Rational): ((r: Rational) => boolean) =>
  (r) =>
    Q.compare(lo, r) <= 0 && Q.compare(r, hi) <= 0

const simplerScalar = (v: Value, lo: Rational, hi: Rational, integers: boolean): ReadonlyArray<Value> => {
  const now = at(v)
  return SIMPLE.filter((r) => inRange(lo, hi)(r) && (!integers || Q.isInteger(r)) && size(r) < size(now)).map(value)
}

/** Replaces one entry of an array at a time. */
const entrywise = (v: Value, candidates: (entry: Value) => ReadonlyArray<Value>): ReadonlyArray<Value> =>
  v.kind !== "array"
    ? candidates(v)
    : v.items.flatMap((item, i) => entrywise(item, candidates).map((c) => array(v.items.map((x, j) => (j === i ? c : x)))))

const candidates = (domain: Domain, v: Value, args: ReadonlyArray<Rational>): ReadonlyArray<Value> => {
  const [a, b, c, d] = args as [Rational, Rational, Rational, Rational]
  switch (domain.kind) {
    case "real":
    case "positive":
      return simplerScalar(v, a, b, false)
    case "integer":
      return simplerScalar(v, a, b, true)
    case "oneof":
      return []
    case "vector":
      return entrywise(v, (x) => simplerScalar(x, b, c, false))
    case "matrix":
      return entrywise(v, (x) => simplerScalar(x, c, d, false))
    case "simplex": {
      const n = asVector(v, "a simplex point").length
      const even = vector(Array.from({ length: n }, () => N.constant(Q.rational(1, n))))
      const skew = n === 2 ? [vector([N.constant(Q.rational(1, 4)), N.constant(Q.rational(3, 4))])] : []
      return [even, ...skew].filter((w) => weight(w) < weight(v))
    }
    case "orthogonal":
      return unlessSame(v, matrix(L.identity(asMatrix(v, "a matrix").length)))
    case "spd": {
      const n = asMatrix(v, "a matrix").length
      const unit = inRange(b, c)(Q.ONE) ? Q.ONE : b
      return unlessSame(v, matrix(L.scale(N.constant(unit), L.identity(n))))
    }
  }
}

const weight = (v: Value): bigint => (v.kind === "array" ? v.items.reduce((s, x) => s + weight(x), 0n) : size(at(v)))
const unlessSame = (v: Value, w: Value): ReadonlyArray<Value> => (weight(w) < weight(v) ? [w] : [])

/** The leading part of a value that fits a smaller size. */
const truncate = (domain: Domain, v: Value, n: number): Value => {
  if (v.kind !== "array") return v
  const kept = v.items.slice(0, n)
  if (domain.kind === "orthogonal") return matrix(L.identity(n))
  if (domain.kind === "spd") return array(kept.map((row) => (row.kind === "array" ? array(row.items.slice(0, n)) : row)))
  if (domain.kind !== "simplex") return array(kept)
  const total = kept.map(at).reduce(Q.add)
  return array(kept.map((w) => value(Q.div(at(w), total))))
}

/** Instances one step simpler than this one, the most promising first. */
export const simpler = (p: Problem, instance: Instance): ReadonlyArray<Instance> => {
  const found: Array<Instance> = []
  const env = environment(instance)
  for (const [name, domain] of p.domains) {
    const args = domain.kind === "oneof" ? [] : domain.args.map((e) => at(elaborate(e, env)))
    for (const candidate of candidates(domain, instance.get(name)!, args)) {
      const next = new Map(instance).set(name, candidate)
      // A size that other domains depend on: cut those values down with it.
      for (const [other, d] of p.domains)
        if (other !== name && d.args[0] !== undefined && namesIn(d.args[0]).has(name))
          next.set(other, truncate(d, next.get(other)!, Number(at(candidate).n)))
      found.push(next)
    }
  }
  return found
}
