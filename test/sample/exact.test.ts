/**
 * Every sampler with an exact denoiser (M5). Stochastic schemes: samples against the law of the scheme itself, which is Gaussian for Gaussian data (moments
 * by recursion) and propagated by quadrature for three modes; and that law against the target, with a bias that halves with the step.
 * Deterministic schemes: mass is carried monotonically on the line, so F_end(x_out) must be F_start(x_in).
 */
import { describe, expect, it } from "vitest"
import {
  exactAnswer,
  isotropicMixture,
  mixtureLogDensity,
  mixtureScore,
  mixtureScoreDerivative,
  noised,
  type GaussianMixture,
} from "../../src/math/gaussian-mixture.ts"
import { forwardKernel, posterior, remainingVariance } from "../../src/math/posterior.ts"
import { levelAt, type Level, type Schedule } from "../../src/math/schedule.ts"
import { subVp } from "../../src/math/schedules/sub-vp.ts"
import { ve } from "../../src/math/schedules/ve.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { normalCdf } from "../../src/math/statistics.ts"
import { levels as levelsAt, uniformLambda, uniformTimes } from "../../src/math/time-grid.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { ancestralSample } from "../../src/sample/ancestral.ts"
import { ddimSample } from "../../src/sample/ddim.ts"
import { dopri5Sample } from "../../src/sample/dopri5.ts"
import { dpmSolverSample } from "../../src/sample/dpm-solver.ts"
import { dpmSolverMultistepSample } from "../../src/sample/dpm-solver-multistep.ts"
import { langevinSample } from "../../src/sample/langevin.ts"
import { noiseAt } from "../../src/sample/noise.ts"
import { predictorCorrectorSample } from "../../src/sample/predictor-corrector.ts"
import { flowLikelihood, probabilityFlow } from "../../src/sample/probability-flow.ts"
import { reverseSdeSample } from "../../src/sample/reverse-sde.ts"
import { rungeKuttaSample } from "../../src/sample/runge-kutta.ts"
import { drive, type Query, type Sampler } from "../../src/sample/sampler.ts"
import { violations } from "../../src/train/monitors/finding.ts"
import { closedFormFinding, likelihoodFinding, sampleFindings, type LineLaw } from "../../src/train/monitors/m05-exact-denoiser.ts"
import { exactModel, gaussian, threeModes } from "./support.ts"

const N = 20_000
const normals = (name: string, n: number): Float64Array => {
  const out = new Float64Array(n)
  fillNormal(stream("exact", "sampling", name), out, 0)
  return out
}
const draw = (law: GaussianMixture, name: string, n: number): Float64Array => {
  const [z, choice] = [normals(name, n), stream("exact", "data", name)]
  return z.map((v, i) => {
    let [u, k] = [choice.uniform53(i), 0]
    for (; k + 1 < law.components.length && u > law.components[k]!.weight; k++) u -= law.components[k]!.weight
    return law.components[k]!.mean[0]! + Math.sqrt(law.components[k]!.variances[0]!) * v
  })
}
const lineLaw = (law: GaussianMixture, cuts: ReadonlyArray<number> = []): LineLaw => {
  const parts = law.components.map((c) => ({ w: c.weight, m: c.mean[0]!, v: c.variances[0]! }))
  const mean = parts.reduce((s, { w, m }) => s + w * m, 0)
  const central = parts.map(({ w, m, v }) => ({ w, d: m - mean, v }))
  return {
    cdf: (x) => parts.reduce((s, { w, m, v }) => s + w * normalCdf((x - m) / Math.sqrt(v)), 0),
    mean,
    variance: central.reduce((s, { w, d, v }) => s + w * (d * d + v), 0),
    fourth: central.reduce((s, { w, d, v }) => s + w * (d ** 4 + 6 * d * d * v + 3 * v * v), 0),
    cuts,
  }
}
const CUTS = [-0.8, 1.6]

/** A step of a stochastic scheme on the line: x' = mean(x) + deviation z. */
interface Step {
  readonly mean: (x: Float64Array) => Float64Array
  readonly deviation: number
}

