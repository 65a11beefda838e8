/**
 * False variants of Tweedie's formula; each must be refuted.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Mutant } from "../../src/core/statement.ts"

const MEAN = "PosteriorMean(d, al, sg, x)"
const posterior = (f: string): string => `E(z, d, ${f}*kernel(z))/E(z, d, kernel(z))`
const catalogued = { family: "mixture", parameters: { w: ["1/4", "3/4"], m: [-2, 1], r: ["1/2", "1/4"], al: "3/4", sg: "1/2", x: "-1/2" } }
const at = (parameters: Record<string, string | number>): { family: string; parameters: Record<string, string | number> } => ({
  family: "gaussian",
  parameters: { m: 0, r: 1, al: 1, sg: 1, x: 1, ...parameters },
})

export const mutants: ReadonlyArray<Mutant> = [
  mutant("sigma-not-squared", "tweedie", `${MEAN} == (x + sg*score(noisy, x))/al`, {
    visible: catalogued,
    unlucky: at({ sg: "1001/1000", x: "1/2" }),
  }),
  mutant("missing-alpha", "tweedie", `${MEAN} == x + sg^2*score(noisy, x)`, { visible: catalogued, unlucky: at({ al: "999/1000" }) }),
  mutant("sign", "tweedie", `${MEAN} == (x - sg^2*score(noisy, x))/al`, { visible: catalogued }),
  mutant("score-of-p0", "tweedie", `${MEAN} == (x + sg^2*score(d, x))/al`, { families: ["gaussian", "mixture"], visible: at({ r: "1/2" }) }),
  mutant("cov-alpha-not-squared", "covariance", "PosteriorCov(d, al, sg, x) == sg^2/al*(1 + sg^2*D(logpdf(noisy, x), x, 2))", {
    visible: catalogued,
    unlucky: at({ al: "999/1000" }),
  }),
  mutant("cov-missing-sigma2", "covariance", "PosteriorCov(d, al, sg, x) == sg^2/al^2*(1 + D(logpdf(noisy, x), x, 2))", {
    visible: catalogued,
    unlucky: at({ sg: "1001/1000" }),
  }),
  mutant("cov-outer-product", "covariance", "PosteriorCov(d, al, sg, x) == sg^2/al^2*(1 - sg^2*score(noisy, x)^2)", { visible: catalogued }),
  mutant("eps-sign", "noise", `${posterior("(x - al*z)/sg")} == sg*score(noisy, x)`, { visible: catalogued }),
  mutant("map-not-mean", "tweedie", `${MEAN} == sign(log(q/(1 - q)) + 2*al*x/sg^2)`, {
    families: ["two-point"],
    visible: { family: "two-point", parameters: { q: "1/2", al: 1, sg: 1, x: "1/2" } },
  }),
  mutant("poisson-shift", "robbins", "E(l, d, l*pdf(Poisson(l), n))/m(n) == n*m(n + 1)/m(n)", {
    unlucky: { family: "poisson-gamma", parameters: { a: 10, b: 1, n: 12 } },
  }),
]
