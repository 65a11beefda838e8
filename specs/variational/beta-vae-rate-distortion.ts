/**
 * Rate and distortion of a variational autoencoder. L_beta(q) = E_q log p(x|z) - beta KL(q || p(z)) for one x, q_beta prop. to p(z) p(x|z)^(1/beta):
 *
 *   L_beta(q) = beta log Z_beta - beta KL(q || q_beta),   Z_beta = int p(z) p(x|z)^(1/beta) dz.
 *
 * Over the data R = E_x KL(q(z|x) || p(z)) = I_q(x; z) + KL(q(z) || p(z)) and H - D <= I_q(x; z) <= R, D = -E log p(x|z).
 * The rate-distortion function of N(0, sig^2) is log(sig^2/D)/2 with slope -1/(2 D), that of a coin h(p) - h(D).
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"
import { clusters, counts, encoder, linear, states, tables } from "./beta-vae-families.ts"
import { coin, normalSource, symbols } from "./beta-vae-sources.ts"

const single = { families: ["linear", "states", "counts"] }
const whole = { families: ["tables", "clusters", "encoder"] }
const sources = { families: ["normal-source", "coin", "symbols"] }
const at = (p: Readonly<Record<string, Literal>>) => ({ family: "linear", parameters: { a: 1, b: 0, s: 1, x: 1, m: 0, v: 1, beta: 1, ...p } })
const sharp = (v: string, beta: string) => at({ a: 2, s: "1/2", x: 0, v, beta })
const gauss = (sig: number, c: string | number, v: string | number) => ({ family: "encoder", parameters: { sig, c, v, a: 1, s: 1 } })

export const betaVaeRateDistortion = theorem({
  id: "variational/beta-vae-rate-distortion",
  title: "Rate and distortion of the beta-VAE",
  statement: String.raw`\mathcal L_\beta(q) = \beta\log Z_\beta - \beta\operatorname{KL}(q\,\|\,q_\beta),\qquad H - D \le I_q(x;z) \le R`,
  symbols: {
    x: "observation",
    q: "encoder's law of z",
    tempered: "q_beta",
    beta: "weight of the divergence, beta > 0",
    rate: "R",
    distortion: "D",
    source: "H, entropy of the data",
    d: "distortion of a source",
  },
  hypotheses: [{ name: "weight", statement: "a positive weight, and a finite Z_beta", condition: "beta > 0" }],
  families: [linear, states, counts, tables, clusters, encoder, normalSource, coin, symbols],
  steps: [
    step("split", "objective(q) == -reconstruction - beta*KL(q, prior)", "log of a product", single),
    step("tempered-evidence", "E(z, prior, pdf(likelihood(z), x)^(1/beta)) == exp(logZ)", "definition of Z_beta", single),
    step("gibbs", "objective(q) == beta*logZ - beta*KL(q, tempered)", "Gibbs' variational principle", single),
    step("maximum", "objective(q) <= beta*logZ", "a divergence is not negative", { ...single, sharpness: "attained" }),
    step("attained", "objective(tempered) == beta*logZ", "at q = q_beta", single),
    step("rate-split", "rate == information + KL(aggregate, prior)", "log of a product", whole),
    step("upper", "information <= rate", "a divergence is not negative", { ...whole, sharpness: "rate-split" }),
    step("lower", "source - distortion <= information", "the decoder is no better than q(x|z)", { ...whole, sharpness: "lower-gap" }),
    step("lower-gap", "information - source + distortion == backward", "equality for the decoder q(x|z)", whole),
    step("test-channel", "info == R(d)", "the backward channel attains the function", sources),
    step("slope", "tangent(d) == slope", "differentiate R", sources),
  ],
  mutants: [
    mutant("beta-on-likelihood", "attained", "objective(sharpened) == beta*logZ", {
      families: ["linear"],
      visible: at({ beta: 4 }),
      unlucky: at({ beta: 1 }),
    }),
    mutant("bound-for-beta-below-1", "maximum", "objective(q) <= logEvidence", {
      families: ["linear"],
      visible: sharp("1/33", "1/2"),
      unlucky: sharp("999/16999", "999/1000"),
    }),
    mutant("rate-is-mi", "rate-split", "rate == information", { visible: gauss(1, 1, 1), unlucky: gauss(1, "3/5", "16/25") }),
    mutant("rd-no-half", "test-channel", "info == log(sig^2/d)", {
      families: ["normal-source"],
      visible: { family: "normal-source", parameters: { sig: 1, u: "1/4" } },
      unlucky: { family: "normal-source", parameters: { sig: 1, u: "999/1000" } },
    }),
  ],
  edges: [
    {
      name: "beta-zero",
      family: "linear",
      step: "gibbs",
      parameters: at({ beta: 0 }).parameters,
      expected: "outside-hypotheses",
      note: "q collapses to the point of the largest likelihood",
    },
    {
      name: "negative-distortion",
      family: "encoder",
      step: "lower",
      claim: "distortion >= 0",
      parameters: { sig: "1/4", c: 1, v: "1/1024", a: 1, s: "1/16" },
      expected: "refuted-as-exact",
      note: "a density may exceed 1: no sign of D or H is claimed",
    },
  ],
  sources: [
    { authors: "Higgins et al.", year: 2017, where: "beta-VAE, equation 4" },
    { authors: "Alemi, Poole, Fischer, Dillon, Saurous, Murphy", year: 2018, where: "Fixing a broken ELBO, equations 5 to 7" },
    { authors: "Hoffman, Johnson", year: 2016, where: "ELBO surgery" },
    { authors: "Cover, Thomas", year: 2006, where: "Elements of information theory, theorems 10.3.1 and 10.3.2" },
  ],
})
