/**
 * What a run amounts to: its verdict from the gates, the monitors and how it ended. The exit code of `run`, `resume` and `evaluate` is `exitOf`.
 */
import type { Judgement } from "../../math/metric.ts"
import type { RunRecord } from "../../train/record.ts"
import { monitorSeries } from "./series.ts"
import type { MonitorSeries } from "./series.ts"

export type RunVerdict = "passed" | "failed" | "undecided" | "diverged" | "interrupted" | "unfinished"

export interface MonitorSummary extends MonitorSeries {
  /** Its last look. */
  readonly judgement: Judgement
  /** Looks by judgement. */
  readonly counts: Readonly<Record<Judgement, number>>
}

export const monitorSummaries = (record: Pick<RunRecord, "lines">): ReadonlyArray<MonitorSummary> =>
  monitorSeries(record.lines).map((series) => {
    const count = (word: Judgement): number => series.looks.filter(({ judgement }) => judgement === word).length
    return {
      ...series,
      judgement: series.looks.at(-1)!.judgement,
      counts: { holds: count("holds"), violated: count("violated"), undecided: count("undecided") },
    }
  })

/**
 * A gate or a monitor's last look that is violated fails the run; one that is undecided leaves it undecided. Looks before the last are reported, not judged:
 * many looks at a high confidence each would fail good runs now and then.
 */
export const verdictOf = (record: Pick<RunRecord, "lines" | "evaluation" | "outcome">): RunVerdict => {
  const { outcome, evaluation } = record
  if (outcome === null || evaluation === null) return outcome === null || outcome.status === "finished" ? "unfinished" : outcome.status
  if (outcome.status !== "finished") return outcome.status
  const words = [...evaluation.gates, ...monitorSummaries(record)].map(({ judgement }) => judgement)
  return words.includes("violated") ? "failed" : words.includes("undecided") ? "undecided" : "passed"
}

const EXIT = { passed: 0, failed: 1, undecided: 3, diverged: 4, interrupted: 130, unfinished: 3 } as const satisfies Record<RunVerdict, number>

export const exitOf = (verdict: RunVerdict): (typeof EXIT)[RunVerdict] => EXIT[verdict]

/** True when the run was started although a theorem that it relies on does not stand. */
export const uncertified = ({ certificates }: Pick<RunRecord, "certificates">): boolean =>
  certificates.some(({ standing }) => standing !== "certified")
