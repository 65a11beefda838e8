/**
 * By which method each functional of a relation is computed at an instance, read off what it is written out to: its structure decides, nothing is tried.
 *
 *   closed form | finite sum | infinite sum with an enclosed tail | rigorous quadrature, 1-D or nested | Gaussian conditioning |
 *   enclosed root | confidence sequence | none, with the bound that is missing
 */
import { BINDERS } from "../expression/binders.ts"
import type { Closure, Definition, Env } from "../expression/environment.ts"
import { formulaText } from "../expression/formula.ts"
import { FUNCTIONALS } from "../expression/functionals/functionals.ts"
import type { Law } from "../expression/law.ts"
import { children } from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { subtrees } from "../expression/syntax.ts"
import type { Expr } from "../expression/syntax.ts"
import { Undefined, Unsupported } from "../expression/value.ts"
import type { Value } from "../expression/value.ts"

export interface Method {
  /** The functional as typed. */
  readonly form: string
  readonly method: string
}

/** The outermost functionals of the formulas, through the definitions that they use, each with its method. */
export const methodsOf = (formulas: ReadonlyArray<Expr>, env: Env): ReadonlyArray<Method> => {
  const found = new Map<string, Method>()
  const walk = (e: Expr, here: Env): void => {
    const definition = e.kind === "name" || e.kind === "call" ? definitionOf(e.name, here) : undefined
    if (definition !== undefined && (e.kind === "name" || e.kind === "call")) {
      const args = e.kind === "call" ? e.args : []
      if (args.length !== definition.parameters.length) return
      walk(definition.body, { ...here, locals: new Map(definition.parameters.map((p, i): [string, Closure] => [p, { expr: args[i]!, env: here }])) })
      for (const arg of args) walk(arg, here)
    } else if (e.kind === "call" && isFunctional(e.name)) {
      const form = formulaText(e)
      if (!found.has(form)) found.set(form, { form, method: methodOf(e, here) })
    } else for (const child of subtrees(e)) walk(child, here)
  }
  for (const e of formulas) walk(e, env)
  return [...found.values()]
}

const definitionOf = (name: string, env: Env): Definition | undefined =>
  env.locals.has(name) || env.globals.has(name) ? undefined : env.lets.get(name)

const isFunctional = (name: string): boolean => name !== "if" && (Object.hasOwn(BINDERS, name) || Object.hasOwn(FUNCTIONALS, name))

const methodOf = (e: Extract<Expr, { kind: "call" }>, env: Env): string => {
  try {
    const nodes = scalars(env.elaborate(e, env))
    const laws = e.args.flatMap((arg) => lawOf(arg, env))
    return `${derived(e.name)}${structure(e.name, nodes, laws)}${laws.length === 0 ? "" : ` (${laws.map((law) => law.kind).join(", ")})`}`
  } catch (error) {
    if (error instanceof Undefined) return `undefined: ${error.message}`
    if (error instanceof Unsupported) return `none: ${error.message}`
    throw error
  }
}

const derived = (name: string): string => (["D", "grad", "laplacian", "divergence"].includes(name) ? "exact derivative, then " : "")

const structure = (name: string, nodes: ReadonlyArray<Node>, laws: ReadonlyArray<Law>): string => {
  const seen = new Map<Node, Shape>()
  const shape = nodes.map((n) => shapeOf(n, seen)).reduce(wider, PLAIN)
  if (shape.reason !== undefined) return shape.reason
  if (shape.sampled) return "confidence sequence over standard coordinates"
  if (shape.depth > 0) return shape.depth === 1 ? "rigorous quadrature, 1-D" : `rigorous quadrature, ${shape.depth} integrals nested`
  if (shape.series) return "infinite sum with an enclosed tail"
  if (shape.root) return "root of an increasing function, enclosed"
  if (name === "PosteriorMean" || name === "PosteriorCov") {
    if (laws[0]?.gaussian !== undefined) return "Gaussian conditioning"
    return laws[0]?.atoms === undefined ? "Gaussian conditioning of every component, weighted by Bayes' rule" : "finite sum, by Bayes' rule"
  }
  if (name === "total" || name === "product" || laws.some((law) => law.atoms !== undefined)) return "finite sum"
  return nodes.every((n) => n.op === "const") ? "closed form, an exact rational" : "closed form"
}

interface Shape {
  /** How deep integrals are nested. */
  readonly depth: number
  readonly series: boolean
  readonly root: boolean
  readonly sampled: boolean
  /** Why it is no number. */
  readonly reason: string | undefined
}

const PLAIN: Shape = { depth: 0, series: false, root: false, sampled: false, reason: undefined }

const wider = (a: Shape, b: Shape): Shape => ({
  depth: Math.max(a.depth, b.depth),
  series: a.series || b.series,
  root: a.root || b.root,
  sampled: a.sampled || b.sampled,
  reason: a.reason ?? b.reason,
})

const shapeOf = (node: Node, seen: Map<Node, Shape>): Shape => {
  const known = seen.get(node)
  if (known !== undefined) return known
  // Inside a condition an undefined branch is no verdict about the whole.
  const below = children(node)
    .map((child) => shapeOf(child, seen))
    .reduce(wider, PLAIN)
  const inner = node.op === "if" ? { ...below, reason: undefined } : below
  const own: Shape =
    node.op === "integral"
      ? { ...inner, depth: inner.depth + 1 }
      : node.op === "series"
        ? { ...inner, series: true }
        : node.op === "root"
          ? { ...inner, root: true }
          : node.op === "expect"
            ? { ...inner, sampled: true }
            : node.op === "undefined" || node.op === "infinite"
              ? { ...inner, reason: `${node.op}: ${node.reason}` }
              : inner
  seen.set(node, own)
  return own
}

const scalars = (v: Value): ReadonlyArray<Node> => (v.kind === "scalar" ? [v.node] : v.kind === "array" ? v.items.flatMap(scalars) : [])

/** The law that an argument stands for; bound variables and functions of them stand for none. */
const lawOf = (arg: Expr, env: Env): ReadonlyArray<Law> => {
  try {
    const value = env.elaborate(arg, env)
    return value.kind === "law" ? [value.law] : []
  } catch (error) {
    if (error instanceof Undefined || error instanceof Unsupported) return []
    throw error
  }
}
