/**
 * Gibbs' inequality, Pinsker's inequality and the chain rule. For laws p, q with densities in a common measure, r = q/p:
 *
 *   log r <= r - 1,   KL(p || q) = -E_p log r >= 1 - E_p r = q(p = 0) >= 0,   KL(p || q) >= 2 TV(p, q)^2,
 *   KL(p_xy || q_xy) = KL(p_x || q_x) + E_{p_x} KL(p_{y|x} || q_{y|x}).
 *
 * The tangent's remainder r - 1 - log r = int_0^(log r) (e^t - 1) dt vanishes at r = 1 alone. Two coins: with kl(a, b) = a log(a/b) + (1 - a) log((1 - a)/(1 - b)),
 * kl(a, b) - 2 (a - b)^2 = int_b^a (a - t) (1/(t (1 - t)) - 4) dt, and A = {p > q} has TV = P(A) - Q(A), KL(p || q) >= kl(P(A), Q(A)).
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"
import { bernoulli, discrete, gaussian, laplace, nested, partial, plane, shift, spread, table } from "./kl-nonnegativity-families.ts"

const points = { families: ["discrete", "gaussian", "laplace"] }
const laws = { families: ["discrete", "gaussian", "laplace", "nested", "partial"] }
const coins = { families: ["bernoulli", "discrete", "shift"] }
const chain = { families: ["table", "plane", "spread"] }
const coin = (a: string, b: string) => ({ family: "bernoulli", parameters: { a, b, x: 1 } })
const normal = (m2: number, s2: string | number) => ({ family: "gaussian", parameters: { m: [0, m2, 2], s: [1, s2, 1], u: 0 } })
const spreading = (c: Literal) => ({ family: "spread", parameters: { m: 0, s: 1, c, a: 1 } })

export const klNonnegativity = theorem({
  id: "likelihood/kl-nonnegativity",
  title: "Gibbs' inequality, Pinsker's inequality and the chain rule of the divergence",
  statement: String.raw`\operatorname{KL}(p\|q) \ge 2\operatorname{TV}(p,q)^2 \ge 0,\qquad \operatorname{KL}(p_{xy}\|q_{xy}) = \operatorname{KL}(p_x\|q_x) + \mathbb E_{p_x}\operatorname{KL}(p_{y|x}\|q_{y|x})`,
  symbols: { p: "a law", q: "a law, p << q", x: "a point with p(x) > 0", a: "P(p > q)", b: "Q(p > q)" },
  hypotheses: [{ name: "dominated", statement: "p << q, else the divergence is +infinity" }],
  families: [bernoulli, discrete, shift, gaussian, laplace, nested, partial, table, plane, spread],
  steps: [
    step("tangent", "log(r) <= r - 1", "log lies below its tangent at 1", { ...points, sharpness: "remainder" }),
    step("remainder", "r - 1 - log(r) == integral(t, 0, log(r), expm1(t))", "positive unless r = 1", points),
    step("mass", "1 - E(z, p, ratio(z)) == off", "q has the mass 1", laws),
    step("bound", "KL(p, q) >= off", "the tangent in the mean", { ...laws, sharpness: "excess" }),
    step("excess", "KL(p, q) == off + excess", "equality where q/p = 1 p-almost everywhere", laws),
    step("gibbs", "KL(p, q) >= 0", "a mass is not negative", { ...laws, sharpness: "equal-laws" }),
    step("equal-laws", "E(z, p, logpdf(p, z) - logpdf(again, z)) == 0", "the two laws are the same", points),
    step("binary", "kl(a, b) >= 2*(a - b)^2", "t (1 - t) <= 1/4", { ...coins, sharpness: "binary-remainder" }),
    step(
      "binary-remainder",
      "kl(a, b) == 2*(a - b)^2 + integral(t, b, a, (a - t)*(1/(t*(1 - t)) - 4))",
      "the derivative in b; 0 at a = b alone",
      coins,
    ),
    step("partition", "KL(p, q) >= kl(a, b)", "data processing to A", { ...coins, sharpness: "within" }),
    step("within", "KL(p, q) == kl(a, b) + within", "chain rule of the partition {A, A^c}", coins),
    step("variation", "TV(p, q) == gap", "A is where p exceeds q", coins),
    step("pinsker", "KL(p, q) >= 2*TV(p, q)^2", "two coins", { ...coins, sharpness: "binary-remainder" }),
    step("chain-rule", "joint == KL(px, qx) + mean", "log of a product", chain),
  ],
  mutants: [
    mutant("kl-ge-tv", "pinsker", "KL(p, q) >= TV(p, q)", { visible: coin("1/2", "3/5"), unlucky: coin("1/2", "1023/1024") }),
    mutant("pinsker-201", "pinsker", "KL(p, q) >= 2.01*TV(p, q)^2", { visible: coin("1/2", "51/100"), unlucky: coin("1/2", "3/4") }),
    mutant("symmetric", "gibbs", "KL(p, q) == KL(q, p)", { families: ["gaussian"], visible: normal(0, 2), unlucky: normal(1, 1) }),
    mutant("triangle", "gibbs", "KL(p, third) <= KL(p, q) + KL(q, third)", { families: ["gaussian"], visible: normal(1, 1), unlucky: normal(-4, 1) }),
    mutant("chain-no-expectation", "chain-rule", "joint == KL(px, qx) + inner(Mean(px))", { visible: spreading("1/2"), unlucky: spreading(0) }),
  ],
  edges: [
    {
      name: "mass-off-support",
      family: "bernoulli",
      step: "gibbs",
      parameters: { a: "1/2", b: 0, x: 0 },
      expected: "divergent",
      note: "p is not dominated by q",
    },
    {
      name: "wider-uniform",
      family: "nested",
      step: "gibbs",
      claim: "KL(q, p) >= 0",
      parameters: { w: 1, left: 1, right: 1, u: "1/2" },
      expected: "divergent",
      note: "p is not dominated by q",
    },
    {
      name: "plug-in-is-biased",
      family: "bernoulli",
      step: "gibbs",
      claim: "E(k, Binomial(4, a), if(k == 0, -log(1 - b), if(k == 4, -log(b), kl(k/4, b)))) >= KL(p, q)",
      parameters: { a: "1/3", b: "1/4", x: 0 },
      expected: "holds",
      note: "the divergence of four draws' frequencies is too large in the mean",
    },
    {
      name: "one-term-is-negative",
      family: "gaussian",
      step: "gibbs",
      claim: "logpdf(p, x) - logpdf(q, x) >= 0",
      parameters: { m: [0, 1, 0], s: [1, 1, 1], u: 2 },
      expected: "refuted-as-exact",
      note: "an average of such terms may be negative: no refutation of the inequality of their mean",
    },
  ],
  sources: [
    { authors: "Csiszar", year: 1967, where: "Information-type measures of difference of probability distributions" },
    { authors: "Pinsker", year: 1964, where: "Information and information stability of random variables" },
    { authors: "Cover, Thomas", year: 2006, where: "Elements of information theory, theorems 2.5.3, 2.6.3 and lemma 11.6.1" },
  ],
})
