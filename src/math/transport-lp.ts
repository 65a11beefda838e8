/**
 * Small linear programs in exact rationals: max c.x subject to A x (<=, =, >=) b, x_j >= 0 unless j is free.
 *
 * Two-phase simplex on an integer dictionary: all entries share one positive denominator, and a pivot divides exactly by the previous one
 * (Edmonds 1967, Bareiss 1968). Bland's rule, so no cycling (Bland 1977). Every answer carries what proves it; `checkLinearProgram` checks
 * that proof from the program alone.
 *
 * Meant for up to about 80 variables; transport problems of any size belong to `transport-exact.ts`.
 */
import { add, compare, div, mul, neg, rational, sign, ZERO, type Rational } from "../core/rational.ts"

export type Relation = "<=" | "=" | ">="

/** max objective.x subject to rows[i].x relations[i] rhs[i]; x_j >= 0 unless free[j]. */
export interface LinearProgram {
  readonly objective: ReadonlyArray<Rational>
  readonly rows: ReadonlyArray<ReadonlyArray<Rational>>
  readonly relations: ReadonlyArray<Relation>
  readonly rhs: ReadonlyArray<Rational>
  /** Defaults to none. */
  readonly free?: ReadonlyArray<boolean>
}

/**
 * optimal: feasible x and multipliers y (>= 0 on <= rows, <= 0 on >= rows) with y'A >= c (= c where free) and y.b = c.x.
 * infeasible: such y with y'A >= 0 (= 0 where free) and y.b < 0.
 * unbounded: feasible x and a direction r with A r (<=, =, >=) 0, r_j >= 0 unless free, c.r > 0.
 */
export type LinearProgramResult =
  | { readonly status: "optimal"; readonly value: Rational; readonly x: ReadonlyArray<Rational>; readonly y: ReadonlyArray<Rational> }
  | { readonly status: "infeasible"; readonly y: ReadonlyArray<Rational> }
  | { readonly status: "unbounded"; readonly x: ReadonlyArray<Rational>; readonly ray: ReadonlyArray<Rational> }

/** Solves the program exactly. Throws a RangeError when the shapes disagree. */
export const exactSimplex = (program: LinearProgram): LinearProgramResult => {
  const { objective, rows, relations, rhs } = program
  if (rows.some((r) => r.length !== objective.length) || relations.length !== rows.length || rhs.length !== rows.length) {
    throw new RangeError("the shapes of the linear program disagree")
  }
  const D = new Dictionary(program)
  const contradiction = D.settleEquations()
  if (contradiction !== undefined) return { status: "infeasible", y: D.multipliersOf(contradiction) }
  const farkas = D.makeFeasible()
  if (farkas !== undefined) return { status: "infeasible", y: farkas }
  const ray = D.maximise(D.objectiveRow)
  const x = D.point()
  if (ray !== undefined) return { status: "unbounded", x, ray }
  return { status: "optimal", value: dot(objective, x), x, y: D.multipliersOf(D.objectiveRow, true) }
}

type Kind = "nonnegative" | "free" | "fixed" | "dead"

/** Rows `basic[r] + sum_c T[r][c] other[c] = T[r][last]`, all over `det` > 0; the objective row reads `z + sum ... = ...`. */
class Dictionary {
  readonly objectiveRow: number
  private readonly program: LinearProgram
  private readonly T: Array<Array<bigint>>
  private readonly kind: Array<Kind>
  private readonly basic: Array<number>
  private readonly other: Array<number>
  private readonly rowScale: Array<Rational>
  private readonly objectiveScale: Rational
  private det = 1n

  /** Variables: structural 0..n-1, slack n+i of row i. A >= row is negated; each row and the objective are scaled to integers. */
  constructor(program: LinearProgram) {
    const { objective, rows, relations, rhs, free } = program
    const [n, k] = [objective.length, rows.length]
    this.program = program
    this.kind = [
      ...objective.map((_, j): Kind => (free?.[j] === true ? "free" : "nonnegative")),
      ...relations.map((r): Kind => (r === "=" ? "fixed" : "nonnegative")),
    ]
    this.basic = rows.map((_, i) => n + i)
    this.other = objective.map((_, j) => j)
    this.objectiveRow = k
    this.rowScale = rows.map((r, i) => {
      const common = rational(commonDenominator([...r, rhs[i]!]))
      return relations[i] === ">=" ? neg(common) : common
    })
    this.objectiveScale = rational(commonDenominator(objective))
    const integers = (r: ReadonlyArray<Rational>, s: Rational): Array<bigint> => r.map((x) => mul(x, s).n)
    this.T = [...rows.map((r, i) => integers([...r, rhs[i]!], this.rowScale[i]!)), integers([...objective, ZERO], neg(this.objectiveScale))]
  }

