/**
 * Tails: a distance R and a proved bound of the integral of |g| beyond it, or a proof that the integral is infinite.
 *
 * Far ends are walked along x = +-u, u >= R; singular finite ends along x = +-1/u with the Jacobian u^-2.
 */
import type { Complex } from "../interval/complex.ts"
import { isReal } from "../interval/complex.ts"
import type { Form } from "./growth-form.ts"
import { divergesBelow, form, integrateTail, plus } from "./growth-form.ts"
import type { Growth } from "./growth.ts"
import { complete, exactly } from "./growth.ts"
import { growth } from "./growth-walk.ts"
import type { Node } from "./node.ts"

/** `far`: x to +-infinity. `near`: x to 0 from the side given. */
export type End = "far" | "near"

export type Tail =
  | { readonly kind: "bounded"; readonly from: number; readonly bound: number }
  | { readonly kind: "divergent"; readonly sign: 1 | -1 }
  | { readonly kind: "unknown" }

/** The variable x = origin + side * u, or side / u. */
const walked = (end: End, origin: Complex | undefined, side: 1 | -1, R: number): Growth =>
  end === "far"
    ? complete({ real: origin === undefined || isReal(origin), sign: 0, poly: [origin ?? exactly(0), exactly(side)] }, R)
    : complete({ real: true, sign: side, mag: form({ 3: -1 }), floor: form({ 3: 1 }), limit: { value: { n: 0n, d: 1n }, rest: form({ 3: -1 }) } }, R)

const STARTS: ReadonlyArray<number> = [4, 16, 64, 256, 1024, 2 ** 14, 2 ** 20, 2 ** 30, 2 ** 50, 2 ** 80]

/** Where a tail lies: along x = origin + side * u (far) or x = side / u (near). */
export interface Ray {
  readonly end: End
  readonly side: 1 | -1
  readonly origin?: Complex | undefined
  /** The greatest u to cut at; 2^900 when absent. */
  readonly farthest?: number | undefined
}

/** The rest of the integral of `body` over x along a ray: `from` is the u with bound <= wanted, if there is one; `coefficient` encloses nodes free of x. */
export const tail = (
  body: Node,
  x: string,
  { end, side, origin, farthest = 2 ** 900 }: Ray,
  coefficient: (node: Node) => Complex,
  wanted: number,
): Tail => {
  const known = new Map<Node, Complex>()
  const constant = (node: Node): Complex => {
    let z = known.get(node)
    if (z === undefined) known.set(node, (z = coefficient(node)))
    return z
  }
  const look = (R: number): Growth =>
    growth(body, { R, variables: new Map([[x, walked(end, origin, side, R)]]), coefficient: constant, memo: new Map() })
  const jacobian = (f: Form, sign: 1 | -1): Form => (end === "far" ? f : plus(f, form({ 3: -2 * sign })))
  let best: Extract<Tail, { kind: "bounded" }> | undefined
  for (const R of STARTS) {
    if (best !== undefined && R >= best.from) break
    const g = look(R)
    if (g.mag !== undefined) {
      const found = cut(jacobian(g.mag, 1), R, wanted, farthest)
      if (found !== undefined && (best === undefined || found.from < best.from)) best = found
    }
    if (best === undefined && g.real && g.sign !== 0 && g.floor !== undefined && divergesBelow(jacobian(g.floor, -1)))
      return { kind: "divergent", sign: g.sign }
  }
  if (best === undefined) return { kind: "unknown" }
  // Farther out the same bounds are tighter, and a shorter range is left to integrate.
  const closer = Math.max(1, best.from * 0.6)
  const again = look(closer).mag
  const shorter = again && cut(jacobian(again, 1), closer, wanted, farthest)
  return shorter !== undefined && shorter.bound <= wanted && shorter.from < best.from ? shorter : best
}

/** The least distance (within some percent) at which the integral of e^F beyond it is at most `wanted`; the farthest one tried if none is. */
const cut = (f: Form, R: number, wanted: number, farthest: number): Extract<Tail, { kind: "bounded" }> | undefined => {
  const bound = (x: number): number => integrateTail(f, x)
  let [low, high] = [R, R]
  while (!(bound(high) <= wanted) && high < farthest) {
    low = high
    high = Math.min(farthest, high * (high < 64 ? 1.5 : 4))
  }
  if (!(bound(high) < Infinity)) return undefined
  for (let i = 0; i < 12 && high > low * 1.05; i++) {
    const middle = Math.sqrt(low) * Math.sqrt(high)
    if (bound(middle) <= wanted) high = middle
    else low = middle
  }
  return { kind: "bounded", from: high, bound: bound(high) }
}
