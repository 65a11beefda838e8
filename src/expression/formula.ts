/**
 * Formula trees as text of the claim language, and with every definition written out.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Definition } from "./environment.ts"
import { subtrees } from "./syntax.ts"
import type { Expr } from "./syntax.ts"

// Binding strength, as the parser has it.
const [COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM] = [0, 1, 2, 3, 4, 5]

/** The formula as text that parses to the same tree. */
export const formulaText = (e: Expr): string => print(e)[1]

const at = (e: Expr, place: number): string => {
  const [strength, text] = print(e)
  return strength < place ? `(${text})` : text
}

const print = (e: Expr): readonly [strength: number, text: string] => {
  switch (e.kind) {
    case "number":
      return [ATOM, decimal(e.value)]
    case "name":
      return [ATOM, e.name]
    case "call":
      return [ATOM, `${e.name}(${e.args.map((a) => at(a, COMPARE)).join(", ")})`]
    case "array":
      return [ATOM, `[${e.items.map((a) => at(a, COMPARE)).join(", ")}]`]
    case "index":
      return [ATOM, `${at(e.of, ATOM)}[${e.at.map((a) => at(a, COMPARE)).join(", ")}]`]
    case "negate":
      return [SIGN, `-${at(e.a, SIGN)}`]
    case "compare":
      return [COMPARE, `${at(e.a, SUM)} ${e.rel} ${at(e.b, SUM)}`]
    case "binary":
      switch (e.op) {
        case "+":
        case "-":
          return [SUM, `${at(e.a, SUM)} ${e.op} ${at(e.b, PRODUCT)}`]
        case "*":
        case "/":
          return [PRODUCT, `${at(e.a, PRODUCT)}${e.op}${at(e.b, SIGN)}`]
        case "^":
          return [POWER, `${at(e.a, ATOM)}^${at(e.b, SIGN)}`]
      }
  }
}

/** A literal's rational has a power of ten below it. */
const decimal = (value: Rational): string => {
  let [digits, k] = [value, 0]
  for (; !Q.isInteger(digits); k++) digits = Q.mul(digits, Q.rational(10))
  const text = `${digits.n}`
  if (k === 0) return text
  if (k > 20) return `${text}e-${k}`
  const padded = text.padStart(k + 1, "0")
  return `${padded.slice(0, -k)}.${padded.slice(-k)}`
}

/** Binders and the position of the formula that their variable, the first argument, is bound in. */
const BODY: ReadonlyMap<string, number> = new Map([
  ["E", 2],
  ["P", 2],
  ...["integral", "total", "product", "sup", "inf"].map((name) => [name, 3] as const),
])

/** A formula larger than this is not worth reading. */
const MAX_SIZE = 1500

/**
 * The formula with every definition substituted, as it is when it is elaborated; a bound variable that would capture a name gets another one.
 * `undefined` when that is larger than anybody reads.
 */
export const writtenOut = (formula: Expr, lets: ReadonlyMap<string, Definition>, parameters: ReadonlySet<string>): Expr | undefined => {
  let left = MAX_SIZE
  const go = (e: Expr, known: ReadonlyMap<string, Expr>): Expr => {
    if (--left < 0) throw TOO_LARGE
    const sub = (x: Expr): Expr => go(x, known)
    switch (e.kind) {
      case "number":
        return e
      case "name": {
        const definition = known.get(e.name) ?? lets.get(e.name)
        if (definition === undefined) return e
        if (!("body" in definition)) return definition
        return parameters.has(e.name) || definition.parameters.length > 0 ? e : go(definition.body, new Map())
      }
      case "negate":
        return { ...e, a: sub(e.a) }
      case "binary":
      case "compare":
        return { ...e, a: sub(e.a), b: sub(e.b) }
      case "array":
        return { ...e, items: e.items.map(sub) }
      case "index":
        return { ...e, of: sub(e.of), at: e.at.map(sub) }
      case "call": {
        const definition = lets.get(e.name)
        if (definition !== undefined) return go(definition.body, new Map(definition.parameters.map((p, i) => [p, sub(e.args[i]!)])))
        const position = BODY.get(e.name)
        const variable = e.args[0]
        if (position === undefined || variable?.kind !== "name") return { ...e, args: e.args.map(sub) }
        const taken = new Set([...parameters, ...[...known.values()].flatMap((x) => [...freeNames(x)])])
        const own: Expr = { kind: "name", name: unlike(variable.name, taken) }
        const inner = new Map(known).set(variable.name, own)
        return { ...e, args: e.args.map((a, i) => (i === 0 ? own : i === position ? go(a, inner) : sub(a))) }
      }
    }
  }
  try {
    return go(formula, new Map())
  } catch (error) {
    if (error === TOO_LARGE) return undefined
    throw error
  }
}

const TOO_LARGE = Symbol("too large")

const unlike = (name: string, taken: ReadonlySet<string>): string => {
  for (let k = 1; ; k++) {
    const found = k === 1 ? name : `${name}_${k}`
    if (!taken.has(found)) return found
  }
}

const freeNames = (e: Expr): ReadonlySet<string> => {
  const names = new Set<string>()
  const walk = (x: Expr): void => {
    if (x.kind === "name") names.add(x.name)
    subtrees(x).forEach(walk)
  }
  walk(e)
  return names
}

/** The definitions that the formulas use, directly or through others, in the order of the file. */
export const definitionsIn = (formulas: ReadonlyArray<Expr>, lets: ReadonlyMap<string, Definition>): ReadonlyArray<string> => {
  const used = new Set<string>()
  const walk = (e: Expr): void => {
    if ((e.kind === "name" || e.kind === "call") && lets.has(e.name) && !used.has(e.name)) {
      used.add(e.name)
      walk(lets.get(e.name)!.body)
    }
    subtrees(e).forEach(walk)
  }
  formulas.forEach(walk)
  return [...lets.keys()].filter((name) => used.has(name))
}
