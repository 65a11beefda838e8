/**
 * How a command ends: with an exit code, after everything has been printed.
 *
 *   0 all Verified   1 any Refuted   2 usage or input error   3 undecided   4 internal fault   5 nothing selected   130 interrupted
 */
import { Data } from "effect"

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130

export class Stop extends Data.TaggedError("Stop")<{ readonly code: ExitCode }> {}
