/** Data that cannot be had as asked: the sentence names the file, the place in it, what was found and what was expected. */
import { Data, Effect } from "effect"
import { reasonOf } from "../core/refusal.ts"

export class DataError extends Data.TaggedError("DataError")<{
  /** absent: not installed or no such file; corrupt: not the bytes that were pinned; syntax: not of the format. */
  readonly code: "absent" | "corrupt" | "syntax"
  readonly message: string
}> {}

/** Runs what reads; a system error becomes `absent`. */
export const reading = <T>(path: string, read: () => T): Effect.Effect<T, DataError> =>
  Effect.try({
    try: read,
    catch: (error) => (error instanceof DataError ? error : new DataError({ code: "absent", message: `${path}: ${reasonOf(error)}` })),
  })
