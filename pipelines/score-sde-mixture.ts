/**
 * Score-based diffusion on a Gaussian mixture, where everything that is learnt is also known:
 *
 *   dx = f x dt + g dw,  x_t = alpha x_0 + sigma e,      dx = (f x - g^2 s) dt + g dw backwards,      dx/dt = f x - g^2 s/2      (Song et al. 2021, eq. 5, 6, 13)
 *
 * with the score s = -e_hat(x, t)/sigma of a trained noise predictor. Exact scores, posterior means, marginals and entropies are in closed form or quadrature, so
 * the gates compare with theorems: KL >= 0, and with the best that a Gaussian with the same moments can do, for which nothing has to be learnt.
 */
import { Schema } from "effect"
import { eightGaussians, mixtureEntropy, sampleMixture, twoModes } from "../src/data/laws/mixture-law.ts"
import { lazy } from "../src/core/lazy.ts"
import { exactAnswer, mixtureLogDensity, mixtureMoments, noised } from "../src/math/gaussian-mixture.ts"
import type { GaussianMixture } from "../src/math/gaussian-mixture.ts"
import type { Metric } from "../src/math/metric.ts"
import { halfLogSnr, levelAt } from "../src/math/schedule.ts"
import type { Level, Schedule } from "../src/math/schedule.ts"
import { subVp } from "../src/math/schedules/sub-vp.ts"
import { ve } from "../src/math/schedules/ve.ts"
import { vp } from "../src/math/schedules/vp.ts"
import { uniformLambda, uniformTimes } from "../src/math/time-grid.ts"
import { residualField } from "../src/models/residual-field.ts"
import { fillNormal } from "../src/random/normal.ts"
import { stream as derived } from "../src/random/stream.ts"
import type { Stream } from "../src/random/stream.ts"
import { dopri5Sample } from "../src/sample/dopri5.ts"
import { predictorCorrectorSample } from "../src/sample/predictor-corrector.ts"
import { flowLikelihood, probabilityFlow } from "../src/sample/probability-flow.ts"
import { reverseSdeSample } from "../src/sample/reverse-sde.ts"
import { rungeKuttaSample } from "../src/sample/runge-kutta.ts"
import { drive, driveAsync } from "../src/sample/sampler.ts"
import type { Query, Sampler } from "../src/sample/sampler.ts"
import { compose } from "../src/train/compose.ts"
import { exactNoise, orthogonalityMonitor, pairs, predictNoise } from "../src/train/measures/denoising.ts"
import type { Pairs } from "../src/train/measures/denoising.ts"
import {
  BEYOND,
  firstCoordinate,
  gaussianEntropy,
  KL_BOUND,
  levelsByLambda,
  likelihoodGap,
  sampleMetrics,
  scoreMetrics,
  tweedieMonitor,
  UPPER_GAP,
  WORST_SAMPLER,
} from "../src/train/measures/mixture-score.ts"
import { onGrid } from "../src/train/answers.ts"
import { findingsMonitor } from "../src/train/monitors/looks.ts"
import { scheduleFindings } from "../src/train/monitors/m02-schedule.ts"
import { sampleFindings } from "../src/train/monitors/m05-exact-denoiser.ts"
import { denoising } from "../src/train/objectives/denoising.ts"
import type { Gate, Monitor } from "../src/train/program.ts"
import { group, key, recipe as define } from "../src/train/recipe.ts"
import { Count, Depth, Paired, Points, Positive, trainKeys } from "../src/train/settings.ts"
import { fromLaw } from "../src/train/source.ts"

const SCHEDULES = { vp: vp(0.1, 20), ve: ve(0.01, 50), "sub-vp": subVp(0.1, 20) } as const

