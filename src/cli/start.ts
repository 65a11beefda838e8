/**
 * Starts the command line in this process: services of Node, signals, exit code.
 */
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Cause, Effect, Exit, Layer } from "effect"
import { app } from "./app.ts"
import { Front } from "./front.ts"

/** Runs the command line with what the front door provides, and ends the process with its exit code. */
export const start = (front: Front["Service"], args: ReadonlyArray<string>): void => {
  // A reader that has gone away (`| head`) is no error.
  process.stdout.on("error", () => process.exit(0))
  // Nor is a training to end because nobody reads its messages.
  process.stderr.on("error", () => undefined)
  app(args).pipe(
    Effect.provide(Layer.merge(NodeServices.layer, Layer.succeed(Front, front))),
    NodeRuntime.runMain({
      disableErrorReporting: true,
      teardown: (exit, done) => done(Exit.isSuccess(exit) ? Number(exit.value) : Cause.hasInterrupts(exit.cause) ? 130 : 4),
    }),
  )
}
