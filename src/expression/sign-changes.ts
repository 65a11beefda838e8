/**
 * All sign changes of a function of one variable on an interval, certified: beyond the outermost ones by growth forms, between them by interval
 * enclosures, and one inside each bracket because the function is monotone there and its ends have different signs.
 */
import * as Q from "../core/rational.ts"
import { bridgeOf } from "../interval/bridge.ts"
import { intervalArithmetic as I } from "../interval/interval-arithmetic.ts"
import type { Interval } from "../interval/interval.ts"
import { context, evaluator } from "./evaluate.ts"
import { rebase } from "./kinks.ts"
import type { Node } from "./node.ts"
import { beyond } from "./tail.ts"
import type { Ray } from "./tail.ts"
import { slopeOf } from "./zeros.ts"

type Sign = -1 | 1

export interface SignChange {
  /** The change lies between these doubles. */
  readonly lo: number
  readonly hi: number
  /** Sign right of it. */
  readonly right: Sign
}

const PANELS = 3000
const FARTHEST = 2 ** 60
/** Brackets are narrowed to this relative width: far from where rounding hides signs, close enough for Newton. */
const NARROW = 2 ** -24

/** The sign changes of f on ]lo, hi[ from left to right (ends are rational constants, `undefined`: infinite); `undefined` where they cannot be certified. */
export const signChanges = (f: Node, x: string, lo: Node | undefined, hi: Node | undefined): ReadonlyArray<SignChange> | undefined => {
  if ([lo, hi].some((end) => end !== undefined && end.op !== "const") || f.free.some((name) => name !== x)) return undefined
  const shared = context({ evaluations: 50_000 })
  const at = evaluator(I, shared)
  const embed = bridgeOf(I).embed
  const on = (node: Node, l: number, r: number): Sign | 0 => {
    shared.budget.left--
    return signOf(at(node, new Map([[x, I.range(l, r)]])))
  }
  const start = end(f, x, lo, 1, on, (node) => embed(at(node, new Map())))
  const stop = end(f, x, hi, -1, on, (node) => embed(at(node, new Map())))
  if (start === undefined || stop === undefined) return undefined
  const slope = slopeOf(f, x)
  const found: Array<SignChange> = []
  let left: Sign | undefined = start.sign
  const stack: Array<readonly [number, number]> = [[start.at, stop.at]]
  for (let n = 0; stack.length > 0; n++) {
    const [l, r] = stack.pop()!
    const sign = on(f, l, r)
    if (sign !== 0) {
      if (left !== undefined && sign !== left) return undefined
      left = sign
      continue
    }
    if (slope !== undefined && on(slope, l, r) !== 0) {
      const [a, b] = [on(f, l, l), on(f, r, r)]
      if (a !== 0 && b !== 0 && (left === undefined || a === left)) {
        if (a !== b) found.push({ ...narrow(l, r, a, (t) => on(f, t, t)), right: b })
        left = b
        continue
      }
    }
    const m = l + (r - l) / 2
    if (n > PANELS || !(m > l && m < r)) return undefined
    stack.push([m, r], [l, m])
  }
  return stop.sign !== undefined && left !== stop.sign ? undefined : found
}

const signOf = (v: Interval): Sign | 0 => (I.status(v) !== "defined" ? 0 : v.lo > 0 ? 1 : v.hi < 0 ? -1 : 0)

/** Where looking begins: at a regular end, or inside of the stretch next to an end on which growth decides the sign. */
const end = (
  f: Node,
  x: string,
  node: Node | undefined,
  side: 1 | -1,
  on: (node: Node, l: number, r: number) => Sign | 0,
  coefficient: Parameters<typeof beyond>[3],
): { readonly at: number; readonly sign: Sign | undefined } | undefined => {
  const away = (body: Node, ray: Ray, first: number, place: (R: number) => number): { at: number; sign: Sign } | undefined => {
    for (let R = first; R <= FARTHEST; R *= 4) {
      const found = beyond(body, x, ray, coefficient, R)
      if (found.lo > 0 || found.hi < 0) return { at: place(R), sign: found.lo > 0 ? 1 : -1 }
    }
    return undefined
  }
  if (node?.op !== "const") return away(f, { end: "far", side: side === 1 ? -1 : 1 }, 4, (R) => -side * R)
  const near = I.rational(node.value)
  if (on(f, near.lo, near.hi) !== 0) return { at: side === 1 ? near.lo : near.hi, sign: undefined }
  const e = Q.toNumber(node.value)
  if (!Q.equals(Q.fromNumber(e), node.value)) return undefined
  return away(rebase(f, x, node.value, side), { end: "near", side: 1 }, 8, (R) => e + side / R)
}

const narrow = (l: number, r: number, before: Sign, sign: (t: number) => Sign | 0): { readonly lo: number; readonly hi: number } => {
  let [lo, hi] = [l, r]
  while (hi - lo > NARROW * Math.max(Math.abs(lo), Math.abs(hi), 2 ** -20)) {
    // Off the middle, too, where the middle happens to be the zero.
    const m = [0.5, 0.375, 0.625].map((t) => lo + (hi - lo) * t).find((t) => sign(t) !== 0)
    if (m === undefined) break
    const s = sign(m)
    if (s === before) lo = m
    else hi = m
  }
  return { lo, hi }
}
