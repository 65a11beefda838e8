/**
 * Expectations E_d f, written out. In this order:
 *
 *   finite atoms               sum over the atoms of positive mass (so 0 log 0 never arises)
 *   polynomials, x^k log x     moments, when they exist
 *   pieces where f is constant differences of the distribution function
 *   the rest                   one integral of density times f in the standardised variable, or a series over the integers
 *
 * An expectation that certainly does not exist is an `undefined` or `infinite` node, never a number.
 */
import { signOf } from "../decide.ts"
import { plus, sum, times } from "../derivative.ts"
import { indexing, overInteger } from "../integer-variable.ts"
import { avoiding, fresh, makeIntegral } from "../integrals.ts"
import type { Law } from "../law.ts"
import { insideOf, nodesOf, placed, standardised } from "../laws/support.ts"
import { massBetween } from "../laws/survival.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { ranging } from "../ranges.ts"
import { substitute } from "../substitute.ts"
import { Unsupported } from "../value.ts"
import { growth } from "./order-of-growth.ts"
import { integrateBody, piecesOf, resolveOn } from "./pieces.ts"
import type { Piece } from "./pieces.ts"
import { degreeOf, splitPolynomial } from "./polynomial.ts"
import type { Parts } from "./polynomial.ts"
import { change } from "./change.ts"
import { sampled, settleInSpace } from "./space.ts"
import { oscillation, tilt } from "./tilt.ts"

/** E f(X) for X ~ law; `sampling` leaves everything to confidence sequences. Throws Unsupported where no rule applies. */
export const expectation = (law: Law, body: (x: ReadonlyArray<Node>) => Node, options: { readonly sampling?: boolean } = {}): Node => {
  if (options.sampling === true) return sampled(law, body)
  if (law.atoms !== undefined) return sum(law.atoms.filter((a) => signOf(a.mass) !== 0).map((a) => times(a.mass, body([a.at]))))
  const base = fresh("x", ...nodesOf(law))
  const names = law.dimension === 1 ? [base] : Array.from({ length: law.dimension }, (_, i) => base.replace("~", `.${i + 1}~`))
  const variables = names.map(N.variable)
  const lo = law.from === undefined ? law.support.lo : N.integer(law.from)
  const { hi } = law.support
  return settle(
    law,
    names,
    avoiding(variables, () => ranging(names, lo, hi, () => (law.from === undefined ? body(variables) : indexing(base, () => body(variables))))),
  )
}

/** E over the named variables of a node in which they are free. The names are used again for whatever is integrated. */
export const settle = (law: Law, names: ReadonlyArray<string>, node: Node): Node => {
  if (node.op === "undefined" || !names.some((name) => node.free.includes(name))) return node
  if (law.dimension > 1) return settleInSpace(settle, law, names, node)
  const x = names[0]!
  if (law.atoms !== undefined)
    return sum(law.atoms.filter((a) => signOf(a.mass) !== 0).map((a) => times(a.mass, substitute(node, new Map([[x, a.at]])))))
  if (law.type === "mixed") return sum(law.parts!.map((p) => times(p.weight, settle(p.law, names, node))))
  if (law.kind === "Affine") {
    const inner = substitute(node, new Map([[x, placed(N.variable(x), law.params["b"]!, law.params["a"]!)]]))
    return settle(law.parts![0]!.law, names, inner)
  }
  return onLine(law, x, law.type === "continuous" ? resolveOn(node, x, law.support) : node)
}

const onLine = (law: Law, x: string, body: Node): Node => {
  if (body.op === "undefined" || body.op === "infinite") return body
  const tilted = oscillation(law, x, body) ?? tilt(settle, law, [x], body)
  if (tilted !== undefined) return tilted
  const parts = splitPolynomial(body, [x], { log: law.logMoment !== undefined, log1m: law.log1mMoment !== undefined })
  const known = fromMoments(law, parts)
  if (known === undefined) {
    const missing = nonexistent(law, parts, x)
    return missing ?? quadrature(law, x, body)
  }
  return parts.rest === undefined ? known : plus(known, quadrature(law, x, parts.rest))
}

/** The part of E f that moments give; `undefined` when one of them does not exist or the law does not know its moments. */
const fromMoments = (law: Law, parts: Parts): Node | undefined => {
  let total = N.integer(0)
  for (const [key, c] of parts.polynomial) {
    const k = Number(key)
    const m = k === 0 ? N.integer(1) : law.moment?.(k)
    if (m === undefined || m.op === "undefined" || m.op === "infinite") return undefined
    total = plus(total, times(c, m))
  }
  if (law.logMoment !== undefined)
    for (const [k, c] of parts.logs) {
      const m = law.logMoment(k)
      if (m.op === "undefined" || m.op === "infinite") return undefined
      total = plus(total, times(c, m))
    }
  if (parts.log1m !== undefined && law.log1mMoment !== undefined) total = plus(total, times(parts.log1m, law.log1mMoment()))
  return total
}

