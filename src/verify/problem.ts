/**
 * A problem: one relation of a spec in one family, ready to be looked at in instance after instance.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Family, Literal, Spec } from "../core/statement.ts"
import type { Relation } from "../core/verdict.ts"
import { encloseOnBox } from "../expression/box.ts"
import { compareNodes, deciding } from "../expression/decide.ts"
import { mentioned } from "../core/mentions.ts"
import { draw, parameterValue, parseDomain } from "../expression/domain.ts"
import type { Domain, Place, Source } from "../expression/domain.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import type { Definition, Env } from "../expression/environment.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { once } from "../expression/once.ts"
import { ranging } from "../expression/ranges.ts"
import { namesIn, parseClaim, parseFormula } from "../expression/syntax.ts"
import type { Expr } from "../expression/syntax.ts"
import { TooLarge, Undefined, Unsupported, asNode } from "../expression/value.ts"
import type { Value } from "../expression/value.ts"

export type Instance = ReadonlyMap<string, Value>

/** Variables with the ranges that they stand for; each is a parameter, or an entry of one. */
export type Box = ReadonlyMap<string, readonly [lo: Rational, hi: Rational]>

export interface Problem {
  readonly family: string
  readonly domains: ReadonlyArray<readonly [name: string, domain: Domain]>
  /** The parameters that the relation or a hypothesis depends on. */
  readonly mentioned: ReadonlySet<string>
  readonly assume: ReadonlyArray<{ readonly text: string; readonly condition: Expr }>
  readonly lets: ReadonlyMap<string, Definition>
  readonly left: Expr
  readonly right: Expr
  readonly relation: Relation
  readonly points: ReadonlyArray<Readonly<Record<string, Literal>>>
  readonly functions: NonNullable<Spec["functions"]>
}

const SIGNATURE = /^\s*([A-Za-z_]\w*)\s*(?:\(([^()]*)\))?\s*$/

/** `name` or `name(a, b)` with its formula. Throws a TypeError for another shape of key. */
export const parseLet = (key: string, body: string): readonly [string, Definition] => {
  const m = SIGNATURE.exec(key)
  if (m === null) throw new TypeError(`"${key}" is no name with optional arguments`)
  return [m[1]!, { parameters: m[2] === undefined ? [] : m[2].split(",").map((a) => a.trim()), body: parseFormula(body) }]
}

/** The relation `claim` of the spec in one of its families; `overrides` replace definitions (a mutant may change a let instead of the relation). */
export const problem = (spec: Spec, family: Family, claim: string, overrides: Readonly<Record<string, string>> = {}): Problem => {
  const lets = new Map(Object.entries({ ...family.let, ...overrides }).map(([key, body]) => parseLet(key, body)))
  const { left, relation, right } = parseClaim(claim)
  const domains = Object.entries(family.parameters).map(([name, text]) => [name, parseDomain(text)] as const)
  const scope = new Set([...lets.keys(), ...domains.map(([name]) => name)])
  const constants = new Set(["pi", "e", "inf"])
  // A hypothesis of the theorem is a condition here when this family has all the symbols that it mentions.
  const elsewhere = new Set(spec.families.flatMap((f) => Object.keys(f.let).map((key) => key.split("(")[0]!.trim())))
  const inherited = spec.hypotheses
    .flatMap((h) => (h.condition === undefined ? [] : [h.condition]))
    .filter((text) => {
      const tree = parseFormula(text)
      const known = [...namesIn(tree)].every((name) => scope.has(name) || !elsewhere.has(name))
      return known && freeNames(tree).every((name) => scope.has(name) || constants.has(name))
    })
  const assume = [...inherited, ...(family.assume ?? [])].map((text) => ({ text, condition: parseFormula(text) }))
  return {
    family: family.name,
    domains,
    mentioned: mentioned(spec, claim),
    assume,
    lets,
    left,
    right,
    relation,
    points: family.points ?? [],
    functions: spec.functions ?? {},
  }
}

