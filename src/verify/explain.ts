/**
 * Why a verdict is what it is: one look at one instance, with everything that led to it, as a value.
 */
import type { Budget } from "../core/budget.ts"
import type { Relation, Where } from "../core/verdict.ts"
import { environment } from "../expression/elaborate.ts"
import { attempt, meter } from "../expression/meter.ts"
import type { Env } from "../expression/environment.ts"
import { definitionsIn, formulaText, writtenOut } from "../expression/formula.ts"
import type { Expr } from "../expression/syntax.ts"
import { Undefined, Unsupported } from "../expression/value.ts"
import { examine } from "./examine.ts"
import type { Look, Strategy } from "./examine.ts"
import type { Rung } from "./ladder.ts"
import { methodsOf } from "./methods.ts"
import type { Method } from "./methods.ts"
import { truth } from "./problem.ts"
import type { Instance, Problem } from "./problem.ts"

export interface Explanation {
  readonly id: string
  readonly family: string
  /** The relation as typed, and with every definition written out; absent where that is too large to read. */
  readonly claim: string
  readonly writtenOut: string | undefined
  /** The definitions that the relation uses, as typed and written out. */
  readonly definitions: ReadonlyArray<{ readonly name: string; readonly typed: string; readonly writtenOut: string | undefined }>
  readonly where: Where
  /** Why this instance. */
  readonly chosen: "stated" | "counterexample" | "undecided" | "drawn"
  readonly assumptions: ReadonlyArray<{ readonly text: string; readonly holds: boolean | undefined }>
  readonly methods: ReadonlyArray<Method>
  readonly strategy: string
  readonly relation: Relation
  readonly tolerance: number
  readonly rungs: ReadonlyArray<Rung>
  readonly look: Look
}

export interface Asked {
  readonly id: string
  readonly claim: string
  readonly problem: Problem
  readonly instance: Instance
  readonly where: Where
  readonly chosen: Explanation["chosen"]
  readonly strategy: Strategy
  readonly tolerance: number
  readonly budget: Budget
  readonly alpha: number
  /** Names the random streams of the look. */
  readonly key: ReadonlyArray<string>
}

/** Looks at the relation at the instance and records how. */
export const explainAt = ({ id, claim, problem: p, instance, where, chosen, strategy, tolerance, budget, alpha, key }: Asked): Explanation => {
  const env = environment(instance, p.lets, p.functions)
  const parameters = new Set(instance.keys())
  const expanded = (e: Expr): string | undefined => {
    const whole = writtenOut(e, p.lets, parameters)
    return whole === undefined ? undefined : formulaText(whole)
  }
  const within = <A>(build: () => A): A | undefined => attempt(meter(budget.operations), build)
  const assumptions = p.assume.map(({ text, condition }) => ({ text, holds: within(() => certainly(condition, env)) }))
  const allowed = assumptions.every(({ holds }) => holds === true)
  const rungs: Array<Rung> = []
  const look = examine(p, instance, strategy, tolerance, { budget, meter: meter(budget.operations), key, alpha, record: (rung) => rungs.push(rung) })
  return {
    id,
    family: p.family,
    claim,
    writtenOut: expanded({ kind: "compare", rel: p.relation, a: p.left, b: p.right }),
    definitions: definitionsIn([p.left, p.right], p.lets).map((name) => {
      const { parameters: args, body } = p.lets.get(name)!
      const hidden = new Map([...p.lets].filter(([other]) => !args.includes(other)))
      const whole = writtenOut(body, hidden, parameters)
      return {
        name: args.length === 0 ? name : `${name}(${args.join(", ")})`,
        typed: formulaText(body),
        writtenOut: whole === undefined ? undefined : formulaText(whole),
      }
    }),
    where,
    chosen,
    assumptions,
    methods: (allowed ? within(() => methodsOf([p.left, p.right], env)) : undefined) ?? [],
    strategy: strategy.name,
    relation: p.relation,
    tolerance,
    rungs,
    look,
  }
}

const certainly = (condition: Expr, env: Env): boolean | undefined => {
  try {
    return truth(condition, env)
  } catch (error) {
    if (error instanceof Undefined || error instanceof Unsupported) return undefined
    throw error
  }
}
