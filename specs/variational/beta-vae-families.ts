/**
 * One observation x: prior, likelihood(z), q and tempered, the law proportional to p(z) p(x|z)^(1/beta), with logZ = log int p(z) p(x|z)^(1/beta) dz.
 *
 * A whole encoder: rate = E_x KL(q(z|x) || p(z)), information = I_q(x; z), aggregate = q(z), source = H(x), distortion = -E log p(x|z),
 * backward = E_z KL(q(x|z) || p(x|z)).
 */
import { family } from "../../src/core/statement.ts"

const objective = {
  "objective(r)": "E(z, r, logpdf(likelihood(z), x) - beta*(logpdf(r, z) - logpdf(prior, z)))",
  reconstruction: "-E(z, q, logpdf(likelihood(z), x))",
}
const beta = { beta: "positive(1/8, 8)" }
export const linear = family("linear", {
  title: "z ~ N(0, 1), x|z ~ N(a z + b, s^2), q = N(m, v)",
  parameters: { a: "real(-3, 3)", b: "real(-1, 1)", s: "positive(1/8, 4)", x: "real(-5, 5)", m: "real(-3, 3)", v: "positive(1/64, 4)", ...beta },
  let: {
    prior: "Normal(0, 1)",
    "likelihood(z)": "Normal(a*z + b, s)",
    q: "Normal(m, sqrt(v))",
    vb: "beta*s^2/(a^2 + beta*s^2)",
    tempered: "Normal(a*(x - b)/(a^2 + beta*s^2), sqrt(vb))",
    logZ: "-log(2*pi*s^2)/(2*beta) + log(2*pi*beta*s^2)/2 + logpdf(Normal(b, sqrt(a^2 + beta*s^2)), x)",
    logEvidence: "logpdf(Normal(b, sqrt(a^2 + s^2)), x)",
    sharpened: "Normal(a*(x - b)/(a^2 + s^2/beta), sqrt(s^2/(beta*a^2 + s^2)))",
    ...objective,
  },
})
export const states = family("states", {
  title: "three states",
  parameters: { p: "simplex(3)", l: "vector(3, 1/64, 1)", r: "simplex(3)", ...beta },
  assume: ["min(p[1], min(p[2], p[3])) > 0", "min(r[1], min(r[2], r[3])) > 0"],
  let: {
    x: "1",
    prior: "Categorical(p)",
    "likelihood(z)": "Bernoulli(l[z + 1])",
    q: "Categorical(r)",
    "weight(i)": "p[i]*l[i]^(1/beta)",
    Z: "weight(1) + weight(2) + weight(3)",
    tempered: "Categorical([weight(1)/Z, weight(2)/Z, weight(3)/Z])",
    logZ: "log(Z)",
    ...objective,
  },
})
export const counts = family("counts", {
  title: "z ~ Gamma, x|z ~ Poisson(z)",
  parameters: { k: "positive(1, 8)", r: "positive(1/2, 4)", x: "integer(0, 8)", c: "positive(1, 8)", h: "positive(1/2, 4)", ...beta },
  let: {
    prior: "Gamma(k, r)",
    "likelihood(z)": "Poisson(z)",
    q: "Gamma(c, h)",
    kb: "k + x/beta",
    rb: "r + 1/beta",
    tempered: "Gamma(kb, rb)",
    logZ: "-lgamma(x + 1)/beta + k*log(r) - lgamma(k) + lgamma(kb) - kb*log(rb)",
    ...objective,
    "objective(r)": "E(z, r, x*log(z) - z) - lgamma(x + 1) - beta*KL(r, prior)",
  },
})
const table = {
  "row(i)": "Categorical(e[i])",
  aggregate: "Categorical(f[1]*e[1] + f[2]*e[2] + f[3]*e[3])",
  prior: "Categorical(p)",
  rate: "total(i, 1, 3, f[i]*KL(row(i), prior))",
  information: "total(i, 1, 3, f[i]*KL(row(i), aggregate))",
  source: "Entropy(Categorical(f))",
  "given(z)": "[f[1]*e[1, z + 1], f[2]*e[2, z + 1], f[3]*e[3, z + 1]]/pdf(aggregate, z)",
  distortion: "-total(i, 1, 3, f[i]*E(z, row(i), logpdf(Categorical(g[z + 1]), i - 1)))",
  backward: "E(z, aggregate, KL(Categorical(given(z)), Categorical(g[z + 1])))",
}
const mixed = (w: string): string => `[${w}[1] + 1/32, ${w}[2] + 1/32]/(1 + 1/16)`
export const tables = family("tables", {
  title: "three symbols through two codes",
  parameters: { f: "simplex(3)", u: "vector(3, 1/16, 15/16)", t: "vector(2, 1/16, 7/16)", y: "vector(2, 1/16, 7/16)", w: "simplex(2)" },
  assume: ["min(f[1], min(f[2], f[3])) > 0"],
  let: {
    e: "[[u[1], 1 - u[1]], [u[2], 1 - u[2]], [u[3], 1 - u[3]]]",
    g: "[[t[1], y[1], 1 - t[1] - y[1]], [t[2], y[2], 1 - t[2] - y[2]]]",
    p: mixed("w"),
    ...table,
  },
})
export const clusters = family("clusters", {
  title: "a deterministic code: z = 0 for the first symbol, z = 1 for the others",
  parameters: { f: "simplex(3)", t: "vector(2, 1/16, 7/16)", y: "vector(2, 1/16, 7/16)", w: "simplex(2)" },
  assume: ["min(f[1], min(f[2], f[3])) > 0"],
  let: { e: "[[1, 0], [0, 1], [0, 1]]", g: "[[t[1], y[1], 1 - t[1] - y[1]], [t[2], y[2], 1 - t[2] - y[2]]]", p: mixed("w"), ...table },
})
export const encoder = family("encoder", {
  title: "x ~ N(0, sig^2), q(z|x) = N(c x, v), decoder N(a z, s^2)",
  parameters: { sig: "positive(1/4, 4)", c: "real(-2, 2)", v: "positive(1/16, 4)", a: "real(-2, 2)", s: "positive(1/8, 2)" },
  let: {
    data: "Normal(0, sig)",
    prior: "Normal(0, 1)",
    rate: "E(x, data, KL(Normal(c*x, sqrt(v)), prior))",
    width: "c^2*sig^2 + v",
    aggregate: "Normal(0, sqrt(width))",
    information: "KL(MvNormal([0, 0], [[sig^2, c*sig^2], [c*sig^2, width]]), MvNormal([0, 0], [[sig^2, 0], [0, width]]))",
    source: "Entropy(data)",
    distortion: "-E(x, data, E(z, Normal(c*x, sqrt(v)), logpdf(Normal(a*z, s), x)))",
    backward: "E(z, aggregate, KL(Normal(c*sig^2*z/width, sig*sqrt(v/width)), Normal(a*z, s)))",
  },
})
