/**
 * False variants of the reverse-time SDE with their most visible and unluckiest points, and its degenerate points.
 *
 * Mutants of the drift or of the noise change the definitions of the reversed process: `terminal` then misses the variance v0, mostly not the mean m0.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Literal, Mutant, Point } from "../../src/core/statement.ts"

/** Constant rate 2 over the horizon B/2, data N(1, 1/4), unless said otherwise. */
const vp = (parameters: Readonly<Record<string, Literal>>): Point => ({
  family: "vp-gaussian",
  parameters: { T: "3/2", t: "1/2", x: "1/2", lam: 1, b: 2, m0: 1, v0: "1/4", M1: 0, P1: 1, ...parameters },
})
const subvp = (B: string): Point => ({
  family: "subvp-gaussian",
  parameters: { T: B, t: B, x: 0, lam: 1, b0: 1, b1: 1, m0: 1, v0: "1/4", M1: 0, P1: 1 },
})
const ve = (lo: Literal): Point => ({
  family: "ve-gaussian",
  parameters: { T: 1, t: "1/2", x: 0, lam: 1, lo, hi: 2, m0: 1, v0: "1/4", M1: 0, P1: 1 },
})
const short = { T: "1/100", b: 1 }

/** The step `terminal` for a reversed process with other definitions. */
const process = (name: string, lets: Mutant["let"], visible: Point, unlucky: Point, more: Partial<Mutant> = {}): Mutant => ({
  name,
  step: "terminal",
  let: lets!,
  visible,
  unlucky,
  ...more,
})

/** The step `moments`: mean and variance of X_t with the mean coefficient `al`. */
export const momentsOf = (al: string): string => {
  const [grown, noise] = ["exp(integral(u, 0, t, a(u)))", "integral(u, 0, t, g2(u)*(al(t)/al(u))^2)"]
  return `[m0*${grown}, v0*${grown}^2 + ${noise}] == [m0*${al}, v0*${al}^2 + V(t)]`
}

const REVERSE = "D(q(x, r), r) == -divergence(DRIFT*q(x, r), x) + laplacian(G(x, T - r)*q(x, r), x)/2"
const reverse = (drift: string): string => REVERSE.replace("DRIFT", `(${drift})`)

export const mutants: ReadonlyArray<Mutant> = [
  process("half-score", { k: "1/2", "noise(t)": "g2(t)" }, vp({}), vp(short)),
  process("missing-g2", { k: "1/b", "noise(t)": "g2(t)" }, vp({}), vp({ T: "3000/1001", b: "1001/1000" }), { families: ["vp-gaussian"] }),
  process("sign-flip", { k: "-1", "noise(t)": "g2(t)" }, vp({}), vp(short)),
  process("pf-full-g2", { k: "1", "noise(t)": "0" }, vp({ m0: 0, v0: 1 }), vp(short)),
  process("score-of-p0", { "gain(u)": "exp(b*u/2 - b*u/v0)", "shift(u)": "-b*m0/v0", "noise(t)": "g2(t)" }, vp({}), vp({ m0: 0, v0: "99/100" }), {
    families: ["vp-gaussian"],
  }),
  mutant("subvp-variance", "variance", "integral(u, 0, t, g2(u)*(al(t)/al(u))^2) == 1 - exp(-2*B(t))", {
    families: ["subvp-gaussian"],
    visible: subvp("693/1000"),
    unlucky: subvp("20"),
  }),
  mutant("vp-mean-no-half", "moments", momentsOf("exp(-B(t))"), {
    families: ["vp-gaussian"],
    visible: vp({ T: 1, t: "693/1000" }),
    unlucky: vp({ T: 1, t: "693/1000", m0: 0 }),
  }),
  mutant("ve-no-sigma0", "variance", "integral(u, 0, t, g2(u)*(al(t)/al(u))^2) == sigma(t)^2", {
    families: ["ve-gaussian"],
    visible: ve(1),
    unlucky: ve("1/100"),
  }),
  process("lambda-linear", { k: "(1 + lam)/2" }, vp({ lam: 2 }), vp({ lam: "101/100" })),
  mutant("no-divergence-term", "reversed-drift", "-f(x, t) + G(x, t)*s(x, t) == f(x, t)", {
    visible: { family: "pearson", parameters: { T: 1, t: "1/2", x: "7/10", lam: 1 } },
    unlucky: { family: "ou-stationary", parameters: { T: 1, t: "1/2", x: "7/10", lam: 1, th: 1, sg: 1 } },
  }),
  process("start-from-normal", { startMean: "0", startVariance: "1" }, vp({ T: "1/2" }), vp({ T: 5 })),
  mutant("half-score-density", "reverse", reverse("-f(x, T - r) + (divG(x, T - r) + G(x, T - r)*s(x, T - r))/2")),
  mutant("sign-flip-density", "reverse", reverse("-f(x, T - r) - divG(x, T - r) - G(x, T - r)*s(x, T - r)")),
  mutant("no-divergence-term-density", "reverse", reverse("-f(x, T - r) + G(x, T - r)*s(x, T - r)"), {
    families: ["geometric-brownian", "pearson", "square-root"],
  }),
  mutant("flow-full-g2-density", "continuity", "D(p(x, t), t) == -divergence((f(x, t) - divG(x, t) - G(x, t)*s(x, t))*p(x, t), x)"),
  mutant(
    "lambda-linear-density",
    "lambda-family",
    "D(q(x, r), r) == -divergence((-f(x, T - r) + (1 + lam)/2*(divG(x, T - r) + G(x, T - r)*s(x, T - r)))*q(x, r), x) + lam^2/2*laplacian(G(x, T - r)*q(x, r), x)",
  ),
  mutant("euler-order-two", "euler-order", "n^2*abs(scheme(n)[2] - v0) <= upper"),
  mutant("covariance-any-lambda", "covariance", "reverseCov(lam) == forwardCov", { visible: vp({ lam: 0 }), unlucky: vp({ lam: "101/100" }) }),
]