const config = Schema.Struct({
  law: key(Schema.Literals(["8gaussians", "two-modes"]), "8gaussians", "the data: eight equal modes on a circle, or two of weight 1 : 4"),
  process: key(Schema.Literals(["vp", "ve", "sub-vp"]), "vp", "the forward process: VP(0.1, 20), VE(0.01, 50) or sub-VP(0.1, 20)"),
  earliest: key(Positive.check(Schema.isLessThan(0.1)), 1e-3, "the time at which training and sampling stop, of 1"),
  width: key(Count, 128, "numbers in the hidden state"),
  blocks: key(Depth, 3, "residual blocks"),
  train: trainKeys({ steps: 20_000, batch: 512, rate: 1e-3, schedule: "cosine", average: 0.999 }),
  evaluation: group(
    {
      points: key(Points.check(Schema.isGreaterThanOrEqualTo(16)), 4096, "points on which scores are compared"),
      likelihoods: key(Points.check(Schema.isGreaterThanOrEqualTo(16)), 2048, "points whose likelihood is computed"),
      samples: key(Paired.check(Schema.isGreaterThanOrEqualTo(16)), 1024, "samples of each sampler"),
      steps: key(Count, 500, "steps of the reverse SDE and the predictor-corrector"),
      solver: key(Count, 64, "Runge-Kutta steps of the probability-flow ODE, equal in log(alpha/sigma)"),
    },
    "what the metrics are computed on",
  ),
})

export const recipe = define({
  name: "score-sde-mixture",
  title: "Score-based diffusion on a Gaussian mixture",
  summary:
    "A noise predictor on the plane under a VP, VE or sub-VP process, sampled by the reverse SDE, a predictor-corrector and the probability-flow ODE. " +
    "Its score is compared with the exact one, its likelihood with the entropy, both with the Gaussian of the same moments.",
  sources: [
    { authors: "Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole", year: 2021, where: "equations 5-13 and 39, algorithms 2-5" },
    { authors: "Song, Durkan, Murray, Ermon", year: 2021, where: "theorem 1" },
    { authors: "Vincent", year: 2011, where: "section 4.3 and appendix" },
  ],
  specs: [
    { id: "energy/denoising-score-matching", grade: "enclosed", because: "the minimiser of the denoising loss is the score only if it holds" },
    { id: "flow/instantaneous-change-of-variables", grade: "enclosed", because: "the likelihood integrates a divergence along the probability flow" },
    { id: "diffusion/reverse-time-sde", grade: "statistical", because: "the samplers reverse the forward process only if it holds" },
    { id: "diffusion/tweedie", grade: "enclosed", because: "noise, data and score are told from each other by it" },
  ],
  config,
  presets: {
    smoke: {
      width: 64,
      blocks: 2,
      train: { steps: 400, batch: 256, rate: 3e-3, average: 0.98 },
      evaluation: { points: 1024, likelihoods: 1024, samples: 256, steps: 60, solver: 16 },
    },
    short: { train: { steps: 5000 }, evaluation: { likelihoods: 1024, samples: 512, steps: 200, solver: 32 } },
    full: {},
  },
  program: async ({ law: name, process, earliest, width, blocks, train, evaluation }, workshop) => {
    const { streams } = workshop
    const law = name === "8gaussians" ? eightGaussians("ffjord") : twoModes()
    const schedule = SCHEDULES[process]
    const { mixture } = law
    const { covariance } = mixtureMoments(mixture)
    const variance = (covariance[0]! + covariance[3]!) / 2
    const level = (t: number): Level => levelAt(schedule, t)
    const given = (at: Level) => ({ scale: 1 / Math.sqrt(at.alpha ** 2 * variance + at.sigma ** 2), time: halfLogSnr(at) / 5 })
    const source = fromLaw(law, 2, (k) => streams("data", String(k)))
    const probe = (n: number, of: (purpose: string) => Stream): Pairs => {
      const u = new Float64Array(n)
      of("time").fill(u, 0)
      return pairs(law.sample(of("data"), n), levelsByLambda(schedule, earliest, u), of("noise"))
    }
    const look = (k: number): Pairs => probe(128, (purpose) => streams("evaluation", "monitor", purpose, String(k)))
    const drawn = async (predict: Predict, n: number, stream: Stream): Promise<Readonly<Record<string, Float64Array>>> => {
      const out: Record<string, Float64Array> = {}
      for (const [title, sampler] of Object.entries(samplersOf(schedule, earliest, evaluation, n, stream)))
        out[title] = await driveAsync(sampler, asker(predict, level))
      return out
    }
    // The data as the process leaves them at the earliest time; its entropy, and the KL of the Gaussian with its moments.
    const start = noised(mixture, level(earliest))
    const entropy = lazy(() => mixtureEntropy(start))
    const gaussianKl = gaussianEntropy(start) - entropy().value
    return compose(
      {
        data: [source.provenance],
        model: residualField({ dimension: 2, predicts: "eps", width, blocks }),
        objective: denoising({ source, level: (u) => level(earliest + (schedule.end - earliest) * u), given, batch: train.batch }, streams),
        train,
        sample: async (trained, n, stream) => {
          const predict = predictNoise(trained, given)
          const reference = law.sample(streams("sampling", "reference"), n)
          const all = await drawn(predict, n, stream)
          const score = async ({ x, t }: Query): Promise<Float64Array> => (await asker(predict, level)({ x, t })).map((eps) => -eps / level(t).sigma)
          return [
            ...Object.entries(all).map(([title, values]) => ({ kind: "points", name: title, dimension: 2, values, reference }) as const),
            ...(await onGrid("score", score, [schedule.end / 10, schedule.end / 3], 5)),
          ]
        },
        evaluate: async (trained) => {
          const predict = predictNoise(trained, given)
          const of = (purpose: string): Stream => streams("evaluation", purpose)
          const at = probe(evaluation.points, of)
          return [
            ...scoreMetrics(mixture, await predict(at.x, at.levels), at),
            ...(await likelihoodMetrics(start, schedule, earliest, evaluation, asker(predict, level), of("likelihood"))),
            ...sampleMetrics(law, await drawn(predict, evaluation.samples, of("samplers")), of),
          ]
        },
        gates: gates(gaussianKl, entropy().uncertainty),
        monitors: (trained) => {
          const predict = predictNoise(trained, given)
          return [
            orthogonalityMonitor(predict, look, exactNoise(mixture)),
            tweedieMonitor(mixture, exactNoise(mixture), look),
            marginalMonitor(mixture, schedule, earliest, streams("evaluation", "monitor", "marginals")),
            scheduleMonitor(schedule),
          ]
        },
      },
      workshop,
    )
  },
})

