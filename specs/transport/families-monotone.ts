/**
 * Sources and targets on the line with closed distribution functions: T = G^-1 o F.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const line = (name: string, title: string, parameters: Family["parameters"], mu: string, nu: string, z: string): Family =>
  family(name, {
    title,
    parameters: { ...parameters, z },
    let: { mu, nu, "T(z)": "quantile(nu, cdf(mu, z))", "decreasing(z)": "quantile(nu, 1 - cdf(mu, z))" },
  })
export const monotone = [
  line("uniform-exponential", "uniform to exponential", { r: "positive(1/4, 4)" }, "Uniform(0, 1)", "Exponential(r)", "real(1/16, 15/16)"),
  line(
    "exponential-uniform",
    "exponential to uniform",
    { r: "positive(1/4, 4)", b: "positive(1/64, 4)" },
    "Exponential(r)",
    "Uniform(0, b)",
    "real(1/16, 4)",
  ),
  line("beta-uniform", "density 2 z to uniform", { b: "positive(1/64, 4)" }, "Beta(2, 1)", "Uniform(0, b)", "real(1/16, 15/16)"),
  line("logistics", "logistic laws", { m: "real(-2, 2)", s: "positive(1/4, 4)" }, "Logistic(0, 1)", "Logistic(m, s)", "real(-4, 4)"),
]
/** A source that is no density. */
export const atom = family("atom", {
  title: "one atom and two",
  parameters: { w: "real(1/16, 15/16)", z: "real(-2, 2)" },
  let: { mu: "Dirac(0)", nu: "Discrete([-1, 1], [w, 1 - w])" },
})
