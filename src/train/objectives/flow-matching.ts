/**
 * Conditional flow matching (Lipman et al. 2023, eq. 9; Tong et al. 2024, eq. 9): with pairs (x_0, x_1) from a coupling, t uniform on (0, 1) and (x_t, u)
 * from a conditional path,
 *
 *   L = E |v(x_t, t) - u|^2 / d,      grad L = grad E |v(x_t, t) - u_t(x_t)|^2 / d    (the gradient of the marginal field's own loss).
 *
 * "optimal" pairs each batch by the assignment that is best for |x_0 - x_1|^2 (minibatch optimal transport).
 */
import type { ConditionalPath } from "../../math/conditional-path.ts"
import { pathPoints } from "../../math/conditional-path.ts"
import { optimalPairing, rowsAt } from "../../math/coupling.ts"
import type { Field } from "../../models/field.ts"
import { size } from "../../models/network.ts"
import type { Shape } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Objective } from "../objective.ts"
import type { Streams } from "../recipe.ts"
import type { Source } from "../source.ts"

export const COUPLINGS = ["independent", "optimal"] as const
export type CouplingName = (typeof COUPLINGS)[number]

export interface FlowMatchingOptions<X extends Shape> {
  readonly source: Source<X>
  readonly target: Source<X>
  readonly path: ConditionalPath
  readonly coupling: CouplingName
  readonly batch: number
}

/** The objective of a velocity field between two sources of the same kind of item. */
export const flowMatching = <X extends Shape>(
  { source, target, path, coupling, batch: n }: FlowMatchingOptions<X>,
  streams: Streams,
): Objective<Field<X, "velocity">, "field"> => {
  const d = size(source.item)
  return {
    phases: [
      {
        name: "field",
        trains: "",
        times: 1,
        draw: (k) => {
          const x0 = source.batch(k, n)
          const x1 = target.batch(k, n)
          const paired = coupling === "optimal" ? rowsAt(x1, optimalPairing(x0, x1, d).partner, d) : x1
          const [t, e] = [new Float64Array(n), new Float64Array(n * d)]
          streams("time", String(k)).fill(t, 0)
          fillNormal(streams("noise", String(k)), e, 0)
          const { x, u } = pathPoints(path, x0, paired, t, e)
          return {
            x: { shape: [n, ...source.item], values: new Float32Array(x) },
            t: { shape: [n, 1], values: new Float32Array(t) },
            u: { shape: [n, ...source.item], values: new Float32Array(u) },
          }
        },
        loss: (tf, model, weights, { x, t, u }) => {
          const v = model.apply(tf, weights, x!, t!)
          return { total: tf.mean(tf.square(tf.sub(v, u!))), parts: {} }
        },
      },
    ],
  }
}
