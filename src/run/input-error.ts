/**
 * What a person typed wrong, found before anything runs. The sentence says what was expected; `suggestion` is the nearest valid text.
 */
import { Data } from "effect"

export type InputCode =
  | "usage"
  | "unknown-id"
  | "bad-module"
  | "bad-claims"
  | "bad-token"
  | "bad-report"
  | "nothing-selected"
  | "bad-config"
  | "bad-run"
  | "bad-checkpoint"
  | "bad-backend"
  | "bad-data"
  | "too-large"
  | "unknown-recipe"

export class InputError extends Data.TaggedError("InputError")<{
  readonly code: InputCode
  readonly message: string
  readonly suggestion?: string
}> {}
