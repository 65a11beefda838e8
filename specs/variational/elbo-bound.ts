/**
 * The evidence lower bound. With w = p(x, z)/q(z) and L(q) = E_q log w,
 *
 *   log p(x) = L(q) + KL(q || p(z|x)) >= L(q),   L = E_q log p(x|z) - KL(q || p(z)) = E_q log p(x, z) + H(q),
 *   L_K = E log((w_1 + ... + w_K)/K):  L_1 = L,  L_K <= L_(K+1) <= log E_q w <= log p(x),  K (log p(x) - L_K) -> chi^2(p(z|x) || q)/2.
 *
 * The rate is checked with explicit constants: log(1 + t) - t + t^2/2 - t^3/3 lies in [-t^4/(4 min(1, 1 + t)), 0], and 1/mean(w) <= mean(1/w).
 */
import { step, theorem } from "../../src/core/statement.ts"
import { edges } from "./elbo-bound-edges.ts"
import { mutants, priorKl, reconstruction, remainder } from "./elbo-bound-mutants.ts"
import { conjugateFamilies } from "./families-conjugate.ts"
import { gaussianFamilies } from "./families.ts"
import { weightFamilies } from "./families-weights.ts"
import { drawn, frullani, iwae } from "./iwae.ts"

const conjugate = ["categorical", "bernoulli", "gamma-poisson", "beta-binomial"]
const models = ["gaussian", "gaussian-nd", ...conjugate]
const weights = ["weights", "gamma-weights", "log-normal-weights"]

