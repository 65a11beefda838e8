/**
 * Deep convolutional players on 8 x 8 digits (Radford, Metz, Chintala 2016), by the non-saturating losses on logits:
 *
 *   V(D, G) = E log D(x) + E log(1 - D(G(z))) <= -2 log 2 + 2 JS(p, p_G),     the generator raises E log D(G(z)).
 *
 * Between a law and itself JS = 0, so that no judge has V + 2 log 2 above 0 there. Images are compared with the data by the Frechet distance of raw pixels, next
 * to the floor that real images have among themselves and to what independent pixels would score.
 */
import { Effect, Schema } from "effect"
import { asPoints, DIGITS, digits, splitDigits } from "../src/data/digits.ts"
import { dcgan } from "../src/models/dcgan.ts"
import { compose } from "../src/train/compose.ts"
import { gameGates, generated } from "../src/train/measures/adversarial.ts"
import { imageMetrics, imageMonitors, toPixels, toPlayers } from "../src/train/measures/image-players.ts"
import { nonSaturating } from "../src/train/objectives/adversarial.ts"
import type { Gate } from "../src/train/program.ts"
import { key, recipe as define } from "../src/train/recipe.ts"
import { Count, trainKeys } from "../src/train/settings.ts"
import { fromItems } from "../src/train/source.ts"

const [SIDE, D] = [8, 64]
/** Images on each side of the Frechet distance: half of the training images, the other half gives the floor. */
const HALF = DIGITS.train / 2

const config = Schema.Struct({
  latent: key(Count, 16, "q, dimension of the noise"),
  width: key(Count, 32, "channels of the block of side 4; the block of side 2 has twice as many"),
  train: trainKeys({ steps: 20_000, batch: 64, rate: 2e-4, beta1: 0.5, average: 0.999 }),
  pixels: key(Schema.Boolean, true, "gate on the Frechet distance, which takes some training"),
})

export const recipe = define({
  name: "dcgan-digits",
  title: "Deep convolutional adversarial network on digits",
  summary:
    "Convolutional players that keep the rules of the paper, on 8 x 8 digits. The judge's value is held against the theorems, the images against the data by " +
    "the Frechet distance of raw pixels.",
  sources: [
    { authors: "Radford, Metz, Chintala", year: 2016, where: "section 3" },
    { authors: "Goodfellow et al.", year: 2014, where: "section 3, theorem 1" },
  ],
  specs: [
    { id: "adversarial/optimal-discriminator", grade: "statistical", because: "the judge learns log p/q only if that maximises its objective" },
    { id: "adversarial/js-equivalence", grade: "statistical", because: "a judge's value bounds a divergence only if it holds" },
    { id: "adversarial/generator-gradients", grade: "enclosed", because: "the non-saturating loss has its fixed point only if it holds" },
  ],
  config,
  presets: {
    smoke: { width: 8, train: { steps: 100, batch: 32, average: 0 }, pixels: false },
    short: { train: { steps: 3000 } },
    full: {},
  },
  program: async ({ latent, width, train, pixels }, workshop) => {
    const { streams } = workshop
    const all = await Effect.runPromise(digits)
    const { train: images, test } = splitDigits(all)
    const points = asPoints(images)
    const [real, floor] = [points.subarray(0, HALF * D), points.subarray(HALF * D)]
    const held = asPoints(test).subarray(0, 64 * D)
    const provenance = { name: all.name, description: `${all.description}; ${images.count} for training, 2 k/16 - 1`, sha256: all.sha256 }
    const source = fromItems({ item: [SIDE, SIDE, 1] as const, provenance, values: toPlayers(points) }, (epoch) => streams("order", String(epoch)))
    return compose(
      {
        data: [provenance],
        model: dcgan({ side: SIDE, width, latent }),
        objective: nonSaturating(source, latent, train.batch, streams),
        train,
        sample: async (trained, n, stream) => {
          const values = Float32Array.from(toPixels(await generated(trained, n, stream)))
          return [{ kind: "images", name: "samples", height: SIDE, width: SIDE, channels: 1, values }]
        },
        evaluate: (trained) => imageMetrics(trained, real, floor, (name) => streams("evaluation", name)),
        gates: [...gameGates, sameLaw, ...(pixels ? [together] : [])],
        monitors: (trained) => imageMonitors(trained, held, floor, (k) => streams("evaluation", "monitor", String(k))),
      },
      workshop,
    )
  },
})

const sameLaw: Gate = {
  name: "equal-laws",
  metric: "V + 2 log 2 of the judge, real images on both sides",
  // No term is above 0 but by the rounding of three float64 numbers.
  bounds: { hi: 1e-14 },
  every: true,
  because: "JS of a law with itself is 0: log 4D(1 - D) <= 0 whatever the judge has learnt",
  source: "Goodfellow et al. 2014, theorem 1",
}

const together: Gate = {
  name: "pixels-together",
  metric: "Frechet distance, less that of independent pixels",
  bounds: { hi: 0 },
  because:
    "independent pixels with the right means and variances know nothing of strokes; a generator that is not closer to the data has learnt no more than those, " +
    "and one that gives a single image scores the total variance, which is larger still",
  source: "Dowson, Landau 1982 (closed form of the distance)",
}
