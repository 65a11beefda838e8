/**
 * Families in which the reversed process is discretised: Euler-Maruyama for normal data, and the probability flow of a mixture integrated with proved
 * enclosures.
 *
 * Error of the variance after n steps, lam = 1. One step from t to t - h leaves the defect d = h^2 (slope^2 W(t) - W''(xi)/2) and multiplies what was
 * there by (1 - h slope)^2. With 0 <= h slope <= 1 and slope <= top,
 *
 *   n |P - v0| <= upper = T^2 max(slope^2 W + |W''|/2),     n (P - v0) >= lower = T (1 - e^(-2 T top)) / (2 top) min(slope^2 W - W''/2),
 *
 * and likewise n |M - m0| <= upperMean = T^2 max|m''|/2 for the mean.
 */
import { family } from "../../src/core/statement.ts"
import type { Family, TypedFunction } from "../../src/core/statement.ts"
import { euler, flow, simulated } from "./reverse-functions.ts"
import { gaussianLets } from "./reverse-gaussian.ts"
import { brownian, linearProcess, ou, reversal, subVp, ve, vpConstant, vpLinear } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

const functions: Record<string, TypedFunction> = {}

/** A discretised family; the typed functions <id>Euler and <id>Simulated read its parameters and its very definitions. */
const scheme = (name: string, title: string, kernel: Kernel, parameters: Family["parameters"], lets: Family["let"]): Family => {
  const all = { ...gaussianLets, ...kernel.let, x: "0", ...lets }
  const given = { T: "positive(1/2, 1)", ...parameters }
  const id = name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())
  const names = Object.keys(given)
  functions[`${id}Euler`] = euler(name, all, names)
  functions[`${id}Simulated`] = simulated(all, names)
  const call = (f: string, n: string): string => `${id}${f}(${[n, ...names].join(", ")})`
  const bounds = { lower: "T*least*(1 - exp(-2*T*top))/(2*top)" }
  return family(name, {
    title,
    parameters: { ...given, n: "oneof(8, 16, 32, 64, 128)" },
    let: { ...all, ...bounds, "scheme(n)": call("Euler", "n"), "sample(n)": call("Simulated", "n") },
  })
}

const one = { lam: "1" }
const spread = { m0: "real(-2, 2)", v0: "positive(1/4, 1)" }

const eulerVp = scheme(
  "euler-vp",
  "Euler-Maruyama, constant rate",
  vpConstant,
  { b: "positive(1/2, 2)", ...spread },
  {
    ...one,
    top: "b*(1/v0 - 1/2)",
    least: "b^2/4",
    upper: "T^2*b^2*((1 - v0)/2 + (1 - v0/2)^2/v0)",
    upperMean: "T^2*(b/2)^2*abs(m0)/2",
  },
)
const eulerVpLinear = scheme(
  "euler-vp-linear",
  "Euler-Maruyama, linear rate",
  vpLinear,
  { b0: "positive(1/4, 1)", b1: "positive(1, 2)", ...spread },
  {
    ...one,
    upper: "T^2*((1 - v0)*(beta(T)^2 + b1 - b0)/2 + beta(T)^2*(1 - v0/2)^2/v0)",
    upperMean: "T^2*(beta(T)^2/4 + (b1 - b0)/2)*abs(m0)/2",
  },
)
const eulerOu = scheme(
  "euler-ou",
  "Euler-Maruyama, Ornstein-Uhlenbeck",
  ou,
  { th: "positive(1/4, 1)", sg: "positive(1/4, 2)", m0: "real(-2, 2)", share: "positive(1/4, 1)" },
  {
    ...one,
    v0: "share*sg^2/(2*th)",
    top: "sg^2/v0 - th",
    least: "sg^2*th/2",
    upper: "T^2*(2*th^2*(sg^2/(2*th) - v0) + (sg^2 - th*v0)^2/v0)",
    upperMean: "T^2*th^2*abs(m0)/2",
  },
)
const eulerVe = scheme(
  "euler-ve",
  "Euler-Maruyama, geometric noise levels, v0 >= lo^2",
  ve,
  { lo: "positive(1/4, 1)", hi: "positive(2, 4)", m0: "real(-2, 2)", v0: "positive(1, 4)" },
  {
    ...one,
    upper: "6*T^2*log(hi/lo)^2*hi^2",
  },
)
const eulerBrownian = scheme(
  "euler-brownian",
  "Euler-Maruyama, Brownian motion",
  brownian,
  { c: "positive(1/2, 2)", ...spread },
  {
    ...one,
    top: "c/v0",
    least: "c^2/W(T)",
    upper: "T^2*c^2/v0",
    "exact(n)": "[m0, v0^2*(1/W(T) + total(i, 0, n - 1, T/n*c/W(i*T/n)^2))]",
  },
)

