/**
 * Where an inequality comes closest to failing. Draws miss a region of a thousandth of the domain; an inequality with a constant that is slightly too sharp
 * is false in such a region alone, around the point where it is tight.
 *
 * The slack of left <= right at an instance is -D/S. From the instances of least slack a pattern search (Hooke and Jeeves 1961) moves one coordinate at a
 * time, then along the sum of the moves that helped; a step that helps nowhere is halved. Where it ends the simplest rationals nearby are tried too: a strict
 * inequality fails where equality is attained, which is at 1, 1/2 or a centre more often than at a dyadic. Every point is an instance like another: what
 * refutes is an enclosure, never the slack. But a strict inequality whose slack goes on vanishing with the steps is doubtful: where both sides seem to meet
 * no instance may lie, for want of a rational. An equality is walked as if it were left >= right: for the corners that lie on the way, where a weight is 0.
 */
import * as Q from "../core/rational.ts"
import type { Relation } from "../core/verdict.ts"
import * as N from "../expression/node.ts"
import { array, scalar } from "../expression/value.ts"
import { coordinatesOf, get, number, set, simplestIn } from "./coordinates.ts"
import type { Coordinate } from "./coordinates.ts"
import type { Look } from "./examine.ts"
import type { Evidence } from "./ladder.ts"
import type { Instance, Problem } from "./problem.ts"

export interface Seen {
  readonly instance: Instance
  readonly look: Look
}

type Merit = (look: Look) => number | undefined

/**
 * -slack by look: positive where the relation fails, undefined where nothing finite was seen. It is relative to the scale S of D there; where S is |D| itself
 * everywhere, which says nothing, to the median S.
 */
const merit = (relation: Relation, seen: ReadonlyArray<Seen>): Merit => {
  const signed = (look: Look): readonly [d: number, scale: number] | undefined => {
    if (look.kind !== "seen") return undefined
    const { estimate, scale } = look.evidence
    const d = (estimate.lo + estimate.hi) / 2
    return Number.isFinite(d) && Number.isFinite(scale) ? [relation === "<=" || relation === "<" ? d : -d, scale] : undefined
  }
  const all = seen.flatMap(({ look }) => [signed(look) ?? []].filter((s) => s.length === 2))
  const median = all.map(([, scale]) => scale).sort((a, b) => a - b)[all.length >> 1] ?? 0
  const alone = all.every(([d, scale]) => Math.abs(d) > (1 - SHARE) * scale || d === 0)
  return (look) => {
    const s = signed(look)
    return s && (s[0] === 0 ? 0 : s[0] / (alone ? median : s[1]))
  }
}

/** Refuted there; a strict inequality undecided there; or its slack vanishing around there. */
export type Descent = { readonly kind: "refuted" | "undecided" | "vanishing"; readonly at: Seen }

// Starts, of least slack first; each goes on until its steps are below FINEST of the range.
const STARTS = 3
const COARSEST = 1 / 8
const FINEST = 2 ** -20
const HALVINGS = 14
// From this step on a slack of which so many levels took less than this share is not about to vanish.
const FINE = 2 ** -9
const LEVELS = 6
const SHARE = 1 / 8
// The sides seem to meet where finer steps than FINE left this much of the scale; a slack that is quadratic around its zero has FINEST^2.
const MEETING = 1e-10

const isStrict = (relation: Relation): boolean => relation === "<" || relation === ">"

/** Whether a strict inequality is undecided with both sides equal within a hair. */
export const meets = (relation: Relation, { verdict, estimate, scale }: Evidence): boolean =>
  isStrict(relation) && verdict._tag === "Inconclusive" && Math.max(-estimate.lo, estimate.hi) <= MEETING * scale

