/**
 * What only shows at an instance, tried before anything runs: domains that hold no point, and formulas whose shapes do not fit.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { deciding } from "./decide.ts"
import { DomainFault, draw, parameterText } from "./domain.ts"
import type { Domain, Source } from "./domain.ts"
import { elaborate, environment } from "./elaborate.ts"
import type { Definition } from "./environment.ts"
import { Exhausted, drawing, meter } from "./meter.ts"
import { namesIn, startOf, subtrees } from "./syntax.ts"
import type { Expr } from "./syntax.ts"
import { TooLarge, Undefined, Unsupported, asNode } from "./value.ts"
import type { Value } from "./value.ts"

/** Operations for the bounds of all domains: they are computed again for every instance. */
const BOUNDS = 1e6
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
  const allowance = meter(BOUNDS)
  const dependent = [...domains.values()].some((d) => d.args.some((a) => [...namesIn(a)].some((name) => domains.has(name))))
  let point = new Map<string, Value>()
  for (let trial = 0; trial < (dependent ? TRIALS : 1); trial++) {
    point = new Map()
    for (const [name, domain] of domains) {
      try {
        const value = (e: Expr): Value => drawing(allowance, () => elaborate(e, environment(point)))
        check(domain, value)
        const drawn = draw(domain, value, source)
        parameterText(drawn)
        point.set(name, drawn)
      } catch (error) {
        if (error instanceof DomainFault || error instanceof Undefined || error instanceof Unsupported) return { name, message: error.message }
        if (error instanceof Exhausted) return { name, message: `${domain.text}: its sizes and bounds are too much to compute` }
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
const MISFIT = /shape mismatch|must be a (number|vector|matrix|distribution), not|a condition such as|is expected, not/

/** What does not fit: at which character of the formula, or of the definition that it is the fault of. */
export interface Misfit {
  readonly message: string
  readonly at: number | undefined
  readonly definition?: string
}

/** What became of a formula at the point: its shape, or why it has none anywhere; neither when it may have one elsewhere. */
export interface Attempt {
  readonly shape?: string
  readonly misfit?: Misfit
}

/** Operations that all attempts of one file may take together; what is beyond is found where it is checked. */
const ATTEMPTS = 2e7

/** Writes formulas out at the point. `side` is true for a side of a relation, which must be a number or an array of numbers. */
export const attempts = (
  point: Drawn,
  lets: ReadonlyMap<string, Definition>,
  parameters: ReadonlySet<string>,
): ((formula: Expr, side: boolean) => Attempt | undefined) => {
  const allowance = meter(ATTEMPTS)
  const open = dependence(lets, parameters)
  const tried = <A>(formula: Expr, then: (value: Value) => A): A | Error => {
    try {
      return drawing(allowance, () => then(deciding(() => elaborate(formula, environment(point, lets)))))
    } catch (error) {
      if (error instanceof Undefined || error instanceof Unsupported || error instanceof Exhausted) return error
      throw error
    }
  }
  const wrong = (formula: Expr): string | undefined => {
    const result = tried(formula, () => undefined)
    // What is too long without any parameter is so everywhere.
    if (result instanceof TooLarge) return open(formula) ? undefined : result.message
    return result instanceof Undefined && MISFIT.test(result.message) ? result.message : undefined
  }
  const locate = (formula: Expr, message: string, definition: string | undefined): Misfit => {
    const inner = subtrees(formula).find((part) => wrong(part) === message)
    if (inner !== undefined) return locate(inner, message, definition)
    const body = formula.kind === "name" ? lets.get(formula.name)?.body : undefined
    if (formula.kind === "name" && body !== undefined && wrong(body) === message) return locate(body, message, formula.name)
    return { message, at: startOf(formula), ...(definition === undefined ? {} : { definition }) }
  }
  return (formula, side) => {
    const message = wrong(formula)
    if (message !== undefined) return { misfit: locate(formula, message, undefined) }
    if (!side) return {}
    const found = tried(formula, shape)
    if (typeof found === "string") return { shape: found }
    return MISFIT.test(found.message) ? { misfit: { message: found.message, at: startOf(formula) } } : {}
  }
}

/** Whether a formula mentions a parameter, through definitions too. */
const dependence = (lets: ReadonlyMap<string, Definition>, parameters: ReadonlySet<string>): ((formula: Expr) => boolean) => {
  const known = new Map<string, boolean>()
  const open = (formula: Expr): boolean =>
    [...namesIn(formula)].some((name) => {
      const found = known.get(name)
      if (found !== undefined) return found
      known.set(name, parameters.has(name))
      const body = lets.get(name)?.body
      if (body !== undefined) known.set(name, open(body))
      return known.get(name)!
    })
  return open
}

const shape = (v: Value): string => {
  if (v.kind === "scalar") return "a number"
  if (v.kind === "law" || v.kind === "truth")
    throw new Undefined(`a side must be a number, not ${v.kind === "law" ? "a distribution" : "a condition"}`)
  const rows = v.items.map((item) => (item.kind === "array" ? item.items.length : undefined))
  return rows[0] === undefined ? `a vector of ${v.items.length}` : `a matrix of ${v.items.length} by ${rows[0]}`
}
