/** What one evaluation shares with every evaluation nested in it, and how it says what went wrong. */
import type { Arithmetic, Status } from "../interval/arithmetic.ts"
import type { Node } from "./node.ts"
import type { Prepare } from "./scope.ts"

export interface Report {
  readonly kind: "divergent" | "budget" | "immovable" | "undefined" | "unsupported"
  readonly node: Node
  readonly reason: string
}

/** What may still be spent: `left` counts evaluations of integrands and may be overdrawn by what is under way. (The meter of the claim counts all work.) */
export interface Allowance {
  left: number
  /** The most that `left` is overdrawn by before everything stops. */
  readonly credit: number
}

/** What one enclosure may spend. */
export const allowance = (most: number): Allowance => ({ left: most, credit: most + 10_000 })

/** Nothing may be spent any more, not even to finish what is under way. */
export const isSpent = ({ left, credit }: Allowance): boolean => left < -credit

export interface Context {
  readonly budget: Allowance
  readonly tolerance: number | undefined
  readonly report: (report: Report) => void
  readonly prepare: Prepare
  /** The same context without reports, for what is only tried. */
  readonly quiet: Context
}

/** Nothing is known: the whole line with the given status. */
export const nothing = <T>(A: Arithmetic<T>, status: Status): T => A.restrict(A.range(-Infinity, Infinity), status)

/** The weaker of two statuses. */
export const worse = (a: Status, b: Status): Status =>
  a === "undefined" || b === "undefined" ? "undefined" : a === "unknown" || b === "unknown" ? "unknown" : "defined"
