/**
 * A Wasserstein network with gradient penalty on eight Gaussians (Gulrajani et al. 2017, algorithm 1): a critic f seeks
 *
 *   sup_{Lip f <= 1} E f(x) - E f(G(z)) = W_1(p, p_G)   (Kantorovich, Rubinstein 1958),
 *
 * held near slope 1 by lambda E (|grad f(x')| - 1)^2 on segments between real and generated points. Whatever the critic has learnt, its gap over its Lipschitz
 * constant on a sample is at most W_1 of that sample, which an exact solver certifies.
 */
import { Schema } from "effect"
import { eightGaussians } from "../src/data/laws/mixture-law.ts"
import { pointPlayers } from "../src/models/adversarial.ts"
import { compose } from "../src/train/compose.ts"
import { generated } from "../src/train/measures/adversarial.ts"
import { criticMetrics, criticMonitors } from "../src/train/measures/critic.ts"
import { foundModes, pointSamples, ringMetrics } from "../src/train/measures/modes.ts"
import { wasserstein } from "../src/train/objectives/wasserstein.ts"
import type { Gate } from "../src/train/program.ts"
import { group, key, recipe as define } from "../src/train/recipe.ts"
import { Count, Paired, Positive, trainKeys } from "../src/train/settings.ts"
import { fromLaw } from "../src/train/source.ts"

const p = eightGaussians("named")

/** What is gated: the second includes the first. */
const DEMANDS = ["theory", "modes"] as const

const config = Schema.Struct({
  latent: key(Count, 2, "q, dimension of the noise"),
  generator: key(Schema.Array(Count), [128, 128, 128], "widths of the generator's hidden layers"),
  critic: key(Schema.Array(Count), [128, 128], "widths of the critic's hidden layers"),
  updates: key(Count, 5, "updates of the critic per step"),
  penalty: key(Positive, 3, "lambda, weight of the gradient penalty"),
  train: trainKeys({ steps: 8000, batch: 128, rate: 3e-3, beta1: 0.5, beta2: 0.9, schedule: "cosine", average: 0.99 }),
  evaluation: group(
    {
      points: key(Paired, 2048, "generated points that are measured"),
      certified: key(Paired, 128, "points of each side for the certified distance"),
    },
    "what the metrics are computed on",
  ),
  demands: key(
    Schema.Literals(DEMANDS),
    "modes",
    "gates: what holds at once, or also the slope of the critic and the modes found, which take the default training",
  ),
})

export const recipe = define({
  name: "wgan-gp-8gaussians",
  title: "Wasserstein network with gradient penalty on eight Gaussians",
  summary:
    "A generator and a critic, both perceptrons; the critic is held near slope 1 by a penalty on its gradient. Its gap is compared with the transport distance " +
    "of the same points, certified by a coupling and a dual pair; the generator is measured by the modes that it finds.",
  sources: [
    { authors: "Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville", year: 2017, where: "algorithm 1" },
    { authors: "Arjovsky, Chintala, Bottou", year: 2017, where: "section 3" },
  ],
  specs: [
    { id: "transport/kantorovich-duality", grade: "enclosed", because: "the gap of a critic bounds the distance only by duality" },
    {
      id: "adversarial/wgan-gp-gradient-norm",
      grade: "enclosed",
      because: "the penalty asks for slope 1 where the best critic has it only if it holds",
    },
  ],
  config,
  presets: {
    smoke: {
      generator: [64, 64],
      critic: [64, 64],
      train: { steps: 150, batch: 64 },
      evaluation: { points: 1024, certified: 64 },
      demands: "theory",
    },
    short: {},
    full: {},
  },
  program: async ({ latent, generator, critic, updates, penalty, train, evaluation, demands }, workshop) => {
    const { streams } = workshop
    const real = fromLaw(p, 2, (k) => streams("data", String(k)))
    return compose(
      {
        data: [real.provenance],
        model: pointPlayers({
          dimension: 2,
          judges: "critic",
          latent,
          generator: { hidden: generator, activation: "relu" },
          judge: { hidden: critic, activation: "leaky-relu" },
        }),
        objective: wasserstein(real, { latent, batch: train.batch, times: updates, penalty }, streams),
        train,
        sample: (trained, n, stream) => pointSamples(trained, p, n, stream, streams("sampling", "reference")),
        evaluate: async (trained) => {
          const n = evaluation.points
          const x = await generated(trained, n, streams("evaluation", "noise"))
          const [y, fresh] = [p.sample(streams("evaluation", "target"), n), p.sample(streams("evaluation", "floor"), n)]
          const certified = p.sample(streams("evaluation", "certified"), evaluation.certified)
          return [...ringMetrics(p, x, y, fresh), ...(await criticMetrics(trained, certified, 2, (name) => streams("evaluation", "critic", name)))]
        },
        gates: [duality, ...(demands === "modes" ? [slope, ...foundModes] : [])],
        monitors: (trained) =>
          criticMonitors(
            trained,
            2,
            (k, n) => p.sample(streams("evaluation", "monitor", "data", String(k)), n),
            (name, k) => streams("evaluation", "monitor", name, String(k)),
          ),
      },
      workshop,
    )
  },
})

const duality: Gate = {
  name: "duality",
  metric: "critic gap / L - W1",
  bounds: { hi: 0 },
  every: true,
  because: "no function has a gap above its Lipschitz constant times the distance: a positive value is a wrong gap, pairing or distance",
  source: "Kantorovich, Rubinstein 1958; Villani 2009, particular case 5.16",
}

const slope: Gate = {
  name: "slope",
  metric: "mean |grad f|",
  bounds: { lo: 0.8, hi: 1.2 },
  because: "an optimal critic has slope 1 almost everywhere on the segments of an optimal coupling, and the penalty asks for it on all",
  source: "Gulrajani et al. 2017, proposition 1",
}
