/**
 * A table made ready for a density: rows in a fixed order, a share of them held out, each column standardised by the training rows,
 *
 *   u_j = (x_j - m_j) / s_j,      log p(x) = log p(u) - sum_j log s_j.
 *
 * Moments are taken of x_j / 2^e_j with 2^e_j <= max |x_j| < 2^(e_j + 1): exact, and no square leaves the doubles, whatever the unit of a column.
 */
import { meanVariance } from "../math/statistics.ts"
import { DataError } from "./data-error.ts"
import { permutation } from "./digits.ts"
import type { Table } from "./table.ts"

export interface Rows {
  readonly columns: number
  /** Standardised, row-major. */
  readonly training: Float64Array
  readonly held: Float64Array
  /** Held-out rows that are also training rows, number for number. */
  readonly repeated: number
  /** sum_j log s_j. */
  readonly logScale: number
  /** Standardised rows in the units of the table. */
  readonly restored: (u: Float64Array) => Float64Array
}

/** The largest power of 2 that is no larger; x > 0. */
const powerBelow = (x: number): number => 2 ** Math.max(-1022, Math.min(1023, Math.floor(Math.log2(x))))

/** Fewer rows on either side measure nothing. */
const FEWEST = 20

/**
 * The rows of a table, `share` of them held out by a permutation that depends on their number alone. Throws a DataError for one column, a constant column, or
 * fewer than 20 rows on either side.
 */
export const rowsOf = ({ name, rows, columns: d, values }: Table, share: number): Rows => {
  const refuse = (message: string): never => {
    throw new DataError({ code: "syntax", message: `${name}: ${message}` })
  }
  if (d < 2) refuse("a density of rows needs 2 columns at least, here is 1")
  const held = Math.round(share * rows)
  if (held < FEWEST || rows - held < FEWEST) refuse(`${rows} rows, ${held} of them held out: at least ${FEWEST} are expected on either side`)
  const order = permutation(rows, "table/split")
  const picked = (places: ReadonlyArray<number>): Float64Array =>
    Float64Array.from({ length: places.length * d }, (_, k) => values[places[Math.floor(k / d)]! * d + (k % d)]!)
  const [training, test] = [picked(order.slice(held)), picked(order.slice(0, held))]
  const scales = Array.from({ length: d }, (_, j) => {
    const column = training.filter((_, k) => k % d === j)
    if (column.every((value) => value === column[0])) refuse(`column ${j + 1} is ${column[0]} in every training row: it has no density`)
    const unit = powerBelow(column.reduce((most, value) => Math.max(most, Math.abs(value)), 0))
    const { mean, variance } = meanVariance(column.map((value) => value / unit))
    return { mean: mean * unit, deviation: Math.sqrt(variance) * unit }
  })
  const key = (x: Float64Array, i: number): string => x.subarray(i * d, (i + 1) * d).join()
  const seen = new Set(Array.from({ length: rows - held }, (_, i) => key(training, i)))
  const standardised = (x: Float64Array): Float64Array =>
    x.map((value, k) => {
      const u = (value - scales[k % d]!.mean) / scales[k % d]!.deviation
      return Number.isFinite(u) ? u : refuse(`column ${(k % d) + 1} spreads by less or by more than a double can tell, at ${value}; change its unit`)
    })
  return {
    columns: d,
    training: standardised(training),
    held: standardised(test),
    repeated: Array.from({ length: held }, (_, i) => key(test, i)).filter((row) => seen.has(row)).length,
    logScale: scales.reduce((sum, { deviation }) => sum + Math.log(deviation), 0),
    restored: (u) => u.map((value, k) => value * scales[k % d]!.deviation + scales[k % d]!.mean),
  }
}
