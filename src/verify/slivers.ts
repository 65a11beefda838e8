/**
 * Slivers: thin regions that draws miss, where a relation that holds all around fails. They lie along the turns of the formula (turns.ts).
 *
 * Each turn is looked for: between drawn places with different branches by bisection along one coordinate; where all take the same one, by a pattern search
 * towards it. Places where several turns meet are found by Newton's method, x' = x - J^T (J J^T)^-1 c(x). Around what was found, in each of the regions that
 * meet there and at distances from an eighth of the range to its last digits, |D| / S is looked at in doubles, D = left - right. Where D has no affordable
 * double, regions that no instance showed yet are named instead. All of it guides: a suspect is an instance to be looked at, and only its enclosure counts.
 */
import * as Q from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import type { Relation } from "../core/verdict.ts"
import { parameterText } from "../expression/domain.ts"
import type { Source } from "../expression/domain.ts"
import { Exhausted, drawing } from "../expression/meter.ts"
import type { Meter } from "../expression/meter.ts"
import { approach, between } from "./approach.ts"
import type { Crossing } from "./approach.ts"
import { coordinatesOf, simplestIn } from "./coordinates.ts"
import { allowedOf, excessOf } from "./excess.ts"
import type { Excess } from "./excess.ts"
import { meeting } from "./meeting.ts"
import type { Meeting } from "./meeting.ts"
import { opened } from "./opened.ts"
import type { Opened } from "./opened.ts"
import { Places } from "./places.ts"
import type { Place } from "./places.ts"
import type { Instance, Problem } from "./problem.ts"
import { distance, label, turnsOf } from "./turns.ts"
import type { Turn } from "./turns.ts"

// The share of the allowance for the search; the rest is for looks at what it found.
const SEARCHING = 1 / 2
// Values of what cannot move (an order, one of a list) that are tried.
const BASES = 2
// As many values of D have to be affordable for D to be looked at in doubles.
const LOOKS = 1000
// Drawn places, the turns that are followed, the crossings of one turn, and the turns of which all pairs are brought together.
const DRAWN = 96
const MOST_TURNS = 16
const CROSSINGS = 4
const PAIRED = 8
// At most so many turns are brought together: they divide what is around into 2^4 regions.
const MEETING = 4
// Distances are shares of the range, in steps of 1/8 from an eighth down to the last digits.
const NEAREST = 48
const STEP = 3
// Doubles resolve D to about 1e-15 S; nine in ten drawn places show what cancellation leaves of that.
const RESOLVED = 1e-11
const NOISE = 8
const USUAL = 0.9
// Suspects of each sort, looked at from the most suspicious on.
const SUSPECTS = 6
// A zero that is meant has fewer digits than one that happens to lie nearby.
const DIGITS = 2n ** 18n

export interface Suspect {
  readonly instance: Instance
  /** On a turn itself: what is undefined there alone is no region. */
  readonly isolated: boolean
}

/** What to look at, the most suspicious first. `seen` are the instances that were looked at. */
export const suspects = (p: Problem, seen: ReadonlyArray<Instance>, source: Source, meter: Meter): ReadonlyArray<Suspect> => {
  const moving = new Set(seen.slice(0, 1).flatMap((instance) => coordinatesOf(p, instance).map((c) => c.name)))
  const groups = grouped(p, seen, moving).slice(0, BASES)
  return groups.flatMap((group) => {
    const part: Meter = { whole: meter.whole, limit: (SEARCHING * meter.limit) / groups.length, spent: 0 }
    let hunt: Hunt | undefined
    try {
      drawing(part, () => {
        const open = opened(p, group[0]!, part)
        const places = open && new Places(open.coordinates, group[0]!)
        if (open === undefined || places?.finite !== true) return
        const [alike] = grouped(p, group, new Set(open.coordinates.map((c) => c.name)))
        hunt = new Hunt(open, places, p.relation, alike!, part.limit / LOOKS)
        hunt.run(source)
      })
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error
    }
    meter.spent += part.spent
    return hunt?.suspects() ?? []
  })
}

/** The instances by what cannot move, sizes above all. */
export const grouped = (p: Problem, seen: ReadonlyArray<Instance>, moving: ReadonlySet<string>): ReadonlyArray<ReadonlyArray<Instance>> => {
  const fixed = p.domains.flatMap(([name]) => (moving.has(name) || !p.mentioned.has(name) ? [] : [name]))
  const groups = new Map<string, Array<Instance>>()
  for (const instance of seen) {
    const key = JSON.stringify(fixed.map((name) => parameterText(instance.get(name)!)))
    groups.set(key, [...(groups.get(key) ?? []), instance])
  }
  return [...groups.values()]
}

