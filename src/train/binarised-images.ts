/**
 * A variational autoencoder on binarised images, whatever set they come from: data, model, training, measurements and the gates that hold for all of them. A
 * pixel of grey level g in [0, 1] is drawn anew as Bernoulli(g) at every visit of training and once for the test, so that with G the grey image
 *
 *   H(x | G) <= H(x) <= E[-log p(x)] <= -IWAE-50 <= -IWAE-5 <= -ELBO:
 *
 * the first is known exactly, and the cross-entropy of independent pixels is what a model without latent variables reaches.
 */
import type { ImageSet } from "../data/image-set.ts"
import { meanOf } from "../math/metrics/mean.ts"
import { autoencoder } from "../models/autoencoder.ts"
import { mlp } from "../models/mlp.ts"
import { uniformFanIn } from "../models/network.ts"
import { compose } from "./compose.ts"
import { boundMonitors } from "./measures/bound-monitors.ts"
import { BOUND_ROUNDING, bound, boundMetrics, weigh } from "./measures/importance.ts"
import { binaryEntropy, independentPixels } from "./measures/pixels.ts"
import { priorImages } from "./measures/prior-images.ts"
import { elbo } from "./objectives/elbo.ts"
import type { Gate, Program, Provenance } from "./program.ts"
import type { Recipe, Workshop } from "./recipe.ts"
import type { TrainSettings } from "./settings.ts"
import { bernoulli, binarised } from "./source.ts"

/** What every recipe on binarised images stands on. */
export const binarisedTheory: Pick<Recipe, "sources" | "specs"> = {
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
    { id: "likelihood/gaussian-kl", grade: "enclosed", because: "the loss takes its divergence in closed form" },
  ],
}

export interface BinarisedImages {
  readonly training: ImageSet
  /** Square images of the same size, none of them in training. */
  readonly test: ImageSet
  /** q. */
  readonly latent: number
  /** Widths of the encoder's hidden layers; the decoder has them in reverse. */
  readonly hidden: ReadonlyArray<number>
  readonly train: TrainSettings
  /** Test images that the monitors look at. */
  readonly watched: number
  /** Demands beyond those of theory. */
  readonly gates?: ReadonlyArray<Gate>
}

export const binarisedProgram = ({ training, test, latent, hidden, train, watched, gates = [] }: BinarisedImages, workshop: Workshop): Program => {
  const { streams } = workshop
  const d = training.height * training.width
  const source = binarised(
    training,
    provenanceOf(training),
    (epoch) => streams("order", String(epoch)),
    (k) => streams("data", String(k)),
  )
  const seen = bernoulli(test, streams("evaluation", "binarisation"))
  return compose(
    {
      data: training.sha256 === test.sha256 ? [source.provenance] : [source.provenance, provenanceOf(test)],
      model: autoencoder({
        item: source.item,
        latent,
        likelihood: "bernoulli",
        encoder: mlp({ ...layers, name: "encoder", from: d, hidden, to: 2 * latent }),
        decoder: mlp({ ...layers, name: "decoder", from: latent, hidden: hidden.toReversed(), to: d }),
      }),
      objective: elbo(source, latent, train.batch, streams),
      train,
      sample: (trained, n, stream) => priorImages(trained, training.height, n, stream),
      evaluate: async (trained) => {
        const weighed = await weigh(trained, seen, 50, streams("evaluation", "draws"))
        const [floor, ceiling] = [binaryEntropy(test), independentPixels(training, test)]
        const of = `nats over ${test.count} binarised test images, 50 draws from the posterior each; normal interval over images`
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
      gates: [...theory, ...gates],
      monitors: (trained) => boundMonitors(trained, seen.slice(0, watched * d), () => streams("evaluation", "monitor")),
    },
    workshop,
  )
}

/** Initial values as PyTorch's layers have them, in which the figures of the literature were measured. */
const layers = { activation: "relu", kernel: uniformFanIn, bias: uniformFanIn } as const

const provenanceOf = ({ name, description, top, sha256, count }: ImageSet): Provenance => ({
  name,
  description: `${description}; ${count} of them, pixels drawn as Bernoulli(k/${top})`,
  sha256,
})

const ordered = (metric: string): Gate => ({
  name: metric === "IWAE-5 - ELBO" ? "five-above-one" : "fifty-above-five",
  metric,
  bounds: { lo: -BOUND_ROUNDING },
  every: true,
  because: "Jensen, image by image on the same weights",
  source: "Burda et al. 2016, theorem 1",
})

const theory: ReadonlyArray<Gate> = [
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
