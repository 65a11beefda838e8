/**
 * The linear variational autoencoder on 8 x 8 digits: its optimum is known. With decoder N(W z + b, s^2 I) and encoder N(V x + c, diag v),
 *
 *   ELBO(x) <= log p(x),   mean log p <= the pPCA optimum of the same points (Tipping, Bishop 1999),   both with equality at the optimum (Lucas et al. 2019),
 *
 * so the mean ELBO on the training points, which is computed exactly, lies below a number that is computed exactly, and must come close to it.
 */
import { Effect, Schema } from "effect"
import { asPoints, digits, splitDigits } from "../src/data/digits.ts"
import { ppca } from "../src/math/ppca.ts"
import { linearAutoencoder } from "../src/models/autoencoder.ts"
import { compose } from "../src/train/compose.ts"
import { boundMonitors } from "../src/train/measures/bound-monitors.ts"
import { largestAngle, linearElbo, linearWeights } from "../src/train/measures/linear-elbo.ts"
import { priorImages } from "../src/train/measures/prior-images.ts"
import { elbo } from "../src/train/objectives/elbo.ts"
import { key, recipe as define } from "../src/train/recipe.ts"
import { trainKeys } from "../src/train/settings.ts"
import { fromItems } from "../src/train/source.ts"

const D = 64

const config = Schema.Struct({
  latent: key(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 32 })), 8, "q, dimension of the latent space"),
  train: trainKeys({ steps: 20_000, batch: 100, rate: 1e-2, schedule: "cosine" }),
  within: key(Schema.Finite, 0.05, "largest distance from the optimum that passes, in nats"),
})

export const recipe = define({
  name: "linear-vae-digits",
  title: "Linear variational autoencoder on digits",
  summary:
    "One linear layer each way with one noise variance, on dequantised 8 x 8 digits. Its evidence lower bound is computed exactly and compared with the " +
    "optimum of probabilistic principal component analysis, which it cannot exceed.",
  sources: [
    { authors: "Tipping, Bishop", year: 1999, where: "equations 8-12" },
    { authors: "Lucas, Tucker, Grosse, Norouzi", year: 2019, where: "theorem 1 and section 4" },
  ],
  specs: [
    { id: "variational/elbo-bound", grade: "statistical", because: "the objective bounds the likelihood only if it holds" },
    {
      id: "variational/posterior-collapse-linear-vae",
      grade: "enclosed",
      because: "the optimum that the gate demands is that of the bound only if it holds",
    },
    { id: "likelihood/gaussian-kl", grade: "enclosed", because: "the loss takes its divergence in closed form" },
  ],
  config,
  presets: {
    smoke: { latent: 2, train: { steps: 2500 } },
    short: { train: { steps: 10_000 } },
    full: {},
  },
  program: async ({ latent, train, within }, workshop) => {
    const { streams } = workshop
    const all = await Effect.runPromise(digits)
    const split = splitDigits(all)
    const [points, held] = [asPoints(split.train, streams("data", "train")), asPoints(split.test, streams("data", "test"))]
    const best = ppca(points, D, latent)
    const provenance = { name: all.name, description: `${all.description}; ${split.train.count} for training, (k + u)/17`, sha256: all.sha256 }
    const source = fromItems({ item: [D], provenance, values: points }, (epoch) => streams("order", String(epoch)))
    const few = points.slice(0, 16 * D)
    return compose(
      {
        data: [provenance],
        model: linearAutoencoder(D, latent),
        objective: elbo(source, latent, train.batch, streams),
        train,
        sample: (trained, n, stream) => priorImages(trained, 8, n, stream),
        evaluate: async (trained) => {
          const weights = await linearWeights(trained)
          const plain = { interval: null, confidence: null, floor: null }
          const exact = `mean over points, closed form in float64 from the trained numbers, q = ${latent}`
          const [bound, test] = [linearElbo(weights, points), linearElbo(weights, held)]
          return [
            { ...plain, name: "train ELBO", value: bound, n: split.train.count, protocol: exact },
            { ...plain, name: "test ELBO", value: test, n: split.test.count, protocol: exact },
            { ...plain, name: "pPCA optimum", value: best.logLikelihood, n: split.train.count, protocol: "eigenvalues of the training covariance" },
            {
              ...plain,
              name: "pPCA on test",
              value: best.logDensity(held),
              n: split.test.count,
              protocol: "the optimum's density at the test points",
            },
            {
              ...plain,
              name: "pPCA optimum - train ELBO",
              value: best.logLikelihood - bound,
              n: split.train.count,
              protocol: `${exact}, against the eigenvalues of the same points`,
            },
            {
              ...plain,
              name: "largest principal angle",
              value: largestAngle(weights, best.axes),
              n: split.train.count,
              protocol: "degrees between the decoder's column space and the leading principal axes",
            },
          ]
        },
        gates: [
          {
            name: "never-above",
            metric: "pPCA optimum - train ELBO",
            // Both are float64 sums over the same 1400 points; their rounding is below 1e-11.
            bounds: { lo: -1e-9 },
            every: true,
            because: "no linear Gaussian model exceeds the pPCA likelihood: a bound above it is wrong",
            source: "Tipping, Bishop 1999",
          },
          {
            name: "optimum",
            metric: "pPCA optimum - train ELBO",
            bounds: { hi: within },
            because: "the bound is tight at the optimum: far below is a wrong loss",
            source: "Tipping, Bishop 1999; Lucas et al. 2019",
          },
        ],
        monitors: (trained) => boundMonitors(trained, few, () => streams("evaluation", "monitor")),
      },
      workshop,
    )
  },
})
