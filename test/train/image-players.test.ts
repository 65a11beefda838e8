/** The monitors of players over images: what holds for the players as they are, and a player who looks at the whole batch. */
import { expect, test } from "vitest"
import { judge } from "../../src/math/metric.ts"
import type { Adversarial, BatchNetwork } from "../../src/models/adversarial.ts"
import { dcgan } from "../../src/models/dcgan.ts"
import { initialise } from "../../src/models/network.ts"
import type { Shape } from "../../src/models/network.ts"
import { stream } from "../../src/random/stream.ts"
import { imageMonitors } from "../../src/train/measures/image-players.ts"
import type { Trained } from "../../src/train/trained.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const players = dcgan({ side: 8, width: 4, latent: 3 })
const initial = initialise(players.parameters, (name) => stream("players", name))

const trained = <X extends Shape>(model: Adversarial<X, "logit">): Trained<Adversarial<X, "logit">> => ({
  model,
  version: () => "",
  compute: async (f, inputs = {}) =>
    tf.tidy(() => {
      const weights = Object.entries(model.parameters).map(([name, { shape }]) => [name, tf.tensor(initial[name]!, [...shape])] as const)
      const given = Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const)
      return f(tf, model, Object.fromEntries(weights), Object.fromEntries(given)).dataSync() as Float32Array
    }),
})

const pixels = (name: string, n: number): Float64Array => {
  const out = new Float64Array(n * 64)
  stream("pixels", name).fill(out, 0)
  return out
}

const words = async (model: typeof players): Promise<ReadonlyArray<string>> => {
  const monitors = imageMonitors(trained(model), pixels("real", 32), pixels("population", 128), (k) => stream("players", "noise", String(k)))
  const looks = await Promise.all(monitors.map(({ look }) => look(1)))
  return looks.map(({ metric, bounds }) => judge(metric, bounds))
}

test("both hold for players whose statistics are the population's", async () => expect(await words(players)).toEqual(["holds", "holds"]))
test.each(["judge", "generate"] as const)("a %s with the statistics of the batch is seen", async (player) => {
  const ofTheBatch: BatchNetwork["apply"] = (_, weights, x) => players[player](tf, weights, x)
  expect(await words({ ...players, [player]: ofTheBatch })).toEqual(["holds", "violated"])
})
