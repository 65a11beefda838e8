/**
 * Replay tokens: what a verdict was computed from, as one word to paste. A token is
 *
 *   base64url(JSON [version, entry, kind, part, seed, alpha, budget, family?, parameters?]) + "." + the first 6 digits of its SHA-256,
 *
 * so that a token cut short or mistyped is refused instead of replaying something else. With an instance it replays that instance, else the whole unit.
 */
import { createHash } from "node:crypto"
import { Result } from "effect"
import { BUDGETS } from "../core/budget.ts"
import type { BudgetName } from "../core/budget.ts"
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

export const encodeToken = (token: Token): string => {
  const { version, entry, kind, part, seed, alpha, budget, instance } = token
  const at = instance === undefined ? [] : [instance.family, instance.parameters]
  const body = Buffer.from(JSON.stringify([version, entry, kind, part, seed, alpha, budget, ...at])).toString("base64url")
  return `${body}.${checksum(body)}`
}

/** The token that a text holds. Fails with an InputError "bad-token" when it was damaged or is none. */
export const decodeToken = (text: string): Result.Result<Token, InputError> => {
  const [body, sum, ...rest] = text.trim().split(".")
  if (body === undefined || sum === undefined || rest.length > 0) return refuse("it is not of the form BODY.CHECKSUM")
  if (checksum(body) !== sum) return refuse("its checksum does not match; was it cut short?")
  const token = read(parse(Buffer.from(body, "base64url").toString("utf8")))
  return token === undefined ? refuse("its body is not one that this version writes") : Result.succeed(token)
}

const refuse = (why: string): Result.Result<never, InputError> =>
  Result.fail(new InputError({ code: "bad-token", message: `this is no replay token: ${why}. A token is what a report prints after "replay"` }))

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const read = (value: unknown): Token | undefined => {
  if (!Array.isArray(value) || (value.length !== 7 && value.length !== 9)) return undefined
  const [version, entry, kind, part, seed, alpha, budget, family, parameters]: ReadonlyArray<unknown> = value
  if (typeof version !== "string" || typeof entry !== "string" || typeof part !== "string" || typeof seed !== "string") return undefined
  if (kind !== "step" && kind !== "mutant") return undefined
  if (typeof alpha !== "number" || !(alpha > 0 && alpha < 1)) return undefined
  const name = BUDGETS.find((known) => known === budget)
  if (name === undefined) return undefined
  const token = { version, entry, kind, part, seed, alpha, budget: name } as const
  if (value.length === 7) return { ...token, instance: undefined }
  if (typeof family !== "string" || !isParameters(parameters)) return undefined
  return { ...token, instance: { family, parameters } }
}

const isParameters = (value: unknown): value is Readonly<Record<string, Literal>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isLiteral)

const isLiteral = (value: unknown): value is Literal =>
  typeof value === "string" || typeof value === "number" || (Array.isArray(value) && value.every(isLiteral))

/** The token of a finished unit: at its counterexample where there is one, else of the whole unit. */
export const tokenOf = (version: string, task: Task, line: Line): string => {
  const { entry, settings } = task
  const at = line.counterexample
  return encodeToken({
    version,
    entry,
    kind: line.kind === "mutant" ? "mutant" : "step",
    part: line.id.slice(line.id.indexOf("#") + 1),
    seed: settings.seed,
    alpha: settings.alpha,
    budget: settings.budget.name,
    instance: at?.family === undefined ? undefined : { family: at.family, parameters: at.parameters },
  })
}
