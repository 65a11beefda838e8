/**
 * A generative adversarial network on eight Gaussians: l is the judge's logit, D = 1/(1 + e^(-l)),
 *
 *   V(D, G) = E log D(x) + E log(1 - D(G(z))) <= -2 log 2 + 2 JS(p, p_G)  (Goodfellow et al. 2014),   0 <= JS <= log 2,
 *   the judge raises V, the generator raises E log D(G(z)).
 *
 * The generator's density is unknown, and with it JS. A witness, a judge of the same kind trained by the same loss on p and a Gaussian of the same moments,
 * plays the game whose solution is known, l* = log p/q: its value is compared with the theorem to the last digit of a quadrature.
 */
import { Schema } from "effect"
import { eightGaussians } from "../src/data/laws/mixture-law.ts"
import { pointJudge, pointPlayers } from "../src/models/adversarial.ts"
import { together } from "../src/models/network.ts"
import { compose } from "../src/train/compose.ts"
import { gameGates, generated, indifferent, judged, valueMetric } from "../src/train/measures/adversarial.ts"
import { ringTells, momentPair, witnessMetrics, witnessMonitors } from "../src/train/measures/known-pair.ts"
import { foundModes, pointSamples, ringMetrics } from "../src/train/measures/modes.ts"
import { nonSaturating, witnessPhase } from "../src/train/objectives/adversarial.ts"
import type { Gate } from "../src/train/program.ts"
import { group, key, recipe as define } from "../src/train/recipe.ts"
import { Count, Paired, trainKeys } from "../src/train/settings.ts"
import { fromLaw } from "../src/train/source.ts"

const p = eightGaussians("named")
const pair = momentPair(p)

/** What is gated: the second includes the first. */
const DEMANDS = ["theory", "modes"] as const

const config = Schema.Struct({
  latent: key(Count, 2, "q, dimension of the noise"),
  generator: key(Schema.Array(Count), [128, 128, 128], "widths of the generator's hidden layers"),
  judge: key(Schema.Array(Count), [128, 128, 128], "widths of the hidden layers of judge and witness"),
  train: trainKeys({ steps: 2000, batch: 128, rate: 2e-3, beta1: 0.5, beta2: 0.99, schedule: "cosine" }),
  evaluation: group({ points: key(Paired, 2048, "generated points that are measured") }, "what the metrics are computed on"),
  demands: key(
    Schema.Literals(DEMANDS),
    "modes",
    "gates: what holds at once, or also a witness that sees the ring and the modes found, which take the default training",
  ),
})

export const recipe = define({
  name: "gan-8gaussians",
  title: "Generative adversarial network on eight Gaussians",
  summary:
    "A generator and a judge, both perceptrons, trained in turn by the non-saturating losses on logits. A second judge learns a pair of known densities, where " +
    "the value of the game is known; the generator is measured by the modes that it finds.",
  sources: [
    { authors: "Goodfellow et al.", year: 2014, where: "section 3, proposition 1, theorem 1" },
    { authors: "Srivastava, Valkov, Russell, Gutmann, Sutton", year: 2017, where: "section 4.1 (modes and high-quality samples)" },
  ],
  specs: [
    { id: "adversarial/optimal-discriminator", grade: "statistical", because: "the judge learns log p/q only if that maximises its objective" },
    { id: "adversarial/js-equivalence", grade: "statistical", because: "a judge's value bounds a divergence only if it holds" },
    { id: "adversarial/generator-gradients", grade: "enclosed", because: "the non-saturating loss has its fixed point only if it holds" },
  ],
  config,
  presets: {
    smoke: { generator: [64, 64], judge: [64, 64], train: { steps: 400 }, evaluation: { points: 1024 }, demands: "theory" },
    short: {},
    full: {},
  },
  program: async ({ latent, generator, judge, train, evaluation, demands }, workshop) => {
    const { streams } = workshop
    const real = fromLaw(p, 2, (k) => streams("data", "judge", String(k)))
    const known = [pair.p, pair.q].map((law) => fromLaw(law, 2, (k) => streams("data", "witness", law.name, String(k)))) as [typeof real, typeof real]
    const hidden = { hidden: judge, activation: "leaky-relu" } as const
    const players = pointPlayers({ dimension: 2, judges: "logit", latent, generator: { hidden: generator, activation: "relu" }, judge: hidden })
    const witness = pointJudge("witness", 2, hidden)
    return compose(
      {
        data: [real.provenance, known[1].provenance],
        model: { ...players, witness, parameters: together(players.parameters, witness.parameters) },
        objective: { phases: [witnessPhase(...known, train.batch), ...nonSaturating(real, latent, train.batch, streams).phases] },
        train,
        sample: (trained, n, stream) => pointSamples(trained, p, n, stream, streams("sampling", "reference")),
        evaluate: async (trained) => {
          const n = evaluation.points
          const [x, y, fresh] = [
            await generated(trained, n, streams("evaluation", "noise")),
            ...["target", "floor"].map((name) => p.sample(streams("evaluation", name), n)),
          ]
          return [
            ...ringMetrics(p, x!, y!, fresh!),
            valueMetric("V + 2 log 2 of the judge", await judged(trained, y!), await judged(trained, x!), "real and generated points"),
            await indifferent(trained, "judge/", x!),
            ...(await witnessMetrics(trained, pair)),
          ]
        },
        gates: [
          ...gameGates,
          bounded,
          better(2 * (pair.js().value - (demands === "theory" ? 0 : ringTells(pair, 3)))),
          ...(demands === "modes" ? foundModes : []),
        ],
        monitors: (trained) => witnessMonitors(trained, pair, (law, k) => streams("evaluation", "monitor", law, String(k))),
      },
      workshop,
    )
  },
})

const bounded: Gate = {
  name: "witness-bound",
  metric: "2 JS - V - 2 log 2 of the witness",
  bounds: { lo: 0 },
  every: true,
  because: "no judge exceeds 2 JS of the known pair",
  source: "Goodfellow et al. 2014, theorem 1",
}

const better = (bound: number): Gate => ({
  name: "witness",
  metric: "2 JS - V - 2 log 2 of the witness",
  bounds: { hi: bound },
  because:
    "what is lost by the best linear or quadratic logit (all of 2 JS, for equal moments) or, where more is " +
    "demanded, by the best judge that sees only whether the distance to the centre is within 3 deviations of that of the modes",
  source: "Goodfellow et al. 2014, theorem 1; data processing inequality",
})
