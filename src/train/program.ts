/**
 * A program: a recipe with its configuration, seed and back end filled in. It is a state and what can be done with it: take a step, sample, measure.
 *
 * The law of resume: `state()` after k steps, restored into a fresh program of the same recipe, configuration, seed and back end, makes every later step,
 * sample and measurement the same to the last bit. Nothing else needs saving: whatever is drawn in step k is a pure function of (seed, purpose, k).
 *
 * A program knows nothing of files, terminals or time; the runner drives it:
 *
 *   for k = from .. steps - 1:  step(k);  every so often: monitors, state;  at the end: sample, evaluate, gates
 */
import { Data } from "effect"
import type { Bounds, Metric } from "../math/metric.ts"

export interface Program {
  /** Steps that the configuration asks for. */
  readonly steps: number
  /** Trainable numbers in all. */
  readonly parameters: number
  /** What it trains on, pinned. */
  readonly data: ReadonlyArray<Provenance>
  /** Step k, from the state after k steps to the state after k + 1. Rejects with `Diverged` before a number that is not finite enters the state. */
  readonly step: (k: number) => Promise<Scalars>
  /** Copies of all that the future depends on: parameters, moving averages, moments of the optimiser. */
  readonly state: () => Promise<State>
  /** Puts a state in place. Throws `StateMismatch`, and then nothing has changed. */
  readonly restore: (state: State) => void
  /** n samples of the model as it is now; equal seeds give equal samples. */
  readonly sample: (n: number, seed: string) => Promise<ReadonlyArray<Samples>>
  /** Every metric that a gate names, and those worth reporting beside. */
  readonly evaluate: () => Promise<ReadonlyArray<Metric>>
  readonly gates: ReadonlyArray<Gate>
  readonly monitors: ReadonlyArray<Monitor>
  /** Frees every tensor. The program is of no use afterwards. */
  readonly dispose: () => void
}

/** What a step reports: `loss` and its parts, the norm of the gradient, the learning rate. */
export type Scalars = Readonly<Record<string, number>> & { readonly loss: number }

/** A tensor on the host, row-major. */
export interface HostTensor {
  readonly shape: ReadonlyArray<number>
  readonly values: Float32Array
}

/** Names are paths: `model/dense0/kernel`, `average/dense0/kernel`, `adam/m/dense0/kernel`. */
export type State = Readonly<Record<string, HostTensor>>

/** Where data come from. */
export interface Provenance {
  readonly name: string
  /** Generator with its parameters, or file with version, split and number of items. */
  readonly description: string
  /** Of the bytes of a data set; absent for a law, which its description defines. */
  readonly sha256?: string
}

/** Something to look at. Points and fields are row-major. */
export type Samples =
  | { readonly kind: "points"; readonly name: string; readonly dimension: number; readonly values: Float64Array; readonly reference?: Float64Array }
  | {
      readonly kind: "images"
      readonly name: string
      readonly height: number
      readonly width: number
      readonly channels: number
      /** NHWC; 0 is black, 1 is white. */
      readonly values: Float32Array
    }
  /** values[(k n + i) d + j] is coordinate j of point i at times[k]. */
  | {
      readonly kind: "trajectories"
      readonly name: string
      readonly dimension: number
      readonly times: ReadonlyArray<number>
      readonly values: Float64Array
    }
  /** A vector at each point, at one time. */
  | { readonly kind: "field"; readonly name: string; readonly time: number; readonly points: Float64Array; readonly vectors: Float64Array }

/** What must be so at the end of a run: a metric inside bounds that come from a theorem or a published figure. `judge` decides. */
export interface Gate {
  readonly name: string
  /** The name of the metric that it bounds. */
  readonly metric: string
  readonly bounds: Bounds
  /** A theorem of every single run, whatever it has learnt. Over seeds it is judged in each: a mean would hide the run that breaks it. */
  readonly every?: true
  /** The derivation of the bounds, or the figure and its tolerance: one or two sentences. */
  readonly because: string
  readonly source: string
}

/** A theorem watching the run: a residual with the bounds that it has if the theorem holds. */
export interface Monitor {
  readonly name: string
  /** The id of a spec, or the formula where the catalogue has none. */
  readonly theorem: string
  /** The relation, one line: "0 = log|det J| - sum of log scales". */
  readonly relation: string
  /** Looks at the state after k steps. */
  readonly look: (k: number) => Promise<Reading>
}

export interface Reading {
  readonly metric: Metric
  readonly bounds: Bounds
}

/** A number that is not finite stopped a step. */
export class Diverged extends Data.TaggedError("Diverged")<{
  readonly step: number
  /** The first tensor, in the order of the computation, that holds one: "gradient of model/dense1/kernel". */
  readonly tensor: string
  readonly message: string
}> {}

/** A state that belongs to another recipe, configuration or version; the sentence names the tensor, what was expected and what was found. */
export class StateMismatch extends Data.TaggedError("StateMismatch")<{ readonly message: string }> {}
