/**
 * Ways to a turn: between two branches by bisection along one coordinate; where no second branch is known, by a pattern search.
 */
import type { Place, Places } from "./places.ts"
import { distance, label } from "./turns.ts"
import type { Turn } from "./turns.ts"

/** A place at a turn. */
export interface Crossing {
  readonly at: Place
  /** The coordinate along which the turn was met, with a place beyond it; undefined where it was only come close to. */
  readonly axis: number | undefined
  readonly beyond?: Place
}

// The last digits of a range of doubles; towards undefined regions steps are not as fine.
const FINEST = 2 ** -48
const COARSE = 2 ** -12
const HALVINGS = 80

/** The turn on the way from a to b, which moves one coordinate after the other. */
export const between = (places: Places, turn: Turn, a: Place, b: Place): Crossing | undefined => {
  const first = label(turn, a)
  let here = a
  for (let axis = 0; axis < places.size; axis++) {
    const next = places.with(here, axis, b[axis]!)
    if (label(turn, next) !== first) return { at: bisect(places, turn, here, axis, next[axis]!), axis, beyond: next }
    here = next
  }
  return undefined
}

/** The coordinate between its value at `here` and `to`, as close to the turn as doubles go. */
const bisect = (places: Places, turn: Turn, here: Place, axis: number, to: number): Place => {
  const first = label(turn, here)
  let [a, b] = [here[axis]!, to]
  for (let n = 0; n < HALVINGS; n++) {
    const mid = a > 0 && b > 0 && (b > 4 * a || a > 4 * b) ? Math.sqrt(a * b) : a + (b - a) / 2
    const next = places.with(here, axis, mid)
    if (next[axis] === a || next[axis] === b) break
    if (label(turn, next) === first) a = next[axis]!
    else b = next[axis]!
  }
  return places.with(here, axis, b)
}

/** Pattern search (Hooke and Jeeves 1961) towards the turn, until it is crossed or steps are too small; to the top of a peak. */
export const approach = (places: Places, turn: Turn, start: Place, allowed: (at: Place) => boolean): Crossing => {
  const first = label(turn, start)
  let best = { at: start, size: distance(turn, start) }
  for (let step = 1 / 8; step > (turn.kind === "domain" ? COARSE : FINEST); ) {
    const before = best
    for (let axis = 0; axis < places.size; axis++)
      for (const way of [step, -step]) {
        const next = places.stepped(best.at, axis, way)
        if (!allowed(next)) continue
        const branch = label(turn, next)
        if (turn.kind !== "peak" && !Number.isNaN(branch) && branch !== first)
          return { at: bisect(places, turn, best.at, axis, next[axis]!), axis, beyond: next }
        const size = distance(turn, next)
        if (size < best.size) {
          best = { at: next, size }
          break
        }
      }
    if (best === before) step /= 2
  }
  return { at: best.at, axis: undefined }
}