/** Names used as values (not as functions). */
const freeNames = (e: Expr): ReadonlyArray<string> => {
  const called = new Set<string>()
  const walk = (x: Expr): void => {
    if (x.kind === "call") called.add(x.name)
    for (const sub of x.kind === "call"
      ? x.args
      : "a" in x
        ? "b" in x
          ? [x.a, x.b]
          : [x.a]
        : x.kind === "array"
          ? x.items
          : x.kind === "index"
            ? [x.of, ...x.at]
            : [])
      walk(sub)
  }
  walk(e)
  return [...namesIn(e)].filter((name) => !called.has(name))
}

/** The stated point as an instance; parameters that it leaves out are drawn. Throws DomainFault. */
export const statedInstance = (p: Problem, point: Readonly<Record<string, Literal>>, source: Source): Instance => {
  const known = new Set(p.domains.map(([name]) => name))
  for (const name of Object.keys(point))
    if (!known.has(name)) throw new TypeError(`family ${p.family} has no parameter ${name}; it has ${[...known].join(", ")}`)
  return fill(p, source, (name) => (point[name] === undefined ? undefined : parameterValue(point[name])))
}

/** Where the parameter of that index is put. */
export interface Special {
  readonly index: number
  readonly place: Place
}

/** A drawn instance, with one parameter put where it is said. */
export const drawnInstance = (p: Problem, source: Source, special?: Special): Instance => fill(p, source, () => undefined, special)

const fill = (p: Problem, source: Source, stated: (name: string) => Value | undefined, special?: Special): Instance => {
  const values = new Map<string, Value>()
  for (const [i, [name, domain]] of p.domains.entries())
    values.set(
      name,
      stated(name) ?? draw(domain, (e) => elaborate(e, environment(values)), source, i === special?.index ? special.place : "anywhere"),
    )
  return values
}

/** The instance with the named parameters left open, within `radii` of their values. Throws a TypeError for a parameter that it does not have. */
export const widen = (instance: Instance, radii: Readonly<Record<string, Rational>>): { readonly values: Instance; readonly box: Box } => {
  const values = new Map(instance)
  const box = new Map<string, readonly [Rational, Rational]>()
  const open = (name: string, value: Value, radius: Rational): Value => {
    if (value.kind === "array") return { ...value, items: value.items.map((item, i) => open(`${name}.${i + 1}`, item, radius)) }
    const node = asNode(value, name)
    if (node.op !== "const") throw new TypeError(`${name} is no rational`)
    // Level 0 is below the level of every bound variable, so that nothing captures it.
    box.set(`${name}~0`, [Q.sub(node.value, radius), Q.add(node.value, radius)])
    return { kind: "scalar", node: N.variable(`${name}~0`) }
  }
  for (const [name, radius] of Object.entries(radii)) {
    const value = instance.get(name)
    if (value === undefined) throw new TypeError(`no parameter ${name} to widen; there are ${[...instance.keys()].join(", ")}`)
    values.set(name, open(name, value, radius))
  }
  return { values, box }
}

/** What the relation is at an instance, or why it is nothing there. */
export type Written =
  | { readonly kind: "skipped"; readonly hypothesis: string }
  | { readonly kind: "unknown"; readonly hypothesis: string }
  | { readonly kind: "undefined"; readonly why: string; readonly divergent: boolean }
  | { readonly kind: "unsupported" | "too-large"; readonly why: string }
  /** One pair of numbers, or one per entry when both sides are arrays of equal shape: the relation is meant entry by entry. */
  | { readonly kind: "relation"; readonly pairs: ReadonlyArray<readonly [left: Node, right: Node]>; readonly obligations: ReadonlyArray<Node> }

/** Share of the allowance of a claim for one hypothesis: it is decided again at every instance. */
const HYPOTHESIS = 1 / 100

/** Writes both sides out in core nodes at an instance, after its assumptions have been certified, on the whole box where parameters are left open. */
export const writeOut = (p: Problem, instance: Instance, box: Box = new Map()): Written => deciding(() => written(p, instance, box))

