/**
 * Sums and means that the scheduler tests of huggingface/diffusers assert (tests/schedulers/test_scheduler_{ddim,ddpm,dpm_multi,euler,heun}.py):
 * x[b,c,h,w] = arange(768).reshape(3, 8, 8, 4).transpose(3, 0, 1, 2)/768, model(x, t) = x t/(t + 1), t counted from 0. Tolerances are theirs (1e-2 of the sum, 1e-3 of
 * the mean: they compute in float32), the digits they print decide.
 */
import { describe, expect, it } from "vitest"
import { posterior } from "../../src/math/posterior.ts"
import type { Level } from "../../src/math/schedule.ts"
import { cosine, levelOf, linear, type Chain } from "../../src/math/schedules/discrete.ts"
import { chainGrid, chainLevels, karrasSigmas, preserving, stepOfRatio } from "../../src/math/time-grid.ts"
import type { Prediction } from "../../src/math/parametrisation.ts"
import { ddimSample } from "../../src/sample/ddim.ts"
import { dpmSolverMultistepSample } from "../../src/sample/dpm-solver-multistep.ts"
import { rungeKuttaSample } from "../../src/sample/runge-kutta.ts"
import { drive, type Query } from "../../src/sample/sampler.ts"

// The order of the entries does not matter to sums of absolute values.
const start = Float64Array.from({ length: 768 }, (_, i) => i / 768)
const model = ({ x, t }: Query): Float64Array => x.map((v) => (v * (t - 1)) / t)
const sum = (x: Float64Array): number => x.reduce((s, v) => s + Math.abs(v), 0)
const ddim = (
  chain: Chain,
  prediction: Prediction,
  levels: ReadonlyArray<Level> = chainLevels(chain, chainGrid(1000, 10, "leading")),
): Float64Array => drive(ddimSample({ levels, prediction, x: start, clip: 1 }), model)

describe("diffusers' deterministic scheduler values", () => {
  it("DDIM, 10 of 1000 steps", () => {
    expect(Math.abs(sum(ddim(linear(), "eps")) - 172.0067)).toBeLessThan(1e-2)
    expect(Math.abs(sum(ddim(linear(), "v")) - 52.5302)).toBeLessThan(1e-2)
    const bright = linear(1000, 0.01)
    expect(Math.abs(sum(ddim(bright, "eps")) - 149.8295)).toBeLessThan(1e-2)
    const grid = [...chainGrid(1000, 10, "leading").slice(0, 10), 1]
    expect(Math.abs(sum(ddim(bright, "eps", chainLevels(bright, grid))) - 149.0784)).toBeLessThan(1e-2)
  })

  it("posterior variances of DDIM and DDPM", () => {
    const variance = (t: number, s: number): number => posterior(levelOf(linear(), s + 1), levelOf(linear(), t + 1)).variance
    for (const [t, s, value] of [
      [420, 400, 0.14771],
      [980, 960, 0.3246],
      [487, 486, 0.00979],
      [999, 998, 0.02],
    ] as const)
      expect(Math.abs(variance(t, s) - value)).toBeLessThan(1e-5)
    expect(variance(0, -1)).toBe(0)
  })

  it("times of an offset grid", () => {
    expect(
      chainGrid(1000, 5, "leading", 1)
        .slice(0, 5)
        .map((k) => k - 1),
    ).toEqual([801, 601, 401, 201, 1])
  })

  const ratio = (chain: Chain, k: number): number => Math.sqrt(chain.noise[k]! / chain.abar[k]!)
  const multistep = (levels: ReadonlyArray<Level>, prediction: Prediction): number =>
    sum(drive(dpmSolverMultistepSample({ levels, prediction, x: start }), model)) / 768

  it("DPM-Solver++(2M), 10 steps down to the first step of the chain", () => {
    const chain = linear()
    const linspace = chainLevels(chain, [...chainGrid(1000, 11, "linspace").slice(0, 10), 1])
    const atRatio = (s: number): Level => preserving(s, Math.round(stepOfRatio(chain, s)))
    const karras = [...karrasSigmas(ratio(chain, 1), ratio(chain, 1000), 10).subarray(0, 10)].map(atRatio)
    const [lo, hi] = [Math.log(ratio(chain, 1)), Math.log(ratio(chain, 1000))]
    const lu = Array.from({ length: 10 }, (_, i) => atRatio(Math.exp(hi + (i / 9) * (lo - hi))))
    expect(Math.abs(multistep(linspace, "eps") - 0.3301)).toBeLessThan(1e-3)
    expect(Math.abs(multistep(linspace, "v") - 0.2251)).toBeLessThan(1e-3)
    expect(Math.abs(multistep(karras, "v") - 0.2096)).toBeLessThan(1e-3)
    expect(Math.abs(multistep(lu, "v") - 0.1554)).toBeLessThan(1e-3)
  })

  // These two tests of diffusers hand the *scaled* sample to the scheduler's step, so every step starts at x/sqrt(1 + s^2): a fixture, not a sampler.
  it("Euler and Heun in s = sigma/alpha, 10 steps of 1100", () => {
    const chain = linear(1100)
    const times = Array.from({ length: 10 }, (_, i) => (1099 * (9 - i)) / 9 + 1)
    const interpolated = (t: number): number => {
      const k = Math.min(Math.floor(t), 1099)
      return ratio(chain, k) + (t - k) * (ratio(chain, k + 1) - ratio(chain, k))
    }
    const run = (name: "euler" | "heun", sigmas: ReadonlyArray<number>, timeOf: (i: number) => number): number => {
      let x: Float64Array = start.map((v) => v * sigmas[0]!)
      for (let i = 0; i < 10; i++) {
        const [from, to] = [sigmas[i]!, sigmas[i + 1]!]
        const velocity = ({ x: at, t: s }: Query): Float64Array =>
          s === from ? model({ x: at, t: timeOf(i) }) : model({ x: at.map((v) => v / Math.sqrt(1 + s * s)), t: timeOf(i + 1) })
        const method = to === 0 ? "euler" : name
        x = drive(rungeKuttaSample(method, { times: [from, to], x: x.map((v) => v / Math.sqrt(1 + from * from)) }), velocity)
      }
      return sum(x)
    }
    const plain = [...times.map(interpolated), 0]
    const karras = [...karrasSigmas(ratio(chain, 1), ratio(chain, 1100), 10)]
    expect(Math.abs(run("euler", plain, (i) => times[i]!) - 10.0807)).toBeLessThan(1e-2)
    expect(Math.abs(run("euler", karras, (i) => stepOfRatio(chain, karras[i]!)) - 124.52299)).toBeLessThan(1e-2)
    expect(Math.abs(run("heun", plain, (i) => times[i]!) - 0.1233)).toBeLessThan(1e-2)
    expect(Math.abs(run("heun", karras, (i) => stepOfRatio(chain, karras[i]!)) - 0.00015)).toBeLessThan(1e-2)
  })

  it("refuses grids that leave the chain", () => {
    expect(() => chainGrid(1000, 1000, "leading", 1)).toThrow("offset 1 leaves the chain: step 1001 of 1000")
    expect(() => chainGrid(10, 11, "trailing")).toThrow("11 steps of a chain of 10")
    expect(cosine(1000).beta.every((b) => b >= 0 && b <= 0.999)).toBe(true)
  })
})
