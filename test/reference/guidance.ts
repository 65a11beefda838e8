/**
 * Classifier-free guidance: two normal classes, of which the first is asked for.
 */
import { classifierFreeGuidance } from "../../specs/diffusion/classifier-free-guidance.ts"
import type { Literal } from "../../src/core/statement.ts"
import { literal } from "./case.ts"
import { definitions } from "./question.ts"
import type { Question, Rule } from "./question.ts"

const at = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question => {
    const pair = (one: string, two: string): Literal => [literal(p, one), literal(p, two)]
    const plain = Object.entries({ share: "pi", w: "w", al: "a", sg: "s", x: "x" }).map(([name, key]) => [name, literal(p, key)] as const)
    return {
      parameters: { ...Object.fromEntries(plain), m: pair("m1", "m0"), r: pair("s1", "s0") },
      let: definitions(classifierFreeGuidance, "two-classes"),
      formulas,
    }
  },
})

/** The law proportional to p(z) P(c | z)^w, seen through the noise. */
const TILTED = "pdf(p, z)*clean(z)^w*pdf(Normal(al*z, sg), x)"

export const guidance: ReadonlyArray<Rule> = [
  at("score_cond", "sc(x)"),
  at("classifier_log_gradient", "D(log(class(x)), x)", "sc(x) - s(x)"),
  at("cfg_score", "guide(x)"),
  at("diffused_tilted_score", `integral(z, -inf, inf, (al*z - x)/sg^2*${TILTED})/integral(z, -inf, inf, ${TILTED})`),
]
