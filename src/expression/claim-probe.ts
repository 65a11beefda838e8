/**
 * What only shows at an instance, tried before anything runs: domains that hold no point, and formulas whose shapes do not fit.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { DomainFault, draw, parameterText } from "./domain.ts"
import type { Domain, Source } from "./domain.ts"
import { elaborate, environment } from "./elaborate.ts"
import type { Definition } from "./environment.ts"
import { namesIn } from "./syntax.ts"
import type { Expr } from "./syntax.ts"
import { Undefined, Unsupported, asNode } from "./value.ts"
import type { Value } from "./value.ts"

/** Draws tried where a bound depends on an earlier parameter. */
const TRIALS = 16
/** Exact rational matrices of this size still invert in a moment. */
const MAX_ORDER = 8
const MAX_ENTRIES = 1000

export type Drawn = ReadonlyMap<string, Value>

/** A point of all domains, or the first parameter whose domain holds none, with the reason. */
export const probeDomains = (
  domains: ReadonlyMap<string, Domain>,
): { readonly point: Drawn } | { readonly name: string; readonly message: string } => {
  const source = counter()
  const dependent = [...domains.values()].some((d) => d.args.some((a) => [...namesIn(a)].some((name) => domains.has(name))))
  let point = new Map<string, Value>()
  for (let trial = 0; trial < (dependent ? TRIALS : 1); trial++) {
    point = new Map()
    for (const [name, domain] of domains) {
      try {
        const value = (e: Expr): Value => elaborate(e, environment(point))
        check(domain, value)
        const drawn = draw(domain, value, source)
        parameterText(drawn)
        point.set(name, drawn)
      } catch (error) {
        if (error instanceof DomainFault || error instanceof Undefined || error instanceof Unsupported) return { name, message: error.message }
        throw error
      }
    }
  }
  return { point }
}

const check = ({ kind, args, text }: Domain, value: (e: Expr) => Value): void => {
  const need = (holds: boolean, message: string): void => {
    if (!holds) throw new DomainFault(`${text}: ${message}`)
  }
  if (kind === "oneof") {
    for (const a of args) parameterText(value(a))
    return
  }
  const given = args.map((a) => {
    const node = asNode(value(a), "a size or bound")
    if (node.op !== "const") throw new DomainFault(`${text}: sizes and bounds must be rational numbers`)
    return node.value
  })
  const sizes = given.slice(0, kind === "matrix" ? 2 : kind === "real" || kind === "positive" || kind === "integer" ? 0 : 1)
  const most = kind === "spd" || kind === "orthogonal" ? MAX_ORDER : MAX_ENTRIES
  for (const n of sizes) need(Q.isInteger(n) && n.n >= 1n && n.n <= BigInt(most), `a size from 1 to ${most} is expected, not ${Q.toText(n)}`)
  need(sizes.reduce((n, s) => n * Number(s.n), 1) <= MAX_ENTRIES, `at most ${MAX_ENTRIES} entries are expected`)
  const [lo, hi] = given.slice(sizes.length) as [Rational?, Rational?]
  if (lo === undefined || hi === undefined) return
  need(Q.compare(lo, hi) <= 0, `the domain is upside down: the lower end ${Q.toText(lo)} lies above the upper end ${Q.toText(hi)}`)
  if (kind === "positive" || kind === "spd") need(lo.n > 0n, "a lower end above 0 is expected")
  if (kind === "integer") need(Q.isInteger(lo) && Q.isInteger(hi), "whole numbers are expected as ends")
}

/** A cheap fixed sequence: which point is looked at decides no verdict. */
const counter = (): Source => {
  let state = 1
  return {
    below: (n) => {
      state = (state * 1103 + 12345) % 65536
      return state % n
    },
  }
}

/** Messages of the elaborator that hold at every instance: what does not fit here fits nowhere. */
const MISFIT = /shape mismatch|must be a (number|vector|matrix|distribution), not|a condition such as/

/** Why the two sides of a relation do not fit together at the point, or `undefined`. */
export const misfit = (left: Expr, right: Expr, point: Drawn, lets: ReadonlyMap<string, Definition>): string | undefined => {
  try {
    const env = environment(point, lets)
    const [a, b] = [elaborate(left, env), elaborate(right, env)].map(shape)
    return a === b ? undefined : `shape mismatch: ${a} on the left, ${b} on the right`
  } catch (error) {
    if (error instanceof Undefined) return MISFIT.test(error.message) ? error.message : undefined
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

const shape = (v: Value): string => {
  if (v.kind === "scalar") return "a number"
  if (v.kind === "law" || v.kind === "truth")
    throw new Undefined(`a side must be a number, not ${v.kind === "law" ? "a distribution" : "a condition"}`)
  const rows = v.items.map((item) => (item.kind === "array" ? item.items.length : undefined))
  return rows[0] === undefined ? `a vector of ${v.items.length}` : `a matrix of ${v.items.length} by ${rows[0]}`
}
