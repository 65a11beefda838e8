/**
 * Pairs of laws for the adversarial theorems: p (data) and q (generator), logit(x) = log p(x) - log q(x).
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

/** What every continuous pair defines; V(D) is the value of the discriminator game, disc(x) = sigmoid(a x + b) a competitor of the optimum. */
const game = {
  "logit(x)": "logpdf(p, x) - logpdf(q, x)",
  "best(x)": "pdf(p, x)/(pdf(p, x) + pdf(q, x))",
  "score(x)": "a*x + b",
  optimum: "-E(x, p, softplus(-logit(x))) - E(x, q, softplus(logit(x)))",
  value: "-E(x, p, softplus(-score(x))) - E(x, q, softplus(score(x)))",
  gain: "E(x, p, softplus(-score(x)) - softplus(-logit(x))) + E(x, q, softplus(score(x)) - softplus(logit(x)))",
  "kl(l, s)": "sigmoid(l)*(softplus(-s) - softplus(-l)) + sigmoid(-l)*(softplus(s) - softplus(l))",
  regret: "integral(x, -inf, inf, (pdf(p, x) + pdf(q, x))*kl(logit(x), score(x)))",
  "entropy(l)": "sigmoid(l)*softplus(-l) + sigmoid(-l)*softplus(l)",
  uncertainty: "integral(x, -inf, inf, (pdf(p, x) + pdf(q, x))/2*entropy(logit(x)))",
  js: "JS(p, q)",
}
const competitor = { a: "real(-2, 2)", b: "real(-1, 1)" }
const here = { x: "real(-5, 5)", y: "real(1/16, 15/16)", w: "real(1/16, 15/16)" }
const pointwise = {
  "payoff(y)": "pdf(p, x)*log(y) + pdf(q, x)*log(1 - y)",
  "slope(y)": "D(payoff(y), y)",
  "curvature(y)": "D(payoff(y), y, 2)",
  u: "pdf(p, x)",
  v: "pdf(q, x)",
}

const pair = (name: string, title: string, parameters: Family["parameters"], p: string, q: string, more: Partial<Family> = {}): Family =>
  family(name, { title, parameters: { ...parameters, ...competitor, ...here }, ...more, let: { p, q, ...game, ...pointwise, ...more.let } })

export const gaussians = pair("gaussians", "two normal laws", { m: "real(-4, 4)", s: "positive(1/4, 4)", n: "real(-4, 4)", r: "positive(1/4, 4)" }, "Normal(m, s)", "Normal(n, r)")
export const shift = pair("shift", "unit normal laws a distance mu apart", { mu: "real(-3, 3)" }, "Normal(0, 1)", "Normal(mu, 1)")
export const mixture = pair(
  "mixture", "mixture of two normals against a normal",
  { c: "simplex(2)", m: "vector(2, -3, 3)", s: "vector(2, 1/4, 2)", n: "real(-2, 2)", r: "positive(1/2, 2)" },
  "Mixture(c, [Normal(m[1], s[1]), Normal(m[2], s[2])])", "Normal(n, r)",
)
export const laplaces = pair("laplaces", "two Laplace laws", { m: "real(-2, 2)", s: "positive(1/4, 4)", n: "real(-2, 2)", r: "positive(1/4, 4)" }, "Laplace(m, s)", "Laplace(n, r)")
export const logistic = pair("logistic", "logistic against normal", { m: "real(-2, 2)", s: "positive(1/4, 2)", n: "real(-2, 2)", r: "positive(1/2, 2)" }, "Logistic(m, s)", "Normal(n, r)")
/** No moments: the competitor is a constant, else its loss would be infinite. */
export const cauchys = pair("cauchys", "two Cauchy laws", { m: "real(-2, 2)", s: "positive(1/4, 4)", n: "real(-2, 2)", r: "positive(1/4, 4)" }, "Cauchy(m, s)", "Cauchy(n, r)", { let: { "score(x)": "b" } })

