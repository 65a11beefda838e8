/**
 * Where level sets meet: Newton's method for fewer equations than unknowns, x' = x - J^T (J J^T)^-1 c(x), the shortest step that solves the linear ones.
 */
import { charge } from "../expression/meter.ts"
import type { Place, Places } from "./places.ts"
import type { Turn } from "./turns.ts"

export interface Meeting {
  readonly at: Place
  /** What a whole range along its gradient changes each level by. */
  readonly slopes: ReadonlyArray<number>
  /** The shortest step, in ranges, that changes the levels by what is aimed at. */
  readonly step: (aim: ReadonlyArray<number>) => ReadonlyArray<number> | undefined
}

const ITERATIONS = 24
// Differences are exact to half the digits of a double, and so are zeros where levels are computed with cancellation.
const DIFFERENCE = 2 ** -26
const ZERO = 2 ** -40
const DEPENDENT = 2 ** -30

/** A place where all the turns meet, near `start`; undefined where they do not, or run alongside each other. */
export const meeting = (turns: ReadonlyArray<Turn>, places: Places, start: Place): Meeting | undefined => {
  const levels = (at: Place): ReadonlyArray<number> =>
    turns.map((turn) => {
      charge(turn.cost)
      const x = turn.level(at)
      return turn.kind === "floor" ? x - Math.round(x) : x
    })
  let at = start
  for (let n = 0; n < ITERATIONS; n++) {
    const here = levels(at)
    const columns = Array.from(at, (x, i) => {
      const h = places.isWhole(i) ? 1 : DIFFERENCE * places.unit(i, x)
      const [there, back] = [places.with(at, i, x + h), places.with(at, i, x - h)]
      const width = (there[i]! - back[i]!) / places.unit(i, x)
      const [up, down] = [levels(there), levels(back)]
      return up.map((y, m) => (width > 0 ? (y - down[m]!) / width : 0))
    })
    const rows = here.map((_, m) => columns.map((c) => c[m]!))
    const slopes = rows.map((row) => Math.sqrt(row.reduce((s, x) => s + x * x, 0)))
    const step = (aim: ReadonlyArray<number>): ReadonlyArray<number> | undefined => shortest(rows, aim)
    if (here.every((x, m) => Math.abs(x) <= ZERO * slopes[m]!)) return { at, slopes, step }
    const next = step(here.map((x) => -x))
    if (next === undefined) return undefined
    at = places.moved(at, next)
  }
  return undefined
}

/** J^T (J J^T)^-1 aim for the rows of J; undefined where they are as good as dependent. */
const shortest = (rows: ReadonlyArray<ReadonlyArray<number>>, aim: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
  const n = rows.length
  const a = rows.map((r, i) => [...rows.map((s) => r.reduce((sum, x, k) => sum + x * s[k]!, 0)), aim[i]!])
  for (let c = 0; c < n; c++) {
    const scale = rows[c]!.reduce((s, x) => s + x * x, 0)
    const pivot = a.slice(c).reduce((best, _, k) => (Math.abs(a[c + k]![c]!) > Math.abs(a[best]![c]!) ? c + k : best), c)
    ;[a[c], a[pivot]] = [a[pivot]!, a[c]!]
    if (!(Math.abs(a[c]![c]!) > DEPENDENT * scale)) return undefined
    for (let r = 0; r < n; r++) {
      if (r === c) continue
      const f = a[r]![c]! / a[c]![c]!
      for (let k = c; k <= n; k++) a[r]![k]! -= f * a[c]![k]!
    }
  }
  const y = a.map((row, i) => row[n]! / row[i]!)
  return rows[0]!.map((_, k) => rows.reduce((sum, row, i) => sum + row[k]! * y[i]!, 0))
}
