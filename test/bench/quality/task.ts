/**
 * A workload with data, and a quality that is known without a model: the time until training has passed it is what is compared.
 */
import type { Json } from "../kit/peer.ts"
import type { Input, Workload } from "../workloads/workload.ts"

export type Given = Readonly<Record<string, Input>>

export interface Batch {
  readonly inputs: Given
  /** What else a step takes: the milliseconds that it took ours, and what the other side is asked to do. */
  readonly beside?: { readonly ms: number; readonly request: { readonly [key: string]: Json } }
}

export interface Task {
  readonly workload: Workload
  /** What is measured, in words. */
  readonly measure: string
  /** What has to be undercut, and what that is. */
  readonly threshold: number
  readonly meaning: string
  /** What no model undercuts, where that is known. */
  readonly floor: number | undefined
  /** What step k trains on: the same on both sides. */
  readonly batch: (k: number) => Batch
  /** What the network is given at a look, and the measure of its answers. */
  readonly looks: ReadonlyArray<Given>
  readonly score: (answers: ReadonlyArray<Float32Array>) => number
  /** Steps between looks, and how many looks in a row must be below the threshold; the time is that of the first of them. */
  readonly every: number
  readonly inARow: number
  /** Steps after which it is given up. */
  readonly steps: number
}
