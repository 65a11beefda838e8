/**
 * Runs that differ in nothing but their seed, taken together: for each metric the mean over s independent seeds,
 *
 *   m +- t s_m / sqrt(s),      t Student's 0.975 quantile with s - 1 degrees of freedom,
 *
 * and each gate judged on that interval, but for theorems of every run, which are judged run by run: there the run that is worst off stands. (The least of many
 * gaps is at least 0 in each run; the mean of such numbers over seeds is far from normal, and its interval says nothing about the theorem.)
 * One seed says nothing about the next: then what stands is the metric as that run measured it.
 */
import { judge } from "../../math/metric.ts"
import type { Metric } from "../../math/metric.ts"
import { meanOfRepeats } from "../../math/metrics/mean.ts"
import type { GateResult, RunRecord, Surroundings } from "../../train/record.ts"
import { verdictOf } from "./summary.ts"
import type { RunVerdict } from "./summary.ts"

export interface SeededRun {
  readonly record: RunRecord
  /** What its configuration sets but for the seed, the back end's choice and how often a run writes: path to value. */
  readonly settings: Readonly<Record<string, string>>
}

export interface OverSeeds {
  readonly recipe: string
  readonly preset: string
  readonly backend: string
  readonly lemmata: string
  /** The settings in which it differs from other runs of that recipe and preset. */
  readonly settings: Readonly<Record<string, string>>
  readonly seeds: ReadonlyArray<number>
  readonly runs: ReadonlyArray<string>
  /** Runs that are left out, and why: a seed that diverged is no less a result than one that finished. */
  readonly uncounted: ReadonlyArray<{
    readonly run: string
    readonly seed: number
    readonly why: Exclude<RunVerdict, "passed" | "failed" | "undecided"> | "repeated"
  }>
  readonly metrics: ReadonlyArray<Metric>
  readonly gates: ReadonlyArray<GateResult>
}

type Started = SeededRun & { readonly surroundings: Surroundings }

/** A group per recipe, preset, back end, version and settings, in the order in which they first appear. Of runs with the same seed the last one started counts. */
export const overSeeds = (runs: ReadonlyArray<SeededRun>): ReadonlyArray<OverSeeds> => {
  const started = runs.flatMap(
    (run): ReadonlyArray<Started> => (run.record.surroundings === null ? [] : [{ ...run, surroundings: run.record.surroundings }]),
  )
  const groups = Map.groupBy(started, ({ surroundings: { recipe, preset, backend, lemmata }, settings }) =>
    JSON.stringify([recipe, preset, backend.name, lemmata, Object.entries(settings).sort()]),
  )
  return [...groups.values()].map((group) => {
    const { recipe, preset, backend, lemmata } = group[0]!.surroundings
    const alike = started.filter(({ surroundings: s }) => s.recipe === recipe && s.preset === preset)
    const settings = Object.entries(group[0]!.settings).filter(([path, value]) => alike.some((other) => other.settings[path] !== value))
    return { recipe, preset, backend: backend.name, lemmata, settings: Object.fromEntries(settings), ...together(group) }
  })
}

const together = (group: ReadonlyArray<Started>): Pick<OverSeeds, "seeds" | "runs" | "uncounted" | "metrics" | "gates"> => {
  const counted = new Map<number, Started>()
  const uncounted: Array<OverSeeds["uncounted"][number]> = []
  const leave = ({ record, surroundings: { seed } }: Started, why: OverSeeds["uncounted"][number]["why"]): void => {
    uncounted.push({ run: record.path, seed, why })
  }
  for (const run of byStart(group)) {
    const verdict = verdictOf(run.record)
    if (verdict === "diverged" || verdict === "interrupted" || verdict === "unfinished") {
      leave(run, verdict)
      continue
    }
    const { seed } = run.surroundings
    const before = counted.get(seed)
    if (before !== undefined) leave(before, "repeated")
    counted.set(seed, run)
  }
  const finished = [...counted.values()].sort((a, b) => a.surroundings.seed - b.surroundings.seed)
  const evaluations = finished.map(({ record }) => record.evaluation!)
  const metrics = (evaluations[0]?.metrics ?? []).map(({ name }) => meanMetric(evaluations.map((e) => e.metrics.find((m) => m.name === name)!)))
  const gates = (evaluations[0]?.gates ?? []).map((gate) => {
    const each = evaluations.map((e) => e.gates.find(({ name }) => name === gate.name)!)
    if (gate.every && each.length > 1) return worstOff(each)
    const measured = metrics.find(({ name }) => name === gate.metric)!
    return { ...gate, measured, judgement: judge(measured, gate.bounds) }
  })
  return { seeds: finished.map(({ surroundings }) => surroundings.seed), runs: finished.map(({ record }) => record.path), uncounted, metrics, gates }
}

/** Times as ISO 8601 has them, in UTC, sort as texts; in no locale, whose rules differ between machines. */
const byStart = (group: ReadonlyArray<Started>): ReadonlyArray<Started> =>
  [...group].sort(({ surroundings: { started: a } }, { surroundings: { started: b } }) => (a < b ? -1 : a > b ? 1 : 0))

const SEVERITY = { violated: 2, undecided: 1, holds: 0 } as const

/** Of one gate's results, by their judgement first, then by how far the value lies beyond a bound or how near to one. */
const worstOff = (all: ReadonlyArray<GateResult>): GateResult => {
  const beyond = ({ measured: { value }, bounds: { lo = -Infinity, hi = Infinity } }: GateResult): number =>
    Number.isNaN(value) ? Infinity : Math.max(lo - value, value - hi)
  const worst = all.reduce((a, b) => ((SEVERITY[b.judgement] - SEVERITY[a.judgement] || beyond(b) - beyond(a)) > 0 ? b : a))
  return { ...worst, measured: { ...worst.measured, protocol: `worst of ${all.length} seeds; ${worst.measured.protocol}` } }
}

const meanMetric = (all: ReadonlyArray<Metric>): Metric => {
  const [first] = all as [Metric]
  if (all.length === 1) return first
  const floors = all.map(({ floor }) => floor).filter((floor) => floor !== null)
  const floor = floors.length === all.length ? floors.reduce((sum, x) => sum + x / all.length, 0) : null
  return {
    ...meanOfRepeats(
      first.name,
      all.map(({ value }) => value),
      1,
      "",
      floor,
    ),
    protocol: `mean over ${all.length} seeds, t interval; each: ${first.protocol}`,
  }
}
