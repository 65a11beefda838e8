/** The instances at which a step is looked at. */
import { isClaimFile } from "../core/statement.ts"
import type { Spec } from "../core/statement.ts"
import type { Place, Source } from "../expression/domain.ts"
import { stream } from "../random/stream.ts"
import { drawnInstance, statedInstance } from "./problem.ts"
import type { Instance, Problem, Special } from "./problem.ts"
import type { Settings } from "./proof.ts"
import { describe } from "./tally.ts"

/** What names the streams: a theorem's id; nothing for a claim file, so that its verdicts are the same wherever it lies. */
export const origin = (spec: Spec): string => (isClaimFile(spec) ? "" : spec.id)

/** Small uniform integers from the stream of (seed, theorem, part, family, index). */
export const source = (spec: Spec, part: string, family: string, settings: Settings, index: string): Source => {
  const words = stream(settings.seed, origin(spec), part, family, index)
  return { below: (n) => words.integer(0, n - 1) }
}

// A draw that the hypotheses exclude is drawn again, so that narrow hypotheses do not thin the evidence; this many times at most.
const REDRAWS = 8
// At least so many, however few instances are wanted.
const FEW_DRAWS = 64

// Draws before the ends: a claim that is dear gets little more.
const FIRST = 2
// After the first round one draw in so many is special again: the hypotheses may have excluded the last one.
const SPECIAL = 4

/**
 * What each draw beyond FIRST is made to show, one parameter at a time so that no two meet by design: both ends of every number, and once the instances that
 * are wanted have been drawn, 0 where it lies inside. Errors hide where a formula is used to its limits.
 */
const specials = (p: Problem, limit: number): ((k: number) => Special | undefined) => {
  const at = (...places: ReadonlyArray<Place>): ReadonlyArray<Special> =>
    p.domains.flatMap(([name, { kind }], index) =>
      places.flatMap((place) => (p.mentioned.has(name) && (kind === "simplex" ? place === "one" : kind !== "orthogonal") ? [{ index, place }] : [])),
    )
  const [ends, inner] = [at("lo", "hi"), at("zero", "one")]
  const all = [...ends, ...inner]
  const late = FIRST + ends.length + limit
  return (k) => {
    if (k < FIRST || p.points.length > 0) return undefined
    if (k < FIRST + ends.length) return ends[k - FIRST]
    if (k < late) return undefined
    return k < late + inner.length ? inner[k - late] : k % SPECIAL === 0 ? all[(k / SPECIAL) % all.length] : undefined
  }
}

/** The instances of a family, as long as they are wanted: the stated ones, then draws. Each once: a repeated draw would count evidence twice. */
export function* instancesOf(spec: Spec, part: string, p: Problem, limit: number, settings: Settings): Generator<Instance> {
  const known = new Set<string>()
  const draws = p.domains.length === 0 ? (p.points.length === 0 ? 1 : 0) : Math.max(FEW_DRAWS, limit * REDRAWS) + SPECIAL * p.domains.length
  const special = specials(p, limit)
  for (let i = 0; i < p.points.length + draws; i++) {
    const k = i - p.points.length
    const instance =
      k < 0
        ? statedInstance(p, p.points[i]!, source(spec, part, p.family, settings, `stated ${i}`))
        : drawnInstance(p, source(spec, part, p.family, settings, `drawn ${k}`), special(k))
    const text = describe(p, instance)
    if (!known.has(text)) yield instance
    known.add(text)
  }
}
