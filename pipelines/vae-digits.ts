/** A variational autoencoder on binarised 8 x 8 digits; the bounds that its gates rest on are in `src/train/binarised-images.ts`. */
import { Effect, Schema } from "effect"
import { digits, splitDigits } from "../src/data/digits.ts"
import { binarisedProgram, binarisedTheory } from "../src/train/binarised-images.ts"
import { key, recipe as define } from "../src/train/recipe.ts"
import { Count, trainKeys } from "../src/train/settings.ts"

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
  ...binarisedTheory,
  config,
  presets: {
    smoke: { train: { steps: 1500, rate: 3e-3 } },
    short: { train: { steps: 8000 } },
    full: {},
  },
  program: async (settings, workshop) => {
    const { train: training, test } = splitDigits(await Effect.runPromise(digits))
    return binarisedProgram({ training, test, watched: 16, ...settings }, workshop)
  },
})
