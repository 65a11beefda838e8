/**
 * A relation with its parameters left open: the nodes of both sides as functions of the coordinates of an instance, for search in doubles. No verdict comes
 * from here.
 */
import type { Rational } from "../core/rational.ts"
import { deciding } from "../expression/decide.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import { writtenOut } from "../expression/formula.ts"
import { Exhausted, attempt } from "../expression/meter.ts"
import type { Meter } from "../expression/meter.ts"
import * as N from "../expression/node.ts"
import type { Node } from "../expression/node.ts"
import { namesIn, subtrees } from "../expression/syntax.ts"
import type { Expr } from "../expression/syntax.ts"
import { scalar } from "../expression/value.ts"
import { coordinatesOf, replaced } from "./coordinates.ts"
import type { Coordinate } from "./coordinates.ts"
import { pair, within } from "./problem.ts"
import type { Instance, Problem } from "./problem.ts"

export interface Opened {
  readonly coordinates: ReadonlyArray<Coordinate>
  /** The variable of each coordinate. */
  readonly variables: ReadonlyArray<string>
  /** Both sides, entry by entry; empty where they cannot be written with open parameters. */
  readonly pairs: ReadonlyArray<readonly [left: Node, right: Node]>
  /** What could be written, whole sides or parts of them. */
  readonly parts: ReadonlyArray<Node>
  /** Each with its relation to 0. */
  readonly assume: ReadonlyArray<{ readonly rel: N.Comparison; readonly difference: Node }>
}

/** Share of the allowance in hand for one way to write it. */
const MEANS = 1 / 4

/** The relation around the instance; undefined where nothing moves or nothing can be written. */
export const opened = (p: Problem, instance: Instance, meter: Meter): Opened | undefined => {
  const all = coordinatesOf(p, instance)
  // Weights and whole numbers cannot be open everywhere: a sum ends at one, a law wants the others to sum to 1.
  const reals = all.filter(({ kind }) => kind === "real" || kind === "positive")
  const ways = reals.length < all.length && reals.length > 0 ? [all, reals] : [all]
  let partly: Opened | undefined
  for (const coordinates of ways) {
    const written = open(p, instance, coordinates, meter)
    if (written !== undefined && written.pairs.length > 0) return written
    if (written !== undefined && written.parts.length > 0) partly ??= written
  }
  return partly
}

const open = (p: Problem, instance: Instance, coordinates: ReadonlyArray<Coordinate>, meter: Meter): Opened | undefined => {
  if (coordinates.length === 0) return undefined
  const values = new Map(instance)
  const box = new Map<string, readonly [Rational, Rational]>()
  const variables = coordinates.map(({ name, path, lo, hi }) => {
    const variable = `${[name, ...path.map((i) => i + 1)].join(".")}~0`
    values.set(name, replaced(values.get(name)!, path, scalar(N.variable(variable))))
    box.set(variable, [lo, hi])
    return variable
  })
  const part: Meter = { whole: meter.whole, limit: MEANS * (meter.limit - meter.spent), spent: 0 }
  const quietly = <A>(build: () => A): A | undefined => {
    try {
      return attempt(part, () => within(box, () => deciding(build)))
    } catch (error) {
      if (error instanceof Exhausted) throw error
      // Undefined, unsupported, or a typed function that takes nothing but numbers.
      return undefined
    }
  }
  const at = (e: Expr) => elaborate(e, environment(values, p.lets, p.functions))
  const pairs = quietly(() => pair(at(p.left), at(p.right))) ?? []
  const parts = pairs.length > 0 ? pairs.flat() : [p.left, p.right].flatMap((side) => partsOf(side))
  const assume = p.assume.flatMap(({ condition }) => {
    const value = quietly(() => at(condition))
    return value?.kind === "truth" ? [{ rel: value.rel, difference: N.sub(value.a, value.b) }] : []
  })
  return { coordinates, variables, pairs, parts, assume }

  /** The largest parts of a side that mention nothing but parameters and can be written. */
  function partsOf(side: Expr): ReadonlyArray<Node> {
    const whole = writtenOut(side, p.lets, new Set(instance.keys()))
    const walk = (e: Expr): ReadonlyArray<Node> => {
      if (namesIn(e).size > 0 && e.kind !== "compare" && e.kind !== "array") {
        const value = quietly(() => at(e))
        if (value?.kind === "scalar") return value.node.free.length === 0 ? [] : [value.node]
      }
      return subtrees(e).flatMap(walk)
    }
    return whole === undefined ? [] : walk(whole)
  }
}
