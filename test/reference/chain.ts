/**
 * Discrete diffusion: schedules and the laws of the chain.
 */
import { cosine, linear } from "../../specs/diffusion/schedules.ts"
import type { Literal } from "../../src/core/statement.ts"
import { literal } from "./case.ts"
import type { Parameters } from "./case.ts"
import type { Question, Rule } from "./question.ts"

const numbers = (p: Parameters, names: Readonly<Record<string, string>>): Readonly<Record<string, Literal>> =>
  Object.fromEntries(Object.entries(names).map(([name, key]) => [name, literal(p, key)]))

const ABAR = ["abar(t)", "product(i, 1, t, 1 - beta(i))"]

export const forward: ReadonlyArray<Rule> = [
  {
    quantity: "alpha_bar",
    ask: (p): Question =>
      "beta_1" in p
        ? { parameters: numbers(p, { b1: "beta_1", bT: "beta_T", T: "T", t: "t" }), let: linear.let, formulas: ABAR }
        : { parameters: numbers(p, { c: "s", T: "T", t: "t" }), let: cosine.let, formulas: ABAR },
  },
]
