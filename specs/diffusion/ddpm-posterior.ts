/**
 * Posterior of the forward chain of DDPM. alpha_t = 1 - beta_t, abar_t = prod_(i <= t) alpha_i, x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps, t >= 2:
 *
 *   q(x_(t-1) | x_t, x_0) = N(mu, tilde beta_t I),   tilde beta_t = (1 - abar_(t-1)) / (1 - abar_t) beta_t,
 *   mu = sqrt(abar_(t-1)) beta_t / (1 - abar_t) x_0 + sqrt(alpha_t) (1 - abar_(t-1)) / (1 - abar_t) x_t
 *      = (x_t - beta_t / sqrt(1 - abar_t) eps) / sqrt(alpha_t).
 */
import { family, step, theorem } from "../../src/core/statement.ts"
import { edges, mutants } from "./posterior-mutants.ts"
import { arbitrary, constant, cosine, linear, linearAbar, posteriorLaws } from "./schedules.ts"

const CHANNEL = "marginal(t - 1), sqrt(1 - beta(t)), sqrt(beta(t)), x"

export const ddpmPosterior = theorem({
  id: "diffusion/ddpm-posterior",
  title: "Posterior of the forward chain of DDPM",
  statement: String.raw`q(x_{t-1}\mid x_t, x_0) = \mathcal N(\tilde\mu_t, \tilde\beta_t I),\quad \tilde\mu_t = \frac{\sqrt{\bar\alpha_{t-1}}\,\beta_t}{1-\bar\alpha_t}x_0 + \frac{\sqrt{\alpha_t}(1-\bar\alpha_{t-1})}{1-\bar\alpha_t}x_t = \frac1{\sqrt{\alpha_t}}\Bigl(x_t - \frac{\beta_t}{\sqrt{1-\bar\alpha_t}}\epsilon\Bigr),\quad \tilde\beta_t = \frac{1-\bar\alpha_{t-1}}{1-\bar\alpha_t}\beta_t`,
  symbols: {
    "beta(i)": "variance that step i adds, in ]0, 1[",
    "abar(t)": "alpha bar: what is left of the squared signal after t steps",
    "marginal(t)": "law of x_t given x_0",
    "kernel(y)": "law of x_t given x_(t-1) = y",
    "mu(x)": "posterior mean of x_(t-1) at x_t = x",
    "betaTilde(t)": "posterior variance",
    x0: "data point",
    k: "standardised point x at time t, the noise eps",
    l: "standardised point z at time t - 1",
  },
  hypotheses: [
    { name: "noise", statement: "every step adds noise", condition: "beta(t) > 0" },
    { name: "signal", statement: "and leaves signal", condition: "beta(t) < 1" },
  ],
  families: [constant, linear, cosine, linearAbar, arbitrary].map(({ name, title, parameters, let: lets }) =>
    family(name, {
      title,
      parameters: { ...parameters, x0: "real(-3, 3)", k: "real(-4, 4)", l: "real(-4, 4)" },
      let: {
        ...lets,
        ...posteriorLaws,
        x: "sqrt(abar(t))*x0 + k*sqrt(1 - abar(t))",
        z: "mu(x) + l*sqrt(betaTilde(t))",
        eps: "(x - sqrt(abar(t))*x0)/sqrt(1 - abar(t))",
      },
    }),
  ),
  steps: [
    step(
      "precision",
      "beta(t)*(1 - abar(t - 1))/((1 - beta(t))*(1 - abar(t - 1)) + beta(t)) == betaTilde(t)",
      "precisions alpha_t/beta_t and 1/(1 - abar_(t-1)) add up",
    ),
    step("bayes", "pdf(kernel(z), x)*pdf(marginal(t - 1), z)/pdf(marginal(t), x) == pdf(Normal(mu(x), sqrt(betaTilde(t))), z)", "Bayes, pointwise"),
    step("mean", `PosteriorMean(${CHANNEL}) == mu(x)`, "mean of the product of two normal densities"),
    step("variance", `PosteriorCov(${CHANNEL}) == betaTilde(t)`, "its variance"),
    step("noise-form", "(x - beta(t)/sqrt(1 - abar(t))*eps)/sqrt(1 - beta(t)) == mu(x)", "x_0 = (x_t - sqrt(1 - abar_t) eps)/sqrt(abar_t)"),
    step("consistency", "E(y, marginal(t), pdf(Normal(mu(y), sqrt(betaTilde(t))), z)) == pdf(marginal(t - 1), z)", "total probability"),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Ho, Jain, Abbeel", year: 2020, where: "Denoising diffusion probabilistic models, equations 6, 7 and 11" },
    {
      authors: "Sohl-Dickstein, Weiss, Maheswaranathan, Ganguli",
      year: 2015,
      where: "Deep unsupervised learning using nonequilibrium thermodynamics",
    },
  ],
})
