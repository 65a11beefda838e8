/**
 * RealNVP on a table of one's own: the density of its rows, judged on rows that training has not seen,
 *
 *   NLL(held-out) = -E log q(x)   against that of the Gaussian with the mean and covariance of the training rows.
 */
import { Effect, Schema } from "effect"
import { shipped } from "../src/data/package-files.ts"
import { rowsOf } from "../src/data/rows.ts"
import { TablePath, table as read } from "../src/data/table.ts"
import { DataError } from "../src/data/data-error.ts"
import { meanOf } from "../src/math/metrics/mean.ts"
import { ppca } from "../src/math/ppca.ts"
import { realNvp } from "../src/models/realnvp.ts"
import { fillNormal } from "../src/random/normal.ts"
import { compose } from "../src/train/compose.ts"
import { densities, generate, jacobianMonitor } from "../src/train/measures/flow.ts"
import { likelihood } from "../src/train/objectives/likelihood.ts"
import type { Gate } from "../src/train/program.ts"
import { key, recipe as define } from "../src/train/recipe.ts"
import { Count, Depth, Positive, trainKeys } from "../src/train/settings.ts"
import { fromItems } from "../src/train/source.ts"

const config = Schema.Struct({
  table: key(
    TablePath,
    "",
    "file of numbers, a row per line: .csv or .npy; left empty, the table that comes with the package, digits on three principal axes",
  ),
  held: key(Positive.check(Schema.isLessThan(1)), 0.2, "share of the rows that is held out for the measurements"),
  couplings: key(Depth, 6, "affine couplings"),
  hidden: key(Schema.Array(Count), [32, 32], "widths of the hidden layers of each coupling's net"),
  reach: key(Positive, 2, "greatest logarithm of a coupling's scale"),
  train: trainKeys({ steps: 1000, batch: 256, rate: 1e-3, schedule: "cosine" }),
})

export const recipe = define({
  name: "realnvp-table",
  title: "RealNVP on a table of one's own",
  summary:
    "The density of the rows of a .csv or .npy file by affine couplings. Held-out rows must be likelier than under the Gaussian with the mean and covariance of " +
    "the training rows, which needs no learning.",
  sources: [{ authors: "Dinh, Sohl-Dickstein, Bengio", year: 2017, where: "equations 2-8" }],
  specs: [
    { id: "flow/change-of-variables", grade: "enclosed", because: "the loss is minus a log-density only if it holds" },
    { id: "flow/affine-coupling", grade: "enclosed", because: "the network inverts itself and knows its volume only if it holds" },
    { id: "likelihood/kl-nonnegativity", grade: "enclosed", because: "KL >= 0 is why a likelier density of fresh rows is the nearer one" },
  ],
  config,
  presets: { smoke: { train: { steps: 600, rate: 2e-3 } }, short: {}, full: { train: { steps: 2000 } } },
  program: async ({ table: path, held, couplings, hidden, reach, train }, workshop) => {
    const { streams } = workshop
    const table = await Effect.runPromise(read(path === "" ? shipped("digits-components.csv") : path))
    const rows = rowsOf(table, held)
    const d = rows.columns
    const [n, m] = [rows.training.length / d, rows.held.length / d]
    const gaussian = gaussianOf(rows.training, d, table.name)
    const provenance = { name: table.name, description: `${table.rows} rows of ${d} numbers; ${n} for training, ${m} held out`, sha256: table.sha256 }
    const source = fromItems({ item: [d], provenance, values: rows.training }, (epoch) => streams("order", String(epoch)))
    return compose(
      {
        data: [provenance],
        model: realNvp({ dimension: d, couplings, hidden, reach }),
        objective: likelihood(source, train.batch),
        train,
        sample: async (trained, count, stream) => {
          const z = new Float64Array(d * count)
          fillNormal(stream, z, 0)
          const values = rows.restored(await generate(trained, z))
          return [{ kind: "points", name: "samples", dimension: d, values, reference: rows.restored(rows.held) }]
        },
        evaluate: async (trained) => {
          const nll = async (x: Float64Array): Promise<Float64Array> => (await densities(trained, x)).map((log) => rows.logScale - log)
          const [seen, unseen] = [await nll(rows.training), await nll(rows.held)]
          const normal = unseen.map((_, i) => rows.logScale - gaussian(rows.held.subarray(i * d, (i + 1) * d)))
          const units = "nats a row in the units of the table; normal interval over rows"
          return [
            meanOf("NLL", unseen, `${m} held-out rows, ${units}`),
            meanOf("NLL of the Gaussian", normal, `${m} held-out rows, ${units}; mean and covariance of the ${n} training rows`),
            meanOf(
              "NLL, less that of the Gaussian",
              unseen.map((value, i) => value - normal[i]!),
              `difference on the same ${m} held-out rows, ${units}`,
            ),
            meanOf("NLL of the training rows", seen, `the ${n} training rows, ${units}: far below the held-out rows is learning by heart`),
            {
              name: "held-out rows that training has seen",
              value: rows.repeated,
              n: m,
              interval: null,
              confidence: null,
              floor: 0,
              protocol: "equal number for number",
            },
          ]
        },
        gates,
        monitors: (trained) => [jacobianMonitor(trained, () => rows.held.subarray(0, WATCHED * d), couplings)],
      },
      workshop,
    )
  },
})

/** Held-out rows that the monitor looks at. */
const WATCHED = 20

/** log-density of one row under the normal law of greatest likelihood. Throws a DataError where the columns depend linearly on each other. */
const gaussianOf = (training: Float64Array, d: number, name: string): ((row: Float64Array) => number) => {
  try {
    return ppca(training, d, d - 1).logDensity
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DataError({ code: "syntax", message: `${name}: a column is a linear function of the others: the rows have no density` })
  }
}

const gates: ReadonlyArray<Gate> = [
  {
    name: "beyond-gaussian",
    metric: "NLL, less that of the Gaussian",
    bounds: { hi: 0 },
    because:
      "mean and covariance need no learning: a flow that is not nearer to the law of fresh rows has learnt nothing, or the training rows by heart",
    source: "Gibbs' inequality: of two densities the one of smaller divergence has the smaller expected NLL",
  },
  {
    name: "unseen",
    metric: "held-out rows that training has seen",
    bounds: { hi: 0 },
    every: true,
    because:
      "the likelihood of a row that training has seen flatters; rows that repeat come from a discrete law, which has no density: add noise of a cell's width",
    source: "Theis et al. 2016, section 3.1",
  },
]
