/**
 * A recipe of one's own in one file: a flow on two moons that shears the second coordinate by a function of the first,
 *
 *   z = (x_1, x_2 + h(x_1)),   log |det dz/dx| = 0.
 *
 * `lemmata run ./recipe.ts --preset smoke` trains it.
 */
import { fillNormal, moons, nllGap } from "lemmata/sampling"
import {
  Count,
  Schema,
  compose,
  densities,
  fromLaw,
  generate,
  jacobianMonitor,
  key,
  likelihood,
  mlp,
  recipe as define,
  trainKeys,
} from "lemmata/training"
import type { Flow } from "lemmata/training"

const shear = (width: number): Flow<readonly [2]> => {
  const h = mlp({ name: "shear", from: 1, hidden: [width], to: 1, activation: "tanh" })
  return {
    kind: "flow",
    item: [2],
    parameters: h.parameters,
    forward: (tf, weights, x) => {
      const [a, b] = tf.split(x, [1, 1], 1)
      return { to: tf.concat([a!, tf.add(b!, h.apply(tf, weights, a!))], 1), logDeterminant: tf.zeros([x.shape[0]!]) }
    },
    inverse: (tf, weights, z) => {
      const [a, b] = tf.split(z, [1, 1], 1)
      return { to: tf.concat([a!, tf.sub(b!, h.apply(tf, weights, a!))], 1), logDeterminant: tf.zeros([z.shape[0]!]) }
    },
  }
}

export const recipe = define({
  name: "shear-flow",
  title: "Shear flow on two moons",
  summary: "One shear, trained by maximum likelihood on two moons, whose entropy no likelihood exceeds.",
  sources: [{ authors: "Dinh, Krueger, Bengio", year: 2015, where: "section 3.2" }],
  specs: [],
  config: Schema.Struct({ width: key(Count, 32, "width of the hidden layer"), train: trainKeys({ steps: 2000, batch: 256, rate: 1e-2 }) }),
  presets: { smoke: { train: { steps: 200 } }, short: {}, full: { train: { steps: 20_000 } } },
  program: async ({ width, train }, workshop) => {
    const { streams } = workshop
    const law = moons("ffjord")
    const source = fromLaw(law, 2, (k) => streams("data", String(k)))
    return compose(
      {
        data: [source.provenance],
        model: shear(width),
        objective: likelihood(source, train.batch),
        train,
        sample: async (trained, n, stream) => {
          const z = new Float64Array(2 * n)
          fillNormal(stream, z, 0)
          return [{ kind: "points", name: "samples", dimension: 2, values: await generate(trained, z) }]
        },
        evaluate: async (trained) => {
          const x = law.sample(streams("evaluation"), 5000)
          return [nllGap(await densities(trained, x), law.logDensity(x))]
        },
        gates: [{ name: "above-entropy", metric: "NLL - H", bounds: { lo: 0 }, because: "the gap is a divergence", source: "Gibbs' inequality" }],
        monitors: (trained) => [jacobianMonitor(trained, (k) => law.sample(streams("evaluation", String(k)), 32), 1)],
      },
      workshop,
    )
  },
})
