import type { Schedule } from "../../src/math/schedule.ts"
import { chain, linear, zeroTerminal } from "../../src/math/schedules/discrete.ts"
import { cosine } from "../../src/math/schedules/discrete.ts"
import { ve } from "../../src/math/schedules/ve.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { chainFindings, scheduleFindings } from "../../src/train/monitors/m02-schedule.ts"
import type { BugRow } from "./row.ts"

const preserving = { preserving: true, start: [1, 0] as const, end: [Math.exp(-5.025), Math.sqrt(-Math.expm1(-10.05))] as const }
const exploding = { preserving: false, start: [1, 0.01] as const, end: [1, 50] as const }
const look = (correct: Schedule, declared: typeof preserving | typeof exploding, change: Partial<Schedule>) => (broken: boolean) =>
  scheduleFindings(broken ? { ...correct, ...change } : correct, declared)

/** The cosine path: alpha = cos(pi t/2), sigma = sin(pi t/2), sigma/alpha = tan(pi t/2). */
const circle: Schedule = {
  name: "circle",
  parameters: {},
  end: 0.99,
  alpha: (t) => Math.cos((Math.PI * t) / 2),
  sigma: (t) => Math.sin((Math.PI * t) / 2),
  f: (t) => (-Math.PI / 2) * Math.tan((Math.PI * t) / 2),
  g2: (t) => Math.PI * Math.tan((Math.PI * t) / 2),
  timeOf: (lambda) => (2 / Math.PI) * Math.atan(Math.exp(-lambda)),
}

export const scheduleBugs: ReadonlyArray<BugRow> = [
  {
    bug: "variance-exploding noise levels without the square: the range is not [sigma0, sigma1]",
    thread: "huggingface/diffusers#590",
    monitor: "M2 ends",
    look: look(ve(), exploding, { sigma: (t) => Math.sqrt(0.01 * (50 / 0.01) ** t) }),
  },
  {
    bug: "diffusion coefficient of the variance-exploding process without sqrt(2 log(sigma1/sigma0))",
    thread: "deepinv/deepinv#775",
    monitor: "M2 diffusion",
    look: look(ve(), exploding, { g2: (t) => ve().sigma(t) ** 2 }),
  },
  {
    bug: "sign of the exponent of alpha(t) flipped: the signal grows",
    thread: "probabilists/azula@212d23e",
    monitor: "M2 preserving",
    look: look(vp(), preserving, { alpha: (t) => 1 / vp().alpha(t) }),
  },
  {
    bug: "learned schedule normalised with its ends swapped: noise falls with time",
    thread: "lucidrains/denoising-diffusion-pytorch@a19331a",
    monitor: "M2 monotone",
    look: look(vp(), preserving, { alpha: (t) => vp().alpha(1 - t), sigma: (t) => vp().sigma(1 - t) }),
  },
  {
    bug: "sigma = tan(t) without pi/2 in the conversion of a v-model's times",
    thread: "crowsonkb/k-diffusion@2ce2bb3",
    monitor: "M2 inverse",
    look: (broken) =>
      scheduleFindings(broken ? { ...circle, timeOf: (lambda) => Math.atan(Math.exp(-lambda)) } : circle, {
        preserving: true,
        start: [1, 0],
        end: [circle.alpha(0.99), circle.sigma(0.99)],
      }),
  },
  {
    bug: "linear rates tuned for 1000 steps used with 100: signal is left at the end",
    thread: "huggingface/diffusers#12341",
    monitor: "M2 terminal SNR",
    look: (broken) => chainFindings(broken ? linear(100) : linear(100, 1e-3, 0.2), { terminalSnr: 1e-4 }),
  },
  {
    bug: "rates scaled to few steps exceed 1",
    thread: "lucidrains/imagen-pytorch#161",
    monitor: "M2 beta",
    look: (broken) => {
      const c = linear(20, 0.005, 0.99)
      // Rates scaled by 1000/T: 0.02 becomes 1 at T = 20 and passes it at T = 15.
      return chainFindings(broken ? { ...c, beta: c.beta.map((b, k) => (k === 20 ? 1000 / 15 / 50 : b)) } : c, { terminalSnr: 1e-3 })
    },
  },
  {
    bug: "cosine schedule divided by T + 1",
    thread: "lucidrains/denoising-diffusion-pytorch@782c904",
    monitor: "M2 formula",
    look: (broken) => {
      const [T, s] = [1000, 0.008]
      const a = (u: number): number => Math.cos((((u + s) / (1 + s)) * Math.PI) / 2) ** 2
      const made = broken
        ? chain(
            "cosine",
            Float64Array.from({ length: T }, (_, i) => Math.min(0.999, 1 - a((i + 1) / (T + 1)) / a(i / (T + 1)))),
          )
        : cosine(T)
      // The cap of beta changes the last step only.
      return chainFindings(made, { terminalSnr: 1e-3, formula: (k) => (k === T ? made.abar[T]! : a(k / T) / a(0)) })
    },
  },
  {
    bug: "table of signal-to-noise ratios made before the chain was rescaled to zero terminal signal",
    thread: "kohya-ss/sd-scripts#1263",
    monitor: "M2 derived tables",
    look: (broken) => {
      const [before, after] = [linear(), zeroTerminal(linear())]
      const source = broken ? before : after
      return chainFindings(after, {
        terminalSnr: 0,
        snr: Float64Array.from({ length: 1000 }, (_, i) => source.abar[i + 1]! / (1 - source.abar[i + 1]!)),
      })
    },
  },
]
