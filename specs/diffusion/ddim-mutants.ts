/**
 * False variants of the marginals of DDIM, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const place = { x0: 1, k: 1, l: "1/2" }
const at = (b: Literal, t: number, u: Literal): Point => ({ family: "constant", parameters: { b, t, u, ...place } })
const grid = (n: number, v0: Literal): Point => ({ family: "linear-grid", parameters: { hi: "999/1000", lo: "1/100", v0, n, x: 1, r: 1 } })

/** Mean and variance of x_(t-1) when its mean given x_t = y is f. */
export const moments = (f: string): string =>
  `[E(y, marginal(t), ${f}), E(y, marginal(t), (${f} - sqrt(abar(t - 1))*x0)^2) + sigma2] == [sqrt(abar(t - 1))*x0, 1 - abar(t - 1)]`

export const mutants: ReadonlyArray<Mutant> = [
  mutant("no-sigma-in-root", "moments", moments("mean(y, 0)"), { visible: at("1/2", 2, "9/50"), unlucky: at("1/2", 2, "1/5000") }),
  mutant(
    "eps-with-abar-prev",
    "moments",
    moments("(sqrt(abar(t - 1))*x0 + sqrt(1 - abar(t - 1) - sigma2)*(y - sqrt(abar(t))*x0)/sqrt(1 - abar(t - 1)))"),
    { visible: at("1/2", 2, "1/2"), unlucky: at("1/10000", 8, "1/2") },
  ),
  mutant("ddpm-is-sigma-beta", "ddpm", "mean(x, beta(t)) == mu(x)", {
    visible: at("1/8", 3, "1/2"),
    unlucky: { family: "linear", parameters: { T: 1000, b1: "1/10000", bT: "1/50", t: 1000, u: "1/2", ...place } },
  }),
  mutant("plug-in-exact", "order", "plugged(n) == W(0)", { visible: grid(10, 1), unlucky: grid(1000, "1/4") }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "too-much-noise",
    family: "constant",
    step: "moments",
    parameters: at("1/2", 2, 2).parameters,
    expected: "outside-hypotheses",
    note: "sigma^2 > 1 - abar_(t-1): the root is imaginary",
  },
  {
    name: "all-the-noise",
    family: "constant",
    step: "marginal",
    parameters: at("1/2", 2, 1).parameters,
    expected: "holds",
    note: "x_(t-1) is drawn anew from its marginal given x_0",
  },
  {
    name: "no-noise",
    family: "constant",
    step: "moments",
    parameters: at("1/2", 2, 0).parameters,
    expected: "holds",
    note: "the deterministic sampler",
  },
]
