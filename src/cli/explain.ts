/**
 * `lemmata explain FILE#claim`, `lemmata explain topic/theorem#step`: how the verdict comes about at one instance.
 */
import { Effect, Result } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { budgets } from "../core/budget.ts"
import { parseRational } from "../core/rational.ts"
import { isClaimFile } from "../core/statement.ts"
import type { Literal } from "../core/statement.ts"
import { FORMAT, jsonText } from "../report/json.ts"
import { InputError } from "../run/input-error.ts"
import { nearest } from "../core/nearest.ts"
import type { Planned } from "../run/plan.ts"
import type { Stated, Unit } from "../verify/proof.ts"
import { Front } from "./front.ts"
import { json, running } from "./options.ts"
import { paint, print } from "./output.ts"
import { runSession, selectProofs } from "./session.ts"

const { seed, alpha, budget } = running

// Loaded on demand: they bring the parser of formulas, which would slow down the start of every command.
const reports = Effect.promise(() => Promise.all([import("../report/explain.ts"), import("../report/json-explain.ts")]))

export const explain = Command.make(
  "explain",
  {
    part: Argument.String("part").pipe(Argument.withDescription("FILE#claim, FILE#derivation/line or topic/theorem#step")),
    at: Flag.String("at").pipe(
      Flag.withMetavar("m=0,s=1/2"),
      Flag.atMost(1),
      Flag.withDescription("the instance; a vector is (1,2). Default: the counterexample, else where the check gets stuck, else its first draw"),
    ),
    family: Flag.String("family").pipe(Flag.atMost(1), Flag.withDescription("the family of a theorem that the instance belongs to")),
    seed,
    alpha,
    budget,
    json,
  },
  Effect.fnUntraced(function* (options) {
    const { version } = yield* Front
    const cut = options.part.lastIndexOf("#")
    const [entry, name] = cut < 0 ? [options.part, ""] : [options.part.slice(0, cut), options.part.slice(cut + 1)]
    const planned = (yield* selectProofs([entry], false))[0]!
    const unit = yield* Effect.fromResult(unitOf(planned, name))
    const at = yield* Effect.fromResult(statedIn(planned, options.at[0], options.family[0]))
    const task = {
      entry: planned.entry,
      job: { kind: "explain" as const, unit, at },
      settings: { seed: String(options.seed), alpha: options.alpha, budget: budgets[options.budget] },
    }
    // On a worker, so that Ctrl-C need not wait for it.
    const { outcomes } = yield* runSession([planned], () => [task], { ...options, jobs: 1 })
    const outcome = outcomes[0]!
    if (outcome.kind !== "explanation")
      return yield* Effect.die(new Error(`${options.part}: ${outcome.kind === "fault" ? outcome.message : outcome.kind}`))
    const found = outcome.explanation
    const [{ explainText }, { explainData }] = yield* reports
    const claims = isClaimFile(planned.proof.spec)
    yield* print(
      options.json
        ? jsonText({ lemmata: version, format: FORMAT, seed: options.seed, explanation: explainData(found) })
        : explainText(found, claims, paint()),
    )
  }),
).pipe(
  Command.withDescription("Explain a verdict: the formula written out, the method of each functional, the rungs that were climbed, the decision"),
  Command.withExamples([
    { command: "lemmata explain my.claims.yaml#closed-form", description: "One claim, at its counterexample" },
    { command: "lemmata explain my.claims.yaml#elbo/3 --at x=1,m=0,s=1/2", description: "A line of a derivation, at an instance of yours" },
    { command: "lemmata explain diffusion/tweedie#tweedie --family mixture", description: "A step of the catalogue in one of its families" },
  ]),
)

/** The step or mutant of the name. Fails with an InputError "unknown-id" that lists what there is. */
const unitOf = ({ entry, proof: { spec } }: Planned, name: string): Result.Result<Unit, InputError> => {
  if (spec.steps.some((s) => s.name === name)) return Result.succeed({ theorem: spec.id, kind: "step", name })
  if (spec.mutants.some((m) => m.name === name)) return Result.succeed({ theorem: spec.id, kind: "mutant", name })
  const known = [...spec.steps, ...spec.mutants].map((s) => s.name)
  const suggestion = name === "" ? undefined : nearest(name, known)
  const what = name === "" ? `which part of ${entry}?` : `${entry} has no part "${name.slice(0, 200)}";`
  const hint =
    suggestion === undefined
      ? `write one of ${known
          .slice(0, 20)
          .map((k) => `${entry}#${k}`)
          .join(", ")}`
      : `did you mean "${entry}#${suggestion}"?`
  return Result.fail(
    new InputError({ code: "unknown-id", message: `${what} ${hint}`, ...(suggestion === undefined ? {} : { suggestion: `${entry}#${suggestion}` }) }),
  )
}

/** The instance that `--at` and `--family` state. Fails with an InputError "usage" that says what was expected. */
const statedIn = (
  { entry, proof: { spec } }: Planned,
  text: string | undefined,
  family: string | undefined,
): Result.Result<Stated | undefined, InputError> => {
  const refuse = (message: string): Result.Result<never, InputError> => Result.fail(new InputError({ code: "usage", message }))
  const families = spec.families.map((f) => f.name)
  if (family !== undefined && !families.includes(family)) return refuse(`${entry} has no family "${family}"; it has ${families.join(", ")}`)
  if (text === undefined && family === undefined) return Result.succeed(undefined)
  const { parameters: known } = spec.families.find((f) => f.name === (family ?? families[0]))!
  const parameters: Record<string, Literal> = {}
  for (const part of text === undefined ? [] : topLevel(text)) {
    const [, name, value] = /^\s*(\w+)\s*=(.*)$/s.exec(part) ?? []
    if (name === undefined || value === undefined) return refuse(`--at expects NAME=VALUE pairs such as m=0,s=1/2, not "${part}"`)
    if (!Object.hasOwn(known, name)) return refuse(`--at: there is no parameter ${name}; there are ${Object.keys(known).join(", ") || "none"}`)
    const literal = literalOf(value.trim())
    if (literal === undefined) return refuse(`--at: ${name} must be a rational such as 1/2, or a list of them such as (1,2), not "${value}"`)
    parameters[name] = literal
  }
  return Result.succeed({ ...(family === undefined ? {} : { family }), parameters })
}

/** The parts of a text between the commas that stand in no brackets. */
const topLevel = (text: string): ReadonlyArray<string> => {
  const parts = [""]
  let depth = 0
  for (const c of text) {
    if (c === "(" || c === "[") depth++
    if (c === ")" || c === "]") depth--
    if (c === "," && depth === 0) parts.push("")
    else parts[parts.length - 1] += c
  }
  return parts
}

const literalOf = (text: string): Literal | undefined => {
  const list = /^[([](.*)[)\]]$/s.exec(text)
  if (list === null) return parseRational(text) === undefined ? undefined : text
  const items = topLevel(list[1]!).map((item) => literalOf(item.trim()))
  return items.every((item) => item !== undefined) ? items : undefined
}
