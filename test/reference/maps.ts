/**
 * Flows: log-densities at images, log-determinants, traces.
 */
import { changeOfVariables } from "../../specs/flow/change-of-variables.ts"
import { literal } from "./case.ts"
import { definitions } from "./question.ts"
import type { Rule } from "./question.ts"

export const changes: ReadonlyArray<Rule> = [
  {
    quantity: "log_density_at_image",
    ask: (p) => ({
      parameters: { m: 0, s: 1, th: literal(p, "theta"), x: literal(p, "x") },
      let: definitions(changeOfVariables, "sinh"),
      formulas: ["logpdf(d, x) - log(abs(df(x)))", "log(density(f(x)))"],
    }),
  },
]
