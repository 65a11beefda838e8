import { eightGaussians } from "../../src/data/laws/mixture-law.ts"
import { isotropicMixture, mixtureLogDensity, mixtureScore, mixtureScoreDerivative, noised } from "../../src/math/gaussian-mixture.ts"
import { levelAt, type Level, type Schedule } from "../../src/math/schedule.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { normalCdf } from "../../src/math/statistics.ts"
import { uniformLambda, uniformTimes } from "../../src/math/time-grid.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { ddimSample } from "../../src/sample/ddim.ts"
import { dopri5Sample } from "../../src/sample/dopri5.ts"
import { dpmSolverSample } from "../../src/sample/dpm-solver.ts"
import { langevinSample } from "../../src/sample/langevin.ts"
import { flowLikelihood, probabilityFlow } from "../../src/sample/probability-flow.ts"
import { reverseSdeSample } from "../../src/sample/reverse-sde.ts"
import { drive, type Query } from "../../src/sample/sampler.ts"
import { closedFormFinding, likelihoodFinding, purityFinding, sampleFindings, type LineLaw } from "../../src/train/monitors/m05-exact-denoiser.ts"
import { orderFinding } from "../../src/train/monitors/m06-order.ts"
import { optimumFinding, scoreFinding } from "../../src/train/monitors/m08-sign.ts"
import { exactModel, gaussian } from "../sample/support.ts"
import type { BugRow } from "./row.ts"

const schedule = vp()
const [mean, deviation] = [0.7, 0.5]
const law = gaussian(mean, deviation)
const start = Float64Array.of(-1.4, -0.3, 0.5, 1.6)
const normals = (name: string, n: number): Float64Array => {
  const out = new Float64Array(n)
  fillNormal(stream("bugs", "sampling", name), out, 0)
  return out
}
const normalLaw = (m: number, v: number): LineLaw => ({
  cdf: (x) => normalCdf((x - m) / Math.sqrt(v)),
  mean: m,
  variance: v,
  fourth: 3 * v * v,
  cuts: [],
})

/** One deterministic step from t to s on N(m, S): x - alpha m is multiplied by (alpha_s alpha_t S + sigma_s sigma_t)/(alpha_t^2 S + sigma_t^2). */
const deterministic = (x: Float64Array, levels: ReadonlyArray<Level>): Float64Array =>
  levels.slice(1).reduce<Float64Array>((at, s, i) => {
    const t = levels[i]!
    const factor = (s.alpha * t.alpha * deviation ** 2 + s.sigma * t.sigma) / ((t.alpha * deviation) ** 2 + t.sigma ** 2)
    return at.map((v) => s.alpha * mean + factor * (v - t.alpha * mean))
  }, x)

const levels = uniformLambda(schedule, 1, 0.01, 12)
/** Twelve steps that divide by alpha >= 0.0066. */
const rounding = (12 * 2 ** -50) / 0.0066
const closed = (out: Float64Array, along = levels) => [closedFormFinding(out, deterministic(start, along), rounding)]

const plane = isotropicMixture([
  { weight: 1, mean: [1, 0], deviation: 0.5 },
  { weight: 2, mean: [-1, 0.5], deviation: 0.8 },
])
/** Score and its derivatives of the noised law, as the likelihood asks for them. */
const withDerivatives =
  (mixture: typeof plane, of: Schedule) =>
  ({ x, t, directions = [] }: Query): Float64Array => {
    const at = noised(mixture, levelAt(of, t))
    return Float64Array.from([mixtureScore(at, x), ...directions.map((v) => mixtureScoreDerivative(at, x, v))].flatMap((block) => [...block]))
  }

/** A batch with the exact moments E x0^2 = S, E e^2 = 1, E x0 e = 0. */
const batch = [1, -1].flatMap((a) => [1, -1].map((b) => [a * deviation, b] as const))
const noise = 1
const total = deviation ** 2 + noise ** 2

