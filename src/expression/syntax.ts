/**
 * Formulas as trees. mathjs parses; the tree is copied into the few forms that the claim language has, and everything else is refused here,
 * so that no evaluator ever meets an assignment, a string, a unit or a property access.
 */
import { create, parseDependencies } from "mathjs"
import type { FactoryFunctionMap, MathNode } from "mathjs"
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"

export type Expr =
  | { readonly kind: "number"; readonly value: Rational }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: ReadonlyArray<Expr> }
  | { readonly kind: "binary"; readonly op: "+" | "-" | "*" | "/" | "^"; readonly a: Expr; readonly b: Expr }
  | { readonly kind: "negate"; readonly a: Expr }
  | { readonly kind: "compare"; readonly rel: Relational; readonly a: Expr; readonly b: Expr }
  | { readonly kind: "array"; readonly items: ReadonlyArray<Expr> }
  | { readonly kind: "index"; readonly of: Expr; readonly at: ReadonlyArray<Expr> }

export type Relational = "==" | "!=" | "<=" | ">=" | "<" | ">"

/** A formula that is not in the language; `at` is the 0-based character where it is known. */
export class SyntaxFault extends Error {
  override readonly name = "SyntaxFault"
  readonly at: number | undefined
  constructor(message: string, at?: number) {
    super(message)
    this.at = at
  }
}

const MAX_DEPTH = 200
const MAX_LENGTH = 20_000

// Literals as BigNumber keep all their digits; they become rationals before anything is computed.
const { parse } = create(parseDependencies as FactoryFunctionMap, { number: "BigNumber" })

/** Reads a formula. Throws SyntaxFault. */
export const parseFormula = (text: string): Expr => {
  if (text.length > MAX_LENGTH) throw new SyntaxFault(`formula of ${text.length} characters; at most ${MAX_LENGTH} are read`)
  let depth = 0
  for (const c of text) {
    depth += c === "(" || c === "[" ? 1 : c === ")" || c === "]" ? -1 : 0
    if (depth > MAX_DEPTH) throw new SyntaxFault(`formula nested deeper than ${MAX_DEPTH}`)
  }
  let tree: MathNode
  try {
    tree = parse(text)
  } catch (error) {
    const { char } = error as { char?: number }
    throw new SyntaxFault((error as Error).message.replace(/ \(char \d+\)$/, ""), char === undefined ? undefined : char - 1)
  }
  return convert(tree, 0)
}

const BINARY = new Set(["+", "-", "*", "/", "^"])
const RELATIONS = new Set(["==", "!=", "<=", ">=", "<", ">"])
const REFUSED: Readonly<Record<string, string>> = {
  AssignmentNode: "an assignment",
  FunctionAssignmentNode: "a function definition",
  BlockNode: "several statements",
  ObjectNode: "an object",
  RangeNode: "a range",
  ConditionalNode: "? : (write if(condition, a, b))",
  RelationalNode: "a chain of comparisons",
}

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
  readonly index?: { readonly dimensions: ReadonlyArray<Raw>; readonly dotNotation?: boolean }
}

const convert = (tree: unknown, depth: number): Expr => {
  const node = tree as Raw
  if (depth > MAX_DEPTH) throw new SyntaxFault(`formula nested deeper than ${MAX_DEPTH}`)
  const sub = (n: Raw): Expr => convert(n, depth + 1)
  switch (node.type) {
    case "ParenthesisNode":
      return sub(node.content!)
    case "SymbolNode":
      return { kind: "name", name: node.name! }
    case "ArrayNode":
      return { kind: "array", items: node.items!.map(sub) }
    case "ConstantNode": {
      if (typeof node.value === "string") throw new SyntaxFault("a string has no place in a formula")
      const value = Q.parseRational(String(node.value).replace("e+", "e"))
      if (value === undefined)
        throw new SyntaxFault(node.value === undefined ? "an empty formula" : `"${String(node.value)}" is not a number that can be read`)
      return { kind: "number", value }
    }
    case "FunctionNode": {
      const fn = node.fn as Raw
      if (fn.type !== "SymbolNode") throw new SyntaxFault("only a named function can be called")
      return { kind: "call", name: fn.name!, args: node.args!.map(sub) }
    }
    case "AccessorNode": {
      if (node.index!.dotNotation === true || node.index!.dimensions.some((d) => typeof d.value === "string"))
        throw new SyntaxFault("property access is not allowed")
      return { kind: "index", of: sub(node.object!), at: node.index!.dimensions.map(sub) }
    }
    case "OperatorNode": {
      const [a, b] = node.args!
      const op = node.op!
      if (node.args!.length === 1) {
        if (op === "-") return { kind: "negate", a: sub(a!) }
        if (op === "+") return sub(a!)
      } else if (BINARY.has(op)) return { kind: "binary", op: op as "+", a: sub(a!), b: sub(b!) }
      else if (RELATIONS.has(op)) return { kind: "compare", rel: op as Relational, a: sub(a!), b: sub(b!) }
      throw new SyntaxFault(`the operator ${op} is not in the language`)
    }
    default:
      throw new SyntaxFault(`${REFUSED[node.type] ?? node.type} has no place in a formula`)
  }
}

/** A claim: two formulas and the one relation between them. Throws SyntaxFault. */
export const parseClaim = (text: string): { readonly left: Expr; readonly relation: Exclude<Relational, "!=">; readonly right: Expr } => {
  const tree = parseFormula(text)
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
