/** What one evaluation shares with every evaluation nested in it, and how it says what went wrong. */
import type { Arithmetic, Status } from "../interval/arithmetic.ts"
import type { Node } from "./node.ts"
import type { Prepare } from "./scope.ts"

export interface Report {
  readonly kind: "divergent" | "budget" | "immovable" | "undefined" | "unsupported"
  readonly node: Node
  readonly reason: string
}

export interface Context {
  readonly budget: { left: number }
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
