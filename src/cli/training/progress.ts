/**
 * What a person sees while a model trains: a bar on a terminal, else a line at every twentieth of the way. Both go to standard error.
 */
import { digits } from "../../report/training/series.ts"
import type { TrainProgress } from "../../run/training/train.ts"

const WIDTH = 24
const LINES = 20

/** `[######------------------]  300/1200  loss 0.5314  41.2 steps/s  ETA 22 s  elbo-gap holds`. */
export const barLine = (event: TrainProgress): string => {
  const filled = Math.round((WIDTH * event.step) / event.steps)
  return `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${plainLine(event)}`
}

export const plainLine = ({ step, steps, loss, rate, worst }: TrainProgress): string => {
  const eta = rate > 0 && Number.isFinite(rate) ? `  ${digits(Number(rate.toPrecision(3)))} steps/s  ETA ${duration((steps - step) / rate)}` : ""
  const watched = worst === undefined ? "" : `  ${worst.name} ${worst.judgement}`
  return `${String(step).padStart(String(steps).length)}/${steps}  loss ${digits(loss)}${eta}${watched}`
}

/** `48 s`, `3 min 20 s`, `2 h 5 min`. */
export const duration = (seconds: number): string => {
  const s = Math.ceil(seconds)
  if (s < 60) return `${s} s`
  return s < 3600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}

/** Shows progress on standard error; `clear` wipes a bar before something else is written. */
export const trainProgress = (quiet: boolean): { readonly update: (event: TrainProgress) => void; readonly clear: () => void } => {
  const { stderr } = process
  if (stderr.isTTY) {
    return {
      update: (event) => stderr.write(`\r\u001b[2K${barLine(event).slice(0, Math.max(1, (stderr.columns || 80) - 1))}`),
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
