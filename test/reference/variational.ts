/**
 * Variational theorems beyond the evidence bound: gradients of expectations.
 */
import { reparameterizationGradient } from "../../specs/variational/reparameterization-gradient.ts"
import { literal } from "./case.ts"
import type { Parameters } from "./case.ts"
import { definitions } from "./question.ts"
import type { Rule } from "./question.ts"

const numbers = (p: Parameters, ...names: ReadonlyArray<string>) => Object.fromEntries(names.map((name) => [name, literal(p, name)]))

/** f(z) of z ~ N(mu, s^2) as the family of the spec that has it. */
const gradient = (quantity: string, formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({
    parameters: { ...numbers(p, "mu", "s"), c: "1/3", w: 1 },
    let: definitions(reparameterizationGradient, p["f"] === "sin" ? "sine" : String(p["f"])),
    formulas,
  }),
})

export const gradients: ReadonlyArray<Rule> = [
  gradient("gradient_mu", ["slope", "E(z, q, df(z))", "E(z, q, (f(z) - c)*psi(z))"]),
  gradient("variance_pathwise", ["pathVariance", "E(z, q, df(z)^2) - E(z, q, df(z))^2"]),
  gradient("variance_score_function", ["scoreVariance", "E(z, q, (f(z)*psi(z))^2) - E(z, q, f(z)*psi(z))^2"]),
]