  /** Brings free variables in and fixed slacks out, whatever the signs; the row of a contradictory equation, if any. */
  settleEquations(): number | undefined {
    for (let c = 0; c < this.other.length; c++) {
      if (this.kind[this.other[c]!] !== "free") continue
      const usable = (want: Kind): number => this.basic.findIndex((v, r) => this.kind[v] === want && this.T[r]![c] !== 0n)
      const r = usable("fixed") >= 0 ? usable("fixed") : usable("nonnegative")
      if (r >= 0) this.pivot(r, c)
    }
    for (let r = 0; r < this.basic.length; r++) {
      if (this.kind[this.basic[r]!] !== "fixed") continue
      const c = this.other.findIndex((v, k) => this.kind[v] !== "fixed" && this.T[r]![k] !== 0n)
      if (c >= 0) this.pivot(r, c)
      else if (this.T[r]!.at(-1) !== 0n) return r
    }
    return undefined
  }

  /** Phase one, by one auxiliary variable x0 that relaxes every sign condition; Farkas multipliers when x0 cannot reach 0. */
  makeFeasible(): ReadonlyArray<Rational> | undefined {
    const signed = (r: number): boolean => this.kind[this.basic[r]!] === "nonnegative"
    let worst = -1
    for (let r = 0; r < this.basic.length; r++) {
      if (signed(r) && this.T[r]!.at(-1)! < (worst < 0 ? 0n : this.T[worst]!.at(-1)!)) worst = r
    }
    if (worst < 0) return undefined
    const x0 = this.kind.push("nonnegative") - 1
    const column = this.other.push(x0) - 1
    this.T.forEach((row, r) => row.splice(column, 0, r < this.basic.length && signed(r) ? -this.det : 0n))
    const goal = this.T.push([...this.other.map((v) => (v === x0 ? this.det : 0n)), 0n]) - 1
    this.pivot(worst, column)
    this.maximise(goal)
    const row = this.T[goal]!
    if (row.at(-1)! < 0n) return this.multipliersOf(goal)
    this.T.pop()
    const at = this.basic.indexOf(x0)
    const c = at < 0 ? -1 : this.other.findIndex((v, k) => this.kind[v] !== "fixed" && this.T[at]![k] !== 0n)
    if (c >= 0) this.pivot(at, c)
    this.kind[x0] = "dead"
    return undefined
  }

  /** Bland's rule on the given objective row; the improving direction when nothing blocks it. */
  maximise(goal: number): ReadonlyArray<Rational> | undefined {
    for (;;) {
      let c = -1
      this.other.forEach((v, k) => {
        const [kind, z] = [this.kind[v], this.T[goal]![k]!]
        if ((kind === "free" ? z !== 0n : kind === "nonnegative" && z < 0n) && (c < 0 || v < this.other[c]!)) c = k
      })
      if (c < 0) return undefined
      // A free variable may also have to decrease.
      const up = this.T[goal]![c]! < 0n
      let r = -1
      this.basic.forEach((v, k) => {
        const t = up ? this.T[k]![c]! : -this.T[k]![c]!
        if (this.kind[v] !== "nonnegative" || t <= 0n) return
        if (r < 0) r = k
        const best = up ? this.T[r]![c]! : -this.T[r]![c]!
        const order = this.T[k]!.at(-1)! * best - this.T[r]!.at(-1)! * t
        if (order < 0n || (order === 0n && v < this.basic[r]!)) r = k
      })
      if (r < 0) return this.direction(c, up)
      this.pivot(r, c)
    }
  }

  point(): Array<Rational> {
    const at = new Map(this.basic.map((v, r) => [v, rational(this.T[r]!.at(-1)!, this.det)]))
    return this.program.objective.map((_, j) => at.get(j) ?? ZERO)
  }

