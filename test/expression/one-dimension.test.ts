/** Laws of vectors whose dimension is a parameter: in one dimension too their values are vectors. */
import { describe, expect, test } from "vitest"
import { ask, verdictOf } from "../verify/asking.ts"

const lets = { g: "MvNormal(mu, C)", mix: "Mixture([1/3, 2/3], [g, MvNormal(x, C)])" }
const TRUE = [
  "Mean(g) == mu",
  "Cov(g) == C",
  "Var(g) == diag(C)",
  "Mean(g)[1] == mu[1]",
  "score(g, x) == -inv(C)*(x - mu)",
  "grad(logpdf(g, x), x) == score(g, x)",
  "divergence(score(g, x), x) == -trace(inv(C))",
  "PosteriorMean(g, 1, s, x) == mu + C*inv(C + s^2*identity(n))*(x - mu)",
  "PosteriorCov(g, 1, s, x) == inv(inv(C) + identity(n)/s^2)",
  "E(z, g, norm2(z - mu)) == trace(C)",
  "E(z, g, z[1]^2) == C[1, 1] + mu[1]^2",
  "P(z, g, z[1] <= mu[1]) == 1/2",
  "Mean(Affine(g, 2*identity(n), mu)) == 3*mu",
  "Mean(Affine(g, 2, x)) == 2*mu + x",
  "Cov(Diffused(g, s, 1)) == s^2*C + identity(n)",
  "Mean(mix) == mu/3 + 2*x/3",
  "Mean(Affine(MvNormal([mu[1], 1], identity(2)), [[1, 2]], [3])) == [mu[1] + 5]",
]

describe.each([1, 2])("in dimension %i", (n) => {
  const domains = { n: `integer(${n}, ${n})`, C: "spd(n, 1/2, 2)", mu: "vector(n, 1/4, 1)", x: "vector(n, -2, 2)", s: "positive(1/2, 2)" }
  test.each(TRUE)("%s", (claim) => {
    expect(verdictOf(ask(claim, { domains, lets }))).toBe("Verified")
    expect(verdictOf(ask(`${claim.replace("== ", "== 1001/1000*(")})`, { domains, lets }))).toBe("Refuted")
  })
})

test.each(["Mean(Normal(2, 1)) == 2", "Cov(Exponential(1)) == 1", "E(z, Product(Normal(1, 1)), z) == 1", "Mean(MvNormal(2, 3)) == 2"])(
  "a law of numbers gives numbers: %s",
  (claim) => expect(verdictOf(ask(claim))).toBe("Verified"),
)
