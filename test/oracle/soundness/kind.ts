/**
 * Claims with known truth. A kind is a theorem with random parameters: its truth comes from mathematics, not from an evaluator.
 *
 * A false claim is a true equality with one side changed by a known amount that is not 0, or a true inequality past its equality case.
 */
import type { Relation } from "../../../src/core/verdict.ts"
import type { Literal } from "../../../src/core/statement.ts"
import type { Draw } from "./draw.ts"

/** A theorem at one point. */
export interface Draft {
  readonly left: string
  readonly right: string
  /** `==` when absent. An inequality with `gap` states left + gap == right with gap > 0; without, `strict` says that equality does not occur. */
  readonly relation?: "<="
  readonly gap?: string
  readonly strict?: boolean
  /** Parameters that the formulas name (variables of D). */
  readonly at?: Readonly<Record<string, Literal>>
  readonly let?: Readonly<Record<string, string>>
  /** True when the right side is certainly not 0: then it may be multiplied by 1 + delta. */
  readonly nonzero?: boolean
  /** A positive number, the size of an added error; 1 when absent. */
  readonly scale?: number
  /** For arrays: an array of the same shape to which the error is added. */
  readonly unit?: string
}

export interface Kind {
  readonly name: string
  /** Share of this kind among the claims, 1 when absent; dear kinds have less. */
  readonly weight?: number
  readonly make: (d: Draw) => Draft
}

export const equal = (left: string, right: string, more: Omit<Draft, "left" | "right"> = {}): Draft => ({ left, right, nonzero: true, ...more })
/** An equality whose right side may be 0. */
export const balanced = (left: string, right: string, more: Omit<Draft, "left" | "right"> = {}): Draft => ({ left, right, ...more })
export const atMost = (left: string, right: string, more: Omit<Draft, "left" | "right" | "relation"> = {}): Draft => ({
  left,
  right,
  relation: "<=",
  ...more,
})
/** A formula that denotes nothing at its point: no conclusive verdict is right. */
export const meaningless = (left: string, right: string, more: Omit<Draft, "left" | "right"> = {}): Draft => ({ left, right, ...more })

export type Truth = "true" | "false" | "undefined"

/** A claim for the verifier. */
export interface Claim {
  readonly index: number
  readonly kind: string
  readonly truth: Truth
  readonly text: string
  readonly relation: Relation
  readonly at: Readonly<Record<string, Literal>>
  readonly let: Readonly<Record<string, string>>
  readonly tolerance: number
  /** Of a false claim: by how much the relation fails, absolutely or relative to the right side; undefined where only the sign is known. */
  readonly error: { readonly absolute: number } | { readonly relative: number } | undefined
}

/** Tolerance of a true claim: what the prover uses by default. */
const TOLERANCE = 1e-9
/** Of a false one: this share of its error, so that Verified @tolerance would be wrong. */
const SHARE = 1 / 64
/** Of a false inequality whose error is not known in numbers: Verified must mean that it holds outright. */
const SHARP = 0

const claim = (
  index: number,
  kind: string,
  truth: Truth,
  d: Draft,
  relation: Relation,
  left: string,
  right: string,
  tolerance: number,
  error: Claim["error"],
): Claim => ({
  index,
  kind,
  truth,
  text: `${left} ${relation} ${right}`,
  relation,
  at: d.at ?? {},
  let: d.let ?? {},
  tolerance,
  error,
})

/** The claim number `index`: every other one is true. */
export const claimOf = (index: number, kind: Kind, wanted: Truth, d: Draw): Claim => {
  const draft = kind.make(d)
  const make = (truth: Truth, relation: Relation, left: string, right: string, tolerance: number, error?: Claim["error"]): Claim =>
    claim(index, kind.name, truth, draft, relation, left, right, tolerance, error)
  const { left, right } = draft
  const delta = d.delta()
  const scale = draft.scale ?? 1
  const tau = delta.size * SHARE * Math.min(1, scale)
  const moved = (sign: "+" | "-"): string => `${right} ${sign} abs(${delta.text})*${scale}`
  if (wanted === "undefined")
    return make("undefined", draft.relation ?? d.pick(["==", "==", "<=", ">="] as const), left, right, d.pick([1e-9, 1e-3, 1]))
  if (draft.relation === "<=") {
    if (wanted === "true") {
      if (draft.gap !== undefined && d.chance(0.5))
        return make("true", d.pick(["==", "<=", ">="] as const), `${left} + (${draft.gap})`, right, TOLERANCE)
      return draft.strict === true && d.chance(0.3) ? make("true", "<", left, right, TOLERANCE) : make("true", "<=", left, right, TOLERANCE)
    }
    if (draft.gap !== undefined && (draft.strict !== true || d.chance(0.8)))
      return make("false", "<=", `${left} + (1 + abs(${delta.text}))*(${draft.gap})`, right, SHARP, undefined)
    return draft.strict === true
      ? make("false", "<=", right, left, SHARP, undefined)
      : make("false", "<=", `${left} + abs(${delta.text})*${scale}`, left, tau, { absolute: delta.size * scale })
  }
  if (draft.unit !== undefined) {
    return wanted === "true"
      ? make("true", "==", left, right, TOLERANCE)
      : make("false", "==", left, `${right} + ${delta.text}*${draft.unit}`, tau, { absolute: delta.size })
  }
  const variant = d.int(0, 9)
  if (wanted === "true") {
    if (variant === 0) return make("true", "<=", left, right, TOLERANCE)
    if (variant === 1) return make("true", ">=", left, right, TOLERANCE)
    if (variant === 2) return make("true", d.pick(["<", "<="] as const), left, moved("+"), TOLERANCE)
    if (variant === 3) return make("true", d.pick([">", ">="] as const), left, moved("-"), TOLERANCE)
    return make("true", "==", left, right, TOLERANCE)
  }
  const absolute = { absolute: delta.size * scale }
  if (variant === 0) return make("false", d.pick(["<=", "<"] as const), left, moved("-"), tau, absolute)
  if (variant === 1) return make("false", d.pick([">=", ">"] as const), left, moved("+"), tau, absolute)
  if (variant === 2) return make("false", d.pick(["<", ">"] as const), left, right, tau, undefined)
  if (variant <= 4 || draft.nonzero !== true) return make("false", "==", left, moved(d.pick(["+", "-"] as const)), tau, absolute)
  return d.chance(0.5)
    ? make("false", "==", left, `(1 + ${delta.text})*(${right})`, tau, { relative: delta.size })
    : make("false", "==", `(1 + ${delta.text})*(${left})`, right, tau, { relative: delta.size })
}
