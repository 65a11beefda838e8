/**
 * Degenerate points: a theorem and its parameters become an edge of the theorem's spec, and the class comes from the machinery behind `lemmata edges`.
 */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { jsEquivalence } from "../../specs/adversarial/js-equivalence.ts"
import { optimalDiscriminator } from "../../specs/adversarial/optimal-discriminator.ts"
import { reverseTimeSde } from "../../specs/diffusion/reverse-time-sde.ts"
import { tweedie } from "../../specs/diffusion/tweedie.ts"
import { conditionalFlowMatching } from "../../specs/flow/conditional-flow-matching.ts"
import { kantorovichDuality } from "../../specs/transport/kantorovich-duality.ts"
import { gaussianKl } from "../../specs/likelihood/gaussian-kl.ts"
import { elboBound } from "../../specs/variational/elbo-bound.ts"
import { reparameterizationGradient } from "../../specs/variational/reparameterization-gradient.ts"
import { budgets } from "../../src/core/budget.ts"
import * as Q from "../../src/core/rational.ts"
import type { EdgeClass, Literal, Spec } from "../../src/core/statement.ts"
import { prove } from "../../src/verify/prove.ts"
import { isLaw, isList, lawText, literal, text } from "./case.ts"
import type { Datum, Parameters } from "./case.ts"
import { pairOf } from "./adversarial.ts"
import { BEYOND } from "./edges-beyond.ts"
import { prior, process, reversed } from "./diffusion.ts"
import { setting } from "./flow.ts"
import { definitions } from "./question.ts"
import { costOf } from "./transport.ts"

export interface EdgeCase {
  readonly id: string
  readonly theorem: string
  readonly parameters: Parameters
  readonly expected_status: EdgeClass
  readonly reason: string
}

export const readEdges = (path: string): ReadonlyArray<EdgeCase> => {
  const file = JSON.parse(readFileSync(path, "utf8")) as { readonly format: string; readonly cases: ReadonlyArray<EdgeCase> }
  if (file.format !== "theorem-edge-cases/1") throw new TypeError(`${path}: expected the format theorem-edge-cases/1, not ${file.format}`)
  return file.cases
}

/** One relation at one point. */
export interface Look {
  readonly spec: Spec
  readonly step: string
  readonly claim?: string
  readonly companion?: string
  readonly parameters: Readonly<Record<string, Literal>>
  readonly let: Readonly<Record<string, string>>
  /** The relation is claimed exactly: a difference below the tolerance of a verdict still refutes it. */
  readonly exactly?: true
}

/** The class of the first look that does not hold, else of the last; `undefined` for a theorem or a shape of parameters without a mapping. */
export const classify = (theoremName: string, parameters: Parameters): EdgeClass | undefined => {
  const beyond = BEYOND[theoremName]?.(parameters)
  const looks = beyond === undefined ? LOOKS[theoremName]?.(parameters) : [beyond]
  let got: EdgeClass | undefined
  for (const look of looks ?? []) {
    if (look.exactly === true && classOf(look, FINE) === "refuted-as-exact") return "refuted-as-exact"
    got = classOf(look)
    if (got !== "holds") return got
  }
  return got
}

const settings = { seed: "0", alpha: 1e-6, budget: budgets.standard }

/** Close to what the last rung of the ladder resolves. */
const FINE = 2 ** -480

const classOf = ({ spec, step: name, claim, companion, parameters, let: lets }: Look, tolerance?: number): EdgeClass => {
  const domains = Object.fromEntries(Object.keys(parameters).map((key) => [key, "real(0, 1)"]))
  const steps = spec.steps
    .filter((s) => s.name === name)
    .map(({ sharpness: _, families: __, ...s }) => ({ ...s, ...(tolerance === undefined ? {} : { tolerance }) }))
  const asked = { ...(claim === undefined ? {} : { claim }), ...(companion === undefined ? {} : { companion }) }
  const edge = { name: "point", family: "point", step: name, ...asked, parameters, expected: "holds" as const, note: "" }
  const families = [{ name: "point", parameters: domains, let: lets }]
  return Effect.runSync(prove({ ...spec, steps, mutants: [], families, edges: [edge] }).edge("point", settings)).got
}

const size = (d: Datum | undefined): number => (isList(d) ? d.length : 1)

const elbo = (p: Parameters): ReadonlyArray<Look> | undefined => {
  if (isList(p["prior"])) {
    const parameters = { n: size(p["q"]), p: literal(p, "prior"), l: literal(p, "likelihood"), r: literal(p, "q") }
    return [{ spec: elboBound, step: "gap", companion: "E(z, q, w(z)) == evidence", parameters, let: definitions(elboBound, "categorical") }]
  }
  if (!("a" in p)) return undefined
  const parameters = Object.fromEntries(["a", "b", "s", "x"].map((name) => [name, literal(p, name)]))
  const q = isLaw(p["q"]) ? lawText(p["q"]) : `Normal(${p["q_mean"]}, ${p["q_sd"]})`
  return [
    { spec: elboBound, step: "gap", claim: "elbo + KL(q, posterior) == logEvidence", parameters, let: { ...definitions(elboBound, "cauchy"), q } },
  ]
}

const discriminator = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const pair = pairOf(p)
  return pair === undefined || !("x" in p) ? undefined : [{ spec: optimalDiscriminator, step: "logit", claim: "best(x) == best(x)", ...pair }]
}