interface Scheme {
  readonly name: string
  readonly schedule: Schedule
  /** The last time: early enough that the last steps' noise is wider than a cell of the propagation's grid. */
  readonly end: number
  /** Cells of that grid for a reach of 1. */
  readonly cells: number
  readonly steps: (law: GaussianMixture, n: number) => ReadonlyArray<Step>
  readonly sampler: (x: Float64Array, n: number) => Sampler
}

const END = 0.02
const grid = (schedule: Schedule, n: number): ReadonlyArray<Level> => uniformLambda(schedule, 1, END, n)

const alongLevels =
  (schedule: Schedule, of: (s: Level, t: Level) => { readonly onData: number; readonly onState: number; readonly variance: number }) =>
  (law: GaussianMixture, n: number): ReadonlyArray<Step> =>
    grid(schedule, n)
      .slice(1)
      .map((s, i) => {
        const t = grid(schedule, n)[i]!
        const { onData, onState, variance } = of(s, t)
        return { mean: (x) => exactAnswer(law, "x0", x, t).map((x0, j) => onState * x[j]! + onData * x0), deviation: Math.sqrt(variance) }
      })

const reverse = (schedule: Schedule, end: number): Scheme => ({
  name: `reverse SDE, ${schedule.name}`,
  schedule,
  end,
  cells: schedule.name === "ve" ? 15 : 50,
  steps: (law, n) =>
    uniformTimes(1, end, n)
      .slice(1)
      .map((s, i) => {
        const t = uniformTimes(1, end, n)[i]!
        const [h, g2] = [t - s, schedule.g2(t)]
        return {
          mean: (x) => exactAnswer(law, "score", x, levelAt(schedule, t)).map((score, j) => x[j]! - h * (schedule.f(t) * x[j]! - g2 * score)),
          deviation: Math.sqrt(h * g2),
        }
      }),
  sampler: (x, n) => reverseSdeSample({ schedule, times: uniformTimes(1, end, n), prediction: "eps", x, stream: stream("exact", "sampling", "sde") }),
})

const schedule = vp()
const SCHEMES: ReadonlyArray<Scheme> = [
  {
    name: "ancestral, small variance",
    schedule,
    end: END,
    cells: 50,
    steps: alongLevels(schedule, posterior),
    sampler: (x, n) => ancestralSample({ levels: grid(schedule, n), prediction: "eps", x, stream: stream("exact", "sampling", "small") }),
  },
  {
    name: "ancestral, large variance",
    schedule,
    end: END,
    cells: 50,
    steps: alongLevels(schedule, (s, t) => ({ ...posterior(s, t), variance: forwardKernel(s, t).variance })),
    sampler: (x, n) =>
      ancestralSample({ levels: grid(schedule, n), prediction: "v", x, variance: "large", stream: stream("exact", "sampling", "large") }),
  },
  ...[0.5, 1].map(
    (eta): Scheme => ({
      name: `DDIM, eta = ${eta}`,
      schedule,
      end: END,
      cells: eta === 1 ? 50 : 100,
      // alpha_s x0 + r (x - alpha_t x0)/sigma_t
      steps: alongLevels(schedule, (s, t) => {
        const r = Math.sqrt(remainingVariance(s, t, eta)) / t.sigma
        return { onState: r, onData: s.alpha - r * t.alpha, variance: eta ** 2 * posterior(s, t).variance }
      }),
      sampler: (x, n) => ddimSample({ levels: grid(schedule, n), prediction: "eps", x, eta, stream: stream("exact", "sampling", "ddim") }),
    }),
  ),
  reverse(vp(), END),
  reverse(subVp(), 0.2),
  reverse(ve(0.3, 10), END),
]

/** The answers that the sampler asks for: found by time, in whichever parametrisation. */
const modelFor = (name: string, law: GaussianMixture, of: Schedule) => exactModel(law, name === "ancestral, large variance" ? "v" : "eps", of)

/** Mean and variance of a linear scheme from those of its start. */
const linearLaw = (steps: ReadonlyArray<Step>, start: readonly [number, number]): readonly [number, number] =>
  steps.reduce<readonly [number, number]>(([m, v], { mean, deviation }) => {
    const [at0, at1] = mean(Float64Array.of(0, 1)) as unknown as readonly [number, number]
    return [at0 + (at1 - at0) * m, (at1 - at0) ** 2 * v + deviation ** 2]
  }, start)

