/**
 * Optimal discriminators, Jensen-Shannon divergences and the other divergences of a pair of laws p, q.
 */
import { fganDual } from "../../specs/adversarial/fgan-dual.ts"
import { generatorGradients } from "../../specs/adversarial/generator-gradients.ts"
import { jsEquivalence } from "../../specs/adversarial/js-equivalence.ts"
import type { Literal } from "../../src/core/statement.ts"
import { isBounded, isList, lawText, literal } from "./case.ts"
import type { Parameters } from "./case.ts"
import { definitions } from "./question.ts"
import type { Question, Rule } from "./question.ts"

interface Pair {
  readonly parameters: Readonly<Record<string, Literal>>
  readonly let: Readonly<Record<string, string>>
  /** Whether log p/q is finite everywhere. */
  readonly full: boolean
  /** Number of atoms of laws given as lists of probabilities. */
  readonly atoms?: number
}

const GAME = definitions(jsEquivalence, "gaussians")
const zero = (v: Literal): boolean => Number(v) === 0

/** A loss under the other law that is 0 where `law` has no mass, so that no logarithm of 0 is written. */
const guarded = (law: string, vanishes: boolean, loss: string): string => (vanishes ? `if(pdf(${law}, x) == 0, 0, ${loss})` : loss)

/** The optimal value and the gap to it for laws whose densities vanish somewhere. */
const guards = (p: boolean, q: boolean): Readonly<Record<string, string>> => {
  const [onData, onFakes] = [guarded("q", q, "softplus(-logit(x))"), guarded("p", p, "softplus(logit(x))")]
  return {
    optimum: `-E(x, p, ${onData}) - E(x, q, ${onFakes})`,
    gain: `E(x, p, softplus(-score(x)) - ${onData}) + E(x, q, softplus(score(x)) - ${onFakes})`,
  }
}

/** Two laws as objects, as lists of probabilities of 0, 1, ..., or as mean vectors and covariance matrices. */
export const pairOf = (p: Parameters): Pair | undefined => {
  if ("m1" in p) {
    const parameters = Object.fromEntries(["m1", "C1", "m2", "C2", ...("x" in p ? ["x"] : [])].map((name) => [name, literal(p, name)]))
    return { parameters, let: { ...GAME, p: "MvNormal(m1, C1)", q: "MvNormal(m2, C2)" }, full: true }
  }
  if (!("p" in p && "q" in p)) return undefined
  const lists = isList(p["p"]) && isList(p["q"])
  const names = ["x", "slope", "intercept", "class_prior"].filter((name) => name in p)
  const parameters = Object.fromEntries(names.map((name) => [name, literal(p, name)]))
  const [bp, bq] = [lists || isBounded(p["p"]), lists || isBounded(p["q"])]
  // A competitor that is constant stays integrable under laws without moments.
  const competitor: Record<string, string> =
    "slope" in p ? { a: "slope", b: "intercept", ...(zero(literal(p, "slope")) ? { "score(x)": "b" } : {}) } : {}
  return {
    parameters: lists ? { ...parameters, f: literal(p, "p"), g: literal(p, "q") } : parameters,
    let: { ...GAME, ...guards(bp, bq), p: lawText(p["p"]), q: lawText(p["q"]), ...competitor, w: "class_prior" },
    full: !bp && !bq,
    ...(lists ? { atoms: (p["p"] as ReadonlyArray<unknown>).length } : {}),
  }
}

const rule = (quantity: string, formulas: (pair: Pair) => ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question | undefined => {
    const pair = pairOf(p)
    return pair === undefined ? undefined : { parameters: pair.parameters, let: pair.let, formulas: formulas(pair) }
  },
})

const each = (n: number, f: (k: number) => string): string => `[${Array.from({ length: n }, (_, i) => f(i + 1)).join(", ")}]`
export const discriminator: ReadonlyArray<Rule> = [
  rule("d_star", ({ atoms, full }) =>
    atoms === undefined
      ? full
        ? ["sigmoid(logit(x))", "best(x)"]
        : ["best(x)"]
      : [each(atoms, (k) => `f[${k}]/(f[${k}] + g[${k}])`), each(atoms, (k) => `best(${k - 1})`)],
  ),
  rule("d_star_weighted", ({ full }) =>
    ["w*pdf(p, x)/(w*pdf(p, x) + (1 - w)*pdf(q, x))", ...(full ? ["sigmoid(logit(x) + log(w/(1 - w)))"] : [])].reverse(),
  ),
  rule("v_of_logistic_d", () => ["value"]),
  rule("v_star_minus_v", ({ full }) => (full ? ["regret", "gain"] : ["gain"])),
]

export const jensenShannon: ReadonlyArray<Rule> = [rule("js", () => ["JS(p, q)"]), rule("v_star", () => ["optimum", "2*JS(p, q) - 2*log(2)"])]

export const divergences: ReadonlyArray<Rule> = [
  rule("kl_pq", () => ["KL(p, q)"]),
  rule("kl_qp", () => ["KL(q, p)"]),
  rule("js", () => ["JS(p, q)"]),
  rule("tv", () => ["TV(p, q)"]),
  rule("hellinger_squared", () => ["Hellinger2(p, q)"]),
  rule("chi2_pq", () => ["ChiSquare(p, q)"]),
  rule("chi2_qp", () => ["ChiSquare(q, p)"]),
  // The sum of (p - q)^2/(p + q) is Pearson's divergence of p + q from 2 q.
  rule("pearson_chi2_sum_vs_2q", ({ atoms }) => [`2*ChiSquare(p, ${atoms === undefined ? "mid" : "Categorical((f + g)/2)"})`]),
]

const GENERATOR = definitions(generatorGradients, "shift")
const gradient = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({ parameters: { th: literal(p, "theta"), s: literal(p, "sd") }, let: GENERATOR, formulas }),
})
/** Unit normal data, normal generator. */
export const generator: ReadonlyArray<Rule> = [
  gradient("saturating_gradient", "first", "firstScore", "2*D(js, th)"),
  gradient("non_saturating_gradient", "second", "secondScore"),
  gradient("grad_kl_minus_2js", "D(kl, th) - 2*D(js, th)"),
]

const CRITIC = definitions(fganDual, "normals")
const bound = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p) => ({ parameters: { n: 0, s: 1, m: literal(p, "m"), c: literal(p, "a"), d: literal(p, "b") }, let: CRITIC, formulas }),
})
/** The critic a x + b between unit normal laws. */
export const duals: ReadonlyArray<Rule> = [
  bound("nwj_bound_kl", "nwj", "c*Mean(p) + d - exp(cumulant(c) + d - 1)"),
  bound("donsker_varadhan_bound_kl", "dv", "c*Mean(p) - cumulant(c)"),
  bound("bound_chi2", "pearson"),
]
