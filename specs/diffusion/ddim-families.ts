/**
 * Families of DDIM: schedules for the laws given x_0, data laws for the limit in continuous time, and grids of abar for the sampler that puts
 * E[x_0 | x_t] in the place of x_0.
 *
 * For data N(0, v0) that sampler is linear, x' = g x. With u(r) = (sqrt(abar v0), sqrt(1 - abar)) at the grid time r, W = |u|^2 is the variance that
 * should be, g = <u', u>/|u|^2, and g^2 W = <u', u>^2/|u|^2 <= W'.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { atoms, mixture, normal } from "./data-laws.ts"
import type { DataLaw } from "./data-laws.ts"
import { arbitrary, constant, cosine, linear, linearAbar, posteriorLaws } from "./schedules.ts"

export const chains: ReadonlyArray<Family> = [constant, linear, cosine, linearAbar, arbitrary].map(({ name, title, parameters, let: lets }) =>
  family(name, {
    title,
    parameters: { ...parameters, x0: "real(-3, 3)", k: "real(-4, 4)", l: "real(-4, 4)", u: "real(1/16, 15/16)" },
    let: {
      ...lets,
      ...posteriorLaws,
      x: "sqrt(abar(t))*x0 + k*sqrt(1 - abar(t))",
      z: "sqrt(abar(t - 1))*x0 + l*sqrt(1 - abar(t - 1))",
      sigma2: "u*(1 - abar(t - 1))",
      "eps(x)": "(x - sqrt(abar(t))*x0)/sqrt(1 - abar(t))",
      "mean(x, v)": "sqrt(abar(t - 1))*x0 + sqrt(1 - abar(t - 1) - v)*eps(x)",
      "root(t)": "sqrt((1 - abar(t))/abar(t))",
    },
  }),
)

const limit = (name: string, title: string, { parameters, law }: DataLaw): Family =>
  family(name, {
    title,
    parameters: { ...parameters, sg: "positive(1/4, 4)", x: "real(-3, 3)" },
    let: {
      d: law,
      "blurred(sg)": "Diffused(d, 1, sg)",
      "noise(x, sg)": "E(z, d, (x - z)/sg*pdf(Normal(z, sg), x))/E(z, d, pdf(Normal(z, sg), x))",
    },
  })
export const limits: ReadonlyArray<Family> = [
  limit("gaussian", "normal data", { ...normal, parameters: { ...normal.parameters, r: "positive(1/4, 2)" } }),
  limit("mixture", "mixture of two normals", mixture),
  limit("atoms", "two atoms", atoms),
]

const grid = (name: string, title: string, curve: string): Family =>
  family(name, {
    title,
    parameters: {
      hi: "real(9/10, 999/1000)",
      lo: "real(1/100, 1/4)",
      v0: "positive(1/4, 2)",
      n: "oneof(8, 16, 32)",
      x: "real(-3, 3)",
      r: "real(1/8, 1)",
    },
    let: {
      "abar(r)": curve,
      "W(r)": "abar(r)*v0 + 1 - abar(r)",
      "inner(p, r)": "sqrt(abar(p)*abar(r))*v0 + sqrt((1 - abar(p))*(1 - abar(r)))",
      "g(p, r)": "inner(p, r)/W(r)",
      "plugged(n)": "W(1)*product(i, 1, n, g((i - 1)/n, i/n)^2)",
      "error(n)": "plugged(n) - W(0)",
    },
  })
/** abar at the grid time r, from hi at 0 to lo at 1; the step is from r to 0. */
export const grids: ReadonlyArray<Family> = [
  grid("linear-grid", "abar linear in time", "hi - (hi - lo)*r"),
  grid("geometric-grid", "abar geometric in time", "hi*(lo/hi)^r"),
  grid("square-grid", "abar quadratic in time", "hi - (hi - lo)*r^2"),
]
