/**
 * Gaussian latent-variable models in which both sides of the evidence lower bound can be evaluated: p(x) = int p(z) p(x|z) dz.
 *
 * Every family of an evidence bound defines prior, likelihood(z), q, posterior, evidence = p(x) and logEvidence = log p(x) in closed form, and from
 * those `bound`: joint(z) = log p(x, z), w(z) = p(x, z)/q(z), logw(z) = log w(z), elbo = E_q log w. The parameter z is any point of the latent space.
 */
import { family } from "../../src/core/statement.ts"

/** What every family of an evidence bound derives from its prior, likelihood and q. */
export const bound = {
  "joint(z)": "logpdf(likelihood(z), x) + logpdf(prior, z)",
  "logw(z)": "joint(z) - logpdf(q, z)",
  "w(z)": "pdf(likelihood(z), x)*pdf(prior, z)/pdf(q, z)",
  elbo: "E(z, q, logw(z))",
}

/** z ~ N(0, 1), x | z ~ N(a z + b, s^2). */
export const channel = {
  prior: "Normal(0, 1)",
  "likelihood(z)": "Normal(a*z + b, s)",
  evidence: "pdf(Normal(b, sqrt(a^2 + s^2)), x)",
  logEvidence: "logpdf(Normal(b, sqrt(a^2 + s^2)), x)",
  vs: "s^2/(a^2 + s^2)",
  ms: "a*(x - b)/(a^2 + s^2)",
  posterior: "Normal(ms, sqrt(vs))",
}
export const observed = { a: "real(-3, 3)", b: "real(-1, 1)", s: "positive(1/32, 4)", x: "real(-5, 5)" }
/** Beyond twenty deviations of the model the evidence is below 1e-87, and what an integral over z sees of it underflows in doubles. */
const plausible = ["(x - b)^2 <= 400*(a^2 + s^2)"]
const gaussianPoints = [
  { a: 1, b: 0, s: 1, x: "1/2", m: 0, v: 1, z: "1/3" },
  { a: 2, b: "-1/2", s: "3/4", x: "5/4", m: "1/2", v: "1/4", z: -1 },
  { a: "-3/2", b: "1/4", s: "1/4", x: -2, m: "5/4", v: "1/64", z: 2 },
]

/** q = N(m, v) anywhere. */
const gaussian = family("gaussian", {
  parameters: { ...observed, m: "real(-3, 3)", v: "positive(1/256, 4)", z: "real(-4, 4)" },
  assume: plausible,
  let: { ...channel, q: "Normal(m, sqrt(v))", ...bound },
  points: gaussianPoints,
})

/** q = N(m_* + delta sqrt(v_*), rho v_*): placed relative to the posterior N(m_*, v_*). */
const shifted = family("gaussian-shifted", {
  parameters: { ...observed, s: "positive(1/8, 4)", delta: "real(-2, 2)", rho: "positive(1/4, 4)", z: "real(-4, 4)" },
  assume: plausible,
  let: { ...channel, m: "ms + delta*sqrt(vs)", v: "rho*vs", q: "Normal(m, sqrt(v))", ...bound },
})

/** z ~ N(0, I), x | z ~ N(W z + mu, s^2 I), q = N(m, C), in k latent and d observed dimensions. */
const gaussianNd = family("gaussian-nd", {
  parameters: {
    k: "integer(2, 3)",
    d: "integer(2, 4)",
    W: "matrix(d, k, -3, 3)",
    mu: "vector(d, -1, 1)",
    s: "positive(1/8, 4)",
    x: "vector(d, -5, 5)",
    m: "vector(k, -3, 3)",
    C: "spd(k, 1/16, 4)",
    z: "vector(k, -4, 4)",
  },
  let: {
    prior: "MvNormal(0*m, identity(k))",
    "likelihood(z)": "MvNormal(W*z + mu, s^2*identity(d))",
    marginal: "MvNormal(mu, W*transpose(W) + s^2*identity(d))",
    evidence: "pdf(marginal, x)",
    logEvidence: "logpdf(marginal, x)",
    S: "inv(identity(k) + transpose(W)*W/s^2)",
    posterior: "MvNormal(S*transpose(W)*(x - mu)/s^2, S)",
    q: "MvNormal(m, C)",
    ...bound,
  },
})

/** A two-component Gaussian mixture prior, x | z ~ N(z, s^2): the posterior is a mixture too, and KL(q || prior) has no closed form. */
const mixturePrior = family("mixture-prior", {
  parameters: {
    w: "simplex(2)",
    c: "vector(2, -3, 3)",
    r: "vector(2, 1/4, 2)",
    s: "positive(1/4, 4)",
    x: "real(-4, 4)",
    m: "real(-3, 3)",
    v: "positive(1/2, 4)",
    z: "real(-4, 4)",
  },
  let: {
    prior: "Mixture(w, [Normal(c[1], r[1]), Normal(c[2], r[2])])",
    "likelihood(z)": "Normal(z, s)",
    "part(i)": "w[i]*pdf(Normal(c[i], sqrt(r[i]^2 + s^2)), x)",
    evidence: "part(1) + part(2)",
    logEvidence: "log(evidence)",
    "component(i)": "Normal((r[i]^2*x + s^2*c[i])/(r[i]^2 + s^2), r[i]*s/sqrt(r[i]^2 + s^2))",
    posterior: "Mixture([part(1)/evidence, part(2)/evidence], [component(1), component(2)])",
    q: "Normal(m, sqrt(v))",
    ...bound,
  },
  points: [{ w: ["1/2", "1/2"], c: [-2, 2], r: ["1/2", "1/2"], s: 1, x: "3/4", m: "1/2", v: 1, z: 1 }],
})

/** A heavy-tailed q in a Gaussian model: E_q log p(x|z) and the bound are -infinity, KL(q || prior) is +infinity. For the edge case only. */
const cauchy = family("cauchy", {
  parameters: { ...observed },
  let: { ...channel, q: "Cauchy(0, 1)", ...bound },
})

export const gaussianFamilies = [gaussian, shifted, gaussianNd, mixturePrior, cauchy]
