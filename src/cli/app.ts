/**
 * The command line as one program: arguments in, exit code out. Effect's parser reads the arguments; what it refuses is a usage error (exit 2), told in
 * one or two lines on standard error, or as one JSON object on standard output under `--json`.
 */
import { Cause, Effect } from "effect"
import { CliConfig, CliOutput, Command, GlobalFlag } from "effect/cli"
import { jsonError, jsonText } from "../report/json.ts"
import { list, show } from "./browse.ts"
import { check, mutants } from "./check.ts"
import { edges } from "./edges.ts"
import type { ExitCode } from "./exit.ts"
import { explain } from "./explain.ts"
import { Front } from "./front.ts"
import { newFiles } from "./new.ts"
import { complain, print } from "./output.ts"
import { replay } from "./replay.ts"
import { evaluate, recipes, resume, run, runs, sample } from "./training.ts"

const lemmata = Command.make("lemmata").pipe(
  Command.withDescription("Checks the mathematics of deep generative models numerically: verdicts that are right, or none."),
  Command.withSubcommands([list, show, check, explain, newFiles, mutants, edges, replay, recipes, run, resume, sample, evaluate, runs]),
)

const exit = (code: ExitCode): ExitCode => code

/** Runs the command line `args`; it never fails, and interrupting it says so and stops the workers. */
export const app = Effect.fnUntraced(function* (args: ReadonlyArray<string>) {
  const { version } = yield* Front
  const asJson = args.includes("--json")
  const fail = (code: string, message: string, suggestion?: string): Effect.Effect<void> =>
    asJson ? print(jsonText(jsonError(version, code, message, suggestion))) : complain(`lemmata: ${message}`)
  // What the parser refuses is told in its own words, without a page of help on standard output.
  const presenter = CliOutput.layerPresenter({
    present: (event) => {
      if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
      const message = event.errors.map((error) => error.message).join("\n")
      return fail("usage", asJson ? message : `${message}\nSee ${event.commandPath.join(" ")} --help`)
    },
  })
  return yield* Command.runWith(lemmata, { version })(args).pipe(
    Effect.provide([presenter, CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] })]),
    Effect.as(exit(0)),
    Effect.catchTags({
      Stop: ({ code }) => Effect.succeed(code),
      InputError: ({ code, message, suggestion }) => Effect.as(fail(code, message, suggestion), exit(code === "nothing-selected" ? 5 : 2)),
      ShowHelp: ({ errors }) => Effect.succeed(exit(errors.length > 0 ? 2 : 0)),
    }),
    // The parser's other errors reach the user as ShowHelp; one that does not is still a usage error.
    Effect.catch((error) => Effect.as(fail("usage", error.message), exit(2))),
    Effect.catchDefect((defect) => Effect.as(fail("fault", `internal fault, please report it: ${Cause.pretty(Cause.die(defect))}`), exit(4))),
    // Interruption is how watching ends.
    Effect.onInterrupt(() => (args.includes("--watch") ? Effect.void : fail("interrupted", "interrupted; no file is half-written"))),
  )
})
