/**
 * Drawing from a network as data: parameters, the noise that both sides are given, and a sampler that is prepared for a back end. The twin in PyTorch gets the same weights and
 * noise and draws by the same method, so what they draw can be compared before anything is timed.
 */
import type { Parameters, Weights } from "../../../src/models/network.ts"
import type { Tf } from "../../../src/tensor/tf.ts"
import type { Given } from "../quality/task.ts"

export interface Drawn {
  /** The sample, in the order of the axes that the workload names. */
  readonly values: Float32Array
  /** Of networks that draw one number after the other: the logits that each was drawn from. */
  readonly logits?: Float32Array
}

export interface Sampler {
  readonly draw: () => Drawn
  readonly dispose: () => void
}

export interface Sampling {
  readonly name: string
  /** What it is, in the words of the table. */
  readonly title: string
  readonly parameters: Parameters
  readonly noise: () => Given
  /** Numbers that the other side needs besides: levels, times. */
  readonly plan?: ReadonlyArray<ReadonlyArray<number>>
  /** One round is enough: a sample is many evaluations of a large network. */
  readonly long?: true
  readonly sampler: (tf: Tf, weights: Weights, noise: Given) => Sampler
  /** How far samples, or logits, may differ relative to their norm. */
  readonly tolerance: number
  /** Of networks that draw one number after the other: places where the logits decide for another value than was drawn, by more than the slack. */
  readonly contradictions?: (values: Float32Array, logits: Float32Array, noise: Given, slack: number) => number
}

/**
 * Roundings of a chain of layers whose sums have n terms: they add up like random signs, sqrt(n) 2^-24 a layer relative to the norm of what it makes, on each of the
 * evaluations that follow each other.
 */
export const roundings = (layers: number, terms: number, evaluations = 1): number => evaluations * layers * Math.sqrt(terms) * 2 ** -24
