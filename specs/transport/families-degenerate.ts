/**
 * Degenerate settings of transport theorems: laws without mean, a cost that is not lower semicontinuous.
 *
 * Laws named mu and nu are under the hypotheses of the Kantorovich-Rubinstein form; `first` and `second` are not, for the formula int |F - G| needs none.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const between = { "gap(x)": "cdf(second, x) - cdf(first, x)", distance: "integral(x, -inf, inf, abs(gap(x)))", coupled: "W1(first, second)" }
const location = { m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)", r: "positive(1/2, 2)" }

const cauchyNormal = family("cauchy-normal", {
  title: "a law without mean against one with",
  parameters: location,
  let: { first: "Cauchy(m, s)", second: "Normal(n, r)", ...between },
})
const cauchyQuantiles = family("cauchy-quantiles", {
  title: "two Cauchy laws of one scale: the quantile functions differ by a constant",
  parameters: { m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)", at: "real(1/16, 15/16)" },
  let: {
    first: "Cauchy(m, s)",
    second: "Cauchy(n, s)",
    ...between,
    coupled: "abs(quantile(first, at) - quantile(second, at))",
    distance: "W1(first, second)",
  },
})
const cauchys = family("cauchys", {
  title: "the same two laws in the Kantorovich-Rubinstein form",
  parameters: { m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)" },
  let: { mu: "Cauchy(m, s)", nu: "Cauchy(n, s)", "dual(L)": "L*(E(x, mu, x) - E(x, nu, x))", coupled: "W1(mu, nu)" },
})
const heavyPareto = family("heavy-pareto", {
  title: "a Pareto law against an exponential one",
  parameters: { k: "positive(1/2, 2)", s: "real(1/2, 1)" },
  let: { first: "Pareto(k, s)", second: "Exponential(1)", ...between, "dual(L)": "L*(E(x, first, x) - E(x, second, x))" },
})
/** U(0, 1) against itself: the cyclic shift by h costs 2 h (1 - h), the identity what the diagonal costs. */
const brokenDiagonal = family("broken-diagonal", {
  title: "cost |x - y|, but `diagonal` where x = y: lower semicontinuous when that is at most 0",
  parameters: { h: "real(1/64, 1/2)", diagonal: "integer(0, 0)" },
  assume: ["diagonal <= 0"],
  let: { shifted: "E(x, Uniform(0, 1), if(x < 1 - h, h, 1 - h))" },
})
export const degenerateFamilies: ReadonlyArray<Family> = [cauchyNormal, cauchyQuantiles, cauchys, heavyPareto, brokenDiagonal]
