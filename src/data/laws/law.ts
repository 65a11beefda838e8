/**
 * A synthetic law: a generator together with what is known of it exactly. A name without its parameters means nothing ("8gaussians" is at least three
 * different laws in the literature), so both always travel together.
 */
import type { Stream } from "../../random/stream.ts"

export interface Entropy {
  /** H = -E log p in nats, the least negative log-likelihood that any model can reach. */
  readonly value: number
  /** The true H lies within value -+ uncertainty. */
  readonly uncertainty: number
  /** Closed form, or how it was computed. */
  readonly method: string
}

export interface Law {
  readonly name: string
  readonly dimension: number
  readonly parameters: Readonly<Record<string, number>>
  /** Where the generator and its numbers come from. */
  readonly source: string
  /** n points, n*d; point i uses words of the stream at places that depend on i alone. */
  readonly sample: (stream: Stream, n: number) => Float64Array
  /** log p at n points; -Infinity outside the support. */
  readonly logDensity: (x: Float64Array) => Float64Array
  /** grad log p at n points, n*d, where it is in closed form. */
  readonly score?: (x: Float64Array) => Float64Array
  readonly entropy: Entropy
  /** Exact mean (d) and covariance (d*d), where known. */
  readonly moments?: { readonly mean: Float64Array; readonly covariance: Float64Array }
}

/** "name(a=1, b=2)". */
export const title = ({ name, parameters }: Pick<Law, "name" | "parameters">): string =>
  `${name}(${Object.entries(parameters)
    .map(([key, value]) => `${key}=${Number.isInteger(value) ? value : Number(value.toPrecision(6))}`)
    .join(", ")})`