  /** The multipliers of the program's rows whose combination the given row is (for the objective row: of its constant part). */
  multipliersOf(r: number, ofObjective = false): Array<Rational> {
    const n = this.program.objective.length
    const row = this.T[r]!
    const at = new Map(this.other.map((v, k) => [v, rational(row[k]!, this.det)]))
    if (r < this.basic.length) at.set(this.basic[r]!, rational(1))
    const sense = r < this.basic.length && row.at(-1)! > 0n ? rational(-1) : rational(1)
    const unit = ofObjective ? this.objectiveScale : rational(1)
    return this.rowScale.map((s, i) => div(mul(mul(at.get(n + i) ?? ZERO, s), sense), unit))
  }

  private direction(c: number, up: boolean): Array<Rational> {
    const step = up ? 1n : -1n
    const at = new Map(this.basic.map((v, r) => [v, rational(-step * this.T[r]![c]!, this.det)]))
    at.set(this.other[c]!, rational(step))
    return this.program.objective.map((_, j) => at.get(j) ?? ZERO)
  }

  private pivot(r: number, c: number): void {
    const { T, det } = this
    const p = T[r]![c]!
    const row = T[r]!
    T.forEach((line, i) => {
      if (i === r) return
      const factor = line[c]!
      for (let k = 0; k < line.length; k++) if (k !== c) line[k] = (line[k]! * p - factor * row[k]!) / det
      line[c] = -factor
    })
    row[c] = det
    if (p < 0n)
      T.forEach((line) =>
        line.forEach((x, k) => {
          line[k] = -x
        }),
      )
    this.det = p < 0n ? -p : p
    const entering = this.other[c]!
    this.other[c] = this.basic[r]!
    this.basic[r] = entering
  }
}

/** `undefined` when the result is proved by its own numbers, else the reason why it is not. Shares nothing with the solver. */
export const checkLinearProgram = (program: LinearProgram, result: LinearProgramResult): string | undefined => {
  const { objective, rows, relations, rhs, free } = program
  const sized = (v: ReadonlyArray<Rational>, size: number): boolean => v.length === size
  const holds = (x: ReadonlyArray<Rational>, bound: ReadonlyArray<Rational>): boolean =>
    sized(x, objective.length) &&
    x.every((v, j) => free?.[j] === true || sign(v) >= 0) &&
    rows.every((row, i) => {
      const order = compare(dot(row, x), bound[i]!)
      return order === 0 || (relations[i] === "<=" ? order < 0 : relations[i] === ">=" && order > 0)
    })
  const multipliers = (y: ReadonlyArray<Rational>, against: ReadonlyArray<Rational>): boolean =>
    sized(y, rows.length) &&
    y.every((v, i) => relations[i] === "=" || sign(v) !== (relations[i] === "<=" ? -1 : 1)) &&
    objective.every((_, j) => {
      const order = compare(
        dot(
          y,
          rows.map((row) => row[j]!),
        ),
        against[j]!,
      )
      return order === 0 || (free?.[j] !== true && order > 0)
    })
  const zeros = (size: number): Array<Rational> => Array.from({ length: size }, () => ZERO)
  if (result.status === "infeasible") {
    return multipliers(result.y, zeros(objective.length)) && sign(dot(result.y, rhs)) < 0 ? undefined : "the multipliers prove no contradiction"
  }
  if (!holds(result.x, rhs)) return "x is not feasible"
  if (result.status === "unbounded") {
    return holds(result.ray, zeros(rows.length)) && sign(dot(objective, result.ray)) > 0 ? undefined : "the ray does not improve without end"
  }
  if (!multipliers(result.y, objective)) return "y is not dual feasible"
  const [primal, dual] = [dot(objective, result.x), dot(result.y, rhs)]
  return compare(primal, dual) === 0 && compare(primal, result.value) === 0 ? undefined : "the objective values differ"
}

const dot = (u: ReadonlyArray<Rational>, v: ReadonlyArray<Rational>): Rational => u.reduce((s, x, k) => add(s, mul(x, v[k]!)), ZERO)

const commonDenominator = (v: ReadonlyArray<Rational>): bigint => v.reduce((l, { d }) => (l * d) / gcd(l, d), 1n)

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
