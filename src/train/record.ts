/**
 * What a run leaves behind, as values: the lines of its journal, its measurements and gates, the certificates it stands on, where it ran.
 */
import type { Grade } from "../core/estimate.ts"
import type { Result } from "../core/verdict.ts"
import type { Bounds, Judgement, Metric } from "../math/metric.ts"
import type { Gate, Provenance } from "./program.ts"

/** One look of a monitor, at the state after `step` steps. */
export interface Look {
  readonly step: number
  readonly metric: Metric
  readonly bounds: Bounds
  readonly judgement: Judgement
}

/** A line of metrics.jsonl. */
export type Line =
  | { readonly kind: "scalars"; readonly step: number; readonly scalars: Readonly<Record<string, number>> }
  | ({ readonly kind: "monitor"; readonly name: string; readonly theorem: string; readonly relation: string } & Look)

export interface GateResult extends Gate {
  readonly measured: Metric
  readonly judgement: Judgement
}

/** What was measured on the model after `step` steps. */
export interface Evaluation {
  readonly step: number
  readonly metrics: ReadonlyArray<Metric>
  readonly gates: ReadonlyArray<GateResult>
}

export type Standing = "certified" | "refuted" | "undecided" | "faulted"

/** A spec that a recipe relies on, checked. */
export interface Certificate {
  readonly id: string
  readonly title: string
  /** Why the recipe needs it, and the weakest grade that will do. */
  readonly because: string
  readonly needs: Grade
  readonly grade: Grade | null
  readonly standing: Standing
  readonly lemmata: string
  readonly results: ReadonlyArray<Result>
}

/** Where and on what a run ran: environment.json. */
export interface Surroundings {
  readonly lemmata: string
  /** ISO 8601. */
  readonly started: string
  readonly command: ReadonlyArray<string>
  readonly node: string
  readonly platform: string
  readonly processor: string
  readonly cores: number
  /** Bytes. */
  readonly memory: number
  readonly backend: { readonly name: string; readonly device: string }
  readonly recipe: string
  readonly preset: string
  /** SHA-256 of config.yaml. */
  readonly config: string
  readonly parameters: number
  readonly steps: number
  readonly seed: number
  /** Labels of the random streams: equal labels, equal numbers. */
  readonly streams: Readonly<Record<string, string>>
  readonly data: ReadonlyArray<Provenance>
}

/** How a run ended: outcome.json. Without one it runs still, or was killed. */
export interface Outcome {
  readonly status: "finished" | "interrupted" | "diverged"
  readonly step: number
  readonly exit: number
  readonly detail: string
}

/** A run folder as values; what is not there yet is null or empty. */
export interface RunRecord {
  /** `recipe/name`. */
  readonly title: string
  readonly path: string
  /** config.yaml as it is written. */
  readonly config: string
  readonly surroundings: Surroundings | null
  readonly certificates: ReadonlyArray<Certificate>
  readonly lines: ReadonlyArray<Line>
  readonly evaluation: Evaluation | null
  readonly outcome: Outcome | null
  readonly plots: ReadonlyArray<{ readonly name: string; readonly title: string; readonly svg: string }>
  readonly images: ReadonlyArray<{ readonly name: string; readonly png: Uint8Array }>
}