interface Found {
  readonly place: Place
  readonly exact?: ReadonlyMap<number, Rational> | undefined
  readonly weight: number
}

class Hunt {
  private turns: ReadonlyArray<Turn> = []
  private readonly differing = new Map<string, Found>()
  private readonly unseen = new Map<string, Found>()
  private readonly exact: Array<Found> = []
  private readonly undefinedAt: Array<Found> = []
  private readonly known = new Set<string>()
  private threshold = RESOLVED
  private readonly open: Opened
  private readonly dearest: number
  private readonly places: Places
  private readonly started: ReadonlyArray<Place>
  private readonly excess: Excess | undefined
  private readonly allowed: (at: Place) => boolean
  constructor(open: Opened, places: Places, relation: Relation, seen: ReadonlyArray<Instance>, dearest: number) {
    this.open = open
    this.places = places
    this.started = seen.map((instance) => places.of(instance))
    this.dearest = dearest
    this.excess = excessOf(open, relation, dearest)
    this.allowed = allowedOf(open, dearest)
  }

  run(source: Source): void {
    const { open, places } = this
    const drawn = Array.from({ length: DRAWN }, () => places.draw(source)).filter(this.allowed)
    const all = [...this.started, ...drawn]
    this.turns = turnsOf(open.parts, open.variables, drawn, this.dearest).slice(0, MOST_TURNS)
    if (this.turns.length === 0) return
    if (this.excess !== undefined) {
      const usual = all.map((at) => Math.abs(this.excess!(at) ?? 0)).sort((a, b) => a - b)
      this.threshold = Math.max(RESOLVED, NOISE * (usual[Math.floor(USUAL * usual.length)] ?? 0))
    } else for (const at of this.started) this.known.add(this.region(at))
    for (const at of drawn) this.probe(at, "drawn")
    const crossings = this.turns.map((turn, k) => this.crossings(turn, k, all))
    this.stack(crossings)
    const level = this.turns.map((_, k) => k).filter((k) => this.turns[k]!.kind !== "peak" && crossings[k]!.length > 0)
    for (const [n, i] of level.slice(0, PAIRED).entries()) {
      for (const j of level.slice(n + 1, PAIRED)) this.meet([i, j], crossings[i]![0]!)
      this.meetAll([i, ...level.filter((j) => j !== i)], crossings[i]![0]!)
    }
  }

  suspects(): ReadonlyArray<Suspect> {
    const heaviest = [...this.differing.values()].sort((a, b) => b.weight - a.weight)
    const sorts = [heaviest, this.undefinedAt, this.exact, [...this.unseen.values()]]
    return sorts.flatMap((sort) =>
      sort.slice(0, SUSPECTS).flatMap(({ place, exact }) => {
        const instance = this.places.instance(place, exact)
        const isolated = exact !== undefined || this.turns.some((turn) => turn.kind !== "floor" && turn.level(place) === 0)
        return instance === undefined ? [] : [{ instance, isolated }]
      }),
    )
  }

  /** Takes note of a place where the sides differ, or of a region that was not seen. */
  private probe(place: Place, from: string, exact?: ReadonlyMap<number, Rational>): void {
    if (!this.allowed(place)) return
    if (this.excess === undefined) {
      const region = this.region(place)
      if (!this.known.has(region) && !this.unseen.has(region)) this.unseen.set(region, { place, exact, weight: 0 })
      return
    }
    const weight = this.excess(place)
    // A place far from the turn, which is probed first, is easier to be certain of.
    if (weight === undefined || weight <= this.threshold || weight <= 2 * (this.differing.get(from)?.weight ?? 0)) return
    this.differing.set(from, { place, exact, weight })
  }

  private region(at: Place): string {
    return this.turns.map((turn) => label(turn, at)).join(" ")
  }

