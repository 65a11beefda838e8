/**
 * A denoising diffusion model of 8 x 8 digits: a noise predictor on a chain of T steps,
 *
 *   x_k = sqrt(abar_k) x_0 + sqrt(1 - abar_k) e,      L = E |e_hat(x_k, k) - e|^2 / d      (Ho, Jain, Abbeel 2020, eq. 4 and 14; x_0 in [-1, 1])
 *
 * sampled by the chain itself (DDPM), by DDIM and by DPM-Solver++(2M). What is known: the zero predictor has L = 1; the best affine predictor has
 * L = mean over k, i of abar_k l_i/(abar_k l_i + 1 - abar_k), l the eigenvalues of the data's covariance; the best of all on N training points is that of N atoms.
 */
import { Effect, Schema } from "effect"
import { asPoints, DIGITS, digits, splitDigits } from "../src/data/digits.ts"
import { lazy } from "../src/core/lazy.ts"
import { convert } from "../src/math/parametrisation.ts"
import { forwardKernel, posterior, remainingVariance } from "../src/math/posterior.ts"
import type { Level } from "../src/math/schedule.ts"
import { cosine, levelOf, linear } from "../src/math/schedules/discrete.ts"
import type { Chain } from "../src/math/schedules/discrete.ts"
import { sampleMoments } from "../src/math/statistics.ts"
import { chainGrid, chainLevels } from "../src/math/time-grid.ts"
import { residualField } from "../src/models/residual-field.ts"
import { fillNormal } from "../src/random/normal.ts"
import { stream as derived } from "../src/random/stream.ts"
import type { Stream } from "../src/random/stream.ts"
import { ancestralSample } from "../src/sample/ancestral.ts"
import { ddimSample } from "../src/sample/ddim.ts"
import { dpmSolverMultistepSample } from "../src/sample/dpm-solver-multistep.ts"
import { driveAsync } from "../src/sample/sampler.ts"
import type { Sampler } from "../src/sample/sampler.ts"
import { compose } from "../src/train/compose.ts"
import { affineNoise, atomNoise, LESS_AFFINE, lossMetrics, LOSS, orthogonalityMonitor, pairs, predictNoise } from "../src/train/measures/denoising.ts"
import { LESS_INDEPENDENT, pixelDistances, WORST_LESS } from "../src/train/measures/image-distances.ts"
import type { Drawn } from "../src/train/measures/image-distances.ts"
import { findingsMonitor } from "../src/train/monitors/looks.ts"
import { gridFindings, stepsOf } from "../src/train/monitors/m01-grid.ts"
import { chainFindings } from "../src/train/monitors/m02-schedule.ts"
import { posteriorFindings } from "../src/train/monitors/m03-posterior.ts"
import { conversionFindings } from "../src/train/monitors/m04-parametrisation.ts"
import { denoising } from "../src/train/objectives/denoising.ts"
import type { Gate, Monitor } from "../src/train/program.ts"
import { group, key, recipe as define } from "../src/train/recipe.ts"
import { Count, Depth, Points, trainKeys } from "../src/train/settings.ts"
import { fromItems } from "../src/train/source.ts"

const D = 64
const Steps = Count.check(Schema.isLessThanOrEqualTo(1000))

const config = Schema.Struct({
  chain: key(Schema.Literals(["linear", "cosine"]), "linear", "the rates beta_1 .. beta_1000: linear from 1e-4 to 0.02, or cosine"),
  width: key(Count, 256, "numbers in the hidden state"),
  blocks: key(Depth, 4, "residual blocks"),
  train: trainKeys({ steps: 40_000, batch: 128, rate: 1e-3, schedule: "cosine", average: 0.999 }),
  evaluation: group(
    {
      samples: key(
        Points.check(Schema.isGreaterThanOrEqualTo(2 * D)),
        DIGITS.test,
        "samples of each sampler; the floor is that of as many test images, at most",
      ),
      draws: key(Count, 16, "noise draws of each test image"),
      chain: key(Steps, 1000, "steps of ancestral sampling"),
      few: key(Schema.Array(Steps).check(Schema.isMinLength(1)), [10, 20, 50], "steps of DDIM and of DPM-Solver++(2M), one run each"),
    },
    "what the metrics are computed on",
  ),
  thorough: key(
    Schema.Boolean,
    true,
    "gate also on what takes some thousand steps: a loss below that of the best affine predictor, and samplers of few steps",
  ),
})

