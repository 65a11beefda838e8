/**
 * What a program is asked for, at the rim: more memory than there is is an error with a sentence, everything else that is thrown a defect.
 */
import { Effect } from "effect"
import { InputError } from "../input-error.ts"

/** The answer of `work`; `what` names it where it needs more memory than there is. */
export const asked = <A>(what: string, work: () => Promise<A>): Effect.Effect<A, InputError> =>
  Effect.tryPromise({ try: work, catch: (error) => error }).pipe(
    Effect.catch((error) => {
      if (error instanceof InputError) return Effect.fail(error)
      if (!outOfMemory(error)) return Effect.die(error)
      const message = `${what} needs more memory than there is (${error.message}); smaller batches, widths or counts need less`
      return Effect.fail(new InputError({ code: "too-large", message }))
    }),
  )

/** V8 refuses typed arrays by these words, the WebAssembly back end and TensorFlow's library a tensor by theirs. */
export const outOfMemory = (error: unknown): error is Error =>
  error instanceof Error &&
  /array buffer allocation failed|invalid (typed )?array (buffer )?length|out of memory|no memory for|\bOOM\b|failed to allocate/i.test(error.message)
