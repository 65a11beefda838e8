/**
 * Formulas that denote nothing: outside a domain, infinite or missing means, infinity minus infinity, derivatives where there are none.
 */
import type { Draw } from "./draw.ts"
import { meaningless } from "./kind.ts"
import type { Kind } from "./kind.ts"

const negative = (d: Draw): string => `(-${d.pos()})`
const hidden = (d: Draw): string => d.pick([negative(d), `(sqrt(2) - 2 - ${d.pos()})`, `(exp(log(2)) - 2 - 1e-${d.int(3, 20)})`])

export const nothing: ReadonlyArray<Kind> = [
  { name: "log of a negative", make: (d) => meaningless(`log(${hidden(d)})`, "0") },
  { name: "0 times an undefined number", make: (d) => meaningless(`0*log(${hidden(d)})`, "0") },
  {
    name: "difference of undefined numbers",
    make: (d) => {
      const x = hidden(d)
      return meaningless(`log(${x}) - log(${x})`, "0")
    },
  },
  {
    name: "equal undefined sides",
    make: (d) => {
      const x = hidden(d)
      return meaningless(`sqrt(${x})`, `sqrt(${x})`)
    },
  },
  { name: "0 times an undefined number in a dot product", make: (d) => meaningless(`dot([0, 1], [log(${hidden(d)}), 2])`, "2") },
  { name: "an undefined entry beside a matrix product", make: (d) => meaningless(`trace([[0, 0], [0, 1]]*[[log(${hidden(d)}), 0], [0, 1]])`, "1") },
  {
    name: "0/0",
    make: (d) => {
      const a = d.real()
      return meaningless(`(${a} - ${a})/(exp(0) - 1)`, d.pick(["0", "1"]))
    },
  },
  { name: "division by 0", make: (d) => meaningless(`1/sin(0*${d.pos()})`, "1") },
  { name: "0 to a negative power", make: (d) => meaningless(`(sqrt(4) - 2)^(-${d.pos()})`, "0") },
  { name: "root of a negative", make: (d) => meaningless(`(${negative(d)})^(1/2)`, "1") },
  {
    name: "mean of a Cauchy law",
    make: (d) => {
      const m = d.real()
      return meaningless(
        d.pick([`Mean(Cauchy(${m}, ${d.pos()}))`, `E(x, Cauchy(${m}, 1), x)`, `integral(x, -inf, inf, x*pdf(Cauchy(${m}, 1), x))`]),
        m,
      )
    },
  },
  {
    name: "infinite variance",
    make: (d) => meaningless(d.pick([`Var(StudentT(2, 0, 1))`, `E(x, Cauchy(0, ${d.pos()}), x^2)`, `Var(Pareto(1, ${d.pos(1.1, 2)}))`]), "1"),
  },
  {
    name: "infinite mean",
    make: (d) =>
      meaningless(
        d.pick([`Mean(Pareto(1, ${d.prob()}))`, `E(x, Pareto(1, 1), x)`, "E(x, Cauchy(0, 1), abs(x))", "E(x, Cauchy(0, 1), max(0, x))"]),
        "7",
      ),
  },
  {
    name: "divergent at infinity",
    make: (d) => meaningless(`integral(x, 1, inf, ${d.pick(["1/x", `x^(-${d.prob()})`, "1/(x*log(x + 1))", "1/sqrt(1 + x^2)", "tanh(x)"])})`, "5"),
  },
  {
    name: "divergent at 0",
    make: (d) => meaningless(`integral(x, 0, 1, ${d.pick(["1/x", `x^(-1 - ${d.prob()})`, "1/sin(x)", "1/(exp(x) - 1)"])})`, "5"),
  },
  { name: "infinity minus infinity", make: () => meaningless("integral(x, -inf, inf, x)", "0") },
  { name: "pole inside", make: (d) => meaningless(`integral(x, -1, ${d.pos()}, 1/x)`, "0") },
  { name: "principal value", make: () => meaningless("integral(x, -1, 1, 1/x)", "0") },
  { name: "a mean that cancels", make: (d) => meaningless(`E(x, Cauchy(0, 1), x - x + ${d.pick(["x", "x*1"])})`, "0") },
  { name: "KL of a larger support", make: (d) => meaningless(`KL(Uniform(0, 1 + ${d.pos()}), Uniform(0, 1))`, "1") },
  {
    name: "KL with an infinite tail",
    make: (d) =>
      meaningless(d.pick(["KL(Cauchy(0, 1), Normal(0, 1))", `KL(Pareto(1, 1), Exponential(${d.pos()}))`, "KL(Normal(0, 1), Exponential(1))"]), "1"),
  },
  { name: "infinite chi-square", make: (d) => meaningless(`ChiSquare(Normal(0, ${d.pos(1.5, 4)}), Normal(0, 1))`, "1") },
  { name: "infinite minus infinite divergence", make: () => meaningless("KL(Cauchy(0, 1), Normal(0, 1)) - KL(Cauchy(0, 1), Normal(0, 1))", "0") },
  { name: "moment generating function beyond its domain", make: (d) => meaningless(`E(x, Exponential(${d.prob()}), exp(x))`, "1") },
  { name: "log-normal transform", make: (d) => meaningless(`E(x, LogNormal(0, ${d.pos()}), exp(x/100))`, "1") },
  { name: "negative scale", make: (d) => meaningless(`Var(Normal(0, ${hidden(d)}))`, "1") },
  { name: "scale 0 in disguise", make: (d) => meaningless(`${d.pick(["Mean", "Var"])}(Normal(0, log(2) + log(3) - log(6)))`, "0") },
  {
    name: "weights that do not sum to 1",
    make: (d) => meaningless(`Mean(Mixture([1/2, 1/2 + 1e-${d.int(2, 40)}], [Normal(0, 1), Normal(0, 1)]))`, "0"),
  },
  { name: "probability above 1", make: (d) => meaningless(`Mean(Bernoulli(1 + ${d.pos()}))`, "1") },
  {
    name: "empty uniform",
    make: (d) => {
      const a = d.real()
      return meaningless(`Mean(Uniform(${a}, ${a}))`, a)
    },
  },
  {
    name: "derivative of |x| at 0",
    make: (d) =>
      meaningless(
        d.pick(["D(abs(x), x)", "D(max(0, x), x)", "D(sign(x), x)", "D(abs(x)*cos(x), x)", "D(if(x < 0, 0, x), x)", "D(sqrt(abs(x)), x)"]),
        d.pick(["0", "1"]),
        { at: { x: "0" } },
      ),
  },
  { name: "derivative of a step", make: () => meaningless("D(floor(x), x)", "0", { at: { x: "2" } }) },
  {
    name: "derivative of an integral with a kink",
    make: (d) =>
      meaningless(
        d.pick([
          "D(E(z, Normal(0, 1), abs(x)*z^2), x)",
          "D(E(z, Normal(0, 1), abs(x*z)), x)",
          "D(integral(z, 0, 1, abs(x)*z), x)",
          "D(E(z, Normal(0, 1), max(0, x)*exp(z)), x)",
          "1 + D(E(z, Normal(0, 1), abs(x*z)), x)",
        ]),
        d.pick(["0", "1"]),
        { at: { x: "0" } },
      ),
  },
  {
    name: "derivative of a total variation",
    make: (d) => meaningless("D(TV(Normal(x, 1), Normal(0, 1)), x) + 1", d.pick(["0", "1"]), { at: { x: "0" } }),
  },
  {
    name: "derivative of a distance",
    make: (d) =>
      meaningless(
        d.pick(["D(W1(Normal(x, 1), Normal(0, 1)), x) + 1", "D(W2(Normal(x, 1), Normal(0, 1)), x) + 1", "D(W1(Normal(x, 1), Dirac(0)), x) + 1/0"]),
        d.pick(["0", "1"]),
        { at: { x: "0" } },
      ),
  },
  {
    name: "derivative of an undefined function",
    make: (d) => meaningless(d.pick(["D(0*log(x), x)", "D(log(x) - log(x), x)", "D(log(x), x)"]), d.pick(["0", "-1"]), { at: { x: "-1" } }),
  },
  { name: "score at the centre of a Laplace law", make: () => meaningless("score(Laplace(0, 1), 0)", "0") },
  { name: "score outside a support", make: (d) => meaningless(`score(Exponential(1), ${negative(d)})`, "-1") },
  {
    name: "log density outside a support",
    make: (d) => meaningless(`logpdf(Uniform(0, 1), 1 + ${d.pos()}) - logpdf(Uniform(0, 1), 1 + ${d.pos()})`, "0"),
  },
  { name: "harmonic series", make: () => meaningless("total(k, 0, inf, 1/(k + 1))", "20") },
  { name: "alternating series that does not settle", make: () => meaningless("total(k, 0, inf, cos(pi*k))", "1/2") },
  {
    name: "gamma at a pole",
    make: (d) => meaningless(d.pick([`gamma(-${d.int(0, 5)})`, `lgamma(-${d.int(0, 5)})`, `digamma(-${d.int(0, 5)})`]), "0"),
  },
  {
    name: "inverse of a singular matrix",
    make: (d) => {
      const a = d.pos()
      return meaningless(`trace(inv([[${a}, 2*${a}], [1, 2]]))`, "0")
    },
  },
  { name: "log-determinant of a negative determinant", make: () => meaningless("logdet([[0, 1], [1, 0]])", "0") },
  {
    name: "infinite distance",
    make: (d) =>
      meaningless(d.pick(["W1(Cauchy(0, 1), Normal(0, 1))", "W2(StudentT(2, 0, 1), Normal(0, 1))", "W1(Cauchy(0, 1), Cauchy(0, 2))"]), "1"),
  },
  {
    name: "undefined on a small part",
    make: (d) =>
      meaningless(
        d.pick([
          `integral(x, 0, 1, sqrt(x - 1e-${d.int(2, 14)}))`,
          `integral(x, 0, 2, log(x - 1e-${d.int(2, 14)}))`,
          `E(x, Normal(0, 1), sqrt(x + ${d.int(3, 30)}))`,
          `E(x, Normal(0, 1), log(x + ${d.int(3, 40)}))`,
          `E(x, Exponential(1), sqrt(${d.int(3, 60)} - x))`,
          `E(x, Cauchy(0, 1), 1/sqrt(x + 1e${d.int(2, 9)}))`,
          `integral(x, -inf, inf, exp(-x^2)*sqrt(x + ${d.int(5, 100)}))`,
          `E(k, Poisson(1), sqrt(${d.int(5, 40)} - k))`,
          `total(k, 0, inf, exp(-k)*log(${d.int(5, 40)} - k))`,
          `E(k, Geometric(1/2), 1/(k - ${d.int(5, 60)}))`,
          `E(x, Mixture([1 - 1e-9, 1e-9], [Normal(0, 1), Normal(-1000, 1)]), sqrt(x + 50))`,
        ]),
        d.pick(["0", "1", "5"]),
      ),
  },
  {
    name: "pole of even order inside",
    make: (d) => {
      const c = d.prob()
      return meaningless(
        d.pick([
          `integral(x, 0, 1, (x - ${c})^(-2))`,
          `integral(x, 0, 1, 1/abs(x - ${c}))`,
          `integral(x, 0, 1, 1/(sin(x) - sin(${c}))^2)`,
          `E(x, Normal(0, 1), 1/(x - ${c})^2)`,
        ]),
        "-1",
      )
    },
  },
  {
    name: "a scale that is negative somewhere",
    make: (d) =>
      meaningless(
        d.pick([
          "E(s, Normal(0, 1), Var(Normal(0, s)))",
          `E(s, Uniform(-1, 2), Mean(Exponential(s + 1/2)))`,
          "integral(p, 0, 2, Mean(Bernoulli(p)))",
          `E(s, Normal(3, 1), Entropy(Laplace(0, s)))`,
        ]),
        "1",
      ),
  },
  {
    name: "singular where the other law is not",
    make: (d) =>
      meaningless(
        d.pick([
          `KL(Product(Bernoulli(${d.prob()}), Normal(0, 1)), MvNormal([0, 0], identity(2)))`,
          "Renyi(1/2, Product(Poisson(1), Normal(0, 1)), MvNormal([0, 0], identity(2)))",
          "ChiSquare(MvNormal([0, 0], identity(2)), Product(Bernoulli(1/2), Normal(0, 1)))",
          "Fisher(MvNormal([0, 0], identity(2)), Product(Exponential(1), Normal(0, 1)))",
        ]),
        d.pick(["0", "1"]),
      ),
  },
]
