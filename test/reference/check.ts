/**
 * Reference files held against enclosures: every formula of every case at every tier, and the figures of a file.
 *
 * A case is wrong when an enclosure misses its reference, decided when some formula reaches a relative width of 1e-9, the tolerance of a verdict.
 */
import { DEFAULT_TOLERANCE } from "../../src/verify/prove.ts"
import { discriminator, divergences, duals, generator, jensenShannon } from "./adversarial.ts"
import type { Case, ReferenceFile } from "./case.ts"
import { decomposition, forward, posterior, prediction } from "./chain.ts"
import { reverseTime, tweedie } from "./diffusion.ts"
import { rules as elboBound } from "./elbo-bound.ts"
import { denoising } from "./energy.ts"
import { flowMatching } from "./flow.ts"
import { channel } from "./likelihood.ts"
import { changes, flows, lu, traces } from "./maps.ts"
import { guidance } from "./guidance.ts"
import { beside, compare, denote } from "./question.ts"
import type { Question, Rule } from "./question.ts"
import { bures, kantorovich, minibatches } from "./transport.ts"
import { inception } from "./scores.ts"
import { gradients, hierarchy, linearVae, rateDistortion } from "./variational.ts"

export const RULES: Readonly<Record<string, ReadonlyArray<Rule>>> = {
  "elbo-bound": elboBound,
  "beta-vae-rate-distortion": rateDistortion,
  "hierarchical-elbo": hierarchy,
  "inception-score": inception,
  "optimal-discriminator": discriminator,
  "js-equivalence": jensenShannon,
  "kantorovich-duality": kantorovich,
  "classifier-free-guidance": guidance,
  "ddpm-forward-marginal": forward,
  "ddpm-posterior": posterior,
  "ddpm-elbo-decomposition": decomposition,
  "prediction-equivalence": prediction,
  "denoising-score-matching": denoising,
  "reverse-time-sde": reverseTime,
  tweedie,
  "conditional-flow-matching": flowMatching,
  "change-of-variables": changes,
  "glow-lu-logdet": lu,
  "hutchinson-trace": traces,
  "instantaneous-change-of-variables": flows,
  divergences,
  "bures-wasserstein": bures,
  "reparameterization-gradient": gradients,
  "posterior-collapse-linear-vae": linearVae,
  "generator-gradients": generator,
  "fgan-dual": duals,
  "data-processing": channel,
  "minibatch-ot-bias": minibatches,
}

export interface Tier {
  readonly bits: number
  /** Aimed at in integrals: kinks are searched for in doubles, so what lies below their square is out of reach. */
  readonly tolerance?: number
}
export const TIERS: ReadonlyArray<Tier> = [{ bits: 53 }, { bits: 128, tolerance: 2 ** -100 }]

/** Evaluations per formula and tier: those of the standard budget. */
const EVALUATIONS = 100_000

export interface Outcome {
  readonly case: Case
  readonly kind: "contained" | "wrong" | "unsupported"
  readonly decided: "exact" | "enclosed" | undefined
  /** Digits that the sharpest formula claims, per tier. */
  readonly digits: ReadonlyArray<number>
  readonly complaints: ReadonlyArray<string>
}

/** The formulas of a case; `undefined` when no rule knows the quantity for parameters of this shape. */
export const ask = (theorem: string, c: Case): Question | undefined => {
  for (const rule of RULES[theorem] ?? []) {
    const question = rule.quantity === c.quantity ? rule.ask(c.parameters) : undefined
    if (question !== undefined && question.formulas.length > 0) return question
  }
  return undefined
}

export const check = (theorem: string, c: Case, tiers: ReadonlyArray<Tier> = TIERS): Outcome => {
  try {
    const question = ask(theorem, c)
    if (question !== undefined) return answer(question, c, tiers)
    return unsupported(c, tiers, [])
  } catch (error) {
    // Parameters or a value of another shape than the rule's.
    if (error instanceof TypeError) return unsupported(c, tiers, [error.message])
    throw error
  }
}

const unsupported = (c: Case, tiers: ReadonlyArray<Tier>, complaints: ReadonlyArray<string>): Outcome => ({
  case: c,
  kind: "unsupported",
  decided: undefined,
  digits: tiers.map(() => 0),
  complaints,
})

const answer = (question: Question, c: Case, tiers: ReadonlyArray<Tier>): Outcome => {
  const complaints: Array<string> = []
  const looks = question.formulas.map((formula) => look(question, formula, c, tiers, (text) => complaints.push(`${formula}: ${text}`)))
  const digits = tiers.map((_, k) => Math.max(...looks.map((l) => l.digits[k]!)))
  const decided = looks.some((l) => l.exact) ? "exact" : Math.max(...digits) >= -Math.log10(DEFAULT_TOLERANCE) ? "enclosed" : undefined
  return { case: c, kind: looks.every((l) => l.contained) ? "contained" : "wrong", decided, digits, complaints }
}

interface Seen {
  readonly contained: boolean
  readonly exact: boolean
  readonly digits: ReadonlyArray<number>
}

const look = (question: Question, formula: string, c: Case, tiers: ReadonlyArray<Tier>, complain: (text: string) => void): Seen => {
  const denoted = denote(question, formula)
  if (denoted.kind !== "value") {
    complain(`${denoted.kind}: ${denoted.why}`)
    // A number that we call undefined is as wrong as a number that we miss; one that no rule covers is merely open.
    return { contained: denoted.kind === "unsupported" || c.value === "Infinity", exact: false, digits: tiers.map(() => 0) }
  }
  const pairs = beside(denoted.value, c.value)
  let contained = true
  const digits = tiers.map((tier) => {
    const found = pairs.map(([node, reference]) => compare(node, reference, c.exact, { evaluations: EVALUATIONS, ...tier }))
    for (const [i, f] of found.entries()) {
      if (f.contained) continue
      contained = false
      const { lo, hi, status, reason } = f.enclosure
      complain(`${tier.bits} bits: [${lo}, ${hi}] ${status === "defined" ? "" : `${status} (${reason ?? ""}) `}misses ${pairs[i]![1]}`)
    }
    return Math.min(...found.map((f) => f.digits))
  })
  return { contained, exact: pairs.every(([node]) => node.op === "const"), digits }
}

export interface Figures {
  readonly cases: number
  readonly contained: number
  readonly wrong: number
  readonly unsupported: number
  readonly decided: number
  readonly exact: number
  /** Per tier. */
  readonly median: ReadonlyArray<number>
  readonly least: ReadonlyArray<number>
}

export const figures = (outcomes: ReadonlyArray<Outcome>, tiers: ReadonlyArray<Tier> = TIERS): Figures => {
  const count = (test: (o: Outcome) => boolean): number => outcomes.filter(test).length
  const supported = outcomes.filter((o) => o.kind !== "unsupported")
  const sorted = tiers.map((_, k) => supported.map((o) => o.digits[k]!).sort((a, b) => a - b))
  return {
    cases: outcomes.length,
    contained: count((o) => o.kind === "contained"),
    wrong: count((o) => o.kind === "wrong"),
    unsupported: count((o) => o.kind === "unsupported"),
    decided: count((o) => o.kind === "contained" && o.decided !== undefined),
    exact: count((o) => o.kind === "contained" && o.decided === "exact"),
    median: sorted.map((d) => d[d.length >> 1] ?? 0),
    least: sorted.map((d) => d[0] ?? 0),
  }
}

export const checkFile = (file: ReferenceFile, tiers: ReadonlyArray<Tier> = TIERS): ReadonlyArray<Outcome> =>
  file.cases.map((c) => check(file.theorem, c, tiers))