/** The distribution function of a scheme's output, its density carried on a grid of M points by the trapezoidal rule. */
const schemeCdf = (steps: ReadonlyArray<Step>, start: GaussianMixture, reach: number, M: number): ((x: number) => number) => {
  const h = (2 * reach) / (M - 1)
  const points = Float64Array.from({ length: M }, (_, i) => -reach + i * h)
  let density: Float64Array = mixtureLogDensity(start, points).map(Math.exp)
  for (const { mean, deviation } of steps) {
    const centres = mean(points)
    const next = new Float64Array(M)
    const constant = h / (deviation * Math.sqrt(2 * Math.PI))
    for (let i = 0; i < M; i++) {
      if (density[i]! < 1e-14) continue
      const [lo, hi] = [Math.ceil((centres[i]! - 7 * deviation + reach) / h), Math.floor((centres[i]! + 7 * deviation + reach) / h)]
      for (let j = Math.max(0, lo); j <= Math.min(M - 1, hi); j++)
        next[j]! += density[i]! * constant * Math.exp(-0.5 * ((points[j]! - centres[i]!) / deviation) ** 2)
    }
    density = next
  }
  const cumulated = new Float64Array(M)
  for (let i = 1; i < M; i++) cumulated[i] = cumulated[i - 1]! + (h / 2) * (density[i]! + density[i - 1]!)
  expect(Math.abs(cumulated[M - 1]! - 1)).toBeLessThan(1e-6)
  return (x) => {
    const at = Math.max(0, Math.min(M - 1.000001, (x + reach) / h))
    const i = Math.floor(at)
    return cumulated[i]! + (at - i) * (cumulated[i + 1]! - cumulated[i]!)
  }
}

describe.each(SCHEMES.map((scheme) => [scheme.name, scheme] as const))("%s", (name, { schedule: of, end: endTime, cells, steps, sampler }) => {
  const start = (law: GaussianMixture): GaussianMixture => noised(law, levelAt(of, 1))

  it("on a Gaussian, samples have the law of the scheme, whatever the number of steps", () => {
    const law = gaussian(0.7, 0.5)
    const first = start(law).components[0]!
    for (const n of [5, 40]) {
      const [m, v] = linearLaw(steps(law, n), [first.mean[0]!, first.variances[0]!])
      const out = drive(sampler(draw(start(law), `gauss ${n}`, N), n), modelFor(name, law, of))
      expect(violations(sampleFindings(out, lineLaw(gaussian(m, Math.sqrt(v)))))).toEqual([])
    }
  })

  it("on three modes, samples have the law of the scheme, and the scheme tends to the target at first order", () => {
    const end = lineLaw(noised(threeModes, levelAt(of, endTime)), CUTS)
    const reach = of.name === "ve" ? 60 : 7
    const M = 2 * reach * cells + 1
    const cdf = (n: number) => schemeCdf(steps(threeModes, n), start(threeModes), reach, M)
    const [coarse, fine] = [cdf(100), cdf(200)]
    const out = drive(sampler(draw(start(threeModes), "modes", N), 100), modelFor(name, threeModes, of))
    // The moments of the scheme are not known here; its distribution function and mode weights are compared without allowance, and the target's with the bias.
    const shape = (cdfOf: (x: number) => number, allowance: number) =>
      violations(sampleFindings(out, { ...end, cdf: cdfOf }, allowance)).filter((f) => f.name === "M5 distribution" || f.name === "M5 mode weights")
    expect(shape(coarse, 0)).toEqual([])
    const bias = (F: (x: number) => number): number =>
      Math.max(...Array.from({ length: 601 }, (_, i) => Math.abs(F(-5 + i / 60) - end.cdf(-5 + i / 60))))
    expect(bias(coarse)).toBeLessThan(0.05)
    expect(bias(coarse) / bias(fine)).toBeGreaterThan(1.6)
    expect(shape(end.cdf, bias(coarse))).toEqual([])
  })
})

