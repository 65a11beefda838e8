/**
 * Degenerate points of statements that have no spec here: each is written as a claim with its hypothesis as a condition, or with the value that it has at
 * the degenerate point, so that the same machinery answers.
 */
import { step, theorem } from "../../src/core/statement.ts"
import type { Hypothesis, Spec } from "../../src/core/statement.ts"
import { isBounded, isLaw, isList, lawText, literal, object, text } from "./case.ts"
import type { Parameters } from "./case.ts"
import type { Look } from "./edges.ts"

const single = (id: string, claim: string, condition?: string): Spec => {
  const hypotheses: ReadonlyArray<Hypothesis> = condition === undefined ? [] : [{ name: "hypothesis", statement: condition, condition }]
  return theorem({ id, title: id, statement: "", symbols: {}, hypotheses, families: [], steps: [step("claim", claim, "")], sources: [] })
}

const numbers = (p: Parameters, ...names: ReadonlyArray<string>): Look["parameters"] =>
  Object.fromEntries(names.map((name) => [name, literal(p, name)]))

/** The Euler scheme of step h for Langevin dynamics on N(0, 1/lam) has a stationary variance for h < 2/lam. */
const langevin = single("energy/langevin-invariance", "(1 - lam*h)^2*v + 2*h == v", "lam*h < 2")

/** E psi' = -E psi score for a constant psi needs densities that vanish at the ends of their support. */
const implicitScore = single("energy/implicit-score-matching", "E(x, p, psi*score(p, x)) == 0", "psi*edge == 0")
const implicitEdge = (p: Parameters): Look | undefined => {
  const constant = typeof p["psi"] === "string" ? /^constant (\S+)$/.exec(p["psi"])?.[1] : undefined
  if (constant === undefined || !isLaw(p["p"])) return undefined
  const law = object(p, "p")
  const ends: Readonly<Record<string, string>> = { exponential: "0", uniform: text(law["lo"] ?? "0"), pareto: text(law["xm"] ?? "0") }
  const edge = isBounded(law) ? `pdf(p, ${ends[String(law["kind"])]})` : "0"
  return { spec: implicitScore, step: "claim", parameters: {}, let: { p: lawText(law), psi: `(${constant})`, edge } }
}

/** x' = x^2 has the solution x0/(1 - x0 t) as long as x0 t < 1. */
const blowUp = single("flow/instantaneous-change-of-variables", "D(x0/(1 - x0*t), t) == (x0/(1 - x0*t))^2", "x0*t < 1")

/** PSNR = 10 log10(peak^2/mse), +infinity for equal inputs. */
const psnr = single("metrics/psnr-ssim", "psnr == psnr")
const psnrLet = { mse: "norm2(x - y)/n", psnr: "if(mse == 0, inf, 10*log(peak^2/mse)/log(10))" }

/** p(x)^(1 - w) p(x|c)^w of centred normal laws is normalisable for a positive precision. */
const guidance = single(
  "diffusion/classifier-free-guidance",
  "integral(x, -inf, inf, exp(-precision*x^2/2)) == sqrt(2*pi/precision)",
  "(1 - w)/uncond_var + w/cond_var > 0",
)

export const BEYOND: Readonly<Record<string, (p: Parameters) => Look | undefined>> = {
  "langevin-invariance": (p) => ({ spec: langevin, step: "claim", parameters: numbers(p, "lam", "h"), let: { v: "1/(lam*(1 - lam*h/2))" } }),
  "implicit-score-matching": implicitEdge,
  "instantaneous-change-of-variables": (p) =>
    p["ode"] === "dx/dt=x^2" ? { spec: blowUp, step: "claim", parameters: numbers(p, "x0", "t"), let: {} } : undefined,
  "psnr-ssim": (p) =>
    isList(p["x"]) ? { spec: psnr, step: "claim", parameters: { ...numbers(p, "x", "y", "peak"), n: p["x"].length }, let: psnrLet } : undefined,
  "classifier-free-guidance": (p) => ({
    spec: guidance,
    step: "claim",
    parameters: numbers(p, "cond_var", "w", "uncond_var"),
    let: { precision: "(1 - w)/uncond_var + w/cond_var" },
  }),
}
