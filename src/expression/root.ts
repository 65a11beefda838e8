import type { Context } from "./evaluate.ts"
import { nothing } from "./evaluate.ts"
import type { Node } from "./node.ts"
import type { Scope } from "./scope.ts"

export const root = <T>(node: Extract<Node, { op: "root" }>, scope: Scope<T>, shared: Context): T => {
  shared.report({ kind: "unsupported", node, reason: "root" })
  return nothing(scope.arithmetic, "unknown")
}
