/**
 * Maximum likelihood of a flow: L = -mean over x of log p(x) >= H(p_data) in expectation, with equality only for the true density (Gibbs).
 */
import type { Flow } from "../../models/flow.ts"
import { logDensity } from "../../models/flow.ts"
import { size } from "../../models/network.ts"
import type { Shape } from "../../models/network.ts"
import type { Scalar } from "../../tensor/tf.ts"
import type { Objective } from "../objective.ts"
import type { Source } from "../source.ts"

/** The objective of a flow on items of a source, n at a time. */
export const likelihood = <X extends Shape>(source: Source<X>, n: number): Objective<Flow<X>, "likelihood"> => ({
  phases: [
    {
      name: "likelihood",
      trains: "",
      times: 1,
      draw: (k) => ({ x: { shape: [n, size(source.item)], values: new Float32Array(source.batch(k, n)) } }),
      loss: (tf, model, weights, { x }) => ({ total: tf.neg(tf.mean(logDensity(tf, model, weights, x!))) as Scalar, parts: {} }),
    },
  ],
})