describe("deterministic schemes on three modes", () => {
  const [from, to] = [1, 0.05]
  const [first, last] = [from, to].map((t) => lineLaw(noised(threeModes, levelAt(schedule, t)))) as [LineLaw, LineLaw]
  const x = Float64Array.from({ length: 201 }, (_, i) => -3 + (6 * i) / 200)
  const start = x.map((v) => first.mean + Math.sqrt(first.variance) * v)
  const quantiles = start.map((v) => first.cdf(v))
  const model = exactModel(threeModes, "eps", schedule)
  const times = (n: number) => uniformTimes(from, to, n)
  const lambda = (n: number) => uniformLambda(schedule, from, to, n)
  const flow = (inner: Sampler): Sampler => probabilityFlow(inner, schedule, "eps")
  const cases: ReadonlyArray<readonly [name: string, order: number, sampler: (n: number) => Sampler]> = [
    ["DDIM", 1, (n) => ddimSample({ levels: lambda(n), prediction: "eps", x: start })],
    ["DPM-Solver-1", 1, (n) => dpmSolverSample({ order: 1, levels: lambda(n), prediction: "eps", x: start })],
    ["DPM-Solver-2", 2, (n) => dpmSolverSample({ order: 2, levels: lambda(n), schedule, prediction: "eps", x: start })],
    ["DPM-Solver-3", 3, (n) => dpmSolverSample({ order: 3, levels: lambda(n), schedule, prediction: "eps", x: start })],
    ["DPM-Solver++(2M)", 2, (n) => dpmSolverMultistepSample({ levels: lambda(n), prediction: "eps", x: start })],
    ["Euler", 1, (n) => flow(rungeKuttaSample("euler", { times: times(n), x: start }))],
    ["midpoint", 2, (n) => flow(rungeKuttaSample("midpoint", { times: times(n), x: start }))],
    ["Heun", 2, (n) => flow(rungeKuttaSample("heun", { times: times(n), x: start }))],
    ["RK4", 4, (n) => flow(rungeKuttaSample("rk4", { times: times(n), x: start }))],
  ]
  it.each(cases)("%s carries quantiles to quantiles", (_, order, sampler) => {
    const [coarse, fine] = [200, 400].map((n) => drive(sampler(n), model).map((v) => last.cdf(v))) as [Float64Array, Float64Array]
    // The error at n is 2^p/(2^p - 1) of what the next halving changes, to leading order; a factor 2 for the rest of the expansion.
    const change = Math.max(...coarse.map((v, i) => Math.abs(v - fine[i]!)))
    expect(closedFormFinding(fine, quantiles, (2 * change) / (2 ** order - 1) + 1e-9)).toMatchObject({ verdict: "holds" })
    expect(change).toBeLessThan(0.02)
  })
  it("Dormand-Prince carries quantiles to quantiles", () => {
    const out = drive(flow(dopri5Sample({ from, to, x: start, rtol: 1e-9, atol: 1e-9 })), model).map((v) => last.cdf(v))
    // Fewer than 1000 steps of local error 3e-9 each, carried by a map whose derivative in quantiles stays below 1 in mean: densities are below 1.
    expect(closedFormFinding(out, quantiles, 3e-6)).toMatchObject({ verdict: "holds" })
  })
})

