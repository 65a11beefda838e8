import { convert, dataWeight, minSnrWeight, type Prediction } from "../../src/math/parametrisation.ts"
import { levelAt, snr, type Level } from "../../src/math/schedule.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { uniformLambda } from "../../src/math/time-grid.ts"
import { drive, type Query, type Sampler } from "../../src/sample/sampler.ts"
import { ddimSample } from "../../src/sample/ddim.ts"
import { conversionFindings, sameSamplesFinding, weightFinding } from "../../src/train/monitors/m04-parametrisation.ts"
import { exactModel, threeModes } from "../sample/support.ts"
import type { BugRow } from "./row.ts"

const schedule = vp()
const levels: ReadonlyArray<Level> = [0.05, 0.2, 0.5, 0.8].map((t) => levelAt(schedule, t))
const start = Float64Array.of(-1.5, -0.2, 0.4, 1.1)
const gamma = 5

/** Samples of a sampler in two parametrisations, the model exact in each. */
const samples = (sampler: (kind: Prediction) => Sampler, kinds: ReadonlyArray<Prediction>) =>
  // 20 steps of conversions that divide by alpha(1) = 0.0066: 20 eps/alpha^2 < 1e-10.
  [
    sameSamplesFinding(
      kinds.map((kind) => drive(sampler(kind), exactModel(threeModes, kind, schedule))),
      1e-10,
    ),
  ]

/** Heun's method for dx/ds = e in s = sigma/alpha, x scaled by 1/alpha; the second stage converts at its own level, or at the first stage's. */
function* heun(kind: Prediction, broken: boolean): Sampler {
  const grid = uniformLambda(schedule, 0.9, 0.05, 20)
  let x: Float64Array = start
  for (let i = 0; i + 1 < grid.length; i++) {
    const [t, s] = [grid[i]!, grid[i + 1]!]
    const h = s.sigma / s.alpha - t.sigma / t.alpha
    const slope = function* (at: Float64Array, level: Level, converted: Level): Generator<Query, Float64Array, Float64Array> {
      const asked = at.map((v) => v * level.alpha)
      const answer = yield { x: asked, t: level.t }
      return convert(
        kind,
        "eps",
        answer,
        at.map((v) => v * converted.alpha),
        converted,
      )
    }
    const scaled: Float64Array = x.map((v) => v / t.alpha)
    const first = yield* slope(scaled, t, t)
    const second = yield* slope(
      scaled.map((v, j) => v + h * first[j]!),
      s,
      broken ? t : s,
    )
    x = scaled.map((v, j) => (v + (h / 2) * (first[j]! + second[j]!)) * s.alpha)
  }
  return x
}

const minSnr = (level: Level): number => Math.min(snr(level), gamma)

export const parametrisationBugs: ReadonlyArray<BugRow> = [
  {
    bug: "Heun's second stage converts with the first stage's sigma: right for eps, noisy for v",
    thread: "huggingface/diffusers#1512",
    monitor: "M4 same samples",
    look: (broken) => samples((kind) => heun(kind, broken), ["eps", "v"]),
  },
  {
    bug: "deterministic sampling with a data prediction takes x0 for eps",
    thread: "huggingface/diffusers#1486",
    monitor: "M4 same samples",
    look: (broken) =>
      samples(
        (kind) => ddimSample({ levels: uniformLambda(schedule, 1, 0.01, 20), prediction: broken && kind === "x0" ? "eps" : kind, x: start }),
        ["eps", "x0"],
      ),
  },
  {
    bug: "noise from data prediction with both signs reversed",
    thread: "lucidrains/denoising-diffusion-pytorch@37334ae",
    monitor: "M4 conversion",
    look: (broken) =>
      conversionFindings(
        (from, to, answer, x, level) =>
          broken && from === "x0" && to === "eps" ? convert(from, to, answer, x, level).map((v) => -v) : convert(from, to, answer, x, level),
        levels,
      ),
  },
  {
    bug: "min-SNR weight of v divided by SNR instead of SNR + 1",
    thread: "huggingface/diffusers#5654",
    monitor: "M4 weighted loss",
    // |v error|^2 = |x0 error|^2 (SNR + 1), so min(SNR, gamma)/(SNR + 1) is the weight.
    look: (broken) => [
      weightFinding((kind, level) => (broken && kind === "v" ? minSnr(level) / snr(level) : minSnrWeight(kind, level, gamma)), minSnr, levels),
    ],
  },
  {
    bug: "min-SNR clamps from below instead of above: the weight is inverted",
    thread: "lucidrains/denoising-diffusion-pytorch#363",
    monitor: "M4 weighted loss",
    look: (broken) => [
      weightFinding(
        (kind, level) => (broken ? Math.max(snr(level), gamma) * dataWeight(kind, level) : minSnrWeight(kind, level, gamma)),
        minSnr,
        levels,
      ),
    ],
  },
  {
    bug: "weight called SNR has the opposite order in time",
    thread: "huggingface/diffusers#1733",
    monitor: "M4 weighted loss",
    look: (broken) => [weightFinding((kind, level) => (broken ? 1 / snr(level) : snr(level)) * dataWeight(kind, level), snr, levels)],
  },
]