const discrete = { p: "Categorical(f)", q: "Categorical(g)", "up(k)": "f[k]", "vp(k)": "g[k]", "best(k)": "f[k]/(f[k] + g[k])" }
/** Three atoms; D is a table of probabilities. */
export const tables = family("tables", {
  title: "two laws on three atoms",
  parameters: { f: "simplex(3)", g: "simplex(3)", t: "vector(3, 1/16, 15/16)", x: "integer(1, 3)", y: "real(1/16, 15/16)", w: "real(1/16, 15/16)" },
  let: {
    ...discrete,
    u: "f[x]", v: "g[x]",
    "logit(k)": "log(f[k]/g[k])",
    "payoff(y)": "u*log(y) + v*log(1 - y)", "slope(y)": "D(payoff(y), y)", "curvature(y)": "D(payoff(y), y, 2)",
    optimum: "total(k, 1, 3, f[k]*log(best(k)) + g[k]*log(1 - best(k)))",
    value: "total(k, 1, 3, f[k]*log(t[k]) + g[k]*log(1 - t[k]))",
    gain: "total(k, 1, 3, f[k]*log(best(k)/t[k]) + g[k]*log((1 - best(k))/(1 - t[k])))",
    regret: "total(k, 1, 3, (f[k] + g[k])*KL(Bernoulli(best(k)), Bernoulli(t[k])))",
    uncertainty: "total(k, 1, 3, (f[k] + g[k])/2*Entropy(Bernoulli(best(k))))",
    js: "JS(p, q)",
  },
})
export const plane = family("plane", {
  title: "two correlated normal laws in the plane",
  parameters: { m: "vector(2, -2, 2)", A: "spd(2, 1/4, 4)", n: "vector(2, -2, 2)", B: "spd(2, 1/4, 4)", x: "vector(2, -3, 3)", y: "real(1/16, 15/16)", w: "real(1/16, 15/16)" },
  let: { p: "MvNormal(m, A)", q: "MvNormal(n, B)", "logit(x)": game["logit(x)"], "best(x)": game["best(x)"], ...pointwise },
})
export const uniforms = family("uniforms", {
  title: "two uniform laws; disjoint for a > 1",
  parameters: { a: "positive(1/16, 15/16)", x: "real(0, 2)", y: "real(1/16, 15/16)", w: "real(1/16, 15/16)" },
  let: { p: "Uniform(0, 1)", q: "Uniform(a, a + 1)", "best(x)": game["best(x)"], "logit(x)": game["logit(x)"], ...pointwise, js: "JS(p, q)" },
})

/** Families whose value integrals are cheap and finite for every competitor. */
export const LINE = ["gaussians", "mixture", "laplaces"]

// V(D* + t h) near the optimum, h(x) = (x - c)(c + l - x) on [c, c + l]: where D* stays away from 0 and 1.
const nudged = (base: Family): Family =>
  family(`nudge-${base.name}`, {
    title: `${base.title ?? base.name}, perturbed near the optimum`,
    parameters: { ...Object.fromEntries(Object.entries(base.parameters).filter(([name]) => !["a", "b", "x", "y", "w"].includes(name))), k: "real(-2, 2)", l: "positive(1/4, 2)" },
    assume: ["abs(logit(k)) <= 6", "abs(logit(k + l)) <= 6"],
    let: {
      ...base.let,
      "bump(x)": "(x - k)*(k + l - x)",
      "onData(t)": "integral(x, k, k + l, pdf(p, x)*log(best(x) + t*bump(x)))",
      "onFakes(t)": "integral(x, k, k + l, pdf(q, x)*log(1 - best(x) - t*bump(x)))",
      "dataSlope(t)": "D(onData(t), t)",
      "fakeSlope(t)": "D(onFakes(t), t)",
    },
  })
export const nudges = [gaussians, mixture, laplaces].map(nudged)