type Predict = (x: Float64Array, levels: ReadonlyArray<Level>, directions?: ReadonlyArray<Float64Array>) => Promise<Float64Array>
type Sizes = (typeof config)["Type"]["evaluation"]

/** A noise predictor as a sampler asks it: one time for the whole batch of points on the plane. */
const asker =
  (predict: Predict, level: (t: number) => Level) =>
  ({ x, t, directions }: Query): Promise<Float64Array> =>
    predict(x, new Array<Level>(x.length / 2).fill(level(t)), directions)

/** Independent words of one stream: what a sampler draws at the start, and what each then draws as it goes. */
const part = (stream: Stream, name: string): Stream => derived(stream.label, name)

const solverTimes = (schedule: Schedule, from: number, to: number, n: number): ReadonlyArray<number> =>
  uniformLambda(schedule, from, to, n).map(({ t }) => t)

/** The three samplers from one start, n points of N(0, sigma_T^2 I). */
const samplersOf = (schedule: Schedule, earliest: number, { steps, solver }: Sizes, n: number, stream: Stream): Readonly<Record<string, Sampler>> => {
  const x = new Float64Array(2 * n)
  fillNormal(part(stream, "start"), x, 0)
  x.forEach((z, i) => {
    x[i] = schedule.sigma(schedule.end) * z
  })
  const sde = { schedule, prediction: "eps", times: uniformTimes(schedule.end, earliest, steps), x } as const
  const flow = rungeKuttaSample("rk4", { times: solverTimes(schedule, schedule.end, earliest, solver), x })
  return {
    "reverse SDE": reverseSdeSample({ ...sde, stream: part(stream, "reverse-sde") }),
    "predictor-corrector": predictorCorrectorSample({ ...sde, stream: part(stream, "corrector"), corrections: 1, ratio: 0.16 }),
    "probability flow": probabilityFlow(flow, schedule, "eps"),
  }
}

