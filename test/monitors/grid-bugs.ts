import type { Level } from "../../src/math/schedule.ts"
import { cosine, levelOf, linear, type Chain } from "../../src/math/schedules/discrete.ts"
import { chainGrid, chainLevels, karrasSigmas, preserving } from "../../src/math/time-grid.ts"
import { dpmSolverMultistepSample } from "../../src/sample/dpm-solver-multistep.ts"
import { drive } from "../../src/sample/sampler.ts"
import { gridFindings, idempotenceFinding, stepsOf, sweepFinding, type GridStep } from "../../src/train/monitors/m01-grid.ts"
import type { Finding } from "../../src/train/monitors/finding.ts"
import { exactAtLevels, gaussian } from "../sample/support.ts"
import type { BugRow } from "./row.ts"

const T = 1000
const chain = linear(T)
const declared = (n: number, first: number, noise = 0) => ({ steps: n, first, last: 0, noise, range: [0, T] as const })
const atRatio = (s: number): Level => preserving(s, s)
const ratio = (c: Chain, k: number): number => Math.sqrt(c.noise[k]! / c.abar[k]!)

/** The grid rows of a rho-grid of n steps: times are the ratios themselves. */
const rhoFindings = (ratios: ReadonlyArray<number>, n: number): ReadonlyArray<Finding> =>
  gridFindings(stepsOf(ratios.map(atRatio)), { steps: n, first: ratio(chain, T), last: 0, noise: 0, range: [0, ratio(chain, T)] })

export const gridBugs: ReadonlyArray<BugRow> = [
  {
    bug: "target of a step taken as t - T/n while the grid is spaced otherwise",
    thread: "huggingface/diffusers#9261",
    monitor: "M1 telescoping",
    look: (broken) => {
      const n = 7
      const ks = chainGrid(T, n, "trailing")
      const steps = ks.slice(0, -1).map(
        (k, i): GridStep => ({
          source: levelOf(chain, k),
          target: levelOf(chain, broken ? Math.max(0, k - Math.floor(T / n)) : ks[i + 1]!),
        }),
      )
      return gridFindings(steps, declared(n, T))
    },
  },
  {
    bug: "abar of the target read one step off its time",
    thread: "huggingface/diffusers#465",
    monitor: "M1 telescoping",
    look: (broken) => {
      const ks = chainGrid(T, 10, "leading")
      const steps = ks.slice(0, -1).map((k, i): GridStep => {
        const target = ks[i + 1]!
        return { source: levelOf(chain, k), target: { ...levelOf(chain, broken && target > 0 ? target + 1 : target), t: target } }
      })
      return gridFindings(steps, declared(10, 901))
    },
  },
  {
    bug: "final abar copied from the first step instead of 1: noise stays in the sample",
    thread: "huggingface/diffusers#6068",
    monitor: "M1 terminal noise",
    look: (broken) => {
      const levels = chainLevels(chain, chainGrid(T, 10, "leading"))
      const last = broken ? { ...levelOf(chain, 1), t: 0 } : levels.at(-1)!
      return gridFindings(stepsOf([...levels.slice(0, -1), last]), declared(10, 901))
    },
  },
  {
    bug: "as many steps as the chain has, shifted by an offset of 1: the first index is past the table",
    thread: "huggingface/diffusers#10003",
    monitor: "M1 range",
    look: (broken) => {
      const ks = chainGrid(T, T, "leading").map((k) => (broken && k > 0 ? k + 1 : k))
      const level = (k: number): Level => (k > T ? { t: k, alpha: Number.NaN, sigma: Number.NaN } : levelOf(chain, k))
      return gridFindings(stepsOf(ks.map(level)), declared(T, broken ? T + 1 : T))
    },
  },
  {
    bug: "rho-grid repeats its last ratio: the final step has no length and noise stays",
    thread: "huggingface/diffusers#6477",
    monitor: "M1 monotone",
    look: (broken) => {
      const grid = [...karrasSigmas(ratio(chain, 1), ratio(chain, T), 10)]
      return rhoFindings(broken ? [...grid.slice(0, 10), grid[9]!] : grid, 10)
    },
  },
  {
    bug: "one ratio missing from the sampler's grid",
    thread: "lucidrains/denoising-diffusion-pytorch@b87ea27",
    monitor: "M1 count",
    look: (broken) => {
      const grid = [...karrasSigmas(ratio(chain, 1), ratio(chain, T), 10)]
      return rhoFindings(broken ? grid.filter((_, i) => i !== 5) : grid, 10)
    },
  },
  {
    bug: "update of second order taken at sigma = 0, where lambda is infinite: NaN for some numbers of steps",
    thread: "huggingface/diffusers#9007",
    monitor: "M1 sweep",
    look: (broken) => [
      sweepFinding([1, 2, 3, 5, 6, 8, 9, 14], (n) => {
        const levels = chainLevels(chain, chainGrid(T, n, "trailing"))
        const out = drive(
          dpmSolverMultistepSample({ levels, prediction: "eps", x: Float64Array.of(0.3, -1) }),
          exactAtLevels(gaussian(0.5, 0.4), "eps", levels),
        )
        if (!broken || n % 3 !== 2) return out
        // lambda_t - lambda_s and the extrapolation D = x0 + h/(2 h_last)(x0 - x0_last), written out at sigma_t = 0.
        const h = Math.log(1) - Math.log(0)
        return out.map((v) => v * (0 / 0.1) - Math.expm1(-h) * (v + (h / 2) * (v - v)))
      }),
    ],
  },
  {
    bug: "times between steps truncated to integers: duplicates in a rho-grid of the cosine chain",
    thread: "huggingface/diffusers#12771",
    monitor: "M1 monotone",
    look: (broken) => {
      const c = cosine(T)
      const grid = [...karrasSigmas(ratio(c, 1), ratio(c, T), 30)]
      const position = (s: number): number => {
        let k = 0
        while (k < T && ratio(c, k + 1) <= s * (1 + 1e-12)) k++
        return k === 0 ? 0 : k === T ? T : k + (Math.log(s) - Math.log(ratio(c, k))) / (Math.log(ratio(c, k + 1)) - Math.log(ratio(c, k)))
      }
      const levels = grid.map((s, i) => ({ ...preserving(s, 0), t: i === 30 ? 0 : broken ? Math.floor(position(s)) : position(s) }))
      return gridFindings(stepsOf(levels), { steps: 30, first: T, last: 0, noise: 0, range: [0, T] })
    },
  },
  {
    bug: "a grid given its own times shifts them again",
    thread: "huggingface/diffusers#14013",
    monitor: "M1 idempotence",
    look: (broken) => {
      const shifted = (s: number): number => (3 * s) / (1 + 2 * s)
      const times = [1, 0.75, 0.5, 0.25].map(shifted)
      return [idempotenceFinding(times, broken ? times.map(shifted) : times)]
    },
  },
  {
    bug: "sampling starts from the last time of the grid instead of the first",
    thread: "probabilists/azula#24",
    monitor: "M1 ends",
    look: (broken) => {
      const levels = chainLevels(chain, chainGrid(T, 10, "trailing"))
      const first = broken ? { ...levels.at(-2)!, t: levels.at(-2)!.t - 1 } : levels[0]!
      return gridFindings(stepsOf([first, ...levels.slice(1)]), declared(10, T))
    },
  },
]
