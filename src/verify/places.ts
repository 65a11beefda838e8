/**
 * Places: instances as doubles, one number per coordinate, for search. A weight that moves rescales the others of its simplex.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Source } from "../expression/domain.ts"
import * as N from "../expression/node.ts"
import { array, scalar } from "../expression/value.ts"
import type { Value } from "../expression/value.ts"
import { get, number, replaced } from "./coordinates.ts"
import type { Coordinate } from "./coordinates.ts"
import type { Instance } from "./problem.ts"

export type Place = Float64Array

// Drawn numbers have few digits, so that two of them can meet exactly.
const GRID = 1024

export class Places {
  readonly size: number
  private readonly lo: ReadonlyArray<number>
  private readonly hi: ReadonlyArray<number>
  /** For a weight, the coordinates of its simplex. */
  private readonly simplex: ReadonlyArray<ReadonlyArray<number>>
  private readonly coordinates: ReadonlyArray<Coordinate>
  private readonly base: Instance
  constructor(coordinates: ReadonlyArray<Coordinate>, base: Instance) {
    this.coordinates = coordinates
    this.base = base
    this.size = coordinates.length
    this.lo = coordinates.map((c) => Q.toNumber(c.lo))
    this.hi = coordinates.map((c) => Q.toNumber(c.hi))
    this.simplex = coordinates.map((c) => (c.kind === "weight" ? coordinates.flatMap((d, j) => (d.name === c.name ? [j] : [])) : []))
  }
  /** Whether all ranges are doubles. */
  get finite(): boolean {
    return this.lo.every((lo, i) => Number.isFinite(this.hi[i]! - lo) && (lo > 0 || this.coordinates[i]!.kind !== "positive"))
  }
  of(instance: Instance): Place {
    return Float64Array.from(this.coordinates, (c) => Q.toNumber(get(instance, c)))
  }
  draw({ below }: Source): Place {
    const place = Float64Array.from(this.coordinates, (c, i) => {
      if (c.kind === "weight") return below(GRID) + 1
      return this.fit(i, this.along(i, this.lo[i]!, (below(GRID - 1) + 1) / GRID))
    })
    const drawn = place.slice()
    for (const [i, group] of this.simplex.entries()) if (group.length > 0) place[i] = drawn[i]! / group.reduce((sum, j) => sum + drawn[j]!, 0)
    return place
  }
  /** The number a share of the range on from x: of the logarithmic range for a positive one. */
  private along(i: number, x: number, share: number): number {
    const [lo, hi] = [this.lo[i]!, this.hi[i]!]
    return this.coordinates[i]!.kind === "positive" ? Math.exp(Math.log(x) + share * (Math.log(hi) - Math.log(lo))) : x + share * (hi - lo)
  }
  /** What a small share of the range is at x. */
  unit(i: number, x: number): number {
    const [lo, hi] = [this.lo[i]!, this.hi[i]!]
    return this.coordinates[i]!.kind === "positive" ? Math.min(hi - lo, x * (Math.log(hi) - Math.log(lo))) : hi - lo
  }
  /** The place with coordinate i at x, as far as its range goes. */
  with(place: Place, i: number, x: number): Place {
    const next = place.slice()
    const to = this.fit(i, x)
    const rest = 1 - place[i]!
    for (const j of this.simplex[i]!) next[j] = rest > 0 ? (place[j]! * (1 - to)) / rest : (1 - to) / (this.simplex[i]!.length - 1)
    next[i] = to
    return next
  }
  /** The place on from `at` by so many ranges in each coordinate. */
  moved(at: Place, ranges: ReadonlyArray<number>): Place {
    return ranges.reduce((here, s, i) => (s === 0 ? here : this.with(here, i, here[i]! + s * this.unit(i, at[i]!))), at)
  }
  /** The place with coordinate i a share of its range further on, a whole number at least by one. */
  stepped(at: Place, i: number, share: number): Place {
    const to = this.along(i, at[i]!, share)
    return this.with(at, i, this.isWhole(i) ? at[i]! + Math.sign(share) * Math.max(1, Math.round(Math.abs(to - at[i]!))) : to)
  }
  /** On from b by what led from a to it; weights stay, since each of their moves moved the others. */
  beyond(a: Place, b: Place): Place {
    return a.reduce((here, x, i) => (this.simplex[i]!.length > 0 || x === b[i] ? here : this.with(here, i, 2 * b[i]! - x)), b)
  }
  isWhole(i: number): boolean {
    return this.coordinates[i]!.kind === "integer"
  }
  /** The instance at the place; `exact` holds numbers that are not meant as doubles. Undefined where weights leave their simplex. */
  instance(place: Place, exact: ReadonlyMap<number, Rational> = new Map()): Instance | undefined {
    const values = new Map(this.base)
    for (const [i, c] of this.coordinates.entries()) {
      const x = exact.get(i) ?? Q.fromNumber(place[i]!)
      const inside = Q.compare(x, c.lo) < 0 ? c.lo : Q.compare(x, c.hi) > 0 ? c.hi : x
      values.set(c.name, replaced(values.get(c.name)!, c.path, scalar(N.constant(inside))))
    }
    for (const [i, group] of this.simplex.entries()) {
      if (group[0] !== i) continue
      const name = this.coordinates[i]!.name
      const summed = toOne(values.get(name)!)
      if (summed === undefined) return undefined
      values.set(name, summed)
    }
    return values
  }
  private fit(i: number, x: number): number {
    const inside = Number.isNaN(x) ? this.lo[i]! : Math.min(this.hi[i]!, Math.max(this.lo[i]!, x))
    return this.coordinates[i]!.kind === "integer" ? Math.min(Math.floor(this.hi[i]!), Math.max(Math.ceil(this.lo[i]!), Math.round(inside))) : inside
  }
}

/** The weights with sum 1 exactly: the largest takes up what the others leave. */
const toOne = (weights: Value): Value | undefined => {
  if (weights.kind !== "array") return undefined
  const all = weights.items.map(number)
  const largest = all.indexOf(all.reduce((a, b) => (Q.compare(b, a) > 0 ? b : a)))
  const rest = all.reduce((sum, w, i) => (i === largest ? sum : Q.add(sum, w)), Q.ZERO)
  const last = Q.sub(Q.ONE, rest)
  return Q.sign(last) < 0 ? undefined : array(all.map((w, i) => scalar(N.constant(i === largest ? last : w))))
}
