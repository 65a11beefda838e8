/** The monitor of a flow's Jacobian: what holds for the flow as it is, and three ways to report another one. */
import { expect, test } from "vitest"
import { judge } from "../../src/math/metric.ts"
import type { Flow, Moved } from "../../src/models/flow.ts"
import { size } from "../../src/models/network.ts"
import { realNvp } from "../../src/models/realnvp.ts"
import { normal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { jacobianMonitor } from "../../src/train/measures/flow.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const [d, n, couplings] = [3, 5, 4] as const
const flow = realNvp({ dimension: d, couplings, hidden: [6], reach: 2 })
/** Weights that leave no coupling the identity. */
const numbers = Object.entries(flow.parameters).map(([name, { shape }]) => {
  const words = stream("flow", name)
  return [name, shape, Float32Array.from({ length: size(shape) }, (_, i) => 0.6 * normal(words, i))] as const
})
const points = Float64Array.from({ length: n * d }, (_, i) => normal(stream("flow", "points"), i))

const word = async (model: Flow<readonly [typeof d]>): Promise<string> => {
  const monitor = jacobianMonitor(
    {
      model,
      version: () => "",
      compute: async (f, inputs = {}) =>
        tf.tidy(() => {
          const weights = numbers.map(([name, shape, values]) => [name, tf.tensor(values, [...shape])] as const)
          const given = Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const)
          return f(tf, model, Object.fromEntries(weights), Object.fromEntries(given)).dataSync() as Float32Array
        }),
    },
    () => points,
    couplings,
  )
  const { metric, bounds } = await monitor.look(1)
  return judge(metric, bounds)
}

const reporting = (of: (moved: Moved) => Moved): typeof flow => ({
  ...flow,
  forward: (t, weights, x) => of(flow.forward(t, weights, x)),
})

test("holds for couplings as they are", async () => expect(await word(flow)).toBe("holds"))
test.each([
  ["half the logarithm", reporting(({ to, logDeterminant }) => ({ to, logDeterminant: tf.mul(0.5, logDeterminant) }))],
  ["the logarithm of the inverse", reporting(({ to, logDeterminant }) => ({ to, logDeterminant: tf.neg(logDeterminant) }))],
  ["a map that is stretched afterwards", reporting(({ to, logDeterminant }) => ({ to: tf.mul(to, [1, 1, 1.01]), logDeterminant }))],
])("is violated by %s", async (_, wrong) => expect(await word(wrong)).toBe("violated"))
