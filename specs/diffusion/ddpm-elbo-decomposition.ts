/**
 * Decomposition of DDPM's variational bound at a data point x_0:
 *
 *   log p(x_0) >= -(L_T + sum_(t=2..T) L_(t-1) + L_0),   L_T = KL(q(x_T | x_0) || p(x_T)),   L_0 = -E log p(x_0 | x_1),
 *   L_(t-1) = E KL(q(x_(t-1) | x_t, x_0) || p(x_(t-1) | x_t)) = beta_t^2 / (2 sigma_t^2 alpha_t (1 - abar_t)) E(eps - eps_model)^2 + C_t,
 *   C_t = (r - 1 - log r)/2, r = tilde beta_t / sigma_t^2;   at sigma_t^2 = tilde beta_t:  L_(t-1) = (SNR_(t-1) - SNR_t) E(x_0 - x_model)^2 / 2.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { chains, noises } from "./elbo-families.ts"
import { edges, mutants } from "./elbo-mutants.ts"

const CHAINS = { families: chains.map((f) => f.name) }
const TERMS = { families: noises.map((f) => f.name) }

export const ddpmElboDecomposition = theorem({
  id: "diffusion/ddpm-elbo-decomposition",
  title: "Decomposition of DDPM's variational bound",
  statement: String.raw`-\log p(x_0) \le \mathrm{KL}\bigl(q(x_T\mid x_0)\,\|\,p(x_T)\bigr) + \sum_{t=2}^T \mathbb E\,\mathrm{KL}\bigl(q(x_{t-1}\mid x_t, x_0)\,\|\,p_\theta(x_{t-1}\mid x_t)\bigr) - \mathbb E\log p_\theta(x_0\mid x_1),\qquad L_{t-1} = \frac{\beta_t^2}{2\sigma_t^2\alpha_t(1-\bar\alpha_t)}\mathbb E\|\epsilon-\epsilon_\theta\|^2 + C_t`,
  symbols: {
    T: "number of steps",
    x0: "data point",
    "kernel(t, u)": "law of x_t given x_(t-1) = u",
    "posterior(t, y)": "law of x_(t-1) given x_t = y and x_0",
    "model(t, y)": "law of x_(t-1) given x_t = y in the model",
    marginalModel: "law of x_0 in the model",
    "reverse(t, y)": "law of x_(t-1) given x_t = y for data in the prior",
    "term(v)": "L_(t-1) of a model of variance v that predicts the noise",
    simple: "E(eps - eps_model)^2, the loss without its weight",
    dataLoss: "E(x_0 - x_model)^2",
  },
  families: [...chains, ...noises],
  steps: [
    step("telescoping", "direct == bound", "Bayes given x_0 in every factor but the first", CHAINS),
    step("bound", "bound <= logpdf(marginalModel, x0)", "Jensen", { ...CHAINS, sharpness: "tight" }),
    step("tight", "ideal == logpdf(prior, x0)", "data in the prior, and the model is the reversal of the chain", CHAINS),
    step("weight", "term(v) == weight(v)*simple + constant", "divergence of two normal laws", TERMS),
    step("snr-form", "term(betaTilde(t)) == (snr(t - 1) - snr(t))/2*dataLoss", "C_t = 0, and eps - eps_model is a multiple of x_0 - x_model", TERMS),
    step("gradients", "[D(term(v), c), D(term(v), k)] == [weight(v)*D(simple, c), weight(v)*D(simple, k)]", "weighted or not, one minimiser", TERMS),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Ho, Jain, Abbeel", year: 2020, where: "Denoising diffusion probabilistic models, equations 5, 12 and 14" },
    { authors: "Kingma, Salimans, Poole, Ho", year: 2021, where: "Variational diffusion models, equation 13" },
  ],
})