const written = (p: Problem, instance: Instance, box: Box): Written => {
  const env = environment(instance, p.lets, p.functions)
  try {
    for (const { text, condition } of p.assume) {
      const holds = deciding(() => truth(condition, env, box), HYPOTHESIS)
      if (holds !== true) return { kind: holds === false ? "skipped" : "unknown", hypothesis: text }
    }
    const pairs = within(box, () => pair(elaborate(p.left, env), elaborate(p.right, env)))
    const bad = pairs
      .flat()
      .map(singular)
      .find((n) => n !== undefined)
    if (pairs.flat().some((side) => infinities(side).size === 2)) return { kind: "undefined", why: "infinity minus infinity", divergent: false }
    if (bad !== undefined) return { kind: "undefined", why: bad.reason, divergent: bad.op === "infinite" }
    return { kind: "relation", pairs, obligations: env.obligations }
  } catch (error) {
    if (error instanceof Undefined) return { kind: "undefined", why: error.message, divergent: false }
    if (error instanceof Unsupported) return { kind: error instanceof TooLarge ? "too-large" : "unsupported", why: error.message }
    throw error
  }
}

/** Runs `build` with the open parameters ranging over their box. */
export const within = <A>(box: Box, build: () => A): A =>
  [...box].reduce(
    (inner, [name, [lo, hi]]) =>
      () =>
        ranging([name], N.constant(lo), N.constant(hi), inner),
    build,
  )()

export const pair = (left: Value, right: Value): ReadonlyArray<readonly [Node, Node]> => {
  if (left.kind !== "array" || right.kind !== "array") return [[asNode(left, "the left side"), asNode(right, "the right side")]]
  if (left.items.length !== right.items.length)
    throw new Undefined(`shape mismatch: ${left.items.length} entries on the left, ${right.items.length} on the right`)
  return left.items.flatMap((item, i) => pair(item, right.items[i]!))
}

/** The condition at the instance, or on the whole box: true, false, or undefined when the double tier cannot decide it. */
export const truth = (condition: Expr, env: Env, box: Box = new Map()): boolean | undefined => {
  const value = elaborate(condition, env)
  if (value.kind !== "truth") throw new Undefined("an assumption must be a condition such as s > 0")
  const order = compareNodes(value.a, value.b) ?? (box.size === 0 ? undefined : orderOn(N.sub(value.a, value.b), box))
  if (order === undefined) return undefined
  return value.rel === "<" ? order < 0 : value.rel === "<=" ? order <= 0 : value.rel === "==" ? order === 0 : order !== 0
}

/** The sign that a difference has everywhere on a box. */
const orderOn = (difference: Node, box: Box): -1 | 1 | undefined => {
  const { lo, hi, status } = encloseOnBox(difference, box, { accept: (l, h) => l > 0 || h < 0 })
  return status !== "defined" ? undefined : lo > 0 ? 1 : hi < 0 ? -1 : undefined
}

/** Signs of the infinite terms of a sum: a side with both is no quantity at all, while one with a single sign diverges. */
const infinities: (node: Node) => ReadonlySet<1 | -1> = once((node) => {
  if (node.op === "infinite") return new Set([node.sign])
  if (node.op === "neg") return turned(infinities(node.a))
  if (node.op !== "add" && node.op !== "sub") return new Set()
  const b = infinities(node.b)
  return new Set([...infinities(node.a), ...(node.op === "add" ? b : turned(b))])
})
const turned = (signs: ReadonlySet<1 | -1>): ReadonlySet<1 | -1> => new Set([...signs].map((s) => (s === 1 ? -1 : 1)))

/** The first operand of the arithmetic that is no real number. */
const singular = (side: Node): Extract<Node, { op: "undefined" | "infinite" }> | undefined => {
  const seen = new Set<Node>()
  const walk = (node: Node): ReturnType<typeof singular> => {
    if (node.op === "undefined" || node.op === "infinite") return node
    if (
      seen.has(node) ||
      node.op === "if" ||
      node.op === "integral" ||
      node.op === "series" ||
      node.op === "root" ||
      node.op === "sup" ||
      node.op === "expect"
    )
      return undefined
    seen.add(node)
    for (const child of N.children(node)) {
      const found = walk(child)
      if (found !== undefined) return found
    }
    return undefined
  }
  return walk(side)
}
