/**
 * Models with a condition c of probability w[c]: prior(c), likelihood(z, c), an encoder q(x, c), evidence(c) = p(x|c), posterior(x, c) = p(z|x, c).
 *
 * elboOf(r, x, c) is the bound for q = r; average, conditionalEntropy and averageGap are means over p(x, c); marginal = p(z), pooled = p(z|x).
 */
import { family } from "../../src/core/statement.ts"

const bound = {
  "elboOf(r, x, c)": "E(z, r, logpdf(likelihood(z, c), x) + logpdf(prior(c), z) - logpdf(r, z))",
  elbo: "elboOf(q(x, c), x, c)",
  reconstruction: "E(z, q(x, c), logpdf(likelihood(z, c), x))",
  average: "total(k, 1, 2, w[k]*E(y, evidence(k), elboOf(q(y, k), y, k)))",
  conditionalEntropy: "total(k, 1, 2, w[k]*Entropy(evidence(k)))",
  averageGap: "total(k, 1, 2, w[k]*E(y, evidence(k), KL(q(y, k), posterior(y, k))))",
}
const classes = { w: "simplex(2)", c: "integer(1, 2)" }
export const gaussian = family("gaussian", {
  title: "z|c ~ N(mu_c, 1), x|z, c ~ N(a z + b_c, s^2), q = N(m_c + t x, v_c)",
  parameters: {
    ...classes,
    mu: "vector(2, -3, 3)",
    b: "vector(2, -1, 1)",
    a: "real(-2, 2)",
    s: "positive(1/8, 4)",
    x: "real(-4, 4)",
    m: "vector(2, -3, 3)",
    t: "real(-1, 1)",
    v: "vector(2, 1/16, 4)",
  },
  let: {
    "prior(c)": "Normal(mu[c], 1)",
    "likelihood(z, c)": "Normal(a*z + b[c], s)",
    "q(x, c)": "Normal(m[c] + t*x, sqrt(v[c]))",
    "evidence(c)": "Normal(a*mu[c] + b[c], sqrt(a^2 + s^2))",
    "posterior(x, c)": "Normal(mu[c] + a*(x - b[c] - a*mu[c])/(a^2 + s^2), s/sqrt(a^2 + s^2))",
    marginal: "Mixture(w, [prior(1), prior(2)])",
    ...bound,
  },
})
export const tables = family("tables", {
  title: "binary latent, binary observation",
  parameters: { ...classes, p: "vector(2, 1/16, 15/16)", l: "matrix(2, 2, 1/16, 15/16)", r: "matrix(2, 2, 1/16, 15/16)", x: "integer(0, 1)" },
  let: {
    "prior(c)": "Bernoulli(p[c])",
    "likelihood(z, c)": "Bernoulli(l[c, z + 1])",
    "q(x, c)": "Bernoulli(r[c, x + 1])",
    "evidence(c)": "Bernoulli((1 - p[c])*l[c, 1] + p[c]*l[c, 2])",
    "joint(x, c)": "p[c]*pdf(likelihood(1, c), x)",
    "posterior(x, c)": "Bernoulli(joint(x, c)/pdf(evidence(c), x))",
    marginal: "Bernoulli(w[1]*p[1] + w[2]*p[2])",
    pooled: "Bernoulli((w[1]*joint(x, 1) + w[2]*joint(x, 2))/(w[1]*pdf(evidence(1), x) + w[2]*pdf(evidence(2), x)))",
    ...bound,
  },
})
export const mixed = family("mixed", {
  title: "binary latent, x|z, c ~ N(mu_{c, z}, s^2)",
  parameters: {
    ...classes,
    p: "vector(2, 1/16, 15/16)",
    mu: "matrix(2, 2, -2, 2)",
    s: "positive(1/2, 2)",
    r: "vector(2, 1/16, 15/16)",
    x: "real(-3, 3)",
  },
  let: {
    "prior(c)": "Bernoulli(p[c])",
    "likelihood(z, c)": "Normal(mu[c, z + 1], s)",
    "q(x, c)": "Bernoulli(r[c])",
    "evidence(c)": "Mixture([1 - p[c], p[c]], [likelihood(0, c), likelihood(1, c)])",
    "posterior(x, c)": "Bernoulli(p[c]*pdf(likelihood(1, c), x)/pdf(evidence(c), x))",
    marginal: "Bernoulli(w[1]*p[1] + w[2]*p[2])",
    ...bound,
  },
})