export const recipe = define({
  name: "ddpm-digits",
  title: "Denoising diffusion on digits",
  summary:
    "A noise predictor of 8 x 8 digits on a chain of 1000 steps, sampled by DDPM, DDIM and DPM-Solver++(2M). Its loss is compared with the zero and the best affine " +
    "predictor, its samples with independent pixels and with fresh digits, by the Frechet distance of raw pixels.",
  sources: [
    { authors: "Ho, Jain, Abbeel", year: 2020, where: "equations 4-14, algorithms 1-2" },
    { authors: "Song, Meng, Ermon", year: 2021, where: "equations 12 and 16" },
    { authors: "Lu et al.", year: 2022, where: "algorithm 2 (DPM-Solver++)" },
  ],
  specs: [
    { id: "diffusion/ddpm-forward-marginal", grade: "enclosed", because: "training jumps to a noise level in one draw only if it holds" },
    { id: "diffusion/ddim-marginals", grade: "enclosed", because: "a sampler may leave levels out only if the marginals stay" },
    { id: "diffusion/ddpm-posterior", grade: "enclosed", because: "it is the law of every step that the ancestral sampler takes" },
    {
      id: "diffusion/tweedie",
      grade: "enclosed",
      because: "the minimiser of the loss is the posterior mean of the noise, which every sampler takes it for",
    },
  ],
  config,
  presets: {
    smoke: {
      width: 128,
      blocks: 2,
      train: { steps: 800, batch: 64, rate: 2e-3, average: 0.98 },
      evaluation: { draws: 4, chain: 100, few: [20] },
      thorough: false,
    },
    short: { train: { steps: 6000 }, evaluation: { chain: 250 } },
    full: {},
  },
  program: async ({ chain: name, width, blocks, train, evaluation, thorough }, workshop) => {
    const { streams } = workshop
    const chain = name === "linear" ? linear() : cosine()
    const all = await Effect.runPromise(digits)
    const split = splitDigits(all)
    const [pixels, held] = [asPoints(split.train), asPoints(split.test)]
    const points = pixels.map(centred)
    const provenance = { name: all.name, description: `${all.description}; ${split.train.count} for training, 2 k/16 - 1`, sha256: all.sha256 }
    const source = fromItems({ item: [D], provenance, values: points }, (epoch) => streams("order", String(epoch)))
    const given = ({ t }: Level) => ({ scale: 1, time: t / chain.steps })
    const level = (u: number): Level => levelOf(chain, 1 + Math.floor(u * chain.steps))
    const grids = gridsOf(chain, evaluation)
    const exact = atomNoise(points, D)
    const gaussian = affineNoise(sampleMoments(points, D))
    return compose(
      {
        data: [provenance],
        model: residualField({ dimension: D, predicts: "eps", width, blocks }),
        objective: denoising({ source, level, given, batch: train.batch }, streams),
        train,
        sample: async (trained, n, stream) => {
          const drawn = await draw(predictNoise(trained, given), chain, [grids[0]!, ...grids.slice(-2)], n, stream)
          return drawn.map(({ title, x }) => ({ kind: "images", name: title, height: 8, width: 8, channels: 1, values: Float32Array.from(x) }))
        },
        evaluate: async (trained) => {
          const predict = predictNoise(trained, given)
          const { samples, draws } = evaluation
          const u = new Float64Array(split.test.count * draws)
          streams("evaluation", "time").fill(u, 0)
          // Draw j of image i: the levels of each image are spread over the chain, each of them uniform over all.
          const levels = Array.from(u, (part, i) => level((part + (i % draws)) / draws))
          const test = pairs(repeated(held.map(centred), draws), levels, streams("evaluation", "noise"))
          const drawn = await draw(predict, chain, grids, samples, streams("evaluation", "samplers"))
          return [
            ...lossMetrics(await predict(test.x, levels), gaussian(test.x, levels), test, draws),
            ...pixelDistances(drawn, pixels, held.subarray(0, samples * D), D, "raw pixels of 8 x 8 digits in [0, 1]"),
          ]
        },
        gates: gates(thorough),
        monitors: (trained) => [
          orthogonalityMonitor(
            predictNoise(trained, given),
            (k) => fewPairs(points, level, (what) => streams("evaluation", "monitor", what, String(k))),
            exact,
          ),
          ...tableMonitors(chain, grids),
        ],
      },
      workshop,
    )
  },
})

const centred = (pixel: number): number => 2 * pixel - 1

/** Each item n times, one after the other. */
const repeated = (items: Float64Array, n: number): Float64Array =>
  Float64Array.from({ length: items.length * n }, (_, i) => items[Math.floor(i / (n * D)) * D + (i % D)]!)

/** Training images at random levels, few enough that the posterior over all atoms is cheap. */
const fewPairs = (points: Float64Array, level: (u: number) => Level, of: (what: string) => Stream) => {
  const [n, count, choice] = [32, points.length / D, of("item")]
  const u = new Float64Array(n)
  of("time").fill(u, 0)
  const rows = Array.from({ length: n }, () => choice.integer(0, count - 1))
  const x0 = Float64Array.from({ length: n * D }, (_, i) => points[rows[Math.floor(i / D)]! * D + (i % D)]!)
  return pairs(x0, Array.from(u, level), of("noise"))
}

interface Grid {
  readonly title: string
  readonly method: "DDPM" | "DDIM" | "DPM-Solver++(2M)"
  readonly levels: ReadonlyArray<Level>
}

