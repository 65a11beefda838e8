/**
 * Results go to standard output, messages and progress to standard error. Every write is waited for, so that nothing is lost in a pipe when the process
 * ends.
 */
import { Effect } from "effect"
import { visible } from "../core/visible.ts"
import { ansi, plain } from "../report/text.ts"
import type { Paint } from "../report/text.ts"
import type { Progress } from "../run/plan.ts"

const write = (stream: NodeJS.WriteStream, text: string): Effect.Effect<void> =>
  Effect.callback((resume) => {
    stream.write(text, () => resume(Effect.void))
  })

export const print = (text: string): Effect.Effect<void> => write(process.stdout, text)
/** Messages quote what was typed, file names too: nothing in them may steer the terminal. */
export const complain = (text: string): Effect.Effect<void> => write(process.stderr, `${visible(text)}\n`)

/** Colours only on a terminal that has not been asked to do without (NO_COLOR). */
export const paintFor = (stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Paint =>
  stream.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb" ? ansi : plain

export const paint = (): Paint => paintFor(process.stdout, process.env)

const WIDTH = 24

/** The bar at `done` of `total`: `[########----------------]  3/9 topic/name#step`. */
export const bar = ({ done, total, name }: Progress): string => {
  const filled = Math.round((WIDTH * done) / Math.max(1, total))
  return `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${String(done).padStart(String(total).length)}/${total} ${name}`
}

/** A progress bar on standard error where that is a terminal, else silence; `clear` wipes it. */
export const progressBar = (): { readonly update: (event: Progress) => void; readonly clear: () => void } => {
  const { stderr } = process
  if (!stderr.isTTY) return { update: () => undefined, clear: () => undefined }
  return {
    update: (event) => stderr.write(`\r\u001b[2K${bar(event).slice(0, Math.max(1, (stderr.columns || 80) - 1))}`),
    clear: () => stderr.write("\r\u001b[2K"),
  }
}
