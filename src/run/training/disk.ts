/**
 * The disk at the rim: what it refuses is an error with a sentence, everything else that is thrown a defect.
 */
import { Effect } from "effect"
import { isRefusal, reasonOf } from "../../core/refusal.ts"
import { InputError } from "../input-error.ts"

/** What the disk refuses is the user's to mend: an InputError that says which file. */
export const onDisk = <A>(write: () => A): Effect.Effect<A, InputError> =>
  Effect.try({ try: write, catch: (error) => error }).pipe(
    Effect.catch((error) => {
      if (error instanceof InputError) return Effect.fail(error)
      if (!isRefusal(error)) return Effect.die(error)
      return Effect.fail(
        new InputError({ code: "bad-run", message: `cannot use ${error.path}: ${reasonOf(error)}; what was written before is whole` }),
      )
    }),
  )
