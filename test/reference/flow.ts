/**
 * Conditional flow matching: the paths, fields and losses of the spec's families for the target of a reference case.
 */
import { conditionalFlowMatching } from "../../specs/flow/conditional-flow-matching.ts"
import type { Literal } from "../../src/core/statement.ts"
import { isLaw, isList, lawText, literal, object, text } from "./case.ts"
import type { Datum, Parameters } from "./case.ts"
import { definitions } from "./question.ts"
import type { Question, Rule } from "./question.ts"

interface Path {
  /** The family whose definitions of a(t), b(t) and of what follows from them are used. */
  readonly family: string
  readonly names: Readonly<Record<string, string>>
  /** Laws at both ends, exactly: cos(pi/2) is not known to vanish. */
  readonly ends: readonly [start: string, end: string]
}

const PATHS: Readonly<Record<string, Path>> = {
  linear: { family: "linear-mixture", names: {}, ends: ["Normal(0, 1)", "p1"] },
  "ot-path": { family: "conditional-ot-mixture", names: { sm: "sigma_min" }, ends: ["Normal(0, 1)", "p(1)"] },
  "vp-path": { family: "vp-mixture", names: { b0: "beta_min", b1: "beta_max" }, ends: ["p(0)", "p1"] },
  trig: { family: "trigonometric-gaussian", names: {}, ends: ["Normal(0, 1)", "p1"] },
}

export const pathOf = (p: Parameters): Path | undefined => (isLaw(p["path"]) ? PATHS[String(p["path"]["kind"])] : undefined)

/** The parameters and definitions of the path, with target p1. */
export const setting = (
  p: Parameters,
): { readonly parameters: Readonly<Record<string, Literal>>; readonly let: Readonly<Record<string, string>> } | undefined => {
  const path = pathOf(p)
  if (path === undefined || !isLaw(p["p1"])) return undefined
  const own = Object.fromEntries(Object.entries(path.names).map(([name, key]) => [name, literal(object(p, "path"), key)]))
  const rest = ["t", "x", "x0"].filter((name) => name in p).map((name) => [name, literal(p, name)] as const)
  const model = "v_slope" in p ? { c: literal(p, "v_slope"), k: literal(p, "v_intercept") } : {}
  return {
    parameters: { ...own, ...Object.fromEntries(rest), ...model },
    let: { ...definitions(conditionalFlowMatching, path.family), p1: lawText(p["p1"]) },
  }
}

const rule = (quantity: string, needs: ReadonlyArray<string>, formulas: (p: Parameters, path: Path) => ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question | undefined => {
    const found = needs.every((name) => name in p) ? setting(p) : undefined
    return found === undefined ? undefined : { ...found, formulas: formulas(p, pathOf(p)!) }
  },
})

const AT = ["t", "x"]
const LOSS = ["t", "v_slope", "v_intercept"]
const FIELD = "field(PosteriorMean(p1, a(t), b(t), x), t, x)"
/** (a' - b' a/b)^2 Cov[x_1 | x_t] for a normal target of variance v, without the 0/0 at the ends. */
const SPREAD = "(da(t)*b(t) - db(t)*a(t))^2*Var(p1)/(a(t)^2*Var(p1) + b(t)^2)"
const ENERGY = "(da(t)*Mean(p1))^2 + (a(t)*da(t)*Var(p1) + b(t)*db(t))^2/(a(t)^2*Var(p1) + b(t)^2)"
const isNormal = (p: Parameters): boolean => object(p, "p1")["kind"] === "gaussian"

/** Components (weight, mean, sd) of a normal law, a mixture of such or of atoms. */
const components = (d: Datum | undefined): ReadonlyArray<readonly [string, string, string]> | undefined => {
  if (!isLaw(d)) return undefined
  const list = (name: string): ReadonlyArray<Datum> => (isList(d[name]) ? d[name] : [])
  switch (d["kind"]) {
    case "gaussian":
      return [["1", text(d["mean"]), text(d["sd"])]]
    case "mixture":
      return list("weights").map((w, k) => [text(w), text(list("means")[k]), text(list("sds")[k])])
    case "discrete":
      return list("atoms").map((x, k) => [text(list("probs")[k]), text(x), "0"])
    default:
      return undefined
  }
}

