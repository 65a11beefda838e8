/**
 * Executors: tasks in, outcomes out, in the order of the tasks. Who computes what and when is invisible in the result.
 */
import { Effect } from "effect"
import type { Worker } from "node:worker_threads"
import type { Proof } from "../verify/proof.ts"
import { faultedOutcome, messageOf, perform } from "./perform.ts"
import { jobName } from "./plan.ts"
import type { Outcome, Progress, Task } from "./plan.ts"

export type Executor = (tasks: ReadonlyArray<Task>, progress: (event: Progress) => void) => Effect.Effect<ReadonlyArray<Outcome>>

/** Here, one after the other. */
export const inProcess =
  (proofOf: (entry: string) => Promise<Proof>): Executor =>
  (tasks, progress) =>
    Effect.forEach(tasks, (task, index) =>
      Effect.promise(() => proofOf(task.entry)).pipe(
        Effect.flatMap((proof) => perform(proof, task)),
        Effect.catchDefect((defect) => Effect.succeed(faultedOutcome(task.job, task.settings.alpha, messageOf(defect)))),
        Effect.tap(() => Effect.sync(() => progress({ done: index + 1, total: tasks.length, name: jobName(task.job) }))),
      ),
    )

/** To a worker and back. */
export interface Request {
  readonly index: number
  readonly task: Task
}
export interface Reply {
  readonly index: number
  readonly outcome: Outcome
}

/**
 * On up to `size` worker threads that run `serve`. A worker that dies (out of memory, a crash) faults the task that it had and is replaced.
 * Interruption terminates all of them at once.
 */
export const threads =
  (spawn: () => Worker, size: number): Executor =>
  (tasks, progress) =>
    Effect.callback<ReadonlyArray<Outcome>>((resume) => {
      const outcomes = new Array<Outcome>(tasks.length)
      const workers = new Set<Worker>()
      let [next, done] = [0, 0]
      const finish = (index: number, outcome: Outcome): void => {
        outcomes[index] = outcome
        progress({ done: ++done, total: tasks.length, name: jobName(tasks[index]!.job) })
        if (done === tasks.length) resume(Effect.as(stop, outcomes))
      }
      const start = (): void => {
        const worker = spawn()
        workers.add(worker)
        let current: number | undefined
        let lastWords = "the worker stopped"
        const give = (): void => {
          current = next < tasks.length ? next++ : undefined
          if (current === undefined) return
          const request: Request = { index: current, task: tasks[current]! }
          worker.postMessage(request)
        }
        worker.on("message", ({ index, outcome }: Reply) => {
          finish(index, outcome)
          give()
        })
        worker.on("error", (error) => {
          lastWords = messageOf(error)
        })
        worker.on("exit", () => {
          // A worker that stop() ended is no longer listed.
          if (!workers.delete(worker) || current === undefined) return
          const { job, settings } = tasks[current]!
          finish(current, faultedOutcome(job, settings.alpha, lastWords))
          if (next < tasks.length) start()
        })
        give()
      }
      const stop = Effect.promise(() => {
        const all = [...workers]
        workers.clear()
        return Promise.all(all.map((worker) => worker.terminate()))
      })
      if (tasks.length === 0) return resume(Effect.succeed([]))
      for (let k = 0; k < Math.min(size, tasks.length); k++) start()
      return stop
    })
