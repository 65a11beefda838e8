/**
 * Families of the forward chain: schedules, looked at between the steps s <= t, and rates of continuous time, of which n steps are taken.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { arbitrary, constant, cosine, forwardLaws, linear, linearAbar } from "./schedules.ts"
import type { Schedule } from "./schedules.ts"

const chain = ({ name, title, parameters, let: lets }: Schedule, points: Family["points"] = []): Family =>
  family(name, {
    title,
    parameters: { ...parameters, s: "integer(1, t)", x0: "real(-3, 3)", k: "real(-4, 4)" },
    let: {
      ...lets,
      ...forwardLaws,
      "snr(t)": "abar(t)/(1 - abar(t))",
      x: "sqrt(abar(t))*x0 + k*sqrt(1 - abar(t))",
    },
    points,
  })

export const chains: ReadonlyArray<Family> = [
  chain(constant),
  chain(linear, [{ T: 1000, b1: "1/10000", bT: "1/50", t: 8, s: 6 }]),
  chain(cosine, [{ T: 1000, c: "1/125", t: 2, s: 1 }]),
  chain(linearAbar),
  chain(arbitrary),
]

/** n steps of size 1/n at an increasing rate r <= 2, so that beta <= 1/2 and abs(log(1 - beta) + beta) <= beta^2. */
const rate = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { ...parameters, t: "real(1/8, 1)", n: "oneof(4, 8, 16, 32)" },
    let: {
      ...lets,
      "beta(i)": "r(i/n)/n",
      "discrete(n, t)": "product(i, 1, floor(t*n), 1 - r(i/n)/n)",
      "error(n)": "exp(-B(1)) - discrete(n, 1)",
      "exact(i)": "-expm1(B((i - 1)/n) - B(i/n))",
      // Second order of the logarithm, right ends of an increasing rate, the part of a step beyond floor(t n)/n.
      bound: "r(1)^2 + (r(1) - r(0)) + r(1)",
    },
  })

export const rates: ReadonlyArray<Family> = [
  rate("constant-rate", "constant rate", { b: "positive(1/4, 2)" }, { "r(u)": "b", "B(u)": "b*u" }),
  rate(
    "linear-rate",
    "linear rate",
    { b0: "positive(1/8, 1)", b1: "positive(1, 2)" },
    { "r(u)": "b0 + (b1 - b0)*u", "B(u)": "b0*u + (b1 - b0)*u^2/2" },
  ),
  rate("square-rate", "rate that rises from 0", { b: "positive(1/4, 2)" }, { "r(u)": "b*u^2", "B(u)": "b*u^3/3" }),
]