/** Constant slope lam^2 th0: both recursions are geometric sums. */
const stationary = {
  "rho(n)": "1 - T/n*lam^2*th0",
  "exact(n)": "[rho(n)^n*m(T) - T/n*total(i, 1, n, rho(n)^(i - 1)*shift(i*T/n)), v0*(1 + lam^2*T/n*th0/2/(1 - lam^2*T/n*th0/2)*(1 - rho(n)^(2*n)))]",
}
const vpStill = scheme(
  "euler-vp-stationary",
  "Euler-Maruyama in the stationary law, constant rate",
  vpConstant,
  { lam: "real(0, 2)", b: "positive(1/2, 2)", m0: "real(-2, 2)" },
  {
    v0: "1",
    th0: "b/2",
    ...stationary,
  },
)
const ouStill = scheme(
  "euler-ou-stationary",
  "Euler-Maruyama in the stationary law, Ornstein-Uhlenbeck",
  ou,
  { lam: "real(0, 2)", th: "positive(1/4, 1)", sg: "positive(1/4, 2)", m0: "real(-2, 2)" },
  {
    v0: "sg^2/(2*th)",
    th0: "th",
    ...stationary,
  },
)

/** The probability flow of a mixture from x0 at time 0 to T. */
const flowing = (name: string, title: string, kernel: Kernel, parameters: Family["parameters"]): Family => {
  const all = {
    ...kernel.let,
    ...linearProcess,
    ...reversal,
    d: "Mixture(w, [Normal(m[1], sd[1]), Normal(m[2], sd[2])])",
    "dev(i, t)": "sqrt(al(t)^2*sd[i]^2 + V(t))",
    "law(t)": "Mixture(w, [Normal(al(t)*m[1], dev(1, t)), Normal(al(t)*m[2], dev(2, t))])",
  }
  const given = { T: "positive(1/2, 1)", ...parameters, w: "simplex(2)", m: "vector(2, -3/2, 3/2)", sd: "vector(2, 1/2, 3/2)" }
  const id = name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())
  functions[id] = flow(name, all, Object.keys(given))
  return family(name, {
    title,
    parameters: { ...given, x0: "real(-2, 2)" },
    let: { ...all, "end(x)": `${id}(${["x", ...Object.keys(given)].join(", ")})` },
  })
}

export const flowFamilies = [
  flowing("vp-flow", "probability flow, variance-preserving, mixture data", vpLinear, { b0: "positive(1/4, 1)", b1: "positive(1, 2)" }),
  flowing("subvp-flow", "probability flow, sub-variance-preserving, mixture data", subVp, { b0: "positive(1/4, 1)", b1: "positive(1, 2)" }),
  flowing("ve-flow", "probability flow, variance-exploding, mixture data", ve, { lo: "positive(1/4, 1)", hi: "positive(1, 2)" }),
]
export const schemeFamilies = [eulerVp, eulerVpLinear, eulerOu, eulerVe, eulerBrownian, vpStill, ouStill]
export const schemeFunctions: Readonly<Record<string, TypedFunction>> = functions
