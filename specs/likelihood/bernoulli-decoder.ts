/**
 * Reconstruction losses as likelihoods. Bits x in {0, 1}^d with probabilities lam, and x ~ N(mu, s^2 I):
 *
 *   -log p(x|z) = -sum_i (x_i log lam_i + (1 - x_i) log(1 - lam_i)),   -log p(x|z) = |x - mu|^2/(2 s^2) + d log(2 pi s^2)/2.
 *
 * On (0, 1) the first is no density: int_0^1 lam^x (1 - lam)^(1-x) dx = (2 lam - 1)/(log lam - log(1 - lam)) <= 1/2, with equality at lam = 1/2.
 * The second is least at s^2 = mse, the mean squared error per coordinate: loss(s) - loss(sqrt(mse)) = d (r - 1 - log r)/2, r = mse/s^2.
 */
import { family, mutant, step, theorem } from "../../src/core/statement.ts"

/** Three bits; `cross(y)` is the loss as it is coded, lam(i) the probability behind it, l the logit of the first bit. */
const bits = (lam: string, entry: string) => ({
  "lam(i)": lam,
  "entry(i, y)": entry,
  "cross(y)": "total(i, 1, 3, entry(i, y[i]))",
  "law(i)": "Bernoulli(lam(i))",
  first: "lam(1)",
  logit: "log(first) - log1p(-first)",
  "unnormalised(t)": "exp(-entry(1, t))",
})
const probabilities = family("probabilities", {
  title: "a table of probabilities",
  parameters: { p: "vector(3, 1/1024, 1023/1024)", b: "integer(0, 7)" },
  assume: ["p[1] != 1/2"],
  let: bits("p[i]", "-(y*log(p[i]) + (1 - y)*log(1 - p[i]))"),
  points: [{ p: ["513/1024", "1/1024", "1023/1024"], b: 5 }],
})
const logits = family("logits", {
  title: "logits: softplus(l) - x l",
  parameters: { l: "vector(3, -16, 16)", b: "integer(0, 7)" },
  assume: ["l[1] != 0"],
  let: bits("sigmoid(l[i])", "softplus(l[i]) - y*l[i]"),
})
const probit = family("probit", {
  title: "a decoder lam = Phi(w z + c)",
  parameters: { z: "real(-2, 2)", w: "vector(3, -2, 2)", c: "vector(3, -1, 1)", b: "integer(0, 7)" },
  assume: ["w[1]*z + c[1] != 0"],
  let: bits("normcdf(w[i]*z + c[i])", "-(y*lognormcdf(w[i]*z + c[i]) + (1 - y)*lognormcdf(-w[i]*z - c[i]))"),
})
/** loss(t) = -log p at scale t, summed over the d coordinates or in the mean over the data. */
const image = family("image", {
  title: "one observation of d coordinates",
  parameters: { d: "integer(1, 6)", x: "vector(d, -4, 4)", mu: "vector(d, -4, 4)", s: "positive(1/64, 4)" },
  assume: ["mse > 0"],
  let: { mse: "norm2(x - mu)/d", "loss(t)": "-total(i, 1, d, logpdf(Normal(mu[i], t), x[i]))", "slope(t)": "D(loss(t), t)" },
})
const mean = { d: "1", mse: "E(x, data, (x - mu)^2)", "loss(t)": "-E(x, data, logpdf(Normal(mu, t), x))", "slope(t)": "D(loss(t), t)" }
const uniformData = family("uniform-data", {
  title: "uniform data, a constant mu",
  parameters: { a: "real(-2, 2)", w: "positive(1/8, 4)", mu: "real(-4, 4)", s: "positive(1/64, 4)" },
  let: { data: "Uniform(a, a + w)", ...mean },
})
const mixtureData = family("mixture-data", {
  title: "a mixture of normal and Laplace data, a constant mu",
  parameters: { q: "real(1/16, 15/16)", c: "real(-3, 3)", r: "positive(1/8, 2)", mu: "real(-4, 4)", s: "positive(1/64, 4)" },
  let: { data: "Mixture([q, 1 - q], [Normal(c, r), Laplace(-c, r)])", ...mean },
})
const coded = { families: ["probabilities", "logits", "probit"] }
const gaussian = { families: ["image", "uniform-data", "mixture-data"] }
const bit = (k: string): string => `floor(b/${k}) - 2*floor(b/(2*${k}))`
const word = `[${bit("1")}, ${bit("2")}, ${bit("4")}]`
const logit = (l: string | number) => ({ family: "logits", parameters: { l: [l, 0, 0], b: 0 } })
const pair = (s: string | number) => ({ family: "image", parameters: { d: 2, x: [0, 1], mu: [1, 0], s } })
const half = "(2*first - 1)/logit"