describe("Langevin", () => {
  it("on a Gaussian has the law of its recursion, biased by e/(2S) to first order", () => {
    const [e, S, steps] = [0.05, 0.49, 60]
    const law = gaussian(0.3, 0.7)
    const level: Level = { t: 0, alpha: 1, sigma: 0 }
    const x = normals("langevin", N)
    let [m, v] = [0, 1]
    for (let k = 0; k < steps; k++) [m, v] = [m - (e / S) * (m - 0.3), (1 - e / S) ** 2 * v + 2 * e]
    const out = drive(
      langevinSample({ levels: [{ ...level, sigma: 1 }], prediction: "score", steps, step: e, x, stream: stream("exact", "sampling", "ula") }),
      ({ x: at }) => mixtureScore(law, at),
    )
    expect(violations(sampleFindings(out, lineLaw(gaussian(m, Math.sqrt(v)))))).toEqual([])
    expect(Math.abs(v - S / (1 - e / (2 * S)))).toBeLessThan(0.001)
  })

  it("finds the weights of a mixture of 1:4 with annealing, and not without", () => {
    const law = isotropicMixture([
      { weight: 0.2, mean: [-4], deviation: 0.4 },
      { weight: 0.8, mean: [4], deviation: 0.4 },
    ])
    const sigmas = Array.from({ length: 20 }, (_, i) => 8 * (0.1 / 8) ** (i / 19))
    const levels = sigmas.map((sigma): Level => ({ t: sigma, alpha: 1, sigma }))
    const model = ({ x, t }: Query): Float64Array => mixtureScore(noised(law, { t, alpha: 1, sigma: t }), x)
    const share = (ladder: ReadonlyArray<Level>, steps: number): number => {
      const x = normals("annealed", 2000).map((z) => 8 * z)
      const out = drive(
        langevinSample({ levels: ladder, prediction: "score", steps, step: 0.002, x, stream: stream("exact", "sampling", "annealed") }),
        model,
      )
      return out.filter((v) => v > 0).length / out.length
    }
    expect(share(levels, 60)).toBeGreaterThan(0.7)
    // Without annealing a chain stays in the basin it starts in: a half each, -+ 5.3 deviations of 2000 draws.
    expect(Math.abs(share(levels.slice(-1), 200) - 0.5)).toBeLessThan((5.3 * 0.5) / Math.sqrt(2000))
  })
})

describe("predictor-corrector", () => {
  it("takes the corrector's step from the ratio of norms and the step's own alpha, not the cumulative one", () => {
    const [t, s, ratio] = [0.8, 0.7, 0.16]
    const noise = stream("exact", "sampling", "pc step")
    const asked: Array<Float64Array> = []
    const x = Float64Array.of(0.4, -1.3, 0.8)
    const options = { schedule, times: [t, s], prediction: "score" as const, x, corrections: 1, ratio, stream: noise }
    const out = drive(predictorCorrectorSample(options), ({ x: at }) => {
      asked.push(at)
      return at.map((v) => -2 * v)
    })
    const z = noiseAt(noise, 1, 3)
    const [predictedState, squares] = [asked[1]!, (v: Float64Array): number => v.reduce((sum, w) => sum + w * w, 0)]
    const e = 2 * (schedule.alpha(t) / schedule.alpha(s)) ** 2 * ratio ** 2 * (squares(z) / (4 * squares(predictedState)))
    out.forEach((v, i) => expect(Math.abs(v - (predictedState[i]! - 2 * e * predictedState[i]! + Math.sqrt(2 * e) * z[i]!))).toBeLessThan(1e-14))
  })

  it("on a Gaussian has the law of its recursion, its step from the ratio of norms", () => {
    const [m0, S, ratio, n] = [0.7, 0.25, 0.4, 30]
    const law = gaussian(m0, Math.sqrt(S))
    const first = noised(law, levelAt(schedule, 1)).components[0]!
    const times = uniformTimes(1, END, n)
    let [m, v] = [first.mean[0]!, first.variances[0]!]
    times.slice(1).forEach((s, i) => {
      const t = times[i]!
      const at = levelAt(schedule, t)
      const [h, g2, p] = [t - s, schedule.g2(t), at.alpha ** 2 * S + at.sigma ** 2]
      const [a, b] = [1 - h * (schedule.f(t) + g2 / p), (h * g2 * at.alpha * m0) / p]
      ;[m, v] = [a * m + b, a * a * v + h * g2]
      const level = levelAt(schedule, s)
      const q = level.alpha ** 2 * S + level.sigma ** 2
      for (let c = 0; c < 2; c++) {
        // e = 2 (alpha_t/alpha_s)^2 r^2 E z^2 / E score^2
        const e = (2 * (at.alpha / level.alpha) ** 2 * ratio ** 2 * q * q) / (v + (m - level.alpha * m0) ** 2)
        ;[m, v] = [m - (e / q) * (m - level.alpha * m0), (1 - e / q) ** 2 * v + 2 * e]
      }
    })
    const x = draw(noised(law, levelAt(schedule, 1)), "pc gauss", N)
    const options = { schedule, times, prediction: "eps" as const, x, corrections: 2, ratio, stream: stream("exact", "sampling", "pc gauss") }
    const out = drive(predictorCorrectorSample(options), exactModel(law, "eps", schedule))
    // The norms of a batch fluctuate by 1/sqrt(N) = 0.7 %, which moves e as much and the variance by r^2 of that.
    expect(violations(sampleFindings(out, lineLaw(gaussian(m, Math.sqrt(v))), 0.002))).toEqual([])
  })

  it.each([vp(), ve(0.01, 10)])("$name: on three modes within the bias of its predictor", (of) => {
    const end = lineLaw(noised(threeModes, levelAt(of, END)), CUTS)
    const x = draw(noised(threeModes, levelAt(of, 1)), "pc", N)
    const run = (corrections: number): Float64Array =>
      drive(
        predictorCorrectorSample({
          schedule: of,
          times: uniformTimes(1, END, 100),
          prediction: "eps",
          x,
          corrections,
          ratio: 0.1,
          stream: stream("exact", "sampling", "pc"),
        }),
        exactModel(threeModes, "eps", of),
      )
    // The predictor's own bias is below 0.05 at 100 steps (above); the corrector adds e/(2S) = r^2 = 0.01 of the variance at most.
    expect(violations(sampleFindings(run(1), end, 0.05))).toEqual([])
  })
})