  /** Places at the turn. */
  private crossings(turn: Turn, k: number, all: ReadonlyArray<Place>): ReadonlyArray<Place> {
    const labels = all.map((at) => label(turn, at))
    const found: Array<Place> = []
    const take = (crossing: Crossing | undefined): void => {
      if (crossing === undefined) return
      found.push(crossing.at)
      this.around(crossing, turn, `turn ${k}`)
      if (turn.kind === "domain") this.outside(turn, crossing.beyond)
    }
    const defined = all.filter((_, n) => !Number.isNaN(labels[n]!))
    if (turn.kind !== "peak") {
      for (let n = 1; n < all.length && found.length < CROSSINGS; n++) {
        if (Number.isNaN(labels[n]!) || Number.isNaN(labels[n - 1]!) || labels[n] === labels[n - 1]) continue
        take(between(this.places, turn, all[n - 1]!, all[n]!))
      }
      if (turn.kind === "domain") this.outside(turn, all[labels.findIndex((l) => l < 0)])
    }
    if (found.length > 0 || defined.length === 0) return found
    const ranked = defined.map((at) => ({ at, size: distance(turn, at) })).sort((a, b) => a.size - b.size)
    for (const start of ranked.slice(0, 2)) take(approach(this.places, turn, start.at, this.allowed))
    return found
  }

  private outside(turn: Turn, place: Place | undefined): void {
    if (place !== undefined && label(turn, place) < 0) this.undefinedAt.push({ place, weight: 0 })
  }

  /** Probes on both sides of a place at a turn, along coordinate i or along all; and the exact zero, where it is a simple number. */
  private around({ at: place, axis: i }: Crossing, turn: Turn, from: string): void {
    const { places } = this
    for (const j of i === undefined ? place.keys() : [i])
      for (const way of [1, -1]) {
        if (places.isWhole(j)) this.probe(places.with(place, j, place[j]! + way), from)
        else
          for (let k = STEP; k <= NEAREST; k += STEP) this.probe(places.with(place, j, place[j]! + way * 2 ** -k * places.unit(j, place[j]!)), from)
      }
    this.probe(place, from)
    if (i === undefined || places.isWhole(i) || turn.kind === "domain") return
    const radius = Q.fromNumber(2 ** -NEAREST * places.unit(i, place[i]!))
    const x = Q.fromNumber(place[i]!)
    const simple = simplestIn(Q.sub(x, radius), Q.add(x, radius))
    if (simple.d > DIGITS) return
    const at = places.with(place, i, Q.toNumber(simple))
    const exact = new Map([[i, simple]])
    this.probe(at, `${from} exactly`, exact)
    // A branch that is taken at the zero alone is seen by exact arithmetic only.
    if (turn.kind !== "sign" && label(turn, at) !== 0) this.exact.push({ place: at, exact, weight: 0 })
  }

  /** The top of one bump after the other: a product of bumps is seen where all of them are. */
  private stack(crossings: ReadonlyArray<ReadonlyArray<Place>>): void {
    let top: Place | undefined
    for (const [k, turn] of this.turns.entries()) {
      const own = crossings[k]![0]
      if (turn.kind !== "peak" || own === undefined) continue
      if (top === undefined) top = own
      else {
        const next = approach(this.places, turn, top, this.allowed)
        this.around(next, turn, "tops")
        top = next.at
      }
    }
  }

  /** Adds turns as long as they meet somewhere. */
  private meetAll(order: ReadonlyArray<number>, start: Place): void {
    let together: ReadonlyArray<number> = [order[0]!]
    for (const j of order.slice(1)) {
      if (together.length >= Math.min(this.places.size, MEETING)) break
      const more = [...together, j]
      if (this.solve(more, start) !== undefined) together = more
    }
    if (together.length > 2) this.meet(together, start)
  }

  /** Probes in the regions around a place where the turns meet. */
  private meet(which: ReadonlyArray<number>, start: Place): void {
    if (which.length > this.places.size) return
    const found = this.solve(which, start)
    if (found === undefined) return
    const from = `turns ${which.join(" ")}`
    for (let signs = 0; signs < 2 ** which.length; signs++)
      for (let k = STEP; k <= NEAREST; k += STEP) {
        const aim = found.slopes.map((slope, m) => ((signs >> m) & 1 ? 1 : -1) * slope * 2 ** -k)
        const step = found.step(aim)
        if (step !== undefined) this.probe(this.places.moved(found.at, step), from)
      }
    this.probe(found.at, from)
  }

  private solve(which: ReadonlyArray<number>, start: Place): Meeting | undefined {
    return meeting(
      which.map((k) => this.turns[k]!),
      this.places,
      start,
    )
  }
}
