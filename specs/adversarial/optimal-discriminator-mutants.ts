/**
 * False variants of the optimal discriminator; each must be refuted.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Mutant, Point } from "../../src/core/statement.ts"

const at = (mu: string | number, more: Record<string, string | number> = {}): Point => ({ family: "shift", parameters: { mu, x: 0, ...more } })

export const mutants: ReadonlyArray<Mutant> = [
  mutant("swapped", "stationary", "slope(v/(u + v)) == 0", { visible: at(3), unlucky: at("1/128") }),
  mutant("squared-ratio", "stationary", "slope(u^2/(u^2 + v^2)) == 0", { visible: at(1), unlucky: at("1/128") }),
  mutant("root-ratio", "stationary", "slope(sqrt(u)/(sqrt(u) + sqrt(v))) == 0", { visible: at(3), unlucky: at("1/128") }),
  mutant("ignores-class-prior", "weighted", "best(x) == sigmoid(logit(x) + log(w/(1 - w)))", {
    visible: at(1, { w: "9/10" }),
    unlucky: at(1, { w: "501/1000" }),
  }),
  mutant("difference-form", "stationary", "slope(1/2 + (u - v)/2) == 0", { visible: at(1), unlucky: at(1, { x: "501/1000" }) }),
  mutant("epsilon-denominator", "stationary", "slope(u/(u + v + 1e-8)) == 0", { visible: at(1, { x: -8 }), unlucky: at(1) }),
  mutant("minimiser", "optimal", "value >= optimum", { visible: at(1, { a: "1/2", b: 0 }) }),
  mutant("nonsat-objective", "stationary", "D((u + v)*log(y), y) == 0", { visible: at(0) }),
]
