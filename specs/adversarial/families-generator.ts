/**
 * Generators for the gradient identities: p is the law of the data, gen(t) that of G(t, Z) with Z ~ latent, q = gen(th); first and second are the
 * gradients of the saturating and the non-saturating loss along the samples, firstScore and secondScore in score-function form.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

/** D* depends on th; derivatives are taken in t, which it does not contain. */
const held = {
  q: "gen(th)",
  js: "JS(p, q)",
  kl: "KL(q, p)",
  optimum: "E(x, p, -softplus(-logit(x))) + E(x, q, -softplus(logit(x)))",
  "saturating(x)": "-softplus(logit(x))",
  "nonSaturating(x)": "softplus(-logit(x))",
}
const smooth = (name: string, title: string, parameters: Family["parameters"], laws: Family["let"], points: Family["points"] = []): Family =>
  family(name, {
    title,
    parameters: { ...parameters, x: "real(-4, 4)" },
    // Further out, 1 - D* is below the smallest double.
    assume: ["abs(logit(x)) <= 300"],
    points,
    let: {
      ...laws,
      ...held,
      "logit(x)": "logpdf(p, x) - logpdf(q, x)",
      best: "pdf(p, x)/(pdf(p, x) + pdf(q, x))",
      slope: "score(p, x) - score(q, x)",
      "along(t, z)": "D(saturating(G(t, z)), t)",
      "other(t, z)": "D(nonSaturating(G(t, z)), t)",
      first: "E(z, latent, along(th, z))",
      second: "E(z, latent, other(th, z))",
      firstScore: "E(x, q, saturating(x)*D(logpdf(q, x), th))",
      secondScore: "E(x, q, nonSaturating(x)*D(logpdf(q, x), th))",
    },
  })
export const shift = smooth(
  "shift",
  "unit normal data, normal generator, its mean",
  { th: "real(-3, 3)", s: "positive(1/2, 2)" },
  { p: "Normal(0, 1)", latent: "Normal(0, 1)", "gen(t)": "Normal(t, s)", "G(t, z)": "t + s*z" },
  [{ th: 8, s: 1 }],
)
export const scale = smooth(
  "scale",
  "normal data, normal generator, its standard deviation",
  { th: "positive(1/2, 2)", m: "real(-2, 2)" },
  { p: "Normal(0, 1)", latent: "Normal(0, 1)", "gen(t)": "Normal(m, t)", "G(t, z)": "m + t*z" },
)
export const mixture = smooth(
  "mixture",
  "two normal modes, normal generator",
  { th: "real(-3, 3)", w: "real(1/16, 15/16)" },
  { p: "Mixture([w, 1 - w], [Normal(-2, 1), Normal(1, 1/2)])", latent: "Normal(0, 1)", "gen(t)": "Normal(t, 1)", "G(t, z)": "t + z" },
)
export const logistic = smooth(
  "logistic",
  "normal data of variance 4, logistic generator",
  { th: "real(-3, 3)", s: "positive(1/2, 1)" },
  { p: "Normal(0, 2)", latent: "Logistic(0, 1)", "gen(t)": "Logistic(t, s)", "G(t, z)": "t + s*z" },
)
/** No sample moves: the weights do, so that only the score-function form exists. */
export const softmax = family("softmax", {
  title: "three atoms, softmax weights, one of the logits",
  parameters: { th: "real(-4, 4)", b: "vector(2, -2, 2)", f: "simplex(3)" },
  assume: ["f[1]*f[2]*f[3] > 0"],
  let: {
    p: "Categorical(f)",
    "weights(t)": "[exp(t), exp(b[1]), exp(b[2])]/(exp(t) + exp(b[1]) + exp(b[2]))",
    "gen(t)": "Categorical(weights(t))",
    ...held,
    "logit(k)": "log(f[k + 1]/weights(th)[k + 1])",
    firstScore: "total(k, 1, 3, log(weights(th)[k]/(f[k] + weights(th)[k]))*D(weights(th)[k], th))",
    secondScore: "total(k, 1, 3, -log(f[k]/(f[k] + weights(th)[k]))*D(weights(th)[k], th))",
    first: "firstScore",
    second: "secondScore",
  },
})
