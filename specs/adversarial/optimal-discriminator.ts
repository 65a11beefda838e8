/**
 * The optimal discriminator. For densities p (data), q (generator) and V(D) = int p log D + int q log(1 - D):
 *
 *   D* = p / (p + q),   V(D*) - V(D) = int (p + q) kl(D* || D),   kl(a || b) = a log(a/b) + (1 - a) log((1 - a)/(1 - b)),
 *   with class prior w:  logit D*_w = log(p/q) + log(w/(1 - w)).
 */
import { family, step, theorem } from "../../src/core/statement.ts"
import { nudges } from "./families-derived.ts"
import { plane, tables, uniforms } from "./families-singular.ts"
import { LINE, cauchys, gaussians, laplaces, logistic, mixture, shift } from "./families.ts"
import { edges } from "./optimal-discriminator-edges.ts"
import { mutants } from "./optimal-discriminator-mutants.ts"

const fake = { "fake(y)": "-softplus(a*y + b)" }
const generator = { a: "real(-2, 2)", b: "real(-1, 1)", th: "real(-2, 2)", si: "positive(1/4, 2)" }
const pushforward = [
  family("normal-latent", { parameters: generator, let: { latent: "Normal(0, 1)", generated: "Normal(th, si)", ...fake } }),
  family("uniform-latent", { parameters: generator, let: { latent: "Uniform(0, 1)", generated: "Uniform(th, th + si)", ...fake } }),
  family("exponential-latent", { parameters: generator, let: { latent: "Exponential(1)", generated: "Affine(Exponential(1), si, th)", ...fake } }),
]
const POINT = ["gaussians", "shift", "mixture", "laplaces", "logistic", "cauchys", "tables", "plane"]

export const optimalDiscriminator = theorem({
  id: "adversarial/optimal-discriminator",
  title: "Optimal discriminator",
  statement: String.raw`D^* = \frac{p}{p+q}\quad\text{maximises}\quad V(D)=\int p\log D + \int q\log(1-D),\qquad V(D^*)-V(D)=\int (p+q)\,\mathrm{kl}(D^*\|D)`,
  symbols: {
    p: "law of the data",
    q: "law of the generator",
    x: "point",
    y: "value of a discriminator at x, in ]0, 1[",
    w: "class prior of the data, in ]0, 1[",
    a: "slope of the competitor",
    b: "its intercept",
  },
  hypotheses: [
    { name: "domination", statement: "p and q have densities with respect to one measure" },
    { name: "unrestricted", statement: "D ranges over all measurable functions into [0, 1]" },
  ],
  families: [gaussians, shift, mixture, laplaces, logistic, cauchys, tables, plane, uniforms, ...nudges, ...pushforward],
  steps: [
    step("push-forward", "E(z, latent, fake(th + si*z)) == integral(x, -inf, inf, pdf(generated, x)*fake(x))", "law of G(z)", {
      families: pushforward.map((f) => f.name),
    }),
    step("stationary", "slope(u/(u + v)) == 0", "derivative of u log y + v log(1 - y)", { families: POINT }),
    step("concave", "curvature(y) < 0", "both terms are concave", { families: POINT, sharpness: "curvature" }),
    step("curvature", "curvature(u/(u + v)) == -(u + v)^3/(u*v)", "second derivative at the optimum", { families: POINT }),
    step("functional-derivative", "dataSlope(0) == -fakeSlope(0)", "p/D* = q/(1 - D*) = p + q", { families: nudges.map((f) => f.name) }),
    step("regret", "gain == regret", "add and subtract (p + q) times the cross entropy", { families: [...LINE, "cauchys", "tables"] }),
    step("optimal", "value <= optimum", "kl >= 0", { families: [...LINE, "tables"], sharpness: "regret" }),
    step("logit", "best(x) == sigmoid(logit(x))", "divide by q", { families: POINT }),
    step("weighted", "w*u/(w*u + (1 - w)*v) == sigmoid(logit(x) + log(w/(1 - w)))", "the same for pi p and (1 - pi) q", { families: POINT }),
    step("risk", "-optimum/2 == uncertainty", "entropy of the label given x", { families: [...LINE, "cauchys", "tables"] }),
  ],
  mutants,
  edges,
  sources: [{ authors: "Goodfellow et al.", year: 2014, where: "Generative adversarial nets, Proposition 1" }],
})