export const samplingBugs: ReadonlyArray<BugRow> = [
  {
    bug: "deterministic step reads abar of the target for both of its ends",
    thread: "lucidrains/denoising-diffusion-pytorch#81",
    monitor: "M5 closed form",
    look: (broken) => {
      const model = exactModel(law, "eps", schedule)
      const step = (x: Float64Array, i: number): Float64Array => {
        const [t, s] = [levels[i]!, levels[i + 1]!]
        return drive(ddimSample({ levels: [broken ? { ...s, t: t.t } : t, s], prediction: "eps", x }), model)
      }
      return closed(levels.slice(1).reduce<Float64Array>((x, _, i) => step(x, i), start))
    },
  },
  {
    bug: "Gaussian denoiser with sigma^2 where (sigma/alpha)^2 is meant",
    thread: "probabilists/azula@297b0a0",
    monitor: "M5 closed form",
    look: (broken) => {
      const model = ({ x, t }: Query): Float64Array => {
        const { alpha, sigma } = levelAt(schedule, t)
        const variance = broken ? sigma ** 2 : (sigma / alpha) ** 2
        return x.map((v) => mean + (deviation ** 2 / (deviation ** 2 + variance)) * (v / alpha - mean))
      }
      return closed(drive(ddimSample({ levels, prediction: "x0", x: start }), model))
    },
  },
  {
    bug: "score of a variance-preserving process taken from a denoiser of unscaled data",
    thread: "deepinv/deepinv#736",
    monitor: "M5 closed form",
    look: (broken) => {
      const model = ({ x, t }: Query): Float64Array => {
        const level = levelAt(schedule, t)
        return mixtureScore(noised(law, broken ? { ...level, alpha: 1 } : level), x)
      }
      return closed(drive(ddimSample({ levels, prediction: "score", x: start }), model))
    },
  },
  {
    bug: "inversion passes the index of a step to the model instead of its time",
    thread: "Stability-AI/stablediffusion#226",
    monitor: "M5 closed form",
    look: (broken) => {
      const upwards = levels.toReversed()
      const exact = exactModel(law, "eps", schedule)
      const model = (query: Query): Float64Array => exact(broken ? { ...query, t: (upwards.findIndex(({ t }) => t === query.t) + 1) / 100 } : query)
      return closed(drive(ddimSample({ levels: upwards, prediction: "eps", x: start }), model), upwards)
    },
  },
  {
    bug: "Langevin corrector adds sqrt(e) z instead of sqrt(2 e) z: the variance is not kept",
    thread: "probabilists/azula@2b7b1ab",
    monitor: "M5 variance",
    look: (broken) => {
      const [e, steps, n] = [0.05, 40, 20_000]
      const level: Level = { t: 0.5, alpha: 0, sigma: 1 }
      const x = normals("corrector", n)
      // For N(0, 1): variance <- (1 - e)^2 variance + 2 e.
      let variance = 1
      for (let k = 0; k < steps; k++) variance = (1 - e) ** 2 * variance + 2 * e
      const options = { levels: [level], prediction: "score" as const, step: e, x, stream: stream("bugs", "sampling", "langevin") }
      const score = ({ x: at }: Query): Float64Array => at.map((v) => -v)
      // Half the noise variance is half the temperature: x' = x - e x + sqrt(e) z is a Langevin step of size e/2 with twice the score.
      const out = broken
        ? drive(langevinSample({ ...options, steps, step: e / 2 }), (query) => score(query).map((v) => 2 * v))
        : drive(langevinSample({ ...options, steps }), score)
      return sampleFindings(out, normalLaw(0, variance))
    },
  },
  {
    bug: "sampler of the stochastic equation adds the score to the drift with the wrong sign",
    thread: "atong01/conditional-flow-matching#85",
    monitor: "M5 distribution",
    look: (broken) => {
      const [n, count] = [20_000, 200]
      const times = uniformTimes(1, 0.01, count)
      const top = levelAt(schedule, 1)
      const x = normals("sde", n).map((z) => top.alpha * mean + Math.hypot(top.alpha * deviation, top.sigma) * z)
      const exact = exactModel(law, "score", schedule)
      // f x - g^2/2 score is the flow; the noise needs another -g^2/2 score, and +g^2/2 score leaves f x.
      const out = drive(reverseSdeSample({ schedule, times, prediction: "score", x, stream: stream("bugs", "sampling", "sde") }), (query) =>
        broken ? query.x.map(() => 0) : exact(query),
      )
      let [m, v] = [top.alpha * mean, (top.alpha * deviation) ** 2 + top.sigma ** 2]
      times.slice(0, -1).forEach((t, i) => {
        const { alpha, sigma } = levelAt(schedule, t)
        const [h, precision] = [t - times[i + 1]!, 1 / ((alpha * deviation) ** 2 + sigma ** 2)]
        const [a, b] = [1 - h * (schedule.f(t) + schedule.g2(t) * precision), h * schedule.g2(t) * precision * alpha * mean]
        m = a * m + b
        v = a * a * v + h * schedule.g2(t)
      })
      return sampleFindings(out, normalLaw(m, v))
    },
  },
  {
    bug: "generator passes the deviation where a covariance is expected: modes are sqrt(3.2) times too wide",
    thread: "atong01/conditional-flow-matching@0c6f59a torchcfm/utils.py",
    monitor: "M5 distribution",
    look: (broken) => {
      const named = eightGaussians("named")
      const { deviation: s } = named.parameters as { readonly deviation: number }
      const centres = named.mixture.components.map((c) => c.mean[0]!)
      const average = (f: (c: number) => number): number => centres.reduce((sum, c) => sum + f(c), 0) / 8
      const drawn = eightGaussians(broken ? "torchcfm" : "named").sample(stream("bugs", "data", "eight"), 100_000)
      return sampleFindings(
        drawn.filter((_, i) => i % 2 === 0),
        {
          cdf: (x) => average((c) => normalCdf((x - c) / s)),
          mean: 0,
          variance: average((c) => c * c) + s * s,
          fourth: average((c) => c ** 4 + 6 * c * c * s * s + 3 * s ** 4),
          cuts: [-4.3, -1.8, 1.8, 4.3],
        },
      )
    },
  },
  {
    bug: "middle stage of a single-step solver at a level that does not match its coefficients",
    thread: "LuChengTHU/dpm-solver@a63c0bb",
    monitor: "M6 order",
    look: (broken) => {
      const [from, to] = [1, 0.05]
      const scale = (t: number): number => Math.hypot(schedule.alpha(t) * deviation, schedule.sigma(t))
      const exact = start.map((v) => schedule.alpha(to) * mean + (scale(to) / scale(from)) * (v - schedule.alpha(from) * mean))
      const counts = [16, 32, 64, 128, 256, 512]
      const errors = counts.map((n) => {
        const grid = uniformLambda(schedule, from, to, n)
        const h = (Math.log(schedule.alpha(to) / schedule.sigma(to)) - Math.log(schedule.alpha(from) / schedule.sigma(from))) / n
        const used: Schedule = broken ? { ...schedule, timeOf: (lambda) => schedule.timeOf(lambda - 0.2 * h) } : schedule
        const out = drive(dpmSolverSample({ order: 2, levels: grid, schedule: used, prediction: "eps", x: start }), exactModel(law, "eps", schedule))
        return Math.max(...out.map((v, i) => Math.abs(v - exact[i]!)))
      })
      return [
        orderFinding(
          counts.map((n) => 1 / n),
          errors,
          2,
        ),
      ]
    },
  },
  {
    bug: "Hutchinson's sum over probes not divided by their number",
    thread: "bayesflow-org/bayesflow#772",
    monitor: "M5 likelihood",
    look: (broken) => {
      // One isotropic component: the Jacobian is a multiple of the identity, and random signs give its trace exactly.
      const one = isotropicMixture([{ weight: 1, mean: [0.4, -0.2], deviation: 0.7 }])
      const [from, to] = [0.05, 0.9]
      const x = Float64Array.of(0.1, 0.2, -0.8, 0.5)
      const model = withDerivatives(one, schedule)
      const out = drive(
        flowLikelihood((state) => probabilityFlowOnState(from, to, state), x, 2, {
          kind: "hutchinson",
          stream: stream("bugs", "evaluation", "probe"),
        }),
        (query) => velocity(broken ? model(query).map((v, i) => (i < x.length ? v : 2 * v)) : model(query), query),
      )
      const end = mixtureLogDensity(noised(one, levelAt(schedule, to)), out.subarray(0, 4))
      return [
        likelihoodFinding(
          end.map((v, i) => v + out[4 + i]!),
          mixtureLogDensity(noised(one, levelAt(schedule, from)), x),
          1e-5,
        ),
      ]
    },
  },
  {
    bug: "probe drawn anew at every evaluation inside one solve",
    thread: "rtqichen/torchdiffeq#120",
    monitor: "M5 purity",
    look: (broken) => {
      const probes = stream("bugs", "evaluation", "redrawn")
      const model = withDerivatives(plane, schedule)
      const x = Float64Array.of(0.3, -0.4)
      let drawn = 0
      return [
        purityFinding(() => {
          const v = x.map((_, i) => (probes.uniform53(i + (broken ? 2 * drawn : 0)) < 0.5 ? -1 : 1))
          drawn++
          const derivative = model({ x, t: 0.5, directions: [v] }).subarray(2)
          return Float64Array.of(v[0]! * derivative[0]! + v[1]! * derivative[1]!)
        }),
      ]
    },
  },
  {
    bug: "target of denoising score matching with the sign of the energy: an inverted energy is learned",
    thread: "soran-ghaderi/torchebm#318",
    monitor: "M8 optimum",
    look: (broken) => [
      optimumFinding(
        (p) => batch.reduce((s, [x0, e]) => s + (-p[0]! * (x0 + noise * e) - ((broken ? 1 : -1) * e) / noise) ** 2, 0),
        Float64Array.of(1 / total),
        0.1,
      ),
    ],
  },
  {
    bug: "loss compares the noisy point with the predicted noise",
    thread: "EDAPINENUT/GNTPP#5",
    monitor: "M8 optimum",
    look: (broken) => [
      optimumFinding(
        (p) => batch.reduce((s, [x0, e]) => s + (p[0]! * (x0 + noise * e) - (broken ? x0 + noise * e : e)) ** 2, 0),
        Float64Array.of(noise / total),
        0.1,
      ),
    ],
  },
  {
    bug: "score without its minus sign",
    thread: "acids-ircam/diffusion_models#7",
    monitor: "M8 score",
    look: (broken) => [
      scoreFinding(
        (x) => mixtureScore(plane, x).map((v) => (broken ? -v : v)),
        (x) => mixtureLogDensity(plane, x),
        Float64Array.of(0.2, 0.1, -1.4, 0.9),
        2,
      ),
    ],
  },
]

const probabilityFlowOnState = (from: number, to: number, state: Float64Array) => dopri5Sample({ from, to, x: state, rtol: 1e-9, atol: 1e-9 })

/** Answers of a score as those of the probability flow's velocity, blocks and all. */
const velocity = (answer: Float64Array, { x, t, directions = [] }: Query): Float64Array =>
  drive(
    probabilityFlow(
      (function* () {
        return yield { x, t, directions }
      })(),
      schedule,
      "score",
    ),
    () => answer,
  )
