/**
 * Families of implicit score matching: laws on the line, on a half-line with p(0+) > 0, and normal data in the plane.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { mixture, normal } from "../diffusion/data-laws.ts"
import type { DataLaw } from "../diffusion/data-laws.ts"

const model = { a: "real(-2, 2)", b: "real(-1, 1)", c: "real(-1, 1)" }
const on = (name: string, title: string, { parameters, law }: DataLaw, bend: string, more: Family["let"] = {}): Family =>
  family(name, { title, parameters: { ...parameters, ...model }, let: { p: law, "psi(y)": `a*y + b + c*${bend}`, ...more } })

export const lines: ReadonlyArray<Family> = [
  on("gaussian", "normal law, quadratic model", normal, "y^2"),
  on("mixture", "mixture of two normals, cubic model", mixture, "y^3"),
  on("logistic", "logistic law, quadratic model", { parameters: { m: "real(-2, 2)", r: "positive(1/4, 2)" }, law: "Logistic(m, r)" }, "y^2"),
]

/** Without the name `edge`: here the boundary term is part of the statement. */
export const halves: ReadonlyArray<Family> = [
  on("exponential", "exponential law, quadratic model", { parameters: { r: "positive(1/4, 4)" }, law: "Exponential(r)" }, "y^2"),
  on("exponential-bounded", "exponential law, bounded model", { parameters: { r: "positive(1/4, 4)" }, law: "Exponential(r)" }, "exp(-y)"),
  on(
    "exponential-mixture",
    "mixture of two exponential laws",
    { parameters: { w: "simplex(2)", r: "vector(2, 1/4, 4)" }, law: "Mixture(w, [Exponential(r[1]), Exponential(r[2])])" },
    "y^2",
  ),
]
export const cut = on(
  "cut",
  "exponential law, read without the boundary term",
  { parameters: { r: "positive(1/4, 4)" }, law: "Exponential(r)" },
  "y^2",
  {
    edge: "psi(0)*pdf(p, 0)",
  },
)
export const cauchy = on(
  "cauchy",
  "Cauchy law, which has no mean",
  { parameters: { m: "real(-2, 2)", r: "positive(1/4, 2)" }, law: "Cauchy(m, r)" },
  "y^2",
)

const plane = (name: string, title: string, parameters: Family["parameters"], M: string): Family =>
  family(name, { title, parameters: { C: "spd(2, 1/4, 4)", ...parameters }, let: { data: "MvNormal([0, 0], C)", M } })
export const planes: ReadonlyArray<Family> = [
  plane("any-linear", "any linear model", { A: "matrix(2, 2, -2, 2)" }, "A"),
  plane("gradient-linear", "a linear model that is a gradient", { A: "spd(2, 1/4, 4)" }, "A"),
  plane("rotating", "a linear model that turns", { k: "real(-2, 2)", l: "real(-2, 2)" }, "[[k, -l], [l, k]]"),
]
