/**
 * Posterior collapse of the linear VAE: x|z ~ N(W z, s^2 I), q(z|x) = N(V x, D), data of covariance with eigenvalues lam_1 >= lam_2 >= ... .
 *
 * The best encoder V = M^-1 W^T, D = s^2 M^-1, M = W^T W + s^2 I makes the bound the log-likelihood of probabilistic PCA. With c_i = max(lam_i, s^2) on the
 * k kept directions and s^2 on the others its maximum is -sum_i (log(2 pi c_i) + lam_i/c_i)/2, at w_i^2 = (lam_i - s^2)_+: a direction collapses
 * iff lam_i <= s^2, the curvature at w_i = 0 being lam_i/s^4 - 1/s^2. With free noise s^2 is the mean of the dropped eigenvalues.
 * With the weight beta on the divergence w_i^2 = (lam_i - beta s^2)_+.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { box, four, normal, plane, sample, turned, uniform } from "./posterior-collapse-families.ts"
import { at, mutants } from "./posterior-collapse-mutants.ts"

const encoders = { families: ["normal", "sample", "plane"] }
const one = { families: ["normal", "sample", "uniform", "plane"] }
const value = { families: ["normal", "sample", "uniform", "plane", "four"] }
const noise = { families: ["four", "box", "turned"] }
export const posteriorCollapseLinearVae = theorem({
  id: "variational/posterior-collapse-linear-vae",
  title: "Posterior collapse of the linear VAE",
  statement: String.raw`\max_{W,V,D}\mathcal L = -\tfrac12\sum_i\Bigl[\log 2\pi c_i + \tfrac{\lambda_i}{c_i}\Bigr],\qquad w_i^2 = (\lambda_i - s^2)_+,\qquad w_i = 0 \iff \lambda_i \le s^2`,
  symbols: {
    lam: "an eigenvalue of the data covariance",
    s: "decoder standard deviation, s > 0",
    w: "length of a column of W",
    v: "encoder slope",
    D: "encoder variance, D > 0",
    beta: "weight of the divergence, beta > 0",
  },
  hypotheses: [
    { name: "noise", statement: "a positive noise level", condition: "s > 0" },
    { name: "rank", statement: "free noise: the dropped eigenvalues are not all 0", condition: "mle > 0" },
  ],
  families: [normal, sample, uniform, plane, four, box, turned],
  steps: [
    step("encoder", "elbo(v, D) <= profile(w)", "Gibbs", { ...encoders, sharpness: "best-encoder" }),
    step("best-encoder", "elbo(vs, Ds) == profile(w)", "V = M^-1 W^T, D = beta s^2 M^-1", encoders),
    step(
      "encoder-gap",
      "profile(w) - elbo(v, D) == beta*((D + (v - vs)^2*lam)/Ds - 1 - log(D/Ds))/2",
      "mean divergence from the best encoder",
      encoders,
    ),
    step("tight", "bound(vs1(w), Ds1(w)) == ll(w)", "at beta = 1 the best encoder is the posterior", encoders),
    step("optimum", "ll(w) <= best", "log c + lam/c is least at c = lam", { ...one, sharpness: "value" }),
    step("value", "ll(sqrt(keep)) == best", "c = max(lam, s^2)", value),
    step("curvature", "bend(0) == lam/s^4 - 1/s^2", "differentiate twice: its sign decides the collapse", one),
    step("beta-optimum", "profile(w) <= profile(sqrt(keepBeta))", "t = w^2 + beta s^2 is best at lam", { ...one, sharpness: "beta-regret" }),
    step(
      "beta-regret",
      "profile(sqrt(keepBeta)) - profile(w) == beta/2*integral(t, max(lam, beta*s^2), w^2 + beta*s^2, (t - lam)/t^2)",
      "integrate the slope",
      one,
    ),
    step("diagnosis", "rate(vs1(sqrt(keep)), Ds1(sqrt(keep))) == log(max(lam, s^2)/s^2)/2", "0 iff the direction has collapsed", one),
    step("noise", "fit(s^2) == fit(mle) - (n - k)*(r(s^2) - 1 - log(r(s^2)))/2", "greatest where s^2 is the mean of the dropped eigenvalues", noise),
  ],
  mutants,
  edges: [
    {
      name: "at-the-threshold",
      family: "normal",
      step: "curvature",
      claim: "bend(0) == 0",
      parameters: at(1, 1).parameters,
      expected: "holds",
      note: "the maximum at w = 0 is quartic",
    },
    {
      name: "rank-deficient",
      family: "four",
      step: "noise",
      parameters: { l: [4, 2, 0, 0], s: 1 },
      expected: "outside-hypotheses",
      note: "the likelihood is unbounded as the noise vanishes",
    },
    {
      name: "equal-eigenvalues",
      family: "plane",
      step: "value",
      parameters: {
        l: [2, 2],
        Q: [
          ["3/5", "-4/5"],
          ["4/5", "3/5"],
        ],
        s: 1,
        w: 0,
        beta: 1,
        v: 0,
        D: 1,
      },
      expected: "holds",
      note: "any direction attains the value: the rotation is not identifiable",
    },
  ],
  sources: [
    { authors: "Tipping, Bishop", year: 1999, where: "Probabilistic principal component analysis, section 3.2" },
    { authors: "Lucas, Tucker, Grosse, Norouzi", year: 2019, where: "Don't blame the ELBO!, sections 4 and 5" },
    {
      authors: "Dai, Wang, Aston, Hua, Wipf",
      year: 2018,
      where: "Connections with robust PCA and the role of emergent sparsity in variational autoencoder models",
    },
  ],
})
