/**
 * False variants of the linear VAE's theorem: thresholds, optima and noise levels that are off.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Literal, Mutant } from "../../src/core/statement.ts"

export const at = (lam: string | number, s: string | number, w: Literal = 0, beta: Literal = 1) => ({
  family: "normal",
  parameters: { lam, s, w, beta, v: 0, D: 1 },
})

export const mutants: ReadonlyArray<Mutant> = [
  mutant("threshold-sd", "optimum", "ll(w) <= ll(if(lam <= s, 0, sqrt(lam - s^2)))", {
    families: ["normal"],
    visible: at("2/5", "1/2", "3/8"),
    unlucky: at("2/5", 1, "3/8"),
  }),
  mutant("w-is-sqrt-lambda", "value", "ll(sqrt(lam)) == best", {
    families: ["normal", "sample", "uniform", "plane"],
    visible: at(2, 1),
    unlucky: at(2, "1/10"),
  }),
  mutant("mle-divides-by-d", "noise", "fit(s^2) == fit(dropped/n) - (n - k)*(dropped/n/s^2 - 1 - log(dropped/n/s^2))/2", {
    visible: { family: "four", parameters: { l: [4, 2, "1/2", "1/4"], s: 1 } },
  }),
  mutant("beta-squared", "beta-optimum", "profile(w) <= profile(sqrt(max(lam - beta^2*s^2, 0)))", {
    visible: at("2/5", 1, 0, "1/2"),
    unlucky: at("2/5", 1, 0, 1),
  }),
  mutant("elbo-adds-collapse", "curvature", "bend(0) <= 0", { visible: at(2, 1), unlucky: at(1, 1) }),
]
