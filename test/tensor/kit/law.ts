/**
 * A law: an operation of TensorFlow.js and the same function of float64 arrays, at inputs drawn from a named stream.
 */
import { stream } from "../../../src/random/stream.ts"
import type { Tensor, Tf } from "../../../src/tensor/tf.ts"
import type { Reference } from "./reference.ts"
import { over, size } from "./reference.ts"

/** Where entries are drawn: `away` from zero by 0.1, `distinct` from each other by 1.2 / n, so that no kink is near. */
export type Domain = "real" | "positive" | "unit" | "away" | "distinct"

export interface Law {
  readonly name: string
  readonly inputs: ReadonlyArray<readonly [shape: ReadonlyArray<number>, domain: Domain]>
  readonly apply: (tf: Tf, xs: ReadonlyArray<Tensor>) => Tensor
  readonly reference: (...xs: ReadonlyArray<Reference>) => Reference
  /** The highest derivative that is compared: 2 unless given. */
  readonly order?: 0 | 1 | 2
  /** How many float32 roundings a value may have suffered, the terms of its longest sum included: 64 unless given. */
  readonly roundings?: number
}

export interface Options {
  readonly order?: 0 | 1 | 2
  readonly roundings?: number
}

/** One law: `inputs` as shapes, with a domain for all. */
export const law = (
  name: string,
  shapes: ReadonlyArray<ReadonlyArray<number>>,
  domain: Domain | ReadonlyArray<Domain>,
  apply: (tf: Tf, ...xs: ReadonlyArray<never>) => Tensor,
  reference: (...xs: ReadonlyArray<Reference>) => Reference,
  options: Options = {},
): Law => ({
  name,
  inputs: shapes.map((shape, i) => [shape, typeof domain === "string" ? domain : domain[i]!] as const),
  apply: (tf, xs) => apply(tf, ...(xs as ReadonlyArray<never>)),
  reference,
  ...options,
})

/** The inputs of a law, exact float32 numbers. */
export const draw = ({ name, inputs }: Law): ReadonlyArray<Reference> =>
  inputs.map(([shape, domain], k) => {
    const s = stream("conformance", name, String(k))
    const n = size(shape)
    const order = Array.from({ length: n }, (_, i) => [s.uniform53(n + i), i] as const).sort(([a], [b]) => a - b)
    const rank = new Array<number>(n)
    order.forEach(([, i], r) => {
      rank[i] = r
    })
    const values = Float64Array.from({ length: n }, (_, i) => {
      const u = s.uniform53(i)
      switch (domain) {
        case "real":
          return Math.fround(4 * u - 2)
        case "positive":
          return Math.fround(0.4 + 1.6 * u)
        case "unit":
          return Math.fround(1.8 * u - 0.9)
        case "away":
          return Math.fround((u < 0.5 ? -1 : 1) * (0.1 + 3.8 * Math.abs(u - 0.5)))
        case "distinct":
          return Math.fround((4 * (rank[i]! + 0.35 + 0.3 * u)) / n - 2)
      }
    })
    return over(values, shape)
  })
