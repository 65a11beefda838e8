/**
 * How far a relation fails, and whether its assumptions hold, in doubles: what guides a search.
 */
import type { Relation } from "../core/verdict.ts"
import type { Compiled } from "../expression/float64.ts"
import { charge } from "../expression/meter.ts"
import * as N from "../expression/node.ts"
import { terms } from "./ladder.ts"
import type { Opened } from "./opened.ts"
import type { Place } from "./places.ts"
import { affordable } from "./turns.ts"

export type Excess = (at: Place) => number | undefined

interface Difference {
  readonly d: { readonly value: Compiled; readonly cost: number }
  readonly s: { readonly value: Compiled; readonly cost: number }
}

/** D and S of each pair in doubles; undefined where they are too dear. */
const differencesOf = ({ pairs, variables }: Opened, dearest: number): ReadonlyArray<Difference> | undefined => {
  const all = pairs.flatMap(([left, right]): ReadonlyArray<Difference> => {
    const d = affordable(N.sub(left, right), variables, dearest)
    const s = affordable([...terms(left), ...terms(right)].map(([, term]) => N.abs(term)).reduce(N.add), variables, dearest)
    return d === undefined || s === undefined ? [] : [{ d, s }]
  })
  return all.length === 0 || all.length < pairs.length ? undefined : all
}

const failure = (relation: Relation, x: number): number => (relation === "==" ? Math.abs(x) : relation === "<=" || relation === "<" ? x : -x)

/** How far the relation fails there, relative to S; undefined where that is no number. The function is undefined where doubles are too dear. */
export const excessOf = (open: Opened, relation: Relation, dearest: number): Excess | undefined => {
  const all = differencesOf(open, dearest)
  if (all === undefined) return undefined
  return (at) => {
    let most: number | undefined
    for (const { d, s } of all) {
      charge(d.cost)
      const fails = failure(relation, d.value(at))
      if (Number.isNaN(fails)) return undefined
      if (fails > 0) charge(s.cost)
      const share = fails > 0 ? fails / s.value(at) : 0
      if (share > (most ?? -1)) most = share
    }
    return most
  }
}

/** What is positive where the inequality fails, of least size where it is tightest: D, and D relative to S. */
export const slacksOf = (open: Opened, relation: Relation, dearest: number): ReadonlyArray<Excess> | undefined => {
  const all = differencesOf(open, dearest)
  return (
    all &&
    [false, true].map((relative) => (at) => {
      const each = all.map(({ d, s }) => {
        charge(d.cost + (relative ? s.cost : 0))
        return failure(relation, d.value(at)) / (relative ? s.value(at) : 1)
      })
      const most = Math.max(...each)
      return Number.isNaN(most) ? undefined : most
    })
  )
}

const HOLDS = {
  "<": (x: number) => x < 0,
  "<=": (x: number) => x <= 0,
  "==": (x: number) => x === 0,
  "!=": (x: number) => x !== 0,
} as const

/** The assumptions in doubles; those that are too dear are left to the look. */
export const allowedOf = ({ assume, variables }: Opened, dearest: number): ((at: Place) => boolean) => {
  const all = assume.flatMap(({ rel, difference }) => {
    const at = affordable(difference, variables, dearest)
    return at === undefined ? [] : [{ ...at, holds: HOLDS[rel] }]
  })
  return (at) =>
    all.every(({ value, cost, holds }) => {
      charge(cost)
      return holds(value(at))
    })
}
