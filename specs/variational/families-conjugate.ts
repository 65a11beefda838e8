/**
 * Latent-variable models with discrete or conjugate posteriors, written as `families.ts` describes; every evidence is a finite sum or a ratio of
 * gamma functions.
 */
import { family } from "../../src/core/statement.ts"
import { bound } from "./families.ts"

const probability = "real(1/1024, 1023/1024)"

/** z on 0..n-1 with prior p, P(x | z = i) = l_i for the one x observed, q = r. `stray` is the mass of q where p(x, z) = 0. */
const categorical = family("categorical", {
  parameters: { n: "integer(2, 4)", p: "simplex(n)", l: "vector(n, 1/32, 31/32)", r: "simplex(n)", z: "integer(0, n - 1)", K: "integer(1, 4)" },
  let: {
    prior: "Categorical(p)",
    x: "1",
    "likelihood(z)": "Bernoulli(l[z + 1])",
    evidence: "dot(p, l)",
    logEvidence: "log(evidence)",
    posterior: "Categorical(diag(p)*l/evidence)",
    q: "Categorical(r)",
    "L(k)": "iwae(k, inv(diag(r))*(diag(p)*l), r)",
    stray: "total(i, 1, n, if(p[i]*l[i] == 0, r[i], 0))",
    ...bound,
  },
  points: [{ n: 3, p: ["1/2", "1/4", "1/4"], l: ["1/8", "1/2", "3/4"], r: ["1/4", "1/4", "1/2"], z: 1, K: 2 }],
})

/** Three states of which q visits two. */
const missingState = family("missing-state", {
  parameters: { p: "simplex(3)", l: "vector(3, 1/32, 31/32)", r: "simplex(2)", K: "integer(1, 4)" },
  assume: ["r[1]*r[2] > 0"],
  let: {
    prior: "Categorical(p)",
    x: "1",
    "likelihood(z)": "Bernoulli(l[z + 1])",
    evidence: "dot(p, l)",
    logEvidence: "log(evidence)",
    posterior: "Categorical(diag(p)*l/evidence)",
    q: "Categorical([r[1], r[2], 0])",
    "L(k)": "iwae(k, [p[1]*l[1]/r[1], p[2]*l[2]/r[2]], r)",
    ...bound,
  },
})

/** Binary latent, binary observation. `grey` is 0 for a binary x only. */
const bernoulli = family("bernoulli", {
  parameters: { p: probability, g: probability, h: probability, r: probability, x: "oneof(0, 1)", z: "oneof(0, 1)" },
  let: {
    prior: "Bernoulli(p)",
    "likelihood(z)": "Bernoulli(g + (h - g)*z)",
    grey: "x*(1 - x)",
    evidence: "(1 - p)*pdf(likelihood(0), x) + p*pdf(likelihood(1), x)",
    logEvidence: "log(evidence)",
    posterior: "Bernoulli(p*pdf(likelihood(1), x)/evidence)",
    q: "Bernoulli(r)",
    ...bound,
  },
})

/** z ~ Gamma(al, be), x | z ~ Poisson(z): the evidence is negative binomial. */
const gammaPoisson = family("gamma-poisson", {
  parameters: { al: "real(1/2, 10)", be: "real(1/2, 10)", x: "integer(0, 12)", c: "real(1/2, 10)", d: "real(1/2, 10)", z: "positive(1/8, 8)" },
  let: {
    prior: "Gamma(al, be)",
    "likelihood(z)": "Poisson(z)",
    logEvidence: "lgamma(al + x) - lgamma(al) - lgamma(x + 1) + al*log(be) - (al + x)*log(1 + be)",
    evidence: "exp(logEvidence)",
    posterior: "Gamma(al + x, be + 1)",
    q: "Gamma(c, d)",
    ...bound,
  },
  points: [
    { al: 2, be: 1, x: 3, c: 4, d: "5/2", z: "3/2" },
    { al: "3/2", be: "1/2", x: 0, c: "5/4", d: "7/4", z: 2 },
  ],
})

/** z ~ Beta(a, b), x | z ~ Binomial(n, z). */
const betaBinomial = family("beta-binomial", {
  parameters: {
    a: "real(1/2, 10)",
    b: "real(1/2, 10)",
    n: "integer(1, 8)",
    x: "integer(0, n)",
    c: "real(1/2, 10)",
    d: "real(1/2, 10)",
    z: "real(1/16, 15/16)",
  },
  let: {
    prior: "Beta(a, b)",
    "likelihood(z)": "Binomial(n, z)",
    "logbeta(s, t)": "lgamma(s) + lgamma(t) - lgamma(s + t)",
    logEvidence: "lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) + logbeta(a + x, b + n - x) - logbeta(a, b)",
    evidence: "exp(logEvidence)",
    posterior: "Beta(a + x, b + n - x)",
    q: "Beta(c, d)",
    ...bound,
  },
  points: [
    { a: 2, b: 3, n: 7, x: 5, c: 6, d: 4, z: "1/2" },
    { a: "1/2", b: "1/2", n: 4, x: 1, c: 2, d: "7/2", z: "1/4" },
  ],
})

export const conjugateFamilies = [categorical, missingState, bernoulli, gammaPoisson, betaBinomial]
