/**
 * Laws of an importance weight w = p(x, z)/q(z), z ~ q, for which the bound with K draws, L(K) = E log((w_1 + ... + w_K)/K), can be evaluated.
 *
 * Each family defines L(k), elbo = E log w, evidence = E w, logEvidence, its Laplace transform phi(t) = E e^(-t w) and the relative moments
 * M(j) = E (w/E w)^j; `rate` derives from those the constants of the 1/K expansion: with v = w/E w - 1, chi2 = E v^2, mu3 = E v^3, mu4 = E v^4,
 * and spread = E[(v_1 + ... + v_K)^4 (1 + E w/w_1)].
 */
import { family } from "../../src/core/statement.ts"
import { bound, channel, observed } from "./families.ts"

const rate = {
  chi2: "M(2) - 1",
  mu3: "M(3) - 3*M(2) + 2",
  mu4: "M(4) - 4*M(3) + 6*M(2) - 3",
  "sum4(k)": "k*mu4 + 3*k*(k - 1)*chi2^2",
  // E[v^j E w / w] is M(-1), 1 - M(-1), M(-1) - 1 and M(3) - 4 M(2) + 2 + M(-1) for j = 0, 1, 2, 4.
  "tilted(k)": "M(3) - 4*M(2) + 2 + M(-1) + 6*(M(-1) - 1)*(k - 1)*chi2 + 4*(1 - M(-1))*(k - 1)*mu3 + M(-1)*sum4(k - 1)",
  spread: "sum4(K) + tilted(K)",
}

/** Two or three rational weights. */
const finiteWeights = family("weights", {
  parameters: { n: "integer(2, 3)", w: "vector(n, 1/8, 4)", r: "simplex(n)", K: "integer(1, 6)" },
  let: {
    "L(k)": "iwae(k, w, r)",
    elbo: "total(i, 1, n, r[i]*log(w[i]))",
    evidence: "dot(w, r)",
    logEvidence: "log(evidence)",
    "phi(t)": "total(i, 1, n, r[i]*exp(-t*w[i]))",
    "M(j)": "total(i, 1, n, r[i]*(w[i]/evidence)^j)",
    ...rate,
  },
  points: [
    { n: 3, w: ["1/4", 1, 3], r: ["1/2", "1/4", "1/4"], K: 5 },
    { n: 2, w: ["1/16", "31/16"], r: ["1/2", "1/2"], K: 4 },
  ],
})

/** Gamma weights: the sum of K is Gamma(K c, d), so L(K) = digamma(K c) - log(K d). */
const gammaWeights = family("gamma-weights", {
  parameters: { c: "real(3/2, 10)", d: "real(1/2, 4)", K: "integer(1, 16)" },
  let: {
    "L(k)": "digamma(k*c) - log(k*d)",
    elbo: "E(z, Gamma(c, d), log(z))",
    evidence: "c/d",
    logEvidence: "log(evidence)",
    "phi(t)": "exp(-c*log1p(t/d))",
    "M(j)": "exp(lgamma(c + j) - lgamma(c) - j*log(c))",
    ...rate,
  },
})

/** w = exp(delta Y - delta^2/2): q has the posterior variance and its mean is off by delta posterior standard deviations. */
const logNormalWeights = family("log-normal-weights", {
  parameters: { delta: "positive(1/16, 1)", K: "oneof(2, 4, 8, 16)" },
  let: {
    "L(k)": "frullani(k, delta)",
    elbo: "-delta^2/2",
    evidence: "1",
    logEvidence: "0",
    "M(j)": "exp(delta^2*j*(j - 1)/2)",
    ...rate,
  },
  points: [
    { delta: 1, K: 4 },
    { delta: "1/4", K: 16 },
  ],
})

/** q has the posterior variance, its mean is delta posterior standard deviations off: log w is affine in z, and w is log-normal under q. */
const matched = family("gaussian-matched", {
  parameters: { ...observed, m: "real(-3, 3)", z: "real(-4, 4)" },
  let: { ...channel, v: "vs", delta: "(m - ms)/sqrt(vs)", q: "Normal(m, sqrt(v))", ...bound },
})

/** The same, so far off that one draw says little: with K draws L(k) = log p(x) - delta^2/2 + E log of the mean of k variables exp(delta Y). */
const distant = family("gaussian-distant", {
  parameters: { ...observed, delta: "real(9, 12)", K: "oneof(4)" },
  let: { ...channel, "L(k)": "logEvidence - delta^2/2 + drawn(k, delta)" },
})

/** n = K + 1 weights as they come, and equal ones. */
const anyWeights = family("any-weights", {
  parameters: { n: "integer(2, 6)", w: "vector(n, 1/16, 4)", K: "integer(1, 6)", c: "positive(1/16, 4)", r: "simplex(3)" },
  let: { sum: "total(i, 1, n, w[i])" },
})

export const weightFamilies = [finiteWeights, gammaWeights, logNormalWeights, matched, distant, anyWeights]
