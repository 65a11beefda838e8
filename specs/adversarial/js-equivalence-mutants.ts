/**
 * False variants of the Jensen-Shannon form; each must be refuted.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Mutant, Point } from "../../src/core/statement.ts"

const at = (mu: string | number): Point => ({ family: "shift", parameters: { mu } })

export const mutants: ReadonlyArray<Mutant> = [
  mutant("one-js", "equivalence", "optimum == -2*log(2) + js", {
    visible: { family: "uniforms", parameters: { a: "15/16" } },
    unlucky: at("1/128"),
  }),
  mutant("minus-log2", "equivalence", "optimum == -log(2) + 2*js", { visible: at(1) }),
  mutant("kl-instead", "equivalence", "optimum == -2*log(2) + KL(p, q)", {
    families: ["shift", "gaussians", "laplaces"],
    visible: at(3),
    unlucky: at("1/128"),
  }),
  mutant("jeffreys-quarter", "equivalence", "optimum == -2*log(2) + (KL(p, q) + KL(q, p))/4", {
    families: ["shift", "gaussians", "laplaces"],
    visible: at(3),
    unlucky: at("1/8"),
  }),
  mutant("chi2-quarter", "equivalence", "optimum == -2*log(2) + ChiSquare(p, q)/4", { families: ["shift"], visible: at(1), unlucky: at("1/128") }),
  mutant("bits", "equivalence", "optimum == -2*log(2) + 2*js/log(2)", { visible: at(3), unlucky: at("1/128") }),
  mutant("max-one", "log2-when-disjoint", "JS(p, far) == 1"),
  mutant("midpoint-wrong", "equivalence", "optimum == -2*log(2) + 2*((KL(p, q) + KL(q, p))/4 + log(1 - Hellinger2(p, q)))", {
    families: ["shift", "gaussians"],
    visible: at(3),
    unlucky: at("1/128"),
  }),
  mutant("optimum-minus-log2", "zero-at-equality", "JS(p, p) + optimumAt(p) == -log(2)"),
]