const jensenShannon = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const pair = pairOf(p)
  if (pair === undefined) return undefined
  return [{ spec: jsEquivalence, step: "equivalence", parameters: pair.parameters, let: pair.let }]
}

/** First the cost, which may be infinite; then the Kantorovich-Rubinstein form with its hypotheses. */
const kantorovich = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const spec = kantorovichDuality
  if (isLaw(p["p"]) && isLaw(p["q"])) {
    const [mu, nu] = [lawText(p["p"]), lawText(p["q"])]
    return [
      { spec, step: "kantorovich-rubinstein", claim: "W1(p, q) >= 0", parameters: {}, let: { p: mu, q: nu } },
      { spec, step: "kantorovich-rubinstein", claim: "W1(mu, nu) >= 0", parameters: {}, let: { mu, nu } },
    ]
  }
  const [space, cost] = [p["space"], costOf(p["cost"])]
  if (!isList(space) || cost === undefined) return undefined
  const key = (d: Datum): string => (isList(d) ? d.map(key).join(" ") : Q.toText(Q.parseRational(String(d))!))
  const masses = (at: string, mass: string): ReadonlyArray<Literal> =>
    space.map((z) => {
      const i = (p[at] as ReadonlyArray<Datum>).findIndex((x) => key(x) === key(z))
      return i < 0 ? 0 : (literal(p, mass) as ReadonlyArray<Literal>)[i]!
    })
  const line = definitions(spec, "line-space")
  const parameters = { n: space.length, m: space.length, x: literal(p, "space"), y: literal(p, "space"), a: masses("x", "a"), b: masses("y", "b") }
  return [{ spec, step: "conjugate-attains", parameters, let: { ...line, C: cost } }]
}

/** X_t from atoms has a density for V(t) > 0 only. The reversal gives back the data exactly when it starts from the law at T. */
const reverseTime = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const spec = reverseTimeSde
  const given = { T: "1", t: "1", x: "0", ...p }
  const found = "start_mean" in p ? (reversed(given) ?? process(given)) : "t" in p ? process(given) : undefined
  if (found === undefined || !("p0" in p)) return undefined
  const { parameters, let: lets } = found as { parameters: Look["parameters"]; let: Look["let"] }
  if (!("start_mean" in p)) {
    const width = isLaw(p["p0"]) && p["p0"]["kind"] === "discrete" ? "V(t)" : "1"
    return [{ spec, step: "continuity", claim: "s(x, t) == D(p(x, t), x)/p(x, t)", parameters, let: { ...lets, width } }]
  }
  if ("M(t)" in lets) return [{ spec, step: "terminal", claim: "[m(T), W(T)] == [M1, P1]", parameters, let: lets, exactly: true }]
  const start = `Normal(${text(p["start_mean"])}, ${text(p["start_sd"])})`
  const claim = `[Mean(law(T)), Var(law(T)), pdf(law(T), x)] == [Mean(${start}), Var(${start}), pdf(${start}, x)]`
  return [{ spec, step: "terminal", claim, parameters, let: lets, exactly: true }]
}

const denoising = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const found = "alpha" in p && "sigma" in p ? prior(p) : undefined
  if (found === undefined) return undefined
  return [
    {
      spec: tweedie,
      step: "tweedie",
      parameters: { al: literal(p, "alpha"), sg: literal(p, "sigma"), x: literal(p, "x") },
      let: { ...definitions(tweedie, "gaussian"), d: found.d },
    },
  ]
}

const matching = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const found = "t" in p && "x" in p ? setting(p) : undefined
  return found === undefined ? undefined : [{ spec: conditionalFlowMatching, step: "plug-in", ...found }]
}

/** The derivative passes through the sample when f has no jump. */
const pathwise = (p: Parameters): ReadonlyArray<Look> | undefined => {
  const f = p["f"]
  if (typeof f !== "string") return undefined
  const threshold = /^indicator z>(\S+)$/.exec(f)?.[1]
  const lets = { "f(z)": threshold === undefined ? f : `if(z > ${threshold}, 1, 0)`, jump: threshold === undefined ? "0" : "1" }
  const claim = "D(E(z, Normal(mu, s), f(z)), mu) == E(z, Normal(mu, s), D(f(z), z))"
  return [{ spec: reparameterizationGradient, step: "pathwise-mean", claim, parameters: { mu: literal(p, "mu"), s: literal(p, "s") }, let: lets }]
}

const LOOKS: Readonly<Record<string, (p: Parameters) => ReadonlyArray<Look> | undefined>> = {
  "elbo-bound": elbo,
  "optimal-discriminator": discriminator,
  "js-equivalence": jensenShannon,
  "kantorovich-duality": kantorovich,
  "reverse-time-sde": reverseTime,
  tweedie: denoising,
  "conditional-flow-matching": matching,
  "reparameterization-gradient": pathwise,
  "gaussian-kl": (p) =>
    "m1" in p
      ? [
          {
            spec: gaussianKl,
            step: "closed-form",
            claim: "KL(MvNormal(m1, C1), MvNormal(m2, C2)) >= 0",
            parameters: Object.fromEntries(["m1", "C1", "m2", "C2"].map((name) => [name, literal(p, name)])),
            let: {},
          },
        ]
      : undefined,
}
