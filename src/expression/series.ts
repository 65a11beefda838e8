import type { Context } from "./evaluate.ts"
import { nothing } from "./evaluate.ts"
import type { Node } from "./node.ts"
import type { Cell, Scope } from "./scope.ts"

export const series = <T>(node: Extract<Node, { op: "series" }>, scope: Scope<T>, _cell: Cell<T>, shared: Context): T => {
  shared.report({ kind: "unsupported", node, reason: "series" })
  return nothing(scope.arithmetic, "unknown")
}
