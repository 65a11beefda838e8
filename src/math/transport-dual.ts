/**
 * Kantorovich's dual and its relatives as small exact linear programs, and the c-transform.
 *
 *   dual           sup a.phi + b.psi           phi_i + psi_j <= C_ij   (with >= instead: unbounded, the ray phi = 1, psi = 0 proves it)
 *   Lipschitz      sup sum_k (p_k - q_k) f_k   f_k - f_l <= L d_kl     (Kantorovich & Rubinstein 1958: W1 for L = 1)
 *   bounded        ... with |f_k| <= M                                 (2 TV for M = 1)
 */
import { add, compare, ONE, mul, rational, sub, ZERO, type Rational } from "../core/rational.ts"
import type { LinearProgram, Relation } from "./transport-lp.ts"

type Matrix = ReadonlyArray<ReadonlyArray<Rational>>

/** psi_j = min_i (C_ij - phi_i): the largest psi that is feasible with phi. */
export const cTransform = (cost: Matrix, phi: ReadonlyArray<Rational>): Array<Rational> =>
  cost[0]!.map((_, j) => cost.map((row, i) => sub(row[j]!, phi[i]!)).reduce(lesser))

/** phi_i = min_j (C_ij - psi_j). For a metric cost, x -> min_j (d(x, y_j) - psi_j) is 1-Lipschitz. */
export const cTransformBack = (cost: Matrix, psi: ReadonlyArray<Rational>): Array<Rational> =>
  cost.map((row) => row.map((c, j) => sub(c, psi[j]!)).reduce(lesser))

/** a.phi + b.psi. */
export const dualValue = (
  a: ReadonlyArray<Rational>,
  b: ReadonlyArray<Rational>,
  phi: ReadonlyArray<Rational>,
  psi: ReadonlyArray<Rational>,
): Rational => [...phi.map((x, i) => mul(a[i]!, x)), ...psi.map((y, j) => mul(b[j]!, y))].reduce(add, ZERO)

/** sup a.phi + b.psi over phi_i + psi_j `relation` C_ij, all n + m variables free. */
export const dualProgram = (cost: Matrix, a: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>, relation: Relation = "<="): LinearProgram => {
  const size = a.length + b.length
  const pairs = cost.flatMap((row, i) => row.map((c, j) => ({ i, j, c })))
  return {
    objective: [...a, ...b],
    rows: pairs.map(({ i, j }) =>
      unit(size, [
        [i, ONE],
        [a.length + j, ONE],
      ]),
    ),
    relations: pairs.map(() => relation),
    rhs: pairs.map(({ c }) => c),
    free: Array.from({ length: size }, () => true),
  }
}

export interface DualRay {
  readonly phi: ReadonlyArray<Rational>
  readonly psi: ReadonlyArray<Rational>
  readonly rayPhi: ReadonlyArray<Rational>
  readonly rayPsi: ReadonlyArray<Rational>
}

/**
 * The proof that sup a.phi + b.psi over phi_i + psi_j >= C_ij is +infinity: a feasible pair and the direction (1, 0), which stays feasible
 * and gains the total mass. `undefined` for total mass 0.
 */
export const flippedDualRay = (cost: Matrix, a: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>): DualRay | undefined =>
  a.reduce(add, ZERO).n === 0n
    ? undefined
    : {
        phi: cost.map((row) => row.reduce(greater)),
        psi: b.map(() => ZERO),
        rayPhi: a.map(() => ONE),
        rayPsi: b.map(() => ZERO),
      }

/** sup sum_k weights_k f_k over functions f on a finite space with f_k - f_l <= L d_kl for all k != l and |f_k| <= M; either bound may be absent. */
export const testFunctionProgram = (
  distances: Matrix,
  weights: ReadonlyArray<Rational>,
  bounds: { readonly lipschitz?: Rational; readonly sup?: Rational },
): LinearProgram => {
  const size = weights.length
  const indices = [...weights.keys()]
  const { lipschitz, sup } = bounds
  const slopes =
    lipschitz === undefined
      ? []
      : indices.flatMap((k) =>
          indices
            .filter((l) => l !== k)
            .map((l) => ({
              row: unit(size, [
                [k, ONE],
                [l, rational(-1)],
              ]),
              limit: mul(lipschitz, distances[k]![l]!),
            })),
        )
  const sizes = sup === undefined ? [] : indices.flatMap((k) => [ONE, rational(-1)].map((s) => ({ row: unit(size, [[k, s]]), limit: sup })))
  const all = [...slopes, ...sizes]
  return {
    objective: weights,
    rows: all.map(({ row }) => row),
    relations: all.map(() => "<=" as const),
    rhs: all.map(({ limit }) => limit),
    free: weights.map(() => true),
  }
}

const unit = (size: number, entries: ReadonlyArray<readonly [number, Rational]>): Array<Rational> => {
  const row = Array.from({ length: size }, () => ZERO)
  for (const [k, x] of entries) row[k] = x
  return row
}

const lesser = (x: Rational, y: Rational): Rational => (compare(x, y) <= 0 ? x : y)

const greater = (x: Rational, y: Rational): Rational => (compare(x, y) >= 0 ? x : y)