describe("likelihood", () => {
  const plane = isotropicMixture([
    { weight: 1, mean: [1, 0], deviation: 0.5 },
    { weight: 2, mean: [-1, 0.5], deviation: 0.8 },
  ])
  const [from, to] = [0.01, 1]
  const model = ({ x, t, directions = [] }: Query): Float64Array => {
    const at = noised(plane, levelAt(schedule, t))
    return Float64Array.from([mixtureScore(at, x), ...directions.map((v) => mixtureScoreDerivative(at, x, v))].flatMap((block) => [...block]))
  }
  const x = Float64Array.of(0.1, 0.2, -0.8, 0.5, 1.3, -0.4)
  const exact = mixtureLogDensity(noised(plane, levelAt(schedule, from)), x)
  const solve = (divergence: Parameters<typeof flowLikelihood>[3]): Float64Array => {
    // The likelihood asks a velocity field; the field asks the score: the translation maps every block of the answer.
    const velocityModel = (query: Query): Float64Array =>
      drive(
        probabilityFlow(
          (function* () {
            return yield query
          })(),
          schedule,
          "score",
        ),
        model,
      )
    const out = drive(
      flowLikelihood((state) => dopri5Sample({ from, to, x: state, rtol: 1e-8, atol: 1e-8 }), x, 2, divergence),
      velocityModel,
    )
    return mixtureLogDensity(noised(plane, levelAt(schedule, to)), out.subarray(0, 6)).map((log, i) => log + out[6 + i]!)
  }
  it("exact divergence gives the mixture's log-density", () => {
    // Fewer than 100 steps of local error 1e-8 (1 + |x|) each, and gradients of log p below 10.
    expect(likelihoodFinding(solve({ kind: "exact" }), exact, 1e-5)).toMatchObject({ verdict: "holds" })
  })
  it("Hutchinson's estimate is unbiased over probes", () => {
    const runs = Array.from({ length: 64 }, (_, k) => solve({ kind: "hutchinson", stream: stream("exact", "evaluation", `probe ${k}`) }))
    exact.forEach((value, i) => {
      const values = runs.map((run) => run[i]!)
      const mean = values.reduce((s, v) => s + v, 0) / 64
      const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / 63 / 64)
      expect(Math.abs(mean - value)).toBeLessThan(5.3 * deviation + 1e-5)
      expect(deviation).toBeGreaterThan(0)
    })
  })
  it("levels of a list of times are the schedule's", () => {
    expect(levelsAt(schedule, [0.5])[0]).toEqual(levelAt(schedule, 0.5))
  })
})
