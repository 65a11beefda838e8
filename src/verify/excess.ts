/**
 * How far a relation fails, and whether its assumptions hold, in doubles: what guides a search.
 */
import type { Relation } from "../core/verdict.ts"
import { charge } from "../expression/meter.ts"
import * as N from "../expression/node.ts"
import { terms } from "./ladder.ts"
import type { Opened } from "./opened.ts"
import type { Place } from "./places.ts"
import { affordable } from "./turns.ts"

export type Excess = (at: Place) => number | undefined

/** How far the relation fails there, relative to S; undefined where that is no number. The function is undefined where doubles are too dear. */
export const excessOf = ({ pairs, variables }: Opened, relation: Relation, dearest: number): Excess | undefined => {
  const all = pairs.map(([left, right]) => ({
    d: affordable(N.sub(left, right), variables, dearest),
    s: affordable([...terms(left), ...terms(right)].map(([, term]) => N.abs(term)).reduce(N.add), variables, dearest),
  }))
  if (all.length === 0 || all.some(({ d, s }) => d === undefined || s === undefined)) return undefined
  return (at) => {
    let most: number | undefined
    for (const { d, s } of all) {
      charge(d!.cost)
      const x = d!.value(at)
      const fails = relation === "==" ? Math.abs(x) : relation === "<=" || relation === "<" ? x : -x
      if (Number.isNaN(fails)) return undefined
      if (fails > 0) charge(s!.cost)
      const share = fails > 0 ? fails / s!.value(at) : 0
      if (share > (most ?? -1)) most = share
    }
    return most
  }
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
