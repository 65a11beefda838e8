/** Integrands with a pole inside the range, or undefined on a part of it: integrable singularities are integrated, the others undefined, and the reason says so. */
import { expect, test } from "vitest"
import { ask, verdictOf } from "../verify/asking.ts"

// Antiderivatives by hand; E[(1 - exp(-z^2/2))/z^2] is the integral of E exp(-t z^2) over t in [0, 1/2].
test.each([
  "integral(y, -1, 1, log(y^2)) == -4",
  "integral(y, -1, 1, log(abs(y))) == -2",
  "integral(y, -1, 2, 1/sqrt(abs(y))) == 2 + 2*sqrt(2)",
  "integral(y, -1, 1, (exp(2*y) - exp(y))/(exp(y)*y)) == total(k, 0, 12, 2/((2*k + 1)*gamma(2*k + 2)))",
  "integral(y, -2, 2, (y^2 - 1)/(y - 1)) == 4",
  "E(z, Normal(0, 1), (1 - exp(-z^2/2))/z^2) == sqrt(2) - 1",
])("%s", (claim) => {
  expect(verdictOf(ask(claim))).toBe("Verified")
  expect(verdictOf(ask(claim.replace("==", "== 1/1000 +")))).toBe("Refuted")
})

test.each([
  "integral(y, -1, 1, 1/y) == 0",
  "integral(y, -1, 2, 1/(y - 1/3)) <= 2",
  "integral(y, -1, 1, 1/y^2) >= 0",
  "E(z, Normal(0, 1), 1/z) == 0",
  "E(z, Normal(1/2, 1/2), 1/z) >= 0",
  "E(z, Normal(0, 1), 1/z^2) >= 0",
  "E(z, Normal(1, 1), log(z)) <= 1",
  "E(z, Normal(5, 1), sqrt(z)) <= 3",
  "E(z, Laplace(5, 1/10), log(1 + z)) >= 0",
  "E(z, Uniform(-1, 1), log(z + 2/3)) <= 0",
  "integral(y, -inf, 1, log(2 + y)) <= 0",
])("%s is undefined", (claim) => expect(verdictOf(ask(claim))).toBe("Inconclusive(undefined)"))
