/**
 * False variants of the equivalence of predictions, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

/** Posterior mean of f given x. */
export const posterior = (f: string): string => `E(z, d, ${f}*pdf(Normal(a*z, s), x))/E(z, d, pdf(Normal(a*z, s), x))`

const at = (a: Literal, s: Literal): Point => ({ family: "gaussian", parameters: { m: 0, r: 1, a, s, x: 1, c: 0, k: 0, z0: 1, e0: 1 } })
const on = (q: Literal, x: Literal): Point => ({ family: "preserving-gaussian", parameters: { m: 0, r: 1, q, x, c: 0, k: 0, z0: 1, e0: 1 } })

export const mutants: ReadonlyArray<Mutant> = [
  mutant("snr-inverse", "noise-loss", "noiseLoss == dataLoss/snr", {
    families: ["gaussian"],
    visible: at("3/2", "1/2"),
    unlucky: at("2001/2000", 1),
  }),
  mutant("v-sign", "data-from-velocity", `a*x - s*(${posterior("(a*(x - a*z)/s + s*z)")}) == best`, {
    visible: on("1/2", 1),
    unlucky: on("1/2", 0),
  }),
  mutant("v-weight-snr", "velocity-loss", "velocityLoss == snr*dataLoss", {
    families: ["preserving-gaussian"],
    visible: on("1/2", 1),
    unlucky: on("1/200", 1),
  }),
  mutant("vp-formula-for-ve", "data-from-noise", "a*x - s*velocity == best", {
    families: ["gaussian", "mixture", "atoms"],
    visible: at(1, 1),
    unlucky: at(1, "1/100"),
  }),
  mutant("eps-minimiser-differs", "data-from-noise", "abs((x - s*s*(x - a*m)/(a^2*r^2 + s^2))/a - best) > 0", {
    families: ["gaussian"],
    visible: at(1, 1),
  }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "no-signal",
    family: "gaussian",
    step: "data-from-noise",
    parameters: at(0, 1).parameters,
    expected: "outside-hypotheses",
    note: "at a = 0 noise says nothing of x_0; just before, errors are amplified by s/a",
  },
  {
    name: "little-noise",
    family: "preserving-gaussian",
    step: "noise-loss",
    parameters: on("1/2000", 1).parameters,
    expected: "holds",
    note: "noise from data amplifies errors by a/s, here 1e3",
  },
]
