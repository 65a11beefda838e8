/** Mixtures of point masses and densities: what they have is written out component by component, what they lack is undefined. */
import { expect, test } from "vitest"
import { ask, verdictOf } from "../verify/asking.ts"

const lets = {
  d: "Mixture([1/4, 1/4, 1/2], [Normal(1, 1/2), Dirac(-1), Dirac(0)])",
  noisy: "Diffused(d, 2/3, 3/4)",
  x: "3/5",
  // Evidence of each component at x, by hand.
  n: "pdf(Normal(2/3, sqrt(1/9 + 9/16)), x)/4",
  l: "pdf(Normal(-2/3, 3/4), x)/4",
  o: "pdf(Normal(0, 3/4), x)/2",
  k: "(2/3)/4/(1/9 + 9/16)",
  m: "1 + k*(x - 2/3)",
}
const verdict = (claim: string): string => verdictOf(ask(claim, { lets }))

test.each([
  "Mean(d) == 0*x",
  "Var(d) == (1 + 1/4)/4 + 1/4",
  "E(z, d, exp(z)) == exp(1 + 1/8)/4 + exp(-1)/4 + 1/2",
  "E(z, d, abs(z)) == E(z, Normal(1, 1/2), abs(z))/4 + 1/4",
  "P(z, d, z >= 0) == cdf(Normal(0, 1), 2)/4 + 1/2",
  "P(z, d, z > 0) == cdf(Normal(0, 1), 2)/4",
  "cdf(d, 0) == cdf(Normal(0, 1), -2)/4 + 3/4",
  "pdf(noisy, x) == n + l + o",
  "PosteriorMean(d, 2/3, 3/4, x) == (n*m - l)/(n + l + o)",
  "PosteriorCov(d, 2/3, 3/4, x) == (n*(m^2 + 1/4 - k*2/3/4) + l)/(n + l + o) - ((n*m - l)/(n + l + o))^2",
  "PosteriorMean(d, 2/3, 3/4, x) == (x + 9/16*score(noisy, x))*3/2",
  "Mean(Affine(d, 3, 1)) == 1",
  "E(z, Product(d, d), z[1]^2*z[2]^2) == (5/16 + 1/4)^2",
  "Mean(Mixture([1/3, 2/3], [Dirac(3), Exponential(1)])) == 5/3",
])("%s", (claim) => {
  expect(verdict(claim)).toBe("Verified")
  expect(verdict(claim.replace("==", "== 1/1000 +"))).toBe("Refuted")
})

test.each([
  ["pdf(d, x) >= 0", "undefined"],
  ["logpdf(d, -1) <= 0", "undefined"],
  ["score(d, x) == 0", "undefined"],
  ["Entropy(d) >= 0", "undefined"],
  ["Fisher(d, Normal(0, 1)) >= 0", "undefined"],
  // Defined, and neither 0, 1 nor infinite: no claim of mutual singularity may come out of it.
  ["TV(d, Normal(0, 1)) < 1", "heuristic-only"],
  ["TV(d, Normal(0, 1)) == 1", "heuristic-only"],
  ["JS(d, Bernoulli(1/2)) == log(2)", "heuristic-only"],
  ["KL(Normal(0, 1), d) >= 0", "heuristic-only"],
  ["quantile(d, 1/2) == 0", "heuristic-only"],
])("%s is Inconclusive: %s", (claim, reason) => expect(verdict(claim)).toBe(`Inconclusive(${reason})`))
