/**
 * Pairs of laws for the adversarial theorems: p (data) and q (generator), logit(x) = log p(x) - log q(x).
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

/** What every continuous pair defines; V(D) is the value of the discriminator game, disc(x) = sigmoid(a x + b) a competitor of the optimum. */
export const game = {
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
export const pointwise = {
  "payoff(y)": "pdf(p, x)*log(y) + pdf(q, x)*log(1 - y)",
  "slope(y)": "D(payoff(y), y)",
  "curvature(y)": "D(payoff(y), y, 2)",
  u: "pdf(p, x)",
  v: "pdf(q, x)",
}

/** Beyond, D* differs from 0 or 1 by less than 1e-130, and 1 - D* needs more digits than the ladder has. */
const moderate = ["abs(logit(x)) <= 300"]
const pair = (name: string, title: string, parameters: Family["parameters"], p: string, q: string, more: Partial<Family> = {}): Family =>
  family(name, {
    title,
    parameters: { ...parameters, ...competitor, ...here },
    assume: moderate,
    ...more,
    let: { p, q, ...game, ...pointwise, ...more.let },
  })

export const gaussians = pair(
  "gaussians",
  "two normal laws",
  { m: "real(-4, 4)", s: "positive(1/4, 4)", n: "real(-4, 4)", r: "positive(1/4, 4)" },
  "Normal(m, s)",
  "Normal(n, r)",
)
export const shift = pair("shift", "unit normal laws a distance mu apart", { mu: "real(-3, 3)" }, "Normal(0, 1)", "Normal(mu, 1)")
export const mixture = pair(
  "mixture",
  "mixture of two normals against a normal",
  { c: "simplex(2)", m: "vector(2, -3, 3)", s: "vector(2, 1/4, 2)", n: "real(-2, 2)", r: "positive(1/2, 2)" },
  "Mixture(c, [Normal(m[1], s[1]), Normal(m[2], s[2])])",
  "Normal(n, r)",
)
export const laplaces = pair(
  "laplaces",
  "two Laplace laws",
  { m: "real(-2, 2)", s: "positive(1/4, 4)", n: "real(-2, 2)", r: "positive(1/4, 4)" },
  "Laplace(m, s)",
  "Laplace(n, r)",
)
export const logistic = pair(
  "logistic",
  "logistic against normal",
  { m: "real(-2, 2)", s: "positive(1/4, 2)", n: "real(-2, 2)", r: "positive(1/2, 2)" },
  "Logistic(m, s)",
  "Normal(n, r)",
)
/** No moments: the competitor is a constant, else its loss would be infinite. */
export const cauchys = pair(
  "cauchys",
  "two Cauchy laws",
  { m: "real(-2, 2)", s: "positive(1/4, 4)", n: "real(-2, 2)", r: "positive(1/4, 4)" },
  "Cauchy(m, s)",
  "Cauchy(n, r)",
  { let: { "score(x)": "b" } },
)

export const students = pair(
  "students",
  "two Student laws",
  { d: "oneof(1, 2, 3, 5)", m: "real(-2, 2)", s: "positive(1/2, 2)", n: "real(-2, 2)" },
  "StudentT(d, m, s)",
  "StudentT(3, n, 1)",
)
/** Families whose value integrals are cheap and finite for every competitor. */
export const LINE = ["gaussians", "mixture", "laplaces"]
