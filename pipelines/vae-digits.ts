/**
 * A variational autoencoder on binarised 8 x 8 digits. A pixel of grey level g in [0, 1] is drawn anew as Bernoulli(g) every time, so that with G the grey image
 *
 *   H(x | G) <= H(x) <= E[-log p(x)] <= -IWAE-50 <= -IWAE-5 <= -ELBO:
 *
 * the first is known exactly, and the cross-entropy of independent pixels is what a model without latent variables reaches.
 */
import { Effect, Schema } from "effect"
import { asPoints, digits, splitDigits } from "../src/data/digits.ts"
import { meanOf } from "../src/math/metrics/mean.ts"
import { autoencoder } from "../src/models/autoencoder.ts"
import { mlp } from "../src/models/mlp.ts"
import { compose } from "../src/train/compose.ts"
import { BOUND_ROUNDING, bound, boundMetrics, boundMonitors, weigh } from "../src/train/measures/importance.ts"
import { binaryEntropy, independentPixels } from "../src/train/measures/pixels.ts"
import { priorImages } from "../src/train/measures/prior-images.ts"
import { elbo } from "../src/train/objectives/elbo.ts"
import type { Gate } from "../src/train/program.ts"
import { key, recipe as define } from "../src/train/recipe.ts"
import { Count, trainKeys } from "../src/train/settings.ts"
import { binarised, fromItems } from "../src/train/source.ts"

const D = 64

const config = Schema.Struct({
  latent: key(Count, 8, "q, dimension of the latent space"),
  hidden: key(Schema.Array(Count), [128], "widths of the hidden layers, each way"),
  train: trainKeys({ steps: 20_000, batch: 100, rate: 1e-3, schedule: "cosine" }),
})

export const recipe = define({
  name: "vae-digits",
  title: "Variational autoencoder on binarised digits",
  summary:
    "A Bernoulli decoder on 8 x 8 digits whose pixels are drawn anew at every visit. The bounds of the likelihood must come in their order, below that of " +
    "independent pixels and above the entropy of the binarisation.",
  sources: [
    { authors: "Kingma, Welling", year: 2014, where: "equations 3 and 10" },
    { authors: "Burda, Grosse, Salakhutdinov", year: 2016, where: "theorem 1" },
  ],
  specs: [
    {
      id: "variational/elbo-bound",
      grade: "statistical",
      because: "the objective bounds the likelihood, and the bounds have their order, only if it holds",
    },
  ],
  config,
  presets: {
    smoke: { train: { steps: 1500, rate: 3e-3 } },
    short: { train: { steps: 8000 } },
    full: {},
  },
  program: async ({ latent, hidden, train }, workshop) => {
    const { streams } = workshop
    const all = await Effect.runPromise(digits)
    const split = splitDigits(all)
    const provenance = {
      name: all.name,
      description: `${all.description}; ${split.train.count} for training, pixels drawn as Bernoulli(k/16) at every visit`,
      sha256: all.sha256,
    }
    const [grey, held] = [asPoints(split.train), asPoints(split.test)]
    const items = fromItems({ item: [D], provenance, values: grey }, (epoch) => streams("order", String(epoch)))
    const source = binarised(items, (k) => streams("data", String(k)))
    const test = held.map((g, i) => (streams("evaluation", "binarisation").uniform53(i) < g ? 1 : 0))
    return compose(
      {
        data: [provenance],
        model: autoencoder({
          item: [D],
          latent,
          likelihood: "bernoulli",
          encoder: mlp({ name: "encoder", from: D, hidden, to: 2 * latent, activation: "relu" }),
          decoder: mlp({ name: "decoder", from: latent, hidden: hidden.toReversed(), to: D, activation: "relu" }),
        }),
        objective: elbo(source, latent, train.batch, streams),
        train,
        sample: (trained, n, stream) => priorImages(trained, 8, n, stream),
        evaluate: async (trained) => {
          const weighed = await weigh(trained, test, 50, streams("evaluation", "draws"))
          const [floor, ceiling] = [binaryEntropy(held, D), independentPixels(grey, held, D)]
          const of = `nats over ${split.test.count} binarised test images, 50 draws from the posterior each; normal interval over images`
          return [
            ...boundMetrics(weighed, "binarised test images"),
            meanOf(
              "-IWAE-50 - H(x | grey)",
              bound(weighed, 50).map((b) => -b - floor),
              `${of}; H = ${floor}`,
            ),
            meanOf(
              "-ELBO - independent pixels",
              bound(weighed, 1).map((b) => -b - ceiling),
              `${of}; independent pixels with the training means: ${ceiling}`,
            ),
          ]
        },
        gates,
        monitors: (trained) => boundMonitors(trained, test.slice(0, 32 * D), (k) => streams("evaluation", "monitor", String(k))),
      },
      workshop,
    )
  },
})

const ordered = (metric: string): Gate => ({
  name: metric === "IWAE-5 - ELBO" ? "five-above-one" : "fifty-above-five",
  metric,
  bounds: { lo: -BOUND_ROUNDING },
  because: "Jensen, image by image on the same weights",
  source: "Burda et al. 2016, theorem 1",
})

const gates: ReadonlyArray<Gate> = [
  ordered("IWAE-5 - ELBO"),
  ordered("IWAE-50 - IWAE-5"),
  {
    name: "above-entropy",
    metric: "-IWAE-50 - H(x | grey)",
    bounds: { lo: 0 },
    because: "-IWAE-50 >= E[-log p(x)] >= H(x) >= H(x | grey)",
    source: "Gibbs' inequality; conditioning reduces entropy",
  },
  {
    name: "beyond-independent-pixels",
    metric: "-ELBO - independent pixels",
    bounds: { hi: 0 },
    because: "a decoder that ignores its latent variables reaches the cross-entropy of independent pixels: what does not beat it has collapsed",
    source: "cross-entropy of the test images with the training means",
  },
]
