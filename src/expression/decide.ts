/**
 * Signs of closed nodes, for decisions that the elaborator must take while it writes a formula out (is this scale positive, which support ends first).
 * Three-valued: what neither doubles nor 320-bit balls separate from 0 stays undecided.
 */
import * as Q from "../core/rational.ts"
import type { Arithmetic } from "../interval/arithmetic.ts"
import { intervalArithmetic } from "../interval/interval-arithmetic.ts"
import { ballTier } from "./enclose.ts"
import { evaluate } from "./evaluate.ts"
import { attempt, portion } from "./meter.ts"
import type { Meter } from "./meter.ts"
import * as N from "./node.ts"
import type { Node } from "./node.ts"
import { once } from "./once.ts"

/** Sign of a closed node, exact for constants; `undefined` when it has free variables, is undefined, or is too close to 0 to tell. */
export const signOf = (node: Node): -1 | 0 | 1 | undefined => {
  if (node.op === "const") return Q.sign(node.value)
  if (node.op === "infinite") return node.sign
  if (node.free.length > 0) return undefined
  // Integrals settle nothing here that more digits would: they get the double tier alone.
  return signIn(node, intervalArithmetic) ?? (hasIntegral(node) ? undefined : signIn(node, ballTier(FINE)))
}

const FINE = 320
/** Share of the allowance of a claim for all signs of integrals that are decided while one relation is written out. */
const SIGNS = 1 / 10

let pot: Meter = portion(1)

/** Builds with a share of the claim's allowance for signs of integrals; once it is used up such signs stay undecided. */
export const deciding = <A>(build: () => A, share = SIGNS): A => {
  const outer = pot
  pot = portion(share)
  try {
    return build()
  } finally {
    pot = outer
  }
}

const signIn = <T>(node: Node, A: Arithmetic<T>): -1 | 0 | 1 | undefined => {
  const value = hasIntegral(node) ? attempt(pot, () => evaluate(node, A, new Map())) : evaluate(node, A, new Map())
  if (value === undefined || A.status(value) !== "defined") return undefined
  const [lo, hi] = A.bounds(value)
  return lo > 0 ? 1 : hi < 0 ? -1 : lo === 0 && hi === 0 ? 0 : undefined
}

const hasIntegral: (n: Node) => boolean = once(
  (n) => n.op === "integral" || n.op === "series" || n.op === "root" || n.op === "sup" || n.op === "expect" || N.children(n).some(hasIntegral),
)

/** Sign of a - b. A summand that both share is left out where it is certainly defined: many places that lie side by side often differ by little work. */
export const compareNodes = (a: Node, b: Node): -1 | 0 | 1 | undefined => {
  if (a === b && a.free.length === 0) return 0
  if (a.op === "add" && b.op === "add") {
    const shared = [a.a, a.b].find((term) => term === b.a || term === b.b)
    if (shared !== undefined && isDefined(shared)) return compareNodes(shared === a.a ? a.b : a.a, shared === b.a ? b.b : b.a)
  }
  return signOf(N.sub(a, b))
}

const EVERYWHERE: ReadonlySet<string> = new Set([
  ...["exp", "expm1", "sin", "cos", "tanh", "atan", "sinh", "cosh", "sigmoid", "softplus", "erf", "erfc", "normcdf", "lognormcdf"],
])

/** Certainly defined, for all real values of its variables; false where that does not show at a glance. */
export const isDefined: (node: Node) => boolean = once((node) => {
  if (node.free.length === 0) return closedAndDefined(node)
  switch (node.op) {
    case "var":
      return true
    case "add":
    case "sub":
    case "mul":
    case "neg":
    case "abs":
    case "min":
    case "max":
    case "sign":
    case "floor":
    case "logsumexp":
    case "if":
      return N.children(node).every(isDefined)
    case "div":
      return isDefined(node.a) && nonzero(node.b)
    case "powi":
      return isDefined(node.a) && (node.n >= 0 || nonzero(node.a))
    case "call":
      return EVERYWHERE.has(node.f) && isDefined(node.a)
    default:
      return false
  }
})

const nonzero = (node: Node): boolean => node.free.length === 0 && isDefined(node) && Math.abs(signOf(node) ?? 0) === 1

const closedAndDefined = (node: Node): boolean =>
  node.op === "const" || node.op === "pi" || intervalArithmetic.status(evaluate(node, intervalArithmetic, new Map())) === "defined"
