/**
 * Turns: where a formula goes over from one branch to another, as the level sets of functions of its parameters.
 *
 *   abs a, sign a                a = 0          min, max, if (a, b)     a - b = 0
 *   floor a                      a whole        logsumexp               a_i - a_j = 0
 *   tanh, sigmoid ... of u       u = 0, where |u| is large almost everywhere: a step as steep as a branch
 *   exp u, a^n                   the top of u, of n log|a|, where it is far below 0 almost everywhere: a bump that doubles do not see from afar
 *   log a, sqrt a                a = 0, where a < 0 is undefined
 *
 * Between all turns the formula is one analytic function, so that an identity which holds at an instance of such a region holds in its whole.
 */
import { compile } from "../expression/float64.ts"
import type { Compiled } from "../expression/float64.ts"
import { charge } from "../expression/meter.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { once } from "../expression/once.ts"

export interface Turn {
  readonly kind: "sign" | "jump" | "floor" | "peak" | "domain"
  /** 0 at the turn; of a peak, to be made as large as can be. */
  readonly level: Compiled
  /** Operations of one value. */
  readonly cost: number
}

/** Names the branch that is taken: equal labels, one branch. */
export const label = ({ kind, level, cost }: Turn, at: Float64Array): number => {
  charge(cost)
  const x = level(at)
  return kind === "floor" ? Math.floor(x) : kind === "peak" ? Number(x > -FAR) : Math.sign(x)
}

/** How far from the next turn, in the units of its function; of a peak, how far below 0. */
export const distance = ({ kind, level, cost }: Turn, at: Float64Array): number => {
  charge(cost)
  const x = level(at)
  if (kind === "floor") return Math.min(x - Math.floor(x), Math.floor(x) + 1 - x)
  return kind === "peak" ? -x : Math.abs(x)
}

// exp(-30) is lost beside 1 in what a tolerance sees; tanh(10) is 1 within 5e-9.
const FAR = 30
const STEEP = 10
// The share of places at which a steep function is flat, and a bump gone.
const ALMOST = 0.95
const HALF = 0.5

// More turns than are followed are not listed.
const MOST = 64

const STEPS: ReadonlySet<string> = new Set(["tanh", "sigmoid", "softplus", "erf", "erfc", "normcdf", "lognormcdf", "atan"])

// Points of the quadrature, of the search for a zero or a supremum, and terms of a sum in doubles.
const POINTS = { integral: 145, root: 200, sup: 650, series: 200 } as const

// Compiling a node takes as long as so many values of it; points of an integral are no nodes.
const COMPILED = 64
const LONGEST = 100

/** Operations, of 30 to 40 ns, that a value in doubles takes: a quarter of one for each node. Infinite beyond `dearest`. */
const costOf = (node: Node, dearest: number): number => {
  const seen = new Set<Node>()
  const walk = (n: Node): number => {
    if (seen.has(n) || seen.size > 4 * dearest) return 0
    seen.add(n)
    const inner = N.children(n).reduce((sum, child) => sum + walk(child), 0)
    return n.op === "integral" || n.op === "root" || n.op === "sup" || n.op === "series" ? POINTS[n.op] * (inner + 1 / 4) : inner + 1 / 4
  }
  const cost = Math.ceil(walk(node))
  charge(seen.size)
  return cost > dearest ? Infinity : cost
}

/** The node in doubles; undefined where it is too dear, or depends on more than the variables. */
export const affordable = (
  node: Node,
  variables: ReadonlyArray<string>,
  dearest: number,
): { readonly value: Compiled; readonly cost: number } | undefined => {
  if (!node.free.every((name) => variables.includes(name))) return undefined
  const cost = costOf(node, dearest)
  if (cost === Infinity) return undefined
  charge(COMPILED * Math.min(cost, LONGEST))
  return { value: compile(node, variables), cost }
}

const POSITIVE: ReadonlySet<string> = new Set(["exp", "sigmoid", "softplus", "normcdf", "erfc", "cosh"])

/** Never negative, as far as shows at a glance. */
const isPositive: (node: Node) => boolean = once((n) => {
  switch (n.op) {
    case "const":
      return n.value.n >= 0n
    case "pi":
    case "abs":
      return true
    case "add":
    case "mul":
    case "div":
      return (n.op === "mul" && n.a === n.b) || (isPositive(n.a) && isPositive(n.b))
    case "max":
      return isPositive(n.a) || isPositive(n.b)
    case "powi":
      return n.n % 2 === 0 || isPositive(n.a)
    case "if":
      return isPositive(n.then) && isPositive(n.else)
    case "call":
      return POSITIVE.has(n.f)
    case "integral":
      return isPositive(n.body)
    default:
      return false
  }
})

/** The turns of the nodes in the variables, each once; `places` tell where steep functions are flat. */
export const turnsOf = (
  nodes: ReadonlyArray<Node>,
  variables: ReadonlyArray<string>,
  places: ReadonlyArray<Float64Array>,
  dearest: number,
): ReadonlyArray<Turn> => {
  const found = new Map<Node, Turn>()
  const seen = new Set<Node>()
  const take = (kind: Turn["kind"], node: Node, share = 0, beyond: (x: number) => boolean = () => true): void => {
    if (node.free.length === 0 || found.has(node)) return
    const at = affordable(node, variables, dearest)
    if (at === undefined) return
    if (share > 0) charge(at.cost * places.length)
    if (share > 0 && places.filter((xs) => beyond(at.value(xs))).length < share * places.length) return
    found.set(node, { kind, level: at.value, cost: at.cost })
  }
  const walk = (n: Node): void => {
    if (seen.has(n) || found.size >= MOST || !n.free.some((name) => variables.includes(name))) return
    seen.add(n)
    charge(1)
    switch (n.op) {
      case "abs":
        take("sign", n.a)
        break
      case "sign":
        take("jump", n.a)
        break
      case "min":
      case "max":
        take("sign", N.sub(n.a, n.b))
        break
      case "if":
        if (!n.smooth) take("jump", N.sub(n.a, n.b))
        break
      case "floor":
        take("floor", n.a)
        break
      case "logsumexp":
        for (const b of n.args.slice(1)) take("sign", N.sub(n.args[0]!, b), HALF, (x) => Math.abs(x) > STEEP)
        break
      case "powi":
        take("peak", N.mul(N.integer(n.n), N.call("log", N.abs(n.a))), ALMOST, (x) => x < -FAR)
        break
      case "pow":
        take("peak", N.mul(n.b, N.call("log", n.a)), ALMOST, (x) => x < -FAR)
        break
      case "call":
        if (STEPS.has(n.f)) take("sign", n.a, HALF, (x) => Math.abs(x) > STEEP)
        else if (n.f === "exp") take("peak", n.a, ALMOST, (x) => x < -FAR)
        else if ((n.f === "log" || n.f === "sqrt") && !isPositive(n.a)) take("domain", n.a)
        break
    }
    N.children(n).forEach(walk)
  }
  nodes.forEach(walk)
  // Where something becomes undefined is looked for last.
  return [...found.values()].sort((a, b) => Number(a.kind === "domain") - Number(b.kind === "domain"))
}