/** Every sampler's levels, from step T to the data. */
const gridsOf = (chain: Chain, { chain: long, few }: { readonly chain: number; readonly few: ReadonlyArray<number> }): ReadonlyArray<Grid> => {
  const grid = (method: Grid["method"], n: number): Grid => ({
    title: `${method}, ${n} steps`,
    method,
    levels: chainLevels(chain, chainGrid(chain.steps, n, "trailing")),
  })
  return [grid("DDPM", long), ...[...new Set(few)].flatMap((n) => [grid("DDIM", n), grid("DPM-Solver++(2M)", n)])]
}

/** n samples along each grid, all from the same start. */
const draw = async (
  predict: ReturnType<typeof predictNoise>,
  chain: Chain,
  grids: ReadonlyArray<Grid>,
  n: number,
  stream: Stream,
): Promise<ReadonlyArray<Drawn>> => {
  const x = new Float64Array(n * D)
  fillNormal(derived(stream.label, "start"), x, 0)
  const sampler = ({ method, levels }: Grid): Sampler => {
    const options = { levels, prediction: "eps", x } as const
    if (method === "DDPM") return ancestralSample({ ...options, stream: derived(stream.label, "ancestral"), clip: 1 })
    // The other two integrate an equation in which x_0 and e belong together: a clamp of x_0 alone would part them.
    return method === "DDIM" ? ddimSample(options) : dpmSolverMultistepSample(options)
  }
  const out: Array<Drawn> = []
  for (const grid of grids) {
    const end = await driveAsync(sampler(grid), ({ x: at, t }) => predict(at, new Array<Level>(n).fill(levelOf(chain, t))))
    out.push({ title: grid.title, x: end.map((value) => Math.max(0, Math.min(1, (value + 1) / 2))) })
  }
  return out
}

/** What the run's own tables must satisfy; they do not change, so they are computed once. */
const tableMonitors = (chain: Chain, grids: ReadonlyArray<Grid>): ReadonlyArray<Monitor> => {
  const some = grids.reduce((least, { levels }) => (levels.length < least.length ? levels : least), grids[0]!.levels).slice(0, -1)
  const range = [0, chain.steps] as const
  const declared = ({ levels }: Grid) => ({ steps: levels.length - 1, first: chain.steps, last: 0, noise: 0, range })
  const theorem = "diffusion/tweedie"
  return [
    findingsMonitor(
      { name: "grid", theorem: "telescoping", relation: "each step starts where the one before ended; the first at T, the last at the data" },
      lazy(() => grids.flatMap((grid) => gridFindings(stepsOf(grid.levels), declared(grid)))),
    ),
    findingsMonitor(
      {
        name: "chain",
        theorem: "diffusion/ddpm-forward-marginal",
        relation: "abar falls, is the product, and starting from noise costs at most SNR_T E|x_0|^2/2 nats",
      },
      // |x_0|^2 <= 64: a terminal signal-to-noise ratio of 1e-4 costs at most 0.0032 nats.
      lazy(() => chainFindings(chain, { terminalSnr: 1e-4 })),
    ),
    findingsMonitor(
      {
        name: "posterior",
        theorem: "diffusion/ddpm-posterior",
        relation: "1/w = 1/sigma_s^2 + a^2/v for q(x_s | x_t, x_0), every pair s < t of the shortest grid",
      },
      lazy(() => posteriorFindings({ forward: forwardKernel, posterior, remaining: (s, t) => remainingVariance(s, t, 1) }, [...some].reverse())),
    ),
    findingsMonitor(
      { name: "parametrisation", theorem, relation: "eps -> x0 -> v -> score -> eps returns" },
      lazy(() => conversionFindings(convert, some)),
    ),
  ]
}

const gates = (thorough: boolean): ReadonlyArray<Gate> => [
  {
    name: "loss",
    metric: LOSS,
    bounds: { hi: 1 },
    because: "the zero predictor has E|e|^2/d = 1 exactly: a loss that is not below is a wrong scale, or nothing learnt",
    source: "E e^2 = 1",
  },
  ...(thorough
    ? [
        {
          name: "beyond-affine",
          metric: LESS_AFFINE,
          bounds: { hi: 0 },
          because: "the best affine predictor follows from mean and covariance of the training images alone; a net must see more than two moments",
          source: "linear least squares: sigma (alpha^2 S + sigma^2 I)^-1 (x - alpha m)",
        },
        {
          name: "few-steps",
          metric: WORST_LESS,
          bounds: { hi: 0 },
          because:
            "the same for every sampler; few steps add an error of their own (DDIM on CIFAR-10: 13.36 by 10 steps, 4.04 by 1000), so the net must be good",
          source: "Dowson, Landau 1982, in closed form from the training images; Song, Meng, Ermon 2021, table 1",
        },
      ]
    : []),
  {
    name: "beyond-independent-pixels",
    metric: LESS_INDEPENDENT,
    bounds: { hi: 0 },
    because:
      "pixels drawn independently with the data's means and variances need no learning (1.67; uniform noise has 9.86, fresh digits 0.10): the chain must come closer",
    source: "Dowson, Landau 1982, in closed form from the training images",
  },
]
