/**
 * Marginals of DDIM. With 0 <= sigma^2 <= 1 - abar_(t-1) and eps = (x_t - sqrt(abar_t) x_0)/sqrt(1 - abar_t),
 *
 *   q(x_(t-1) | x_t, x_0) = N(sqrt(abar_(t-1)) x_0 + sqrt(1 - abar_(t-1) - sigma^2) eps, sigma^2 I)  keeps  q(x_t | x_0) = N(sqrt(abar_t) x_0, (1 - abar_t) I);
 *
 * sigma^2 = tilde beta_t is the posterior of DDPM; sigma = 0 is an Euler step of d xbar / d sbar = eps, xbar = x/sqrt(abar), sbar = sqrt((1 - abar)/abar).
 * Given x_0: with E[x_0 | x_t] in its place the marginals are kept to first order only; for normal data the variance shrinks.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { chains, grids, limits } from "./ddim-families.ts"
import { edges, moments, mutants } from "./ddim-mutants.ts"

const CHAINS = { families: chains.map((f) => f.name) }
const GRIDS = { families: grids.map((f) => f.name) }

export const ddimMarginals = theorem({
  id: "diffusion/ddim-marginals",
  title: "Marginals of DDIM",
  statement: String.raw`q_\sigma(x_{t-1}\mid x_t, x_0) = \mathcal N\Bigl(\sqrt{\bar\alpha_{t-1}}\,x_0 + \sqrt{1-\bar\alpha_{t-1}-\sigma_t^2}\,\frac{x_t-\sqrt{\bar\alpha_t}\,x_0}{\sqrt{1-\bar\alpha_t}}, \sigma_t^2 I\Bigr) \;\Rightarrow\; q_\sigma(x_t\mid x_0) = \mathcal N\bigl(\sqrt{\bar\alpha_t}\,x_0, (1-\bar\alpha_t) I\bigr)`,
  symbols: {
    "abar(t)": "alpha bar: what is left of the squared signal after t steps",
    "beta(t)": "1 - abar_t/abar_(t-1)",
    u: "share of the variance 1 - abar_(t-1) that is drawn anew: sigma^2 = u (1 - abar_(t-1))",
    "marginal(t)": "law of x_t given x_0",
    "mean(x, v)": "mean of x_(t-1) given x_t = x and x_0 at sigma^2 = v",
    "mu(x)": "posterior mean of DDPM",
    "blurred(sg)": "law of xbar at sbar = sg",
    "noise(x, sg)": "E[eps | xbar = x]",
    "W(r)": "variance at the grid time r of data N(0, v0)",
    "plugged(n)": "variance after n steps that put E[x_0 | x_t] in the place of x_0",
  },
  hypotheses: [
    { name: "noise", statement: "no noise is taken away", condition: "u >= 0" },
    { name: "root", statement: "sigma^2 is at most 1 - abar_(t-1)", condition: "u <= 1" },
  ],
  families: [...chains, ...limits, ...grids],
  steps: [
    step("moments", moments("mean(y, sigma2)"), "linear in a normal variable", CHAINS),
    step("marginal", "E(y, marginal(t), pdf(Normal(mean(y, sigma2), sqrt(sigma2)), z)) == pdf(marginal(t - 1), z)", "marginalise x_t", CHAINS),
    step("ddpm", "mean(x, betaTilde(t)) == mu(x)", "sigma^2 = tilde beta_t", CHAINS),
    step(
      "euler",
      "mean(x, 0)/sqrt(abar(t - 1)) == x/sqrt(abar(t)) + (root(t - 1) - root(t))*eps(x)",
      "sigma = 0, divided by sqrt(abar_(t-1))",
      CHAINS,
    ),
    step(
      "limit",
      "D(pdf(blurred(sg), x), sg) == -D(noise(x, sg)*pdf(blurred(sg), x), x)",
      "the flow with velocity E[eps | xbar] carries the marginals",
      {
        families: limits.map((f) => f.name),
      },
    ),
    step(
      "plug-in",
      "sqrt(abar(0))*PosteriorMean(Normal(0, sqrt(v0)), sqrt(abar(r)), sqrt(1 - abar(r)), x) - sqrt((1 - abar(0))*(1 - abar(r)))*score(Normal(0, sqrt(W(r))), x) == g(0, r)*x",
      "E[x_0 | x_t] and E[eps | x_t] are linear",
      GRIDS,
    ),
    step("shrinks", "g(0, r)^2*W(r) <= W(0)", "Cauchy-Schwarz", { ...GRIDS, sharpness: "loss" }),
    step("loss", "W(0)*W(r) - inner(0, r)^2 == v0*(sqrt(abar(0)*(1 - abar(r))) - sqrt(abar(r)*(1 - abar(0))))^2", "Lagrange's identity", GRIDS),
    step("order", "abs(error(16*n)/error(32*n) - 2) < 1/4", "the leading error term is measured", { ...GRIDS, sharpness: "loss" }),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Song, Meng, Ermon", year: 2021, where: "Denoising diffusion implicit models, Lemma 1, equations 7 and 12-14" },
    { authors: "Ho, Jain, Abbeel", year: 2020, where: "Denoising diffusion probabilistic models, equations 6 and 7" },
  ],
})