/** x_t = (1 - t) x_0 + t x_1 + gamma zeta, gamma^2 = g t (1 - t): a mixture over pairs of components, in each of which everything is jointly normal. */
const interpolant = (p: Parameters, formula: string): Question | undefined => {
  const [from, to] = [components(p["p0"]), components(p["p1"])]
  if (from === undefined || to === undefined || !("gamma_sq_coefficient" in p)) return undefined
  const pairs = from.flatMap((a) => to.map((b) => ({ w: `${a[0]}*${b[0]}`, from: a, to: b })))
  const column = (f: (pair: (typeof pairs)[number]) => string): string => `[${pairs.map(f).join(", ")}]`
  const parts = pairs.map((_, k) => `part(${k + 1})`).join(", ")
  return {
    parameters: { g: literal(p, "gamma_sq_coefficient"), t: literal(p, "t"), x: literal(p, "x") },
    let: {
      w: column((c) => c.w),
      m: column((c) => c.from[1]),
      s: column((c) => c.from[2]),
      n: column((c) => c.to[1]),
      r: column((c) => c.to[2]),
      "mean(k)": "(1 - t)*m[k] + t*n[k]",
      "var(k)": "(1 - t)^2*s[k]^2 + t^2*r[k]^2 + g*t*(1 - t)",
      "part(k)": "Normal(mean(k), sqrt(var(k)))",
      law: `Mixture(w, [${parts}])`,
      // Cov(x_1 - x_0 + gamma' zeta, x_t) in component k; gamma gamma' is half the derivative of gamma^2.
      "cov(k)": "t*r[k]^2 - (1 - t)*s[k]^2 + g*(1 - 2*t)/2",
      velocity: `total(k, 1, ${pairs.length}, w[k]*pdf(part(k), x)/pdf(law, x)*(n[k] - m[k] + cov(k)/var(k)*(x - mean(k))))`,
    },
    formulas: [formula],
  }
}

export const flowMatching: ReadonlyArray<Rule> = [
  rule("marginal_field", AT, (p) => (Number(p["t"]) === 0 ? [FIELD] : [FIELD, "u(t, x)"])),
  rule("density", AT, () => ["pdf(p(t), x)"]),
  rule("dp_dt", AT, () => ["D(pdf(p(t), x), t)", "-D(pdf(p(t), x)*u(t, x), x)"]),
  rule("loss_cfm_at_t", LOSS, () => ["cfm"]),
  rule("loss_fm_at_t", LOSS, () => ["fm"]),
  rule("cfm_minus_fm_at_t", LOSS, () => ["spread"]),
  rule("gradient_slope_intercept", LOSS, () => ["[D(cfm, c), D(cfm, k)]", "[D(fm, c), D(fm, k)]"]),
  rule("time_integrated_cfm_minus_fm", [], (p) => (isNormal(p) ? [`integral(t, 0, 1, ${SPREAD})`] : [])),
  rule("kinetic_energy_independent_coupling", [], (p) =>
    isNormal(p) ? [`integral(t, 0, 1, ${ENERGY})`] : ["integral(t, 0, 1, E(y, p(t), u(t, y)^2))"],
  ),
  rule("kinetic_energy_ot_coupling", [], () => ["W2(Normal(0, 1), p1)^2"]),
  rule("flow_endpoint", ["x0"], (_, { ends: [start, end] }) => [`quantile(${end}, cdf(${start}, x0))`]),
  { quantity: "velocity", ask: (p) => interpolant(p, "velocity") },
  { quantity: "score", ask: (p) => interpolant(p, "score(law, x)") },
]
