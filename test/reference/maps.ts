/**
 * Flows: log-densities at images, log-determinants, traces.
 */
import { changeOfVariables } from "../../specs/flow/change-of-variables.ts"
import { hutchinsonTrace } from "../../specs/flow/hutchinson-trace.ts"
import { instantaneousChangeOfVariables } from "../../specs/flow/instantaneous-change-of-variables.ts"
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

const variance = (quantity: string, noise: string): Rule => ({
  quantity,
  ask: (p) => {
    const A = literal(p, "A")
    if (!Array.isArray(A) || (A.length !== 2 && A.length !== 3)) return undefined
    return {
      parameters: { A },
      let: definitions(hutchinsonTrace, `${noise}-${A.length}d`),
      formulas: ["2*(frobenius - squares) + (kappa - 1)*squares", "E(v, noise, q(v)^2) - trace(A)^2"],
    }
  },
})
export const traces: ReadonlyArray<Rule> = [variance("variance_rademacher", "signs"), variance("variance_gaussian", "normal")]

const cubic = (quantity: string, formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) =>
    p["ode"] !== "dx/dt=-x^3"
      ? undefined
      : { parameters: { x: literal(p, "x0"), t: literal(p, "t"), m: 0, s: 1 }, let: definitions(instantaneousChangeOfVariables, "cubic"), formulas },
})
export const flows: ReadonlyArray<Rule> = [
  cubic("endpoint", ["X(x, t)"]),
  cubic("delta_log_density", ["-integral(u, 0, t, div(X(x, u), u))", "-growth", "log(p(X(x, t), t)) - logpdf(d, x)"]),
  {
    quantity: "delta_log_density",
    ask: (p) => ("A" in p ? { parameters: { A: literal(p, "A"), T: literal(p, "t") }, formulas: ["-T*trace(A)"] } : undefined),
  },
]
export const lu: ReadonlyArray<Rule> = [
  { quantity: "log_abs_det", ask: (p) => ({ parameters: { W: literal(p, "W") }, formulas: ["log(abs(det(W)))", "logdet(W*transpose(W))/2"] }) },
]