export const bernoulliDecoder = theorem({
  id: "likelihood/bernoulli-decoder",
  title: "Reconstruction losses as likelihoods",
  statement: String.raw`\operatorname{BCE}(x,\lambda) = -\log p(x\mid z)\ \text{for}\ x\in\{0,1\}^D,\qquad \int_0^1\lambda^x(1-\lambda)^{1-x}\,dx = \frac{2\lambda-1}{\log\lambda-\log(1-\lambda)}`,
  symbols: {
    lam: "probability of a one, in (0, 1)",
    b: "number whose binary digits are the bits",
    mu: "decoder mean",
    s: "decoder standard deviation",
    mse: "mean squared error",
  },
  hypotheses: [{ name: "inside", statement: "probabilities in (0, 1): at 0 or 1 the loss of a mismatching label is infinite" }],
  families: [probabilities, logits, probit, image, uniformData, mixtureData],
  steps: [
    step("cross-entropy", `cross(${word}) == -log(product(i, 1, 3, pdf(law(i), ${word}[i])))`, "independent bits", coded),
    step("normalised", "total(i, 0, 1, total(j, 0, 1, total(k, 0, 1, exp(-cross([i, j, k]))))) == 1", "the sum over all bits", coded),
    step("interval", `integral(t, 0, 1, unnormalised(t)) == ${half}`, "an exponential function of x", coded),
    step("at-most-half", "integral(t, 0, 1, unnormalised(t)) <= 1/2", "tanh(y) <= y", { ...coded, sharpness: "at-half" }),
    step("at-half", "1/2 - integral(t, 0, 1, unnormalised(t)) == integral(y, 0, abs(logit)/2, tanh(y)^2)/abs(logit)", "0 at lam = 1/2 alone", coded),
    step("gaussian-form", "loss(s) == d*(mse/(2*s^2) + log(2*pi*s^2)/2)", "log of a normal density", gaussian),
    step("stationary", "slope(sqrt(mse)) == 0", "differentiate in s", gaussian),
    step("optimal-scale", "loss(s) >= loss(sqrt(mse))", "r - 1 >= log r", { ...gaussian, sharpness: "regret" }),
    step("regret", "loss(s) == loss(sqrt(mse)) + d*(mse/s^2 - 1 - log(mse/s^2))/2", "0 at s^2 = mse alone", gaussian),
  ],
  mutants: [
    mutant("bce-normalised-on-interval", "interval", "integral(t, 0, 1, unnormalised(t)) == 1", { visible: logit(4), unlucky: logit("1/1000") }),
    mutant("mse-scale-free", "regret", "loss(s) == loss(sqrt(mse))", { visible: pair("1/10"), unlucky: pair(1) }),
    mutant("s2-optimum-half-mse", "stationary", "slope(sqrt(mse/2)) == 0", { visible: pair(1) }),
    mutant("constant-one-over-2", "gaussian-form", "loss(s) == d*(mse/(2*s^2) + log(pi*s^2)/2)", { visible: pair(1) }),
  ],
  edges: [
    {
      name: "certain-mismatch",
      family: "probabilities",
      step: "cross-entropy",
      parameters: { p: [0, "1/2", "1/2"], b: 1 },
      expected: "undefined",
      note: "the loss of a one with probability 0 is infinite",
    },
    {
      name: "perfect-reconstruction",
      family: "image",
      step: "stationary",
      parameters: { d: 1, x: [1], mu: [1], s: 1 },
      expected: "outside-hypotheses",
      note: "without an error the likelihood grows without bound as s -> 0",
    },
  ],
  sources: [
    { authors: "Kingma, Welling", year: 2014, where: "Auto-encoding variational Bayes, appendix C" },
    { authors: "Loaiza-Ganem, Cunningham", year: 2019, where: "The continuous Bernoulli, equation 8" },
  ],
})
