/**
 * Points of the plane, 2048 at a time:
 *
 *   flow      x <- x + h v(x, k h), h = 1/100, k = 0 .. 99: a velocity 3-64-64-64-2, SELU
 *   realnvp   x = f^-1(z) and log q(x) = log N(z; 0, I) - log|det dx/dz|: 8 couplings 1-128-128-2, ReLU
 */
import { pointField } from "../../../src/models/field.ts"
import type { Parameters } from "../../../src/models/network.ts"
import { uniform, uniformFanIn } from "../../../src/models/network.ts"
import { realNvp } from "../../../src/models/realnvp.ts"
import { rungeKuttaSample } from "../../../src/sample/runge-kutta.ts"
import { drive } from "../../../src/sample/sampler.ts"
import { normals } from "../workloads/inputs.ts"
import { asked } from "./asked.ts"
import type { Sampling } from "./sampling.ts"
import { roundings } from "./sampling.ts"

const [POINTS, STEPS] = [2048, 100]
const velocity = pointField({
  dimension: 2,
  predicts: "velocity",
  hidden: [64, 64, 64],
  activation: "selu",
  kernel: uniformFanIn,
  bias: uniformFanIn,
})

export const flow: Sampling = {
  name: "flow",
  title: `flow, ${POINTS} points by ${STEPS} Euler steps`,
  parameters: velocity.parameters,
  noise: () => ({ z: normals("sampling/flow", [POINTS, 2]) }),
  sampler: (tf, weights, { z }) => {
    const field = asked(tf, weights, (own, [x, t]) => velocity.apply(tf, own, x!, t!))
    const times = Array.from({ length: STEPS + 1 }, (_, k) => k / STEPS)
    return {
      draw: () => {
        const end = drive(rungeKuttaSample("euler", { times, x: new Float64Array(z!.values) }), ({ x, t }) => {
          const column = { shape: [POINTS, 1], values: new Float32Array(POINTS).fill(t) }
          return new Float64Array(field.ask({ shape: [POINTS, 2], values: new Float32Array(x) }, column))
        })
        return { values: new Float32Array(end) }
      },
      dispose: field.dispose,
    }
  },
  // A field whose derivatives are below 1 magnifies no error by more than e over the unit of time; the other side's state is rounded at each step.
  tolerance: Math.E * (roundings(4, 64) + STEPS * 2 ** -24),
}

const model = realNvp({ dimension: 2, couplings: 8, hidden: [128, 128], reach: 2 })

/** The last layers start at 0, where the map is the identity: here as the others do. */
const uniforms: Parameters = Object.fromEntries(
  Object.entries(model.parameters).map(([name, { shape }]) => [name, { shape, init: uniform(1 / Math.sqrt(shape.length === 2 ? shape[0]! : 128)) }]),
)

export const realnvp: Sampling = {
  name: "realnvp",
  title: `RealNVP, ${POINTS} points with their log-density`,
  parameters: uniforms,
  noise: () => ({ z: normals("sampling/realnvp", [POINTS, 2]) }),
  sampler: (tf, weights, { z }) => {
    const both = asked(tf, weights, (own, [at]) => {
      const { to, logDeterminant } = model.inverse(tf, own, at!)
      const density = tf.sub(tf.mul(-0.5, tf.sum(tf.square(at!), 1)), tf.add(logDeterminant, Math.log(2 * Math.PI)))
      return tf.concat([to, tf.reshape(density, [POINTS, 1])], 1)
    })
    return { draw: () => ({ values: both.ask({ shape: [POINTS, 2], values: z!.values as Float32Array }) }), dispose: both.dispose }
  },
  // Three layers and the two products of a coupling.
  tolerance: roundings(8 * 5, 128),
}