/** The node that says that E f does not exist, when the highest power of x has no moment and certainly dominates f at infinity. */
const nonexistent = (law: Law, parts: Parts, x: string): Node | undefined => {
  const top = degreeOf(parts.polynomial)
  const c = parts.polynomial.get(String(top))
  const m = top > 0 ? law.moment?.(top) : undefined
  if (c === undefined || m === undefined || (m.op !== "undefined" && m.op !== "infinite")) return undefined
  const order = parts.rest === undefined ? 0 : growth(parts.rest, x)
  if (order === undefined || order >= top || [...parts.logs.keys()].some((k) => k >= top)) return undefined
  const s = signOf(c)
  if (s === undefined || s === 0) return undefined
  return m.op === "undefined" ? m : N.infinite(m.sign === s ? 1 : -1, m.reason)
}

/** The integral or series of density times body. */
const quadrature = (law: Law, x: string, body: Node): Node => {
  if (law.type === "discrete" && law.from === undefined) {
    if (law.kind !== "Mixture") throw new Unsupported(`an expectation under a ${law.kind} law without integer atoms is not supported`)
    return sum(law.parts!.map((p) => times(p.weight, settle(p.law, [x], body))))
  }
  if (law.type === "discrete") return N.series(x, law.from!, overInteger(times(insideOf(law).pdf([N.variable(x)]), body), x))
  const pieces = piecesOf(body, x, law.support)
  if (pieces.every((p) => !p.body.free.includes(x))) {
    const known = pieces.map((p) => weighted(law, p))
    if (known.every((n) => n !== undefined)) return sum(known)
  }
  const changed = change(settle, law, x, body)
  if (changed !== undefined) return settle(changed.law, [x], changed.body)
  return sum(pieces.map((p) => overPiece(law, x, p)))
}

/** c P(piece) in closed form. */
const weighted = (law: Law, p: Piece): Node | undefined => {
  if (p.body.op === "const" && p.body.value.n === 0n) return p.body
  const mass = massBetween(law, p.support.lo, p.support.hi)
  return mass === undefined || hasIntegral(mass) ? undefined : times(p.body, mass)
}

/** A condition, sign or floor in x is left. */
const jumps = (n: Node, x: string, seen: Set<Node> = new Set()): boolean => {
  if (seen.has(n) || !n.free.includes(x)) return false
  seen.add(n)
  return n.op === "if" || n.op === "sign" || n.op === "floor" || N.children(n).some((child) => jumps(child, x, seen))
}

const hasIntegral = (n: Node, seen: Set<Node> = new Set()): boolean => {
  if (seen.has(n)) return false
  seen.add(n)
  return n.op === "integral" || N.children(n).some((child) => hasIntegral(child, seen))
}

const overPiece = (law: Law, x: string, p: Piece): Node => {
  if (p.body.op === "undefined" || p.body.op === "infinite") return p.body
  if (p.body.op === "const" && p.body.value.n === 0n) return p.body
  const { standard } = law
  const variable = N.variable(x)
  // Importance weights: the density cancels inside the support, where it is positive but for single points.
  if (p.body.op === "div" && p.body.b === insideOf(law).pdf([variable])) return integrateBody(x, p.support, p.body.a)
  // A jump that is left must not move with a symbolic location: no derivative in it could see the jump. In x itself the jump stands still.
  const symbolic = standard !== undefined && standard.location.free.length + standard.scale.free.length > 0
  if (standard === undefined || (symbolic && jumps(p.body, x))) return integrateBody(x, p.support, times(insideOf(law).pdf([variable]), p.body))
  const { location, scale } = standard
  const to = (end: Node | undefined, from: Node | undefined, image: Node | undefined): Node | undefined =>
    end === undefined ? undefined : end === from ? image : standardised(end, location, scale)
  const lo = to(p.support.lo, law.support.lo, standard.law.support.lo)
  const hi = to(p.support.hi, law.support.hi, standard.law.support.hi)
  const body = substitute(p.body, new Map([[x, placed(variable, location, scale)]]))
  return makeIntegral(x, lo, hi, times(insideOf(standard.law).pdf([variable]), body))
}
