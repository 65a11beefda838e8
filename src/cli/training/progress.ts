/**
 * What a person sees while a model trains: a bar on a terminal, else a line at every twentieth of the way. Both go to standard error.
 */
import { digits } from "../../report/training/series.ts"
import type { TrainProgress } from "../../run/training/train.ts"

const WIDTH = 24
/** A bar that is shorter shows nothing. */
const SHORTEST = 4
const LINES = 20

/** `[######------------------]  300/1200  loss 0.5314  41.2 steps/s  ETA 22 s  elbo-gap holds` in so many columns: the bar gives way to the words. */
export const barLine = (event: TrainProgress, columns: number): string => {
  const words = plainLine(event)
  const width = Math.min(WIDTH, columns - words.length - "[] ".length)
  if (width < SHORTEST) return words.slice(0, Math.max(1, columns))
  const filled = Math.round((width * event.step) / event.steps)
  return `[${"#".repeat(filled)}${"-".repeat(width - filled)}] ${words}`
}

export const plainLine = ({ step, steps, loss, rate, worst }: TrainProgress): string => {
  const eta = rate > 0 && Number.isFinite(rate) ? `  ${digits(Number(rate.toPrecision(3)))} steps/s  ETA ${duration((steps - step) / rate)}` : ""
  const watched = worst === undefined ? "" : `  ${worst.name} ${worst.judgement}`
  return `${String(step).padStart(String(steps).length)}/${steps}  loss ${digits(loss)}${eta}${watched}`
}

/** `48 s`, `3 min 20 s`, `2 h 5 min`. */
const duration = (seconds: number): string => {
  const s = Math.ceil(seconds)
  if (s < 60) return `${s} s`
  return s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}

/** Shows progress on standard error; `clear` wipes a bar before something else is written. */
export const trainProgress = (quiet: boolean): { readonly update: (event: TrainProgress) => void; readonly clear: () => void } => {
  const { stderr } = process
  if (stderr.isTTY) {
    return {
      update: (event) => stderr.write(`\r\u001b[2K${barLine(event, (stderr.columns || 80) - 1)}`),
      clear: () => stderr.write("\r\u001b[2K"),
    }
  }
  let shown = 0
  return {
    update: (event) => {
      const part = Math.floor((LINES * event.step) / event.steps)
      if (quiet || part === shown) return
      shown = part
      stderr.write(`${plainLine(event)}\n`)
    },
    clear: () => undefined,
  }
}
