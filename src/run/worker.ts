/**
 * The other end of `threads`: receives tasks, answers with outcomes, keeps the proofs that it has loaded.
 */
import { Effect } from "effect"
import { parentPort } from "node:worker_threads"
import type { Reply, Request } from "./execute.ts"
import { faultedOutcome, messageOf, perform } from "./perform.ts"
import type { Registry } from "./registry.ts"

/** Serves tasks on the entries of the registry until the parent ends this thread. */
export const serve = (registry: Registry): void => {
  parentPort?.on("message", ({ index, task }: Request) => {
    const entry = registry.find(({ id }) => id === task.entry)
    const outcome = Effect.promise(async () => {
      if (entry === undefined) throw new TypeError(`this worker knows no entry "${task.entry}"`)
      return entry.proof()
    }).pipe(
      Effect.flatMap((proof) => perform(proof, task)),
      Effect.catchDefect((defect) => Effect.succeed(faultedOutcome(task.job, task.settings.alpha, messageOf(defect)))),
    )
    void Effect.runPromise(outcome).then((outcome) => {
      const reply: Reply = { index, outcome }
      parentPort?.postMessage(reply)
    })
  })
}
