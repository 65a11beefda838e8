/**
 * The value of the discriminator game is a Jensen-Shannon divergence, m = (p + q)/2:
 *
 *   max_D V(D) = -2 log 2 + 2 JS(p, q),   JS = KL(p || m)/2 + KL(q || m)/2,   0 <= JS <= log 2,   TV^2/2 <= JS <= TV log 2,
 *   with class prior w:  max_D {w E_p log D + (1 - w) E_q log(1 - D)} = -h(w) + JS_w.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { triples } from "./families-derived.ts"
import { atom, splitTables, tables, uniforms } from "./families-singular.ts"
import { cauchys, gaussians, laplaces, logistic, mixture, shift, students } from "./families.ts"
import { edges } from "./js-equivalence-edges.ts"
import { mutants } from "./js-equivalence-mutants.ts"

const LINE = ["gaussians", "mixture", "laplaces", "logistic", "cauchys"]
const DISCRETE = ["tables", "uniforms"]
const LOGIT = "(logit(x) + log(w/(1 - w)))"
const sides = (f: string, g: string): string => `E(x, p, ${f}) + E(x, q, ${g})`

export const jsEquivalence = theorem({
  id: "adversarial/js-equivalence",
  title: "Jensen-Shannon form of the GAN value",
  statement: String.raw`\max_D V(D,G) = -2\log 2 + 2\,\mathrm{JS}(p_{\mathrm{data}}, p_g),\qquad \min_G\max_D V = -\log 4 \text{ exactly at } p_g = p_{\mathrm{data}}`,
  symbols: {
    p: "law of the data",
    q: "law of the generator",
    x: "point",
    optimum: "V(D*)",
    js: "JS(p, q) in nats",
    w: "class prior of the data, in ]0, 1[",
  },
  hypotheses: [{ name: "unrestricted", statement: "D ranges over all measurable functions; JS is finite for all laws" }],
  families: [gaussians, shift, mixture, laplaces, logistic, cauchys, students, tables, uniforms, splitTables, atom, ...triples],
  steps: [
    step("value", `optimum == ${sides("log(pdf(p, x)/(pdf(p, x) + pdf(q, x)))", "log(pdf(q, x)/(pdf(p, x) + pdf(q, x)))")}`, "insert D*", {
      families: ["shift", "laplaces", "cauchys", "uniforms", "tables"],
    }),
    step("factor", "log(u/(u + v)) == log(u/((u + v)/2)) - log(2)", "multiply and divide by 2", { families: [...LINE, "tables", "shift"] }),
    step("sum", `optimum + 2*log(2) == ${sides("log(2) - softplus(-logit(x))", "log(2) - softplus(logit(x))")}`, "add log 2 twice", {
      families: [...LINE],
    }),
    step("equivalence", "optimum == -2*log(2) + 2*js", "definition of JS", { families: [...LINE, ...DISCRETE, "students"] }),
    step("entropies", "js == Entropy(mid) - Entropy(p)/2 - Entropy(q)/2", "expand the logarithms", { families: ["gaussians", "laplaces", "tables"] }),
    step("nonnegative", "js >= 0", "Gibbs", { families: [...LINE, ...DISCRETE], sharpness: "zero-at-equality" }),
    step("at-most-log2", "js <= log(2)", "m >= p/2", { families: [...LINE, ...DISCRETE], sharpness: "log2-when-disjoint" }),
    step("pinsker", "TV(p, q)^2/2 <= js", "Pinsker for p and q against m", {
      families: ["gaussians", "laplaces", "tables"],
      sharpness: "zero-at-equality",
    }),
    step("linear-in-tv", "js <= TV(p, q)*log(2)", "convexity in the mixture of p and q", {
      families: ["gaussians", "laplaces", "uniforms", "tables"],
      sharpness: "uniform-shift",
    }),
    step("zero-at-equality", "JS(p, p) + optimumAt(p) == -2*log(2)", "D* = 1/2", { families: ["gaussians", "mixture", "laplaces", "tables"] }),
    step("log2-when-disjoint", "JS(p, far) == log(2)", "mutually singular laws", { families: ["uniforms", "tables", "atom"] }),
    step("uniform-shift", "js == TV(p, q)*log(2)", "p and q agree where both are positive", { families: ["uniforms", "split-tables", "atom"] }),
    step("global-optimum", "optimum >= -log(4)", "JS >= 0", { families: [...LINE, ...DISCRETE], sharpness: "zero-at-equality" }),
    step("second-order", "abs(js - mu^2/8) <= mu^4/64", "Fisher information of a shift is 1", { families: ["shift"], sharpness: "zero-at-equality" }),
    step("convex", "midpoint <= chord", "supremum of affine functions of q", { families: triples.map((f) => f.name), sharpness: "convex-equality" }),
    step("convex-equality", "repeated == once", "both generators equal", { families: triples.map((f) => f.name) }),
    step(
      "weighted",
      `w*E(x, p, -softplus(-${LOGIT})) + (1 - w)*E(x, q, -softplus(${LOGIT})) == -Entropy(Bernoulli(w)) + w*KL(p, prior) + (1 - w)*KL(q, prior)`,
      "the same with class prior w",
      {
        families: ["shift", "laplaces", "cauchys"],
      },
    ),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Goodfellow et al.", year: 2014, where: "Generative adversarial nets, Theorem 1" },
    { authors: "Lin", year: 1991, where: "Divergence measures based on the Shannon entropy, Theorems 2-4" },
    { authors: "Endres, Schindelin", year: 2003, where: "A new metric for probability distributions" },
  ],
})
