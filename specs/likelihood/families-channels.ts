/**
 * Channels and the laws before and after them: p, q before, out(p), out(q) after. Divergences go by name, so that each is the functional of the language.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const divergences = {
  kl: "KL(p, q)",
  klAfter: "KL(pAfter, qAfter)",
  js: "JS(p, q)",
  jsAfter: "JS(pAfter, qAfter)",
  tv: "TV(p, q)",
  tvAfter: "TV(pAfter, qAfter)",
  chi2: "ChiSquare(p, q)",
  chi2After: "ChiSquare(pAfter, qAfter)",
  hellinger: "Hellinger2(p, q)",
  hellingerAfter: "Hellinger2(pAfter, qAfter)",
}
const channel = (name: string, title: string, parameters: Family["parameters"], laws: Family["let"], assume: ReadonlyArray<string> = []): Family =>
  family(name, { title, parameters, assume, let: { ...laws, ...divergences } })
const masses = { f: "simplex(3)", g: "simplex(3)" }
const positive = ["g[1]*g[2]*g[3] > 0"]
const before = { p: "Categorical(f)", q: "Categorical(g)" }

const table = channel(
  "table",
  "three atoms through a stochastic matrix",
  { ...masses, k: "simplex(2)", l: "simplex(2)", r: "simplex(2)" },
  { ...before, "out(h)": "h[1]*k + h[2]*l + h[3]*r", pAfter: "Categorical(out(f))", qAfter: "Categorical(out(g))" },
  [...positive, "out(g)[1]*out(g)[2] > 0"],
)
const merge = channel("merge", "two of three atoms merged", masses, { ...before, pAfter: "Bernoulli(f[3])", qAfter: "Bernoulli(g[3])" }, positive)
const quantise = channel(
  "quantise",
  "the sign of a normal variable",
  { m: "real(-2, 2)", n: "real(-2, 2)", s: "positive(1/2, 2)" },
  { p: "Normal(m, s)", q: "Normal(n, s)", pAfter: "Bernoulli(normcdf(m/s))", qAfter: "Bernoulli(normcdf(n/s))" },
)
const smooth = channel(
  "smooth",
  "normal noise of standard deviation r added to normal laws",
  { m: "real(-2, 2)", s: "positive(1/2, 2)", r: "positive(1/8, 4)" },
  { p: "Normal(0, 1)", q: "Normal(m, s)", pAfter: "Diffused(p, 1, r)", qAfter: "Diffused(q, 1, r)" },
  // Else the divergence of Pearson is infinite before the channel, and nothing is claimed.
  ["s^2 > 5/8"],
)
export const channels = [table, merge, quantise, smooth]

/** Likelihood ratios that are constant on the fibres of the map: nothing is lost. */
export const sufficient = [
  channel(
    "sufficient-merge",
    "the merged atoms have one likelihood ratio",
    { u: "real(1/16, 15/16)", v: "real(1/16, 15/16)", w: "real(1/16, 15/16)" },
    { p: "Categorical([u*w, u*(1 - w), 1 - u])", q: "Categorical([v*w, v*(1 - w), 1 - v])", pAfter: "Bernoulli(1 - u)", qAfter: "Bernoulli(1 - v)" },
  ),
  channel(
    "relabel",
    "a permutation of three atoms",
    masses,
    { ...before, pAfter: "Categorical([f[3], f[1], f[2]])", qAfter: "Categorical([g[3], g[1], g[2]])" },
    positive,
  ),
  channel(
    "injective",
    "an affine map of normal laws",
    { m: "real(-2, 2)", s: "positive(1, 2)", c: "oneof(-3, -1/2, 1/4, 1, 3)", d: "real(-2, 2)" },
    { p: "Normal(0, 1)", q: "Normal(m, s)", pAfter: "Normal(d, abs(c))", qAfter: "Normal(c*m + d, abs(c)*s)" },
  ),
]