export const elboBound = theorem({
  id: "variational/elbo-bound",
  title: "Evidence lower bound",
  statement: String.raw`\log p(x) = \mathcal L(q) + \mathrm{KL}(q\,\|\,p(z\mid x)),\quad
    \mathcal L(q) = \mathbb E_q\log p(x\mid z) - \mathrm{KL}(q\,\|\,p(z)),\quad
    \mathcal L_K \le \mathcal L_{K+1} \le \log p(x)`,
  symbols: {
    prior: "p(z)",
    "likelihood(z)": "p(x|z)",
    q: "variational law of z",
    posterior: "p(z|x)",
    evidence: "p(x), finite and positive",
    elbo: "L(q)",
    "L(K)": "bound with K importance weights",
    w: "importance weight p(x, z)/q(z)",
    delta: "shift of q in posterior standard deviations",
    rho: "variance of q over that of the posterior",
  },
  hypotheses: [
    { name: "noise", statement: "s > 0", condition: "s > 0" },
    { name: "variance", statement: "q has a positive variance", condition: "v > 0" },
    { name: "absolute continuity", statement: "q gives no mass to points where p(x, z) = 0", condition: "stray == 0" },
    { name: "binary observation", statement: "a Bernoulli likelihood is normalised over x in {0, 1} only", condition: "grey == 0" },
  ],
  families: [...gaussianFamilies, ...conjugateFamilies, ...weightFamilies],
  functions: { iwae, frullani, drawn },
  steps: [
    step("evidence", "E(z, prior, pdf(likelihood(z), x)) == evidence", "integrate z out", { families: ["gaussian", ...conjugate, "mixture-prior"] }),
    step("bayes", "joint(z) - logpdf(posterior, z) == logEvidence", "Bayes' rule, at any z", { families: [...models, "mixture-prior"] }),
    step("importance", "E(z, q, w(z)) == evidence", "the posterior is absolutely continuous with respect to q", {
      families: ["gaussian-shifted", ...conjugate, "mixture-prior"],
    }),
    step("mass", "E(z, q, w(z)) <= evidence", "q may miss a part of the posterior", {
      families: ["missing-state", "categorical"],
      sharpness: "importance",
    }),
    step("jensen", "elbo <= log(E(z, q, w(z)))", "Jensen", {
      families: ["gaussian-shifted", "categorical", "bernoulli", "mixture-prior"],
      sharpness: "tight",
    }),
    step("gap", "logEvidence - elbo == KL(q, posterior)", "log w = log p(x) - log q/p(z|x)", { families: [...models, "gaussian-shifted"] }),
    step("bound", "elbo <= logEvidence", "KL >= 0", { families: [...models, "gaussian-shifted"], sharpness: "tight" }),
    step("tight", "E(z, posterior, joint(z) - logpdf(posterior, z)) == logEvidence", "w is constant iff q is the posterior", {
      families: [...models, "mixture-prior"],
    }),
    step("split", "E(z, q, joint(z)) + Entropy(q) == E(z, q, logpdf(likelihood(z), x)) - KL(q, prior)", "log p(x, z) = log p(x|z) + log p(z)", {
      families: [...models, "mixture-prior"],
    }),
    step("gaussian-form", `elbo == ${reconstruction} - ${priorKl}`, "second moments of q", { families: ["gaussian", "gaussian-shifted"] }),
    step(
      "gaussian-form-nd",
      "elbo == -(d*log(2*pi*s^2) + (norm2(x - mu - W*m) + trace(transpose(W)*W*C))/s^2)/2 - (norm2(m) + trace(C) - k - logdet(C))/2",
      "second moments of q",
      { families: ["gaussian-nd"] },
    ),
    step("log-normal", "logw(m + sqrt(v)*z) == logEvidence - delta*z - delta^2/2", "v is the posterior variance", { families: ["gaussian-matched"] }),
    step("log-cosh", "L(2) == logEvidence - delta^2/2 + E(y, Normal(0, 1), log(cosh(delta*y/sqrt(2))))", "log of the mean of two exponentials", {
      families: ["log-normal-weights"],
    }),
    step("iwae-one", "L(1) == elbo", "one draw", { families: [...weights, "categorical", "missing-state"] }),
    step("iwae-pair", "L(2) >= L(1)", "log is concave", { families: [...weights, "categorical"], sharpness: "equal-weights" }),
    step("subset", "total(j, 1, n, (sum - w[j])/(n - 1))/n == sum/n", "leave-one-out averages average to the average", { families: ["any-weights"] }),
    step("subset-jensen", "total(j, 1, n, log((sum - w[j])/(n - 1)))/n <= log(sum/n)", "Jensen on the subset lemma", {
      families: ["any-weights"],
      sharpness: "equal-weights",
    }),
    step("iwae-monotone", "L(K) <= L(K + 1)", "expectation of the subset inequality", {
      families: [...weights, "categorical"],
      sharpness: "equal-weights",
    }),
    step("iwae-sampled", "L(K) <= L(K + 1)", "expectation of the subset inequality", { families: ["gaussian-distant"], sharpness: "equal-weights" }),
    step("iwae-bound", "L(K) <= logEvidence", "Jensen", { families: [...weights, "categorical", "missing-state"], sharpness: "equal-weights" }),
    step("equal-weights", "[iwae(K, [c, c, c], r), total(j, 1, n, log((n*c - c)/(n - 1)))/n] == [log(c), log(c)]", "equality iff w is constant", {
      families: ["any-weights"],
    }),
    step("frullani", "L(K) == integral(u, -inf, inf, exp(-exp(u)) - phi(exp(u))^K) - log(K)", "log y = int (e^-t - e^(-t y)) dt/t, t = e^u", {
      families: ["weights", "gamma-weights"],
    }),
    step("support", "E(z, q, w(z)) == evidence*P(z, posterior, z <= 1)", "the limit of L_K sees the support of q only", {
      families: ["missing-state"],
    }),
    step("iwae-rate", `abs(K*(logEvidence - L(K)) - chi2/2) <= ${remainder}`, "log(1 + t) to third order", {
      families: weights,
      sharpness: "equal-weights",
    }),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Jordan, Ghahramani, Jaakkola and Saul", year: 1999, where: "An introduction to variational methods for graphical models" },
    { authors: "Kingma and Welling", year: 2014, where: "Auto-encoding variational Bayes, eq. 3" },
    { authors: "Rezende, Mohamed and Wierstra", year: 2014, where: "Stochastic backpropagation and approximate inference" },
    { authors: "Burda, Grosse and Salakhutdinov", year: 2016, where: "Importance weighted autoencoders, theorem 1" },
    { authors: "Nowozin", year: 2018, where: "Debiasing evidence approximations, section 2" },
    { authors: "Domke and Sheldon", year: 2018, where: "Importance weighting and variational inference, theorem 3" },
  ],
})
