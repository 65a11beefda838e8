/**
 * Marginals of the linear SDEs of diffusion models. dX = a(t) X dt + g(t) dW from data d: X_t = al X_0 + sqrt(V) eps, al' = a al, V' = 2 a V + g^2;
 *
 *   VP: al = e^(-B/2), V = 1 - e^-B;   sub-VP: the same al, V = (1 - e^-B)^2;   VE: al = 1, V = sigma_t^2 - sigma_0^2;
 *   data sum_k w_k N(m_k, s_k^2) stay a mixture of the same weights:  p_t = sum_k w_k N(al m_k, al^2 s_k^2 + V).
 *
 * VP keeps unit variance; sub-VP has less variance than VP, by e^-B (1 - e^-B).
 */
import { step, theorem } from "../../src/core/statement.ts"
import { families } from "./marginals-families.ts"
import { edges, mutants } from "./marginals-mutants.ts"

const PRESERVING = { families: ["vp-mixture", "vp-atoms", "vp-gaussian"] }
const DATA = { families: ["vp-mixture", "subvp-mixture", "vp-atoms", "ou-gaussian"] }
/** The derivative in time needs a rate that does not jump. */
const SMOOTH = { families: ["vp-mixture", "subvp-mixture", "ve-mixture", "vp-atoms", "ou-gaussian"] }

export const sdeMarginals = theorem({
  id: "diffusion/sde-marginals",
  title: "Marginals of the linear SDEs",
  statement: String.raw`dX = a(t)X\,dt + g(t)\,dW \;\Rightarrow\; X_t\mid X_0 \sim \mathcal N(\alpha_t X_0, V_t I),\quad \alpha_t = e^{\int_0^t a},\quad V_t = \int_0^t g^2(u)\frac{\alpha_t^2}{\alpha_u^2}\,du;\qquad \sum_k w_k\mathcal N(m_k, s_k^2) \mapsto \sum_k w_k\mathcal N(\alpha_t m_k, \alpha_t^2 s_k^2 + V_t)`,
  symbols: {
    t: "time, t > 0",
    "a(t)": "rate of the drift",
    "g2(t)": "squared noise g^2",
    "al(t)": "mean coefficient of the kernel",
    "V(t)": "variance of the kernel",
    "B(t)": "integral of the rate beta",
    d: "law of X_0",
    marginal: "law of X_t as claimed",
    growth: "exp of the integral of a",
    noise: "variance that the noise adds up to",
  },
  hypotheses: [{ name: "time", statement: "noise has been added", condition: "t > 0" }],
  families,
  steps: [
    step("coefficient", "growth == al(t)", "al' = a al"),
    step("kernel-variance", "noise == V(t)", "variation of constants"),
    step("moment-rate", "D(V(t), t) == 2*a(t)*V(t) + g2(t)", "Ito's formula for the square", SMOOTH),
    step("mean", "growth*Mean(d) == Mean(marginal)", "a linear drift acts on the mean", DATA),
    step("variance", "growth^2*Var(d) + noise == Var(marginal)", "data and noise are independent", DATA),
    step("convolution", "E(z, d, pdf(Normal(al(t)*z, sqrt(V(t))), x)) == pdf(marginal, x)", "a normal kernel on normal components"),
    step("unit-variance", "growth^2 + noise == 1", "V = 1 - al^2", PRESERVING),
    step("sub-variance", "subNoise <= vpNoise", "less noise at every time", { ...PRESERVING, sharpness: "sub-variance-gap" }),
    step("sub-variance-gap", "vpNoise - subNoise == exp(-B(t))*(1 - exp(-B(t)))", "1 - e^-B - (1 - e^-B)^2", PRESERVING),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Song et al.", year: 2021, where: "Score-based generative modeling through stochastic differential equations, appendix B" },
    { authors: "Saerkkae, Solin", year: 2019, where: "Applied stochastic differential equations, section 6" },
  ],
})
