/**
 * M12, couplings of batches. A pairing is a permutation, its cost is the value of the linear program (whose dual certifies it: any phi_i + psi_j <= c_ij gives
 * (1/n) sum phi + psi <= cost of every pairing), and what belongs to a target row travels with it.
 */
import { squaredDistances } from "../../math/coupling.ts"
import { transportSimplex } from "../../math/transport-simplex.ts"
import { finding, worst, type Finding } from "./finding.ts"

export interface PairedBatch {
  /** Source and target rows as drawn. */
  readonly source: Float64Array
  readonly target: Float64Array
  readonly dimension: number
  /** The pairs as the loss will see them: row i with row i. */
  readonly left: Float64Array
  readonly right: Float64Array
  /** Labels of the target rows as drawn, and as the loss will see them. */
  readonly labels?: ArrayLike<number>
  readonly rightLabels?: ArrayLike<number>
}

/** The findings about the pairs of a batch; target rows are taken to be distinct. */
export const couplingFindings = (batch: PairedBatch): ReadonlyArray<Finding> => {
  const { source, target, dimension: d, left, right } = batch
  const n = source.length / d
  const key = (x: Float64Array, i: number): string => x.subarray(i * d, (i + 1) * d).join()
  const counts = (x: Float64Array): Map<string, number> => {
    const map = new Map<string, number>()
    for (let i = 0; i * d < x.length; i++) map.set(key(x, i), (map.get(key(x, i)) ?? 0) + 1)
    return map
  }
  const unlike = (a: Float64Array, b: Float64Array): number => {
    const [p, q] = [counts(a), counts(b)]
    return worst([...new Set([...p.keys(), ...q.keys()])].map((k) => (p.get(k) ?? 0) - (q.get(k) ?? 0)))
  }
  const cost = squaredDistances(source, target, d)
  const ones = new Float64Array(n).fill(1)
  const plan = transportSimplex(cost, ones, ones)
  const dual = plan.status === "invalid" ? Number.NaN : (plan.phi.reduce((s, v) => s + v, 0) + plan.psi.reduce((s, v) => s + v, 0)) / n
  const own = left.reduce((s, v, i) => s + (v - right[i]!) ** 2, 0) / n
  const size = worst(cost)
  const places = new Map(Array.from({ length: n }, (_, j) => [key(target, j), j] as const))
  const strayed =
    batch.labels === undefined || batch.rightLabels === undefined
      ? []
      : [
          finding(
            "M12 labels",
            Array.from({ length: n }, (_, i) => batch.labels![places.get(key(right, i)) ?? -1] !== batch.rightLabels![i]).filter(Boolean).length,
            0,
            "labels did not travel with their rows: permute them with the pairs",
          ),
        ]
  return [
    finding("M12 marginals", unlike(source, left) + unlike(target, right), 0, "rows are lost or repeated by the pairing"),
    // Sums of n squared distances and of 2n potentials of that size.
    finding(
      "M12 optimal",
      Math.abs(own - dual),
      8 * n * 2 ** -53 * size,
      "the pairs do not cost what the linear program says: the permutation is applied to the wrong side, or is its inverse",
    ),
    ...strayed,
  ]
}
