/**
 * Formulas as trees. mathjs parses; the tree is copied into the few forms that the claim language has, and everything else is refused here,
 * so that no evaluator ever meets an assignment, a string, a unit or a property access.
 */
import { create, parseDependencies } from "mathjs"
import type { FactoryFunctionMap, MathNode } from "mathjs"
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { MAX_DEPTH, SyntaxFault, tokenize, tooDeep } from "./tokens.ts"
import type { Token } from "./tokens.ts"

export { SyntaxFault } from "./tokens.ts"

/** `at` is the 0-based character of a formula where its name, number or relation stands. */
export type Expr =
  | { readonly kind: "number"; readonly value: Rational; readonly at?: number }
  | { readonly kind: "name"; readonly name: string; readonly at?: number }
  | { readonly kind: "call"; readonly name: string; readonly args: ReadonlyArray<Expr>; readonly at?: number }
  | { readonly kind: "binary"; readonly op: "+" | "-" | "*" | "/" | "^"; readonly a: Expr; readonly b: Expr }
  | { readonly kind: "negate"; readonly a: Expr }
  | { readonly kind: "compare"; readonly rel: Relational; readonly a: Expr; readonly b: Expr; readonly at?: number }
  | { readonly kind: "array"; readonly items: ReadonlyArray<Expr> }
  | { readonly kind: "index"; readonly of: Expr; readonly at: ReadonlyArray<Expr> }

export type Relational = "==" | "!=" | "<=" | ">=" | "<" | ">"

const MAX_LENGTH = 20_000

// Literals as BigNumber keep all their digits; they become rationals before anything is computed.
const { parse } = create(parseDependencies as FactoryFunctionMap, { number: "BigNumber" })

/** Reads a formula of at most `most` characters. Throws SyntaxFault. */
export const parseFormula = (formula: string, most = MAX_LENGTH): Expr => {
  if (formula.length > most) throw new SyntaxFault(`a formula of at most ${most} characters is expected, not ${formula.length}`, 0)
  const { text, tokens } = tokenize(formula)
  if (tokens.length === 0) throw new SyntaxFault("a formula is expected")
  let tree: MathNode
  try {
    tree = parse(text)
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    const { char } = error as { char?: number }
    throw new SyntaxFault((error as Error).message.replace(/ \(char \d+\)$/, ""), char === undefined ? undefined : char - 1)
  }
  const raw = tree as unknown as Raw
  const places = { name: of("name", tokens), number: of("number", tokens), relation: of("relation", tokens) }
  // The relation of a claim is no level of nesting.
  return convert(raw, RELATIONS.has(raw.op ?? "") ? -1 : 0, places)
}

/** Tokens not met yet; the tree holds them in the order of the text. */
type Places = Readonly<Record<"name" | "number" | "relation", Array<Token>>>
const of = (kind: Token["kind"], tokens: ReadonlyArray<Token>): Array<Token> => tokens.filter((t) => t.kind === kind).reverse()

const BINARY = new Set(["+", "-", "*", "/", "^"])
const RELATIONS = new Set(["==", "!=", "<=", ">=", "<", ">"])
/** What the converter reads of a mathjs node; each field exists on the node types that use it. */
interface Raw {
  readonly type: string
  readonly value?: { toString: () => string } | null
  readonly name?: string
  readonly op?: string
  readonly args?: ReadonlyArray<Raw>
  readonly fn?: Raw | string
  readonly items?: ReadonlyArray<Raw>
  readonly content?: Raw
  readonly object?: Raw
  readonly index?: { readonly dimensions: ReadonlyArray<Raw> }
}

const convert = (node: Raw, depth: number, places: Places): Expr => {
  if (depth > MAX_DEPTH) throw tooDeep()
  const sub = (n: Raw): Expr => convert(n, depth + 1, places)
  const place = (kind: keyof Places): { readonly at?: number } => {
    const token = places[kind].pop()
    return token === undefined ? {} : { at: token.at }
  }
  switch (node.type) {
    case "ParenthesisNode":
      return sub(node.content!)
    case "SymbolNode":
      return { kind: "name", name: node.name!, ...place("name") }
    case "ArrayNode":
      return { kind: "array", items: node.items!.map(sub) }
    case "ConstantNode": {
      const token = place("number")
      const value = Q.parseRational(String(node.value).replace("e+", "e"))
      if (value === undefined) throw new SyntaxFault("a formula is expected", token.at)
      return { kind: "number", value, ...token }
    }
    case "FunctionNode": {
      const fn = node.fn as Raw
      if (fn.type !== "SymbolNode") throw new SyntaxFault("only a named function can be called")
      const at = place("name")
      return { kind: "call", name: fn.name!, args: node.args!.map(sub), ...at }
    }
    case "AccessorNode":
      return { kind: "index", of: sub(node.object!), at: node.index!.dimensions.map(sub) }
    case "OperatorNode": {
      const [a, b] = node.args!
      const op = node.op!
      if (node.args!.length === 1) {
        if (op === "-") return { kind: "negate", a: sub(a!) }
        if (op === "+") return sub(a!)
      } else if (BINARY.has(op)) return { kind: "binary", op: op as "+", a: sub(a!), b: sub(b!) }
      else if (RELATIONS.has(op)) {
        const left = sub(a!)
        const at = place("relation")
        return { kind: "compare", rel: op as Relational, a: left, b: sub(b!), ...at }
      }
      throw new SyntaxFault(`the operator ${op} is not in the language`)
    }
    default:
      throw new SyntaxFault(`a formula is expected, not a ${node.type}`)
  }
}

/** A claim: two formulas and the one relation between them. Throws SyntaxFault. */
export const parseClaim = (text: string): { readonly left: Expr; readonly relation: Exclude<Relational, "!=">; readonly right: Expr } => {
  const tree = parseFormula(text, 2 * MAX_LENGTH + 8)
  if (tree.kind !== "compare" || tree.rel === "!=") throw new SyntaxFault("exactly one relation is needed: ==, <=, >=, < or >")
  return { left: tree.a, relation: tree.rel, right: tree.b }
}

/** Every name that a formula mentions, called or not. */
export const namesIn = (tree: Expr): ReadonlySet<string> => {
  const names = new Set<string>()
  const walk = (e: Expr): void => {
    if (e.kind === "name" || e.kind === "call") names.add(e.name)
    subtrees(e).forEach(walk)
  }
  walk(tree)
  return names
}

export const subtrees = (e: Expr): ReadonlyArray<Expr> => {
  switch (e.kind) {
    case "number":
    case "name":
      return []
    case "call":
      return e.args
    case "array":
      return e.items
    case "negate":
      return [e.a]
    case "index":
      return [e.of, ...e.at]
    default:
      return [e.a, e.b]
  }
}

/** The first place that is known in a formula. */
export const startOf = (e: Expr | undefined): number | undefined => {
  if (e === undefined) return undefined
  const own = e.kind === "name" || e.kind === "call" || e.kind === "number" ? e.at : undefined
  return (
    own ??
    subtrees(e)
      .map(startOf)
      .find((at) => at !== undefined)
  )
}
