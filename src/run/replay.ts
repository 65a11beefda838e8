/**
 * Replay tokens: what a verdict was computed from, as one word that a person can read and paste. A token is
 *
 *   ENTRY#PART [+NAME=VALUE ...] [+:OPTION ...] +VERSION.CHECKSUM
 *
 *   my.claims.yaml#closed-form+m=0+s=1/2+0.1.0.c29bdb
 *
 * with the instance, the options that differ from their defaults, and the first 6 digits of the SHA-256 of everything before it, so that a token cut short or
 * mistyped is refused instead of replaying something else. With an instance it replays that instance, else the whole unit. A list is its length and its
 * items, `x2:1:-2/3`. What a shell could read as its own is percent-encoded.
 */
import { createHash } from "node:crypto"
import { Result } from "effect"
import { BUDGETS } from "../core/budget.ts"
import type { BudgetName } from "../core/budget.ts"
import { DEFAULT_ALPHA } from "../core/estimate.ts"
import type { Literal } from "../core/statement.ts"
import type { Result as Line } from "../core/verdict.ts"
import { InputError } from "./input-error.ts"
import type { Instance, Task } from "./plan.ts"

export interface Token {
  readonly version: string
  readonly entry: string
  readonly kind: "step" | "mutant"
  readonly part: string
  readonly seed: string
  readonly alpha: number
  readonly budget: BudgetName
  readonly instance: Instance | undefined
}

const checksum = (body: string): string => createHash("sha256").update(body).digest("hex").slice(0, 6)

/** The family of a claim file, which a token leaves out. */
const CLAIMS = "claims"

const quoted = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "/")

const literal = (value: Literal): string =>
  typeof value === "object" ? [`x${value.length}`, ...value.map(literal)].join(":") : quoted(String(value))

export const encodeToken = ({ version, entry, kind, part, seed, alpha, budget, instance }: Token): string => {
  const at = Object.entries(instance?.parameters ?? {}).map(([name, value]) => `${quoted(name)}=${literal(value)}`)
  const options = [
    ...(instance === undefined || (instance.family === CLAIMS && at.length > 0) ? [] : [`:at=${quoted(instance.family)}`]),
    ...(kind === "mutant" ? [":mutant"] : []),
    ...(seed === "0" ? [] : [`:seed=${quoted(seed)}`]),
    ...(alpha === DEFAULT_ALPHA ? [] : [`:alpha=${quoted(String(alpha))}`]),
    ...(budget === "standard" ? [] : [`:budget=${budget}`]),
  ]
  const body = [`${quoted(entry)}#${quoted(part)}`, ...at, ...options, quoted(version)].join("+")
  return `${body}.${checksum(body)}`
}

/** The token that a text holds. Fails with an InputError "bad-token" when it was damaged or is none. */
export const decodeToken = (text: string): Result.Result<Token, InputError> => {
  const word = text.trim()
  const dot = word.lastIndexOf(".")
  if (dot < 0 || !word.includes("#")) return refuse("it is not of the form FILE#NAME+...+VERSION.CHECKSUM")
  const body = word.slice(0, dot)
  if (checksum(body) !== word.slice(dot + 1)) return refuse("its checksum does not match; was it cut short?")
  const token = read(body.split("+"))
  return token === undefined ? refuse("its body is not one that this version writes") : Result.succeed(token)
}

const refuse = (why: string): Result.Result<never, InputError> =>
  Result.fail(new InputError({ code: "bad-token", message: `this is no replay token: ${why}. A token is what a report prints after "replay"` }))

const plainOf = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const read = (words: ReadonlyArray<string>): Token | undefined => {
  const [head, ...rest] = words
  const version = rest.pop()
  const [entry, part, ...more] = head!.split("#")
  if (version === undefined || part === undefined || more.length > 0) return undefined
  const pair = (word: string): readonly [string, string] => [plainOf(word.split("=")[0]!), word.slice(word.indexOf("=") + 1)]
  const options = new Map(rest.filter((word) => word.startsWith(":")).map(pair))
  const stated = rest.filter((word) => !word.startsWith(":")).map(pair)
  const values = stated.map(([name, value]) => [name, items(value.split(":"), 1)?.[0]] as const)
  if (values.some(([, value]) => value === undefined)) return undefined
  const alpha = options.has(":alpha") ? Number(options.get(":alpha")) : DEFAULT_ALPHA
  const budget = BUDGETS.find((known) => known === (options.get(":budget") ?? "standard"))
  if (!(alpha > 0 && alpha < 1) || budget === undefined) return undefined
  const family = options.get(":at")
  return {
    version: plainOf(version),
    entry: plainOf(entry!),
    kind: options.has(":mutant") ? "mutant" : "step",
    part: plainOf(part),
    seed: plainOf(options.get(":seed") ?? "0"),
    alpha,
    budget,
    instance:
      family === undefined && values.length === 0
        ? undefined
        : { family: plainOf(family ?? CLAIMS), parameters: Object.fromEntries(values) as Instance["parameters"] },
  }
}

/** Reads `count` literals off the front of `words`, and all of them; `undefined` when some are missing or left over. */
const items = (words: ReadonlyArray<string>, count: number): ReadonlyArray<Literal> | undefined => {
  let at = 0
  const take = (): Literal | undefined => {
    const word = words[at++]
    const size = /^x(\d+)$/.exec(word ?? "")
    if (size === null) return word === undefined ? undefined : plainOf(word)
    const list: Array<Literal> = []
    for (let i = 0; i < Number(size[1]); i++) {
      const item = take()
      if (item === undefined) return undefined
      list.push(item)
    }
    return list
  }
  const found = Array.from({ length: count }, take)
  return at === words.length && found.every((item) => item !== undefined) ? found : undefined
}

/** The token of a finished unit: at its counterexample where there is one, else of the whole unit. */
export const tokenOf = (version: string, task: Task, line: Line): string => {
  const { entry, settings } = task
  const at = line.counterexample
  return encodeToken({
    version,
    entry,
    kind: line.kind === "mutant" ? "mutant" : "step",
    part: line.id.slice(line.id.lastIndexOf("#") + 1),
    seed: settings.seed,
    alpha: settings.alpha,
    budget: settings.budget.name,
    instance: at?.family === undefined ? undefined : { family: at.family, parameters: at.parameters },
  })
}
