/**
 * Families in which the reversed process is discretised by Euler-Maruyama, normal data.
 *
 * Error of the variance after n steps, lam = 1. One step from t to t - h leaves the defect h^2 (slope^2 W(t) - W''(xi)/2) and multiplies what was there
 * by (1 - h slope)^2. With 0 <= h slope <= 1 and slope <= top,
 *
 *   n |P - v0| <= upper = T^2 max(slope^2 W + |W''|/2),    n (P - v0) >= lower = T (1 - e^(-2 T top)) / (2 top) least,   least <= slope^2 W - W''/2,
 *
 * and likewise n |M - m0| <= upperMean = T^2 max|m''|/2 for the mean.
 */
import { family } from "../../src/core/statement.ts"
import type { Family, TypedFunction } from "../../src/core/statement.ts"
import { euler, simulated } from "./reverse-functions.ts"
import { gaussianLets } from "./reverse-gaussian.ts"
import { brownian, ou, ve, vpConstant, vpLinear } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

interface Scheme {
  readonly family: Family
  readonly functions: Readonly<Record<string, TypedFunction>>
}

/** scheme(n) = [mean, variance] after n steps and sample(n) read the family's parameters and its very definitions. */
const scheme = (id: string, title: string, kernel: Kernel, range: Family["parameters"], own: Family["let"]): Scheme => {
  const name = `euler-${id}`
  const parameters = { T: "positive(1/2, 1)", ...range }
  const lets = {
    ...gaussianLets,
    ...kernel.let,
    x: "0",
    lower: "T*least*(1 - exp(-2*T*top))/(2*top)",
    ...("lam" in range ? {} : { lam: "1" }),
    ...own,
  }
  const names = Object.keys(parameters)
  const [moments, sample] = ["Moments", "Sample"].map((f) => `${name.replace(/-(\w)/g, (_, c: string) => c.toUpperCase())}${f}`) as [string, string]
  const call = (f: string): string => `${f}(${["n", ...names].join(", ")})`
  return {
    family: family(name, {
      title: `Euler-Maruyama: ${title}`,
      parameters: { ...parameters, n: "oneof(8, 16, 32, 64, 128)" },
      let: { ...lets, "scheme(n)": call(moments), "sample(n)": call(sample) },
    }),
    functions: { [moments]: euler(name, lets, names), [sample]: simulated(lets, names) },
  }
}

const data = { m0: "real(-2, 2)", v0: "positive(1/4, 1)" }
const still = { lam: "real(0, 2)", m0: "real(-2, 2)" }
const constant = { b: "positive(1/2, 2)" }
const fixed = { ...constant, ...data }
const rising = { b0: "positive(1/4, 1)", b1: "positive(1, 2)", ...data }
const pull = { th: "positive(1/4, 1)", sg: "positive(1/4, 2)" }
const part = { ...pull, m0: "real(-2, 2)", share: "positive(1/4, 1)" }
const levels = { lo: "positive(1/4, 1)", hi: "positive(2, 4)", m0: "real(-2, 2)", v0: "positive(1, 4)" }
const free = { c: "positive(1/2, 2)", ...data }

/** A constant slope lam^2 rate: both recursions are geometric sums. */
const geometric = (rate: string, variance: string): Family["let"] => ({
  v0: variance,
  "step(n)": `T/n*lam^2*${rate}`,
  "rho(n)": "1 - step(n)",
  "mean(n)": "rho(n)^n*m(T) - T/n*total(i, 1, n, rho(n)^(i - 1)*shift(i*T/n))",
  "exact(n)": "[mean(n), v0*(1 + step(n)/2/(1 - step(n)/2)*(1 - rho(n)^(2*n)))]",
})

const all = [
  scheme("vp", "constant rate", vpConstant, fixed, {
    top: "b*(1/v0 - 1/2)",
    least: "b^2/4",
    upper: "T^2*b^2*((1 - v0)/2 + (1 - v0/2)^2/v0)",
    upperMean: "T^2*(b/2)^2*abs(m0)/2",
  }),
  scheme("vp-linear", "linear rate", vpLinear, rising, {
    upper: "T^2*((1 - v0)*(beta(T)^2 + b1 - b0)/2 + beta(T)^2*(1 - v0/2)^2/v0)",
    upperMean: "T^2*(beta(T)^2/4 + (b1 - b0)/2)*abs(m0)/2",
  }),
  scheme("ou", "Ornstein-Uhlenbeck", ou, part, {
    v0: "share*sg^2/(2*th)",
    top: "sg^2/v0 - th",
    least: "sg^2*th/2",
    upper: "T^2*(2*th^2*(sg^2/(2*th) - v0) + (sg^2 - th*v0)^2/v0)",
    upperMean: "T^2*th^2*abs(m0)/2",
  }),
  scheme("ve", "geometric noise levels, v0 >= lo^2", ve, levels, { upper: "6*T^2*log(hi/lo)^2*hi^2" }),
  scheme("brownian", "Brownian motion", brownian, free, {
    top: "c/v0",
    least: "c^2/W(T)",
    upper: "T^2*c^2/v0",
    // 1 - h slope = W(t - h)/W(t): the product telescopes.
    "exact(n)": "[m0, v0^2*(1/W(T) + total(i, 0, n - 1, T/n*c/W(i*T/n)^2))]",
  }),
  scheme("vp-stationary", "constant rate, stationary law", vpConstant, { ...constant, ...still }, geometric("b/2", "1")),
  scheme("ou-stationary", "Ornstein-Uhlenbeck, stationary law", ou, { ...pull, ...still }, geometric("th", "sg^2/(2*th)")),
]

export const schemeFamilies: ReadonlyArray<Family> = all.map((s) => s.family)
export const schemeFunctions: Readonly<Record<string, TypedFunction>> = Object.assign({}, ...all.map((s) => s.functions)) as Record<
  string,
  TypedFunction
>
