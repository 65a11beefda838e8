import { forwardKernel, posterior, remainingVariance } from "../../src/math/posterior.ts"
import type { Level } from "../../src/math/schedule.ts"
import { levelOf, linear } from "../../src/math/schedules/discrete.ts"
import { posteriorFindings, type Kernels } from "../../src/train/monitors/m03-posterior.ts"
import type { BugRow } from "./row.ts"

const chain = linear()
const levels = [1, 2, 40, 41, 300, 700, 1000].map((k) => levelOf(chain, k))
const beta = (t: Level): number => chain.beta[t.t]!
const correct: Kernels = { forward: forwardKernel, posterior, remaining: (s, t) => remainingVariance(s, t, 1) }
const row = (change: Partial<Kernels>) => (broken: boolean) => posteriorFindings(broken ? { ...correct, ...change } : correct, levels)
const single = (x: number): number => Math.fround(x)

export const posteriorBugs: ReadonlyArray<BugRow> = [
  {
    bug: "logarithm of the standard deviation stored where the log-variance is read",
    thread: "tqch/ddpm-torch#9",
    monitor: "M3 variance",
    look: row({ posterior: (s, t) => ({ ...posterior(s, t), variance: Math.exp(0.5 * Math.log(posterior(s, t).variance)) }) }),
  },
  {
    bug: "cumulative noise scale instead of the step's in the posterior mean",
    thread: "coleygroup/shepherd#13",
    monitor: "M3 mean",
    look: row({ posterior: (s, t) => ({ ...posterior(s, t), onData: (s.alpha * t.sigma ** 2) / t.sigma }) }),
  },
  {
    bug: "beta used where the posterior variance is meant",
    thread: "jhbastek/PhysicsInformedDiffusionModels#4",
    monitor: "M3 variance",
    look: row({ posterior: (s, t) => ({ ...posterior(s, t), variance: beta(t) }) }),
  },
  {
    bug: "posterior variance without its divisor 1 - abar_t",
    thread: "varun-ml/diffusion-models-tutorial#1",
    monitor: "M3 variance",
    look: row({ posterior: (s, t) => ({ ...posterior(s, t), variance: posterior(s, t).variance * t.sigma ** 2 }) }),
  },
  {
    bug: "skipped steps keep beta_t of the full chain as their forward variance",
    thread: "huggingface/diffusers#3006",
    monitor: "M3 composition",
    look: row({ forward: (s, t) => ({ ...forwardKernel(s, t), variance: beta(t) }) }),
  },
  {
    bug: "sigma_to^2 - sigma_up^2 as a difference in single precision: slightly negative, and its root NaN",
    thread: "huggingface/diffusers#14213",
    monitor: "M3 remainder",
    look: row({ remaining: (s, t) => single(single(s.sigma ** 2) - single(posterior(s, t).variance)) }),
  },
]
