/**
 * Gradients of an expectation. For z = g(e), the law of e free of the parameter theta, q the law of z:
 *
 *   d/dtheta E_q f = E[f'(z) dz/dtheta] = E_q[(f(z) - c) d/dtheta log q(z)]   for every constant c,
 *
 * where F(z; theta) = e gives dz/dtheta = -(dF/dtheta)/q(z). Normal z = mu + s e:
 *
 *   d/dmu = E f',   d/ds = E[e f'(mu + s e)] = s E f'',   d/d(s^2) = E f''/2,   E[f(z) (z - mu)/s^2] = E f'.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import { absolute, bernoulli, cube, exponential, gamma, jump, poisson, power, sine, square } from "./reparameterization-families.ts"

const normal = { families: ["square", "sine", "exponential", "absolute"] }
const smooth = { families: ["square", "sine", "exponential"] }
const moments = { families: ["square", "cube", "sine", "exponential"] }
const paths = { families: ["square", "sine", "absolute", "gamma", "power"] }
const scores = { families: ["square", "absolute", "gamma", "power", "bernoulli", "poisson"] }
const at = (mu: string | number, s: string | number) => ({ family: "square", parameters: { mu, s, c: 0 } })
const wave = (mu: number, w: number) => ({ family: "sine", parameters: { mu, s: 1, c: 0, w } })

export const reparameterizationGradient = theorem({
  id: "variational/reparameterization-gradient",
  title: "Reparameterization and score-function gradients",
  statement: String.raw`\nabla_\phi\,\mathbb E_{q_\phi} f = \mathbb E_\epsilon\bigl[\nabla_\phi f(g_\phi(\epsilon))\bigr] = \mathbb E_{q_\phi}\bigl[f(z)\,\nabla_\phi\log q_\phi(z)\bigr]`,
  symbols: {
    q: "law of z",
    f: "integrand",
    mu: "mean of a normal q",
    s: "standard deviation of a normal q, s > 0",
    c: "baseline",
    psi: "derivative of log q in its parameter",
  },
  hypotheses: [
    { name: "continuous", statement: "pathwise forms: f is absolutely continuous, its derivative dominated", condition: "jump == 0" },
    { name: "support", statement: "score-function forms: the support of q does not depend on its parameter" },
  ],
  families: [square, cube, sine, exponential, absolute, jump, gamma, power, bernoulli, poisson],
  steps: [
    step("value", "E(z, q, f(z)) == mean", "moments of q", scores),
    step("lotus", "E(e, noise, f(g(e))) == mean", "the law of g(e) is q", paths),
    step("pathwise-mean", "slope == E(z, q, df(z))", "the derivative passes the expectation; dz/dmu = 1", normal),
    step("pathwise-scale", "D(value(mu, s), s) == E(e, noise, e*df(g(e)))", "dz/ds = e", normal),
    step("second-order", "D(value(mu, s), s) == s*E(z, q, D(f(z), z, 2))", "integrate by parts", smooth),
    step("variance-gradient", "curve(s^2) == E(z, q, D(f(z), z, 2))/2", "d(s^2) = 2 s ds", smooth),
    step("by-parts", "E(z, q, f(z)*(z - mu)/s^2) == E(z, q, df(z))", "the density vanishes at infinity", normal),
    step("implicit", "slope == E(z, q, df(z)*path(z))", "differentiate F(z; theta) = e", { families: ["square", "sine", "gamma", "power"] }),
    step("score-mean", "E(z, q, psi(z)) == 0", "q has the mass 1 for every parameter", scores),
    step("score-function", "slope == E(z, q, (f(z) - c)*psi(z))", "differentiate q; a constant multiplies a mean of 0", scores),
    step("pathwise-variance", "E(z, q, df(z)^2) - E(z, q, df(z))^2 == pathVariance", "moments of q", moments),
    step("score-variance", "E(z, q, (f(z)*psi(z))^2) - E(z, q, f(z)*psi(z))^2 == scoreVariance", "moments of q", moments),
  ],
  mutants: [
    mutant("sigma-no-eps", "pathwise-scale", "D(value(mu, s), s) == E(e, noise, df(g(e)))", { visible: at(2, "1/2"), unlucky: at(1, 1) }),
    mutant("score-div-sigma", "by-parts", "E(z, q, f(z)*(z - mu)/s) == E(z, q, df(z))", { visible: at(1, 2), unlucky: at(1, 1) }),
    mutant("var-no-half", "variance-gradient", "curve(s^2) == E(z, q, D(f(z), z, 2))", { visible: at(1, 1), unlucky: wave(0, 1) }),
    mutant("same-sample-baseline", "score-function", "slope == E(z, q, (f(z) - f(z))*psi(z))", { visible: at(1, 1), unlucky: at(0, 1) }),
    mutant("pathwise-always-lower-variance", "pathwise-variance", "pathVariance <= scoreVariance", { visible: wave(0, 20), unlucky: at(1, 1) }),
    mutant("step-pathwise", "pathwise-mean", "D(E(z, q, if(z > 0, 1, 0)), mu) == E(z, q, 0)", { visible: at(0, 1), unlucky: at(6, 1) }),
  ],
  edges: [
    {
      name: "step-function",
      family: "jump",
      step: "pathwise-mean",
      parameters: { mu: 0, s: 1, c: 0 },
      expected: "outside-hypotheses",
      note: "the pathwise derivative of a jump is 0 almost everywhere, the true one the density at the jump",
    },
    {
      name: "moving-support",
      family: "power",
      step: "score-function",
      claim: "D(E(z, Uniform(0, a), z), a) == E(z, Uniform(0, a), z*D(-log(a), a))",
      parameters: { a: 1, c: 0 },
      expected: "refuted-as-exact",
      note: "the score-function form of Uniform(0, a) lacks the term of the moving end",
    },
    {
      name: "infinite-variance",
      family: "square",
      step: "score-variance",
      claim: "E(z, q, exp(z^2/3)^2) >= 0",
      parameters: { mu: 0, s: 1, c: 0 },
      expected: "divergent",
      note: "E f is finite, E f^2 is not: no central limit theorem for the average",
    },
    {
      name: "finite-mean",
      family: "square",
      step: "value",
      claim: "E(z, q, exp(z^2/3)) == sqrt(3)",
      parameters: { mu: 0, s: 1, c: 0 },
      expected: "holds",
      note: "the mean of the same integrand",
    },
  ],
  sources: [
    { authors: "Price", year: 1958, where: "A useful theorem for nonlinear devices having Gaussian inputs" },
    { authors: "Williams", year: 1992, where: "Simple statistical gradient-following algorithms" },
    { authors: "Kingma, Welling", year: 2014, where: "Auto-encoding variational Bayes, section 2.4" },
    { authors: "Mohamed, Rosca, Figurnov, Mnih", year: 2020, where: "Monte Carlo gradient estimation in machine learning, sections 4 and 5" },
  ],
})
