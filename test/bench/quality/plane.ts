/**
 * Flow matching from eight Gaussians to two moons on minibatch-optimal pairs, as in pipelines/flow-matching-moons.ts: fields of optimal pairs are straight, so a single Euler
 * step must do,
 *
 *   W2^2(x_0 + v(x_0, 0), x_1),   2048 points of either law,
 *
 * and be nearer to the target than the best affine map, which needs no learning (Olkin, Pukelsheim 1982). The assignment belongs to a step, and each side solves it itself.
 */
import { eightGaussians } from "../../../src/data/laws/mixture-law.ts"
import { shiftMoons } from "../../../src/data/laws/shift-moons.ts"
import { conditionalPath, pathPoints } from "../../../src/math/conditional-path.ts"
import { optimalPairing, rowsAt } from "../../../src/math/coupling.ts"
import { gaussianMap } from "../../../src/math/gaussian-map.ts"
import { sampleMoments } from "../../../src/math/statistics.ts"
import { wassersteinSquared } from "../../../src/math/metrics/wasserstein.ts"
import { pointField } from "../../../src/models/field.ts"
import { uniformFanIn } from "../../../src/models/network.ts"
import { normal } from "../../../src/random/normal.ts"
import { stream } from "../../../src/random/stream.ts"
import { timed } from "../kit/rounds.ts"
import type { Input, Workload } from "../workloads/workload.ts"
import type { Task } from "./task.ts"

const [BATCH, LOOKS] = [256, 8]
const model = pointField({ dimension: 2, predicts: "velocity", hidden: [64, 64, 64], activation: "selu", kernel: uniformFanIn, bias: uniformFanIn })

const input = (values: ArrayLike<number>, d: number): Input => ({
  shape: [values.length / d, d],
  dtype: "float32",
  values: Float32Array.from(values),
})
const zeros = (d: number): Input => input(new Float32Array(BATCH * d), d)

const flow: Workload = {
  name: "flow",
  title: "flow matching on optimal pairs, batch 256",
  groups: { net: { parameters: model.parameters, count: 8706 } },
  inputs: () => ({ x: zeros(2), t: zeros(1), u: zeros(2) }),
  phases: [{ group: "net", loss: (tf, weights, { x, t, u }) => tf.mean(tf.square(tf.sub(model.apply(tf, weights, x!, t!), u!))) }],
  forward: (tf, weights, { x, t }) => model.apply(tf, weights, x!, t!),
  adam: { rate: 1e-3, beta1: 0.9, decay: 0 },
}

const bytes = (x: Float64Array): string => Buffer.from(x.buffer, x.byteOffset, x.byteLength).toString("base64")

export const plane = (): Task => {
  const [p0, p1, path] = [eightGaussians("torchcfm"), shiftMoons(), conditionalPath("independent", 0.1)]
  const start = p0.sample(stream("quality", "flow", "start"), LOOKS * BATCH)
  const end = p1.sample(stream("quality", "flow", "end"), LOOKS * BATCH)
  const looks = Array.from({ length: LOOKS }, (_, i) => ({
    x: input(start.subarray(2 * i * BATCH, 2 * (i + 1) * BATCH), 2),
    t: zeros(1),
    u: zeros(2),
  }))
  return {
    workload: flow,
    measure: "W2^2 of 2048 points by one Euler step and as many moons",
    threshold: wassersteinSquared(gaussianMap(sampleMoments(start, 2), sampleMoments(end, 2), start), end, 2).value,
    meaning: "the best affine map of the same points",
    floor: 0.005,
    batch: (k) => {
      const of = (name: string) => stream("quality", "flow", name, String(k))
      const [x0, x1, noise] = [p0.sample(of("x0"), BATCH), p1.sample(of("x1"), BATCH), of("e")]
      const [ms, { partner }] = timed(() => optimalPairing(x0, x1, 2))
      const t = new Float64Array(BATCH)
      of("t").fill(t, 0)
      const e = Float64Array.from({ length: 2 * BATCH }, (_, i) => normal(noise, i))
      const { x, u } = pathPoints(path, x0, rowsAt(x1, partner, 2), t, e)
      return {
        inputs: { x: input(x, 2), t: input(t, 1), u: input(u, 2) },
        beside: { ms, request: { do: "assign", x: bytes(x0), y: bytes(x1) } },
      }
    },
    looks,
    score: (answers) => {
      const moved = start.map((x, i) => x + answers[Math.floor(i / (2 * BATCH))]![i % (2 * BATCH)]!)
      return wassersteinSquared(moved, end, 2).value
    },
    every: 20,
    inARow: 3,
    steps: 5000,
  }
}
