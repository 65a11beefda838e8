/**
 * Where an inequality may come closest to failing, apart from what was drawn: starts of a descent.
 *
 * Twins: parameters of one domain given one value, where distances and divergences vanish. And tops of D = left - right and of D/S with the parameters open,
 * by a pattern search (Hooke and Jeeves 1961) in doubles, which affords thousands of values where enclosures afford a few. All of it guides: only an
 * enclosure counts.
 */
import type { Source } from "../expression/domain.ts"
import { Exhausted, drawing } from "../expression/meter.ts"
import type { Meter } from "../expression/meter.ts"
import { namesIn } from "../expression/syntax.ts"
import { allowedOf, slacksOf } from "./excess.ts"
import { opened } from "./opened.ts"
import { Places } from "./places.ts"
import type { Place } from "./places.ts"
import type { Instance, Problem } from "./problem.ts"
import { grouped } from "./slivers.ts"

// Drawn places; for D and for D/S each, those that are climbed from and the highest tops that are looked at.
const DRAWN = 96
const STARTS = 8
const TOPS = 3
// As many values of D have to be affordable.
const LOOKS = 2000
const COARSEST = 1 / 8
// The descent goes on from here in finer steps, and sees whether the slack vanishes.
const FINEST = 2 ** -12

/** Instances to look at; `seen` are those that were looked at. */
export const closest = (p: Problem, seen: ReadonlyArray<Instance>, source: Source, meter: Meter): ReadonlyArray<Instance> => {
  if (p.relation === "==") return []
  const found = seen.slice(0, 2).flatMap((instance) => twin(p, instance) ?? [])
  try {
    drawing(meter, () => {
      for (const top of tops(p, seen, source, meter)) found.push(top)
    })
  } catch (error) {
    if (!(error instanceof Exhausted)) throw error
  }
  return found
}

/** The instance with one value for all parameters of one domain; undefined where there are no two of them. */
const twin = (p: Problem, instance: Instance): Instance | undefined => {
  const bounds = new Set(p.domains.flatMap(([, d]) => d.args.flatMap((a) => [...namesIn(a)])))
  const values = new Map(instance)
  const first = new Map<string, string>()
  for (const [name, { text }] of p.domains) {
    // What other domains depend on stays.
    if (!p.mentioned.has(name) || bounds.has(name)) continue
    const other = first.get(text)
    if (other === undefined) first.set(text, name)
    else values.set(name, values.get(other)!)
  }
  return [...values].some(([name, value]) => value !== instance.get(name)) ? values : undefined
}

type Merit = (at: Place) => number

function* tops(p: Problem, seen: ReadonlyArray<Instance>, source: Source, meter: Meter): Generator<Instance> {
  const open = seen[0] && opened(p, seen[0], meter)
  const places = open && new Places(open.coordinates, seen[0]!)
  if (open === undefined || places?.finite !== true) return
  const slacks = slacksOf(open, p.relation, meter.limit / LOOKS)
  if (slacks === undefined) return
  const allowed = allowedOf(open, meter.limit / LOOKS)
  const [alike] = grouped(p, seen, new Set(open.coordinates.map((c) => c.name)))
  const starts = [...alike!.map((instance) => places.of(instance)), ...Array.from({ length: DRAWN }, () => places.draw(source))].filter(allowed)
  const share = (meter.limit - meter.spent) / slacks.length
  for (const slack of slacks) {
    const merit: Merit = (at) => (allowed(at) ? (slack(at) ?? -Infinity) : -Infinity)
    const until = meter.spent + share
    const best = starts.map((at) => ({ at, value: merit(at) })).sort((a, b) => b.value - a.value)
    const climbed: Array<Valued> = []
    for (const start of best.slice(0, STARTS)) if (meter.spent <= until) climbed.push(climb(places, merit, start, () => meter.spent > until))
    for (const { at } of climbed.sort((a, b) => b.value - a.value).slice(0, TOPS)) {
      const instance = places.instance(at)
      if (instance !== undefined) yield instance
    }
  }
}

interface Valued {
  readonly at: Place
  readonly value: number
}

/** The pattern search: a move along each coordinate, then on by the sum of the moves as long as that helps; steps that help nowhere are halved. */
const climb = (places: Places, merit: Merit, start: Valued, enough: () => boolean): Valued => {
  const explored = (from: Valued, step: number): Valued => {
    let best = from
    for (let axis = 0; axis < places.size; axis++)
      for (const way of [step, -step]) {
        const at = places.stepped(best.at, axis, way)
        const value = merit(at)
        if (value > best.value) {
          best = { at, value }
          break
        }
      }
    return best
  }
  let best = start
  for (let step = COARSEST; step >= FINEST && !enough(); ) {
    let next = explored(best, step)
    if (next === best) step /= 2
    while (next.value > best.value && !enough()) {
      const at = places.beyond(best.at, next.at)
      best = next
      next = explored({ at, value: merit(at) }, step)
    }
  }
  return best
}
