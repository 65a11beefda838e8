/**
 * Dual form of f-divergences. For convex f with conjugate f*(t) = sup_u (u t - f(u)):
 *
 *   D_f(p || q) = int q f(p/q) = sup_T E_p T - E_q f*(T),   attained at T* = f'(p/q);
 *   KL(p || q) >= E_p T - log E_q e^T (Donsker, Varadhan) >= E_p T - E_q e^(T - 1) (Nguyen, Wainwright, Jordan) for every T.
 *
 * f(1) = 0, but -2 log 2 for the game of Goodfellow et al., whose divergence is 2 JS - 2 log 2.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Point } from "../../src/core/statement.ts"
import { APART, NEAR, edges, table } from "./fgan-dual-edges.ts"
import { critics, pairs } from "./families-fgan.ts"

const PAIRS = pairs.map((f) => f.name)
const CRITICS = critics.map((f) => f.name)
const normals = (n: string | number, more: Record<string, string | number> = {}): Point => ({
  family: "normals",
  parameters: { n, m: 0, s: 1, c: 1, d: 0, ...more },
})
export const fganDual = theorem({
  id: "adversarial/fgan-dual",
  title: "Dual form of f-divergences",
  statement: String.raw`D_f(p\|q) = \int q\,f\!\left(\frac pq\right) = \sup_T\;\mathbb E_p T-\mathbb E_q f^*(T),\qquad T^*=f'\!\left(\frac pq\right)`,
  symbols: {
    p: "law of the data",
    q: "law of the generator",
    f: "convex generator",
    conjugate: "f*",
    T: "critic",
    u: "density ratio",
    a: "masses of p",
    b: "masses of q",
    c: "slope of an affine critic",
    d: "its intercept",
  },
  hypotheses: [{ name: "domination", statement: "p << q, else p f'(infinity) is added where q = 0" }],
  families: [...pairs, ...critics],
  steps: [
    step("fenchel-young", "f(u) + conjugate(tau(v[1])) >= u*tau(v[1])", "definition of the conjugate", {
      families: PAIRS,
      sharpness: "fenchel-equality",
    }),
    step("fenchel-equality", "f(u) + conjugate(slope(u)) == u*slope(u)", "t = f'(u)", { families: PAIRS }),
    step("divergence", "divergence == value", "definition", { families: PAIRS }),
    step("dual-bound", "tested <= value", "Fenchel-Young under q", { families: PAIRS, sharpness: "attained" }),
    step("attained", "best == value", "equality at T* = f'(p/q)", { families: PAIRS }),
    step("pearson-gap", "chi2 - pearson == E(x, q, (ratio(x) - 1 - T(x)/2)^2)", "complete the square", { families: CRITICS }),
    step("pearson-bound", "pearson <= chi2", "a square", { families: CRITICS, sharpness: "pearson-attained" }),
    step("pearson-attained", "E(x, p, 2*(ratio(x) - 1)) - E(x, q, ratio(x)^2 - 1) == chi2", "T* = 2 (p/q - 1)", { families: CRITICS }),
    step("nwj-closed", "nwj == c*Mean(p) + d - exp(cumulant(c) + d - 1)", "cumulant function of q", { families: CRITICS }),
    step("dv-closed", "dv == c*Mean(p) - cumulant(c)", "cumulant function of q", { families: CRITICS }),
    step("nwj-below-dv", "nwj <= dv", "log y <= y/e", { families: CRITICS, sharpness: "moved" }),
    step("moved", "moved == dv", "y = e for the best constant", { families: CRITICS }),
    step("dv-below-kl", "dv <= KL(p, q)", "Gibbs for q exp(T)/E_q exp(T)", { families: CRITICS, sharpness: "dv-attained" }),
    step("dv-attained", "E(x, p, logpdf(p, x) - logpdf(q, x)) - log(E(x, q, ratio(x))) == KL(p, q)", "T = log(p/q)", { families: CRITICS }),
  ],
  mutants: [
    mutant("kl-conjugate-no-minus-1", "attained", "total(k, 1, 3, a[k]*log(a[k]/b[k]) - b[k]*exp(log(a[k]/b[k]))) == value", {
      families: ["kl"],
      visible: table("kl", ...APART),
    }),
    mutant("pearson-no-quarter", "pearson-attained", "E(x, p, (ratio(x) - 1)/2) - E(x, q, (ratio(x) - 1)/2 + (ratio(x) - 1)^2/4) == chi2", {
      visible: normals(1),
      unlucky: normals("1/100"),
    }),
    mutant("swapped-laws", "attained", "swapped == value", { visible: table("kl", ...APART), unlucky: table("twice-js", ...NEAR) }),
    mutant("dv-log-outside", "dv-closed", "E(x, p, T(x)) - E(x, q, T(x)) == c*Mean(p) - cumulant(c)", {
      visible: normals(0),
      unlucky: normals(0, { c: "1/100" }),
    }),
    mutant("tv-domain", "attained", "total(k, 1, 3, (a[k] - b[k])*sign(a[k] - b[k])) == value", {
      families: ["total-variation"],
      visible: table("total-variation", ...APART),
      unlucky: table("total-variation", ...NEAR),
    }),
  ],
  edges,
  sources: [
    {
      authors: "Nguyen, Wainwright, Jordan",
      year: 2010,
      where: "Estimating divergence functionals and the likelihood ratio by convex risk minimization",
    },
    { authors: "Nowozin, Cseke, Tomioka", year: 2016, where: "f-GAN, Tables 1-2" },
    { authors: "Donsker, Varadhan", year: 1983, where: "Asymptotic evaluation of certain Markov process expectations IV" },
  ],
})
