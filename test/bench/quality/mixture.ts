/**
 * RealNVP on eight Gaussians, as in pipelines/realnvp-8gaussians.ts but for the rate, which stays: the gap between its likelihood and the entropy of the law,
 *
 *   E[log p(x) - log q(x)] = KL(p | q) >= 0,      over 8192 points of p, the same at each look.
 */
import { eightGaussians } from "../../../src/data/laws/mixture-law.ts"
import { nllGap } from "../../../src/math/metrics/nll-gap.ts"
import { logDensity } from "../../../src/models/flow.ts"
import { realNvp } from "../../../src/models/realnvp.ts"
import { stream } from "../../../src/random/stream.ts"
import type { Scalar } from "../../../src/tensor/tf.ts"
import type { Input, Workload } from "../workloads/workload.ts"
import type { Task } from "./task.ts"

const [BATCH, LOOKS] = [512, 16]
const model = realNvp({ dimension: 2, couplings: 8, hidden: [128, 128], reach: 2 })

const points = (values: Float64Array): Input => ({ shape: [BATCH, 2], dtype: "float32", values: new Float32Array(values) })

const realnvp: Workload = {
  name: "realnvp",
  title: "RealNVP, 8 couplings 1-128-128-2, batch 512",
  groups: { net: { parameters: model.parameters, count: 8 * (128 + 128 + 128 * 128 + 128 + 128 * 2 + 2) } },
  inputs: () => ({ x: points(new Float64Array(2 * BATCH)) }),
  phases: [{ group: "net", loss: (tf, weights, { x }) => tf.neg(tf.mean(logDensity(tf, model, weights, x!))) as Scalar }],
  forward: (tf, weights, { x }) => logDensity(tf, model, weights, x!),
  adam: { rate: 1e-3, beta1: 0.9, decay: 0 },
}

export const mixture = (): Task => {
  const law = eightGaussians("ffjord")
  const fresh = law.sample(stream("quality", "realnvp", "points"), LOOKS * BATCH)
  const truth = law.logDensity(fresh)
  return {
    workload: realnvp,
    measure: "NLL - H over 8192 points, in nats",
    threshold: 0.1,
    meaning: "the gap that docs/quality.md demands",
    floor: 0,
    batch: (k) => ({ inputs: { x: points(law.sample(stream("quality", "realnvp", String(k)), BATCH)) } }),
    looks: Array.from({ length: LOOKS }, (_, i) => ({ x: points(fresh.subarray(2 * i * BATCH, 2 * (i + 1) * BATCH)) })),
    score: (answers) =>
      nllGap(
        Float64Array.from({ length: LOOKS * BATCH }, (_, i) => answers[Math.floor(i / BATCH)]![i % BATCH]!),
        truth,
      ).value,
    every: 100,
    inARow: 3,
    steps: 8000,
  }
}