/** NLL - H of the probability-flow ODE's density at points of the law that the process leaves at its earliest time, whose density is exact. */
const likelihoodMetrics = async (
  start: GaussianMixture,
  schedule: Schedule,
  earliest: number,
  { likelihoods: n, solver }: Sizes,
  ask: (query: Query) => Promise<Float64Array>,
  stream: Stream,
): Promise<ReadonlyArray<Metric>> => {
  const x = sampleMixture(start, stream, n)
  const times = solverTimes(schedule, earliest, schedule.end, solver)
  const end = await driveAsync(
    probabilityFlow(
      flowLikelihood((state) => rungeKuttaSample("rk4", { times, x: state }), x, 2, { kind: "exact" }),
      schedule,
      "eps",
    ),
    ask,
  )
  const variance = schedule.sigma(schedule.end) ** 2
  const logDensities = Float64Array.from({ length: n }, (_, i) => {
    const squares = end[2 * i]! ** 2 + end[2 * i + 1]! ** 2
    return end[2 * n + i]! - squares / (2 * variance) - Math.log(2 * Math.PI * variance)
  })
  const solved = `probability-flow ODE, ${solver} steps of rk4 equal in log(alpha/sigma), exact divergence, from t = ${earliest}`
  return likelihoodGap(mixtureLogDensity(start, x), logDensities, solved)
}

/** Points carried by the exact probability flow follow the forward law: the exact score leaves no room for the network. */
const marginalMonitor = (law: GaussianMixture, schedule: Schedule, earliest: number, stream: Stream): Monitor => {
  const findings = lazy(() => {
    const [last, first] = [noised(law, levelAt(schedule, schedule.end)), noised(law, levelAt(schedule, earliest))]
    const solver = dopri5Sample({ from: schedule.end, to: earliest, x: sampleMixture(last, stream, 512), rtol: 1e-4, atol: 1e-4 })
    const x = drive(probabilityFlow(solver, schedule, "eps"), (at) => exactAnswer(law, "eps", at.x, levelAt(schedule, at.t)))
    // A tolerance of 1e-4 a step adds up to less than 1e-2 of a deviation over some tens of steps, and to less in probability.
    return sampleFindings(
      x.filter((_, i) => i % 2 === 0),
      firstCoordinate(first),
      1e-2,
    )
  })
  const relation = "x_T ~ p_T carried back by dx/dt = f x - g^2 s/2 with the exact s has the law of alpha x_0 + sigma e"
  return findingsMonitor({ name: "marginals", theorem: "diffusion/reverse-time-sde", relation }, findings)
}

const scheduleMonitor = (schedule: Schedule): Monitor => {
  const ends = (t: number) => [schedule.alpha(t), schedule.sigma(t)] as const
  const findings = lazy(() => scheduleFindings(schedule, { preserving: schedule.name === "vp", start: ends(0), end: ends(schedule.end) }))
  return findingsMonitor(
    { name: "schedule", theorem: "diffusion/reverse-time-sde", relation: "f = (log alpha)', g^2 = (sigma^2)' - 2 f sigma^2" },
    findings,
  )
}

/** @param kl KL(p | N(m, S)) = H(N(m, S)) - H(p), and how far the quadrature of H(p) may be off */
const gates = (kl: number, uncertainty: number): ReadonlyArray<Gate> => [
  {
    name: "score",
    metric: BEYOND,
    bounds: { hi: 0 },
    because:
      "the score of the Gaussian with the data's moments needs no learning: an error above its own is a wrong loss or a net that has learnt nothing",
    source: "Tweedie's formula for N(m, S); exact score of the mixture",
  },
  {
    name: "likelihood-bound",
    metric: UPPER_GAP,
    bounds: { lo: 0 },
    because: "E -log q >= H (Gibbs): a mean log-likelihood above -H beyond its interval is a wrong divergence, prior or sign",
    source: "Cover, Thomas 2006, theorem 2.6.3; Song et al. 2021, equation 39",
  },
  {
    name: "likelihood",
    metric: "NLL - H",
    bounds: { hi: kl - uncertainty },
    because: "KL of the data from N(m, S), the best Gaussian: a density that is not closer has learnt nothing beyond two moments",
    source: "H(N(m, S)) - H(p), closed form less quadrature",
  },
  {
    name: "kl-bound",
    metric: KL_BOUND,
    bounds: { hi: kl - uncertainty },
    because: "what the score error proves about the reverse SDE: its law is closer to the data than the best Gaussian is",
    source: "Song, Durkan, Murray, Ermon 2021, theorem 1",
  },
  {
    name: "samples",
    metric: WORST_SAMPLER,
    bounds: { hi: 0 },
    because: "points of the best Gaussian need no learning: each sampler must come closer to fresh data, by exact optimal transport",
    source: "Olkin, Pukelsheim 1982 (the moments are matched exactly)",
  },
]
