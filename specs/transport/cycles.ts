/**
 * Cyclical monotonicity of the support of a plan.
 */
import { asMatrix, scalar, typedFunction } from "../../src/expression/value.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"

/**
 * cycles(C, M) = the least of 0 and the gains sum_k C(x_k, y_k+1) - C(x_k, y_k) over the cycles of two and of three cells (x_k, y_k) that M > 0 charges:
 * 0 for an optimal plan (Villani 2009, Definition 5.1).
 */
export const cycles = typedFunction(2, ([c, m]) => {
  const [cost, plan] = [asMatrix(c!, "C of cycles"), asMatrix(m!, "M of cycles")]
  const cells = plan.flatMap((row, i) => row.flatMap((w, j) => (w.op === "const" && w.value.n > 0n ? [[i, j] as const] : [])))
  const gain = (cycle: ReadonlyArray<readonly [number, number]>): Node =>
    cycle.map(([i, j], k) => N.sub(cost[i]![cycle[(k + 1) % cycle.length]![1]]!, cost[i]![j]!)).reduce(N.add)
  const gains = cells.flatMap((a, i) =>
    cells.slice(i + 1).flatMap((b) => [
      gain([a, b]),
      ...cells
        .slice(i + 1)
        .filter((d) => d !== b)
        .map((d) => gain([a, b, d])),
    ]),
  )
  return scalar(gains.reduce(N.min, N.integer(0)))
})
