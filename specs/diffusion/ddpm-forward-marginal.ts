/**
 * Marginals of the forward chain of DDPM. q(x_t | x_(t-1)) = N(sqrt(1 - beta_t) x_(t-1), beta_t I); abar_t = prod_(i <= t) (1 - beta_i):
 *
 *   q(x_t | x_0) = N(sqrt(abar_t) x_0, (1 - abar_t) I),   Cov(x_s, x_t | x_0) = sqrt(abar_t / abar_s) (1 - abar_s) I  (s <= t),
 *   SNR_t = abar_t / (1 - abar_t) decreases,   beta_i = r(i/n)/n:  abar_floor(tn) -> exp(-B(t)), B' = r, at the rate 1/n.
 *
 * Any decreasing abar is that of a chain, beta_t = 1 - abar_t / abar_(t-1): cosine and linear abar.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { chains, rates } from "./forward-families.ts"
import { edges, mutants } from "./forward-mutants.ts"

const CHAINS = chains.map((f) => f.name)
const RATES = rates.map((f) => f.name)

export const ddpmForwardMarginal = theorem({
  id: "diffusion/ddpm-forward-marginal",
  title: "Marginals of the forward chain of DDPM",
  statement: String.raw`q(x_t\mid x_{t-1}) = \mathcal N\bigl(\sqrt{1-\beta_t}\,x_{t-1}, \beta_t I\bigr) \;\Rightarrow\; q(x_t\mid x_0) = \mathcal N\bigl(\sqrt{\bar\alpha_t}\,x_0, (1-\bar\alpha_t)I\bigr),\qquad \bar\alpha_t = \prod_{i\le t}(1-\beta_i)`,
  symbols: {
    "beta(i)": "variance that step i adds, in ]0, 1]",
    "abar(t)": "alpha bar: what is left of the squared signal after t steps",
    "kernel(y)": "law of x_t given x_(t-1) = y",
    "marginal(t)": "law of x_t given x_0",
    "snr(t)": "signal-to-noise ratio",
    x0: "data point",
    k: "standardised point x at time t",
    s: "a step up to t",
    "r(u)": "rate of the limit in continuous time, beta_i = r(i/n)/n",
    "B(u)": "its integral from 0 to u",
  },
  hypotheses: [
    { name: "noise", statement: "every step adds noise", condition: "beta(t) > 0" },
    { name: "variance", statement: "and no more than preserves unit variance", condition: "beta(t) <= 1" },
  ],
  families: [...chains, ...rates],
  steps: [
    step("schedule", "product(i, 1, t, 1 - beta(i)) == abar(t)", "telescoping, or the closed form of the schedule", { families: CHAINS }),
    step("one-step", "E(y, marginal(t - 1), pdf(kernel(y), x)) == pdf(marginal(t), x)", "Chapman-Kolmogorov", { families: CHAINS }),
    step("coefficient", "product(i, 1, t, sqrt(1 - beta(i))) == sqrt(abar(t))", "induction on the mean", { families: CHAINS }),
    step("variance", "total(j, 1, t, beta(j)*product(i, j + 1, t, 1 - beta(i))) == 1 - abar(t)", "induction on the variance", { families: CHAINS }),
    step(
      "covariance",
      "E(y, marginal(s), (y - sqrt(abar(s))*x0)*(y*product(i, s + 1, t, sqrt(1 - beta(i))) - sqrt(abar(t))*x0)) == sqrt(abar(t)/abar(s))*(1 - abar(s))",
      "x_t is a multiple of x_s and noise independent of x_s",
      { families: CHAINS },
    ),
    step("snr", "snr(t) < snr(t - 1)", "beta > 0", { families: CHAINS, sharpness: "snr-rate" }),
    step("snr-rate", "1/snr(t) - 1/snr(t - 1) == beta(t)/abar(t)", "the ratios are equal at beta = 0 only", { families: CHAINS }),
    step("continuum", "n*abs(discrete(n, t) - exp(-B(t))) <= bound", "logarithms of the factors, added up", {
      families: RATES,
      sharpness: "exact-step",
    }),
    step("continuum-rate", "abs(error(4*n)/error(8*n) - 2) < 1/4", "the leading error term is measured", {
      families: RATES,
      sharpness: "exact-step",
    }),
    step("exact-step", "product(i, 1, floor(t*n), 1 - exact(i)) == exp(-B(floor(t*n)/n))", "beta_i = 1 - exp(B((i - 1)/n) - B(i/n)) has no error", {
      families: RATES,
    }),
  ],
  mutants,
  edges,
  sources: [
    {
      authors: "Sohl-Dickstein, Weiss, Maheswaranathan, Ganguli",
      year: 2015,
      where: "Deep unsupervised learning using nonequilibrium thermodynamics",
    },
    { authors: "Ho, Jain, Abbeel", year: 2020, where: "Denoising diffusion probabilistic models, equation 4" },
    { authors: "Nichol, Dhariwal", year: 2021, where: "Improved denoising diffusion probabilistic models, equation 17" },
    { authors: "Song et al.", year: 2021, where: "Score-based generative modeling through stochastic differential equations, appendix B" },
  ],
})
