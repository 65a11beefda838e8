/**
 * Diffusion: transition kernels, marginals and reversals of linear SDEs, and Tweedie's formula.
 */
import { gaussianLets } from "../../specs/diffusion/reverse-gaussian.ts"
import { linearProcess, ou, reversal, subVp, ve, vpLinear } from "../../specs/diffusion/reverse-kernels.ts"
import type { Kernel } from "../../specs/diffusion/reverse-kernels.ts"
import { isLaw, isList, lawText, literal, object, text } from "./case.ts"
import type { Parameters } from "./case.ts"
import type { Question, Rule } from "./question.ts"

const KERNELS: Readonly<Record<string, { readonly kernel: Kernel; readonly names: Readonly<Record<string, string>> }>> = {
  vp: { kernel: vpLinear, names: { b0: "beta_min", b1: "beta_max" } },
  subvp: { kernel: subVp, names: { b0: "beta_min", b1: "beta_max" } },
  ve: { kernel: ve, names: { lo: "sigma_min", hi: "sigma_max" } },
  ou: { kernel: ou, names: { th: "theta", sg: "g0" } },
}

/** The SDE of a case and its marginals for the data law d, as the spec defines them. */
export const process = (p: Parameters): Pick<Question, "parameters" | "let"> | undefined => {
  if (!isLaw(p["sde"])) return undefined
  const sde = object(p, "sde")
  const known = KERNELS[String(sde["kind"])]
  if (known === undefined) return undefined
  const own = Object.fromEntries(Object.entries(known.names).map(([name, key]) => [name, literal(sde, key)]))
  const rest = ["t", "x", "T", "x0"].filter((name) => name in p).map((name) => [name, literal(p, name)] as const)
  const data: Record<string, string> = "p0" in p ? { ...linearProcess, ...reversal, d: lawText(p["p0"]) } : {}
  return { parameters: { ...own, ...Object.fromEntries(rest) }, let: { ...known.kernel.let, ...data } }
}

/** The same for normal data, with the moments M(t), P(t) of the process reversed from N(start_mean, start_sd^2) at T. */
export const reversed = (p: Parameters): Pick<Question, "parameters" | "let"> | undefined => {
  const found = process(p)
  const p0 = p["p0"]
  if (found === undefined || !isLaw(p0) || p0["kind"] !== "gaussian" || !("start_mean" in p)) return undefined
  const own = { m0: literal(p0, "mean"), M1: literal(p, "start_mean"), lam: "noise_level" in p ? literal(p, "noise_level") : 1 }
  const start = { v0: `${text(p0["sd"])}^2`, P1: `${text(p["start_sd"])}^2`, startMean: "M1", startVariance: "P1", x: "0" }
  return { parameters: { ...found.parameters, ...own }, let: { ...gaussianLets, ...KERNELS[String(object(p, "sde")["kind"])]!.kernel.let, ...start } }
}

const rule = (quantity: string, needs: ReadonlyArray<string>, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question | undefined => {
    const found = needs.every((name) => name in p) ? process(p) : undefined
    return found === undefined ? undefined : { ...found, formulas }
  },
})

const AT = ["p0", "t", "x"]
const terminal = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question | undefined => {
    const found = "T" in p ? reversed(p) : undefined
    return found === undefined ? undefined : { ...found, formulas }
  },
})

export const reverseTime: ReadonlyArray<Rule> = [
  rule("mean_coefficient", ["t"], "al(t)"),
  rule("kernel_variance", ["t"], "V(t)"),
  rule("g_squared", ["t"], "g2(t)", "D(V(t), t) - 2*a(t)*V(t)"),
  rule("density", AT, "p(x, t)"),
  rule("score", AT, "s(x, t)"),
  rule("score_derivative", AT, "D(s(x, t), x)", "D(log(p(x, t)), x, 2)"),
  rule("reverse_drift", AT, "-back(x, t)"),
  rule("pf_drift", AT, "v(x, t)"),
  rule("dp_dt", AT, "D(p(x, t), t)", "-D(v(x, t)*p(x, t), x)", "G(x, t)/2*D(p(x, t), x, 2) - D(f(x, t)*p(x, t), x)"),
  terminal("reverse_terminal_mean", "M(0)", "endMean"),
  terminal("reverse_terminal_var", "P(0)", "endVariance"),
  rule("pf_ode_endpoint", ["p0", "T", "x0"], "quantile(law(T), cdf(d, x0))"),
]

const noisy = { noisy: "Diffused(d, al, sg)", "kernel(z)": "pdf(Normal(al*z, sg), x)" }

/** A prior as an object, as atoms, or as a mixture of normal laws in several dimensions, observed at x. */
export const prior = (p: Parameters): { readonly d: string; readonly dimension: number } | undefined => {
  if (isLaw(p["p0"])) return { d: lawText(p["p0"]), dimension: 1 }
  if ("atoms" in p) return { d: `Discrete(${text(p["atoms"])}, ${text(p["probs"])})`, dimension: 1 }
  const [means, covs] = [p["means"], p["covs"]]
  if (!isList(means) || !isList(covs)) return undefined
  const dimension = isList(means[0]) ? means[0].length : 1
  return { d: `Mixture(${text(p["weights"])}, [${means.map((m, k) => `MvNormal(${text(m)}, ${text(covs[k])})`).join(", ")}])`, dimension }
}

const observed = (quantity: string, formulas: (dimension: number) => ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question | undefined => {
    const found = "alpha" in p && "sigma" in p ? prior(p) : undefined
    if (found === undefined) return undefined
    const parameters = { al: literal(p, "alpha"), sg: literal(p, "sigma"), x: literal(p, "x") }
    return { parameters, let: { d: found.d, ...noisy }, formulas: formulas(found.dimension) }
  },
})

const COV = "PosteriorCov(d, al, sg, x)"
const posterior = (f: string): string => `E(z, d, ${f}*kernel(z))/E(z, d, kernel(z))`
const hessian = (n: number): string => `[${Array.from({ length: n }, (_, i) => `grad(score(noisy, x)[${i + 1}], x)`).join(", ")}]`
const cumulant = "(sg^2/al)^3*D(logpdf(noisy, x), x, 3)"
const central = `${posterior("z^3")} - 3*${posterior("z^2")}*PosteriorMean(d, al, sg, x) + 2*PosteriorMean(d, al, sg, x)^3`

export const tweedie: ReadonlyArray<Rule> = [
  observed("score", () => ["score(noisy, x)"]),
  observed("density", () => ["pdf(noisy, x)"]),
  observed("posterior_mean", () => ["PosteriorMean(d, al, sg, x)", "(x + sg^2*score(noisy, x))/al"]),
  observed("posterior_var", () => [COV, "sg^2/al^2*(1 + sg^2*D(logpdf(noisy, x), x, 2))"]),
  observed("posterior_cov", (n) => [
    COV,
    n === 1 ? "sg^2/al^2*(1 + sg^2*D(logpdf(noisy, x), x, 2))" : `sg^2/al^2*(identity(${n}) + sg^2*${hessian(n)})`,
  ]),
  observed("posterior_third_cumulant", () => [cumulant, central]),
  {
    quantity: "posterior_mean",
    ask: (p) =>
      "rates" in p
        ? {
            parameters: { n: literal(p, "x") },
            let: { d: `Discrete(${text(p["rates"])}, ${text(p["probs"])})`, "m(k)": "E(l, d, pdf(Poisson(l), k))" },
            formulas: ["(n + 1)*m(n + 1)/m(n)", "E(l, d, l*pdf(Poisson(l), n))/m(n)"],
          }
        : undefined,
  },
]
