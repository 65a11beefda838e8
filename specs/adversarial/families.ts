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
  mid: "Mixture([1/2, 1/2], [p, q])",
  prior: "Mixture([w, 1 - w], [p, q])",
  far: "Dirac(0)",
  "optimumAt(r)": "2*E(x, r, log(pdf(r, x)/(pdf(r, x) + pdf(r, x))))",
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

/** Beyond, D* differs from 0 or 1 by less than 1e-130, and 1 - D* needs more digits than the ladder has. */
const moderate = ["abs(logit(x)) <= 300"]
const pair = (name: string, title: string, parameters: Family["parameters"], p: string, q: string, more: Partial<Family> = {}): Family =>
  family(name, { title, parameters: { ...parameters, ...competitor, ...here }, assume: moderate, ...more, let: { p, q, ...game, ...pointwise, ...more.let } })

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
    js: "JS(p, q)", mid: "Categorical((f + g)/2)", prior: "Categorical(w*f + (1 - w)*g)", far: "Discrete([5, 7], [f[1], 1 - f[1]])",
    "optimumAt(r)": game["optimumAt(r)"],
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
  let: {
    p: "Uniform(0, 1)", q: "Uniform(a, a + 1)", "best(x)": game["best(x)"], "logit(x)": game["logit(x)"], ...pointwise,
    optimum: "E(x, p, log(best(x))) + E(x, q, log(1 - best(x)))", js: "JS(p, q)", far: "Uniform(2, 2 + a)", "optimumAt(r)": game["optimumAt(r)"],
  },
})
export const students = pair("students", "two Student laws", { d: "oneof(1, 2, 3, 5)", m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)" }, "StudentT(d, m, s)", "StudentT(3, n, 1)")
/** Laws that agree where both have mass: there JS = TV log 2. */
export const splitTables = family("split-tables", {
  title: "one common atom, one of each law's own",
  parameters: { s: "real(1/16, 15/16)" },
  let: { p: "Categorical([s, 1 - s, 0])", q: "Categorical([s, 0, 1 - s])", js: "JS(p, q)" },
})
export const atom = family("atom", { title: "a normal law and an atom", parameters: { m: "real(-2, 2)", s: "positive(1/4, 4)" }, let: { p: "Normal(m, s)", q: "Dirac(0)", js: "JS(p, q)", far: "q" } })

const halves = { midpoint: "2*JS(p, Mixture([1/2, 1/2], [q, r]))", chord: "JS(p, q) + JS(p, r)", repeated: "JS(p, Mixture([1/2, 1/2], [q, q]))", once: "JS(p, q)" }
/** One data law and two generators, for convexity in the generator. */
export const triples = [
  family("three-normals", { parameters: { m: "vector(3, -3, 3)", s: "vector(3, 1/4, 2)" }, let: { p: "Normal(m[1], s[1])", q: "Normal(m[2], s[2])", r: "Normal(m[3], s[3])", ...halves } }),
  family("three-laplaces", { parameters: { m: "vector(3, -2, 2)", s: "vector(3, 1/2, 2)" }, let: { p: "Laplace(m[1], s[1])", q: "Laplace(m[2], s[2])", r: "Laplace(m[3], s[3])", ...halves } }),
  family("three-tables", {
    parameters: { f: "simplex(3)", g: "simplex(3)", h: "simplex(3)" },
    let: { p: "Categorical(f)", q: "Categorical(g)", r: "Categorical(h)", ...halves, midpoint: "2*JS(p, Categorical((g + h)/2))", repeated: "JS(p, Categorical((g + g)/2))" },
  }),
]

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
