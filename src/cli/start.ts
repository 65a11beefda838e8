/**
 * Starts the command line in this process: services of Node, signals, exit code.
 */
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Cause, Effect, Exit, Layer } from "effect"
import { app } from "./app.ts"
import { Front } from "./front.ts"

/** Runs the command line with what the front door provides, and ends the process with its exit code. */
export const start = (front: Front["Service"], args: ReadonlyArray<string>): void => {
  let lost: Error | undefined
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has gone away (`| head`) has seen enough; a result that a full disk has swallowed has been seen by nobody.
    if (error.code !== "EPIPE") lost = error
  })
  // Nor is a training to end because nobody reads its messages.
  process.stderr.on("error", () => undefined)
  // A terminal that is closed or a connection that is lost: the command ends as one that is told to.
  process.on("SIGHUP", () => process.emit("SIGTERM"))
  app(args).pipe(
    Effect.provide(Layer.merge(NodeServices.layer, Layer.succeed(Front, front))),
    NodeRuntime.runMain({
      disableErrorReporting: true,
      // What was written last is refused a moment after it was written.
      teardown: (exit, done) =>
        setImmediate(() => {
          if (lost !== undefined) process.stderr.write(`lemmata: cannot write to standard output: ${lost.message}\n`)
          done(Exit.isFailure(exit) ? (Cause.hasInterrupts(exit.cause) ? 130 : 4) : lost === undefined ? Number(exit.value) : 2)
        }),
    }),
  )
}
