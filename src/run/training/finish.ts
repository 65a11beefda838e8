/**
 * What is done with a trained model: samples to look at, measurements, gates.
 */
import { Clock, Effect } from "effect"
import { judge } from "../../math/metric.ts"
import type { Judgement, Metric } from "../../math/metric.ts"
import type { Gate, Program } from "../../train/program.ts"

export interface GateResult extends Gate {
  readonly measured: Metric
  readonly judgement: Judgement
}

export interface Evaluation {
  readonly step: number
  readonly metrics: ReadonlyArray<Metric>
  readonly gates: ReadonlyArray<GateResult>
}