/** Where an inequality fails, in simple numbers, or may; `starts` are more places to start from. `look` says undefined when no more can be afforded. */
export const descend = (
  p: Problem,
  seen: ReadonlyArray<Seen>,
  starts: ReadonlyArray<Instance>,
  look: (instance: Instance) => Look | undefined,
): Descent | undefined => {
  let afford = true
  const excess = merit(p.relation, seen)
  let doubtful: Descent | undefined
  const at = (instance: Instance): Start | Descent | undefined => {
    const there = afford ? look(instance) : undefined
    if (there === undefined) {
      afford = false
      return undefined
    }
    const value = excess(there) ?? -Infinity
    if (there.kind === "seen" && there.evidence.verdict._tag === "Refuted") return { kind: "refuted", at: { instance, look: there } }
    if (there.kind === "seen" && meets(p.relation, there.evidence)) doubtful ??= { kind: "undecided", at: { instance, look: there } }
    return { instance, value, look: there, step: FINE }
  }
  const ranked = seen.flatMap(({ instance, look }): ReadonlyArray<Start> => {
    const value = excess(look)
    return value === undefined ? [] : [{ instance, value, look, step: COARSEST }]
  })
  for (const instance of starts) {
    const there = at(instance)
    if (there === undefined) break
    if ("kind" in there) return there
    ranked.push(there)
  }
  for (const start of ranked.sort((a, b) => b.value - a.value).slice(0, STARTS)) {
    const coordinates = coordinatesOf(p, start.instance)
    const first = (instances: ReadonlyArray<Instance>): Descent | undefined => {
      for (const instance of instances) {
        const there = at(instance)
        if (there !== undefined && "kind" in there) return there
      }
      return undefined
    }
    const simplified = (found: Descent): Descent => first(simplest(coordinates, found.at.instance)) ?? found
    // The top of a search in doubles may lie beside a simple point, and finer steps are many.
    const beside = start.step === COARSEST ? undefined : first(simplest(coordinates, start.instance))
    if (beside !== undefined) return beside
    let best = start
    // The least slack after each level of steps.
    const levels: Array<number> = []
    let vanishing = false
    for (let { step } = start; step >= FINEST && afford; ) {
      const before = best
      for (const c of coordinates)
        for (const way of [step, -step]) {
          const next = moved(best.instance, c, way)
          if (next === undefined) continue
          const there = at(next)
          if (there === undefined) break
          if ("kind" in there) return simplified(there)
          if (there.value > best.value) {
            best = there
            break
          }
        }
      const on = best === before ? undefined : coordinates.reduce((i, c) => along(i, c, before.instance, best.instance), best.instance)
      if (on === undefined) {
        levels.push(best.value)
        const going = best.value - (levels.at(-1 - LEVELS) ?? -Infinity) > -best.value * SHARE
        if (step < FINE && !going) break
        step /= 2
        vanishing = going && step < FINEST
        continue
      }
      const there = at(on)
      if (there === undefined) break
      if ("kind" in there) return simplified(there)
      if (there.value > best.value) best = there
    }
    const found = first(simplest(coordinates, best.instance))
    if (found !== undefined) return found
    if (isStrict(p.relation) && vanishing && best.value > -MEETING) doubtful ??= { kind: "vanishing", at: best }
    if (!afford) break
  }
  return doubtful
}

interface Start extends Seen {
  readonly value: number
  /** The first step from here: what was searched for in doubles needs no coarse ones. */
  readonly step: number
}

/** The instance with simpler numbers nearby, the simplest first. */
const simplest = (coordinates: ReadonlyArray<Coordinate>, instance: Instance): ReadonlyArray<Instance> =>
  Array.from({ length: HALVINGS }, (_, k) =>
    coordinates.reduce((i, c) => {
      const x = get(i, c)
      const radius = Q.mul(Q.sub(c.hi, c.lo), Q.powInteger(Q.rational(1, 2), k + 1))
      const near = simplestIn(Q.sub(x, radius), Q.add(x, radius))
      return set(i, c, near) ?? i
    }, instance),
  )

// More digits than the finest step tells apart would only make the arithmetic dear.
const DIGITS = 2 ** 26

const moved = (instance: Instance, c: Coordinate, step: number): Instance | undefined => {
  const [x, lo, hi] = [get(instance, c), c.lo, c.hi].map(Q.toNumber) as [number, number, number]
  if (c.kind === "integer") return set(instance, c, Q.rational(BigInt(Math.round(x + Math.sign(step) * Math.max(1, Math.abs(step) * (hi - lo))))))
  const to = c.kind === "positive" ? x * (hi / lo) ** step : x + step * (hi - lo)
  const unit = 2 ** Math.floor(Math.log2(Math.max(hi - lo, Math.abs(to)))) / DIGITS
  const short = Math.round(to / unit) * unit
  // Ends beyond the doubles leave nothing to step by.
  const next = Number.isFinite(short) ? set(instance, c, Q.fromNumber(short)) : undefined
  return next && c.kind === "weight" ? shortened(next, c) : next
}

/** Weights of few digits again: all but the one that moved are rounded down, and the largest of them gets what is missing. */
const shortened = (instance: Instance, c: Coordinate): Instance => {
  const value = instance.get(c.name)!
  if (value.kind !== "array") return instance
  const weights = value.items.map((item, i) =>
    i === c.path[0] ? number(item) : Q.fromNumber(Math.floor(Q.toNumber(number(item)) * DIGITS) / DIGITS),
  )
  const others = weights.flatMap((w, i) => (i === c.path[0] ? [] : [{ w, i }]))
  const largest = others.reduce((a, b) => (Q.compare(b.w, a.w) > 0 ? b : a)).i
  weights[largest] = Q.add(weights[largest]!, Q.sub(Q.ONE, weights.reduce(Q.add)))
  return new Map(instance).set(c.name, array(weights.map((w) => scalar(N.constant(w)))))
}

/** On from `b` by what led from `a` to it; weights stay, since each of their moves moved the others. */
const along = (instance: Instance, c: Coordinate, a: Instance, b: Instance): Instance => {
  if (c.kind === "weight") return instance
  return set(instance, c, Q.add(get(b, c), Q.sub(get(b, c), get(a, c)))) ?? instance
}
