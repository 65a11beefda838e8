/**
 * Runs as text: what `run`, `resume` and `evaluate` print, the table of `runs`, the list of `recipes`.
 */
import { Effect } from "effect"
import { isRefusal, reasonOf } from "../../core/refusal.ts"
import { FORMAT, jsonText } from "../../report/json.ts"
import { bounded, digits, measured, scalarSeries } from "../../report/training/series.ts"
import { monitorSummaries, uncertified, verdictOf } from "../../report/training/summary.ts"
import { columns } from "../../report/text.ts"
import type { Paint } from "../../report/text.ts"
import { InputError } from "../../run/input-error.ts"
import { FILES, isRunning, listRuns } from "../../run/training/folder.ts"
import type { RunFolder } from "../../run/training/folder.ts"
import { numbers } from "../../run/training/journal.ts"
import { readRecord } from "../../run/training/record.ts"
import { onDisk } from "../../run/training/disk.ts"
import { PRESETS } from "../../train/recipe.ts"
import type { RunRecord } from "../../train/record.ts"
import { Front, loading } from "../front.ts"
import { complain, paint, print } from "../output.ts"

const HUES = { passed: "green", holds: "green", failed: "red", violated: "red", diverged: "red" } as const
export const hue = (word: string, paint: Paint): string => paint(HUES[word as keyof typeof HUES] ?? "yellow", word)

/** The verdict, then each gate and monitor with its numbers, then where the report is. */
const runText = (record: RunRecord, paint: Paint): string => {
  const rows = [
    ...(record.evaluation?.gates ?? []).map(({ judgement, name, bounds, measured: m }) => [judgement, `gate ${name}`, bounded(bounds), measured(m)]),
    ...monitorSummaries(record).map(({ judgement, name, looks }) => {
      const { bounds, metric } = looks.at(-1)!
      return [judgement, `monitor ${name}`, bounded(bounds), measured(metric)]
    }),
  ]
  const lines = columns(rows).map((line, i) => `  ${hue(rows[i]![0]!, paint)}${line.slice(rows[i]![0]!.length)}`)
  const label = uncertified(record) ? " (started without certificates)" : ""
  const step = record.outcome === null ? "" : `, ${record.outcome.step} steps`
  return [`${hue(verdictOf(record), paint)} ${paint("bold", record.title)}${step}${label}`, ...lines, `  ${record.path}/${FILES.report}`, ""].join(
    "\n",
  )
}

const last = (record: RunRecord): Readonly<Record<string, number>> =>
  Object.fromEntries(scalarSeries(record.lines).map(({ name, points }) => [name, points.at(-1)!.value]))

const runData = (record: RunRecord) => ({
  run: record.title,
  path: record.path,
  verdict: verdictOf(record),
  status: record.outcome?.status ?? null,
  step: record.outcome?.step ?? null,
  steps: record.surroundings?.steps ?? null,
  detail: record.outcome?.detail ?? "",
  seed: record.surroundings?.seed ?? null,
  backend: record.surroundings?.backend ?? null,
  scalars: last(record),
  gates: record.evaluation?.gates ?? [],
  metrics: record.evaluation?.metrics ?? [],
  monitors: monitorSummaries(record).map(({ name, theorem, relation, judgement, counts, looks }) => ({
    name,
    theorem,
    relation,
    judgement,
    counts,
    last: looks.at(-1)!,
  })),
  certificates: record.certificates.map(({ id, standing, grade, needs }) => ({ id, standing, grade, needs })),
})

/** As JSON has it: NaN and infinities as texts. */
export const plainJson = (value: unknown) => JSON.parse(JSON.stringify(value, numbers))

export const printRuns = Effect.fnUntraced(function* (records: ReadonlyArray<RunRecord>, json: boolean) {
  const { version } = yield* Front
  yield* print(
    json ? jsonText({ lemmata: version, format: FORMAT, runs: plainJson(records.map(runData)) }) : records.map((r) => runText(r, paint())).join("\n"),
  )
})

/** What `read` makes of each run under a folder; a folder that is damaged is told on standard error and hides none of the others. */
export const eachRun = <A>(out: string, read: (run: RunFolder) => A) =>
  Effect.gen(function* () {
    const [runs, unreadable] = yield* Effect.partition(yield* onDisk(() => listRuns(out)), (run) =>
      Effect.try({
        try: () => read(run),
        catch: (error) =>
          `${run.path} is left out: ${error instanceof InputError ? error.message : `${isRefusal(error) ? `${error.path}: ${reasonOf(error)}` : `its files are damaged: ${reasonOf(error)}`}`}`,
      }),
    )
    yield* Effect.forEach(unreadable, (message) => complain(`lemmata: ${message}`))
    return runs
  })

/** `lemmata runs`: a line per run. */
export const printTable = Effect.fnUntraced(function* (out: string, json: boolean) {
  const { version } = yield* Front
  const runs = yield* eachRun(out, (run) => {
    const record = readRecord(run)
    const state = isRunning(run) ? "running" : verdictOf(record)
    return { data: { ...runData(record), verdict: state }, row: rowOf(record, state) }
  })
  if (json) return yield* print(jsonText({ lemmata: version, format: FORMAT, runs: plainJson(runs.map(({ data }) => data)) }))
  const rows = runs.map(({ row }) => row)
  yield* print(
    rows.length === 0
      ? "no runs\n"
      : `${columns(rows, [2])
          .map((line, i) => `${hue(rows[i]![0]!, paint())}${line.slice(rows[i]![0]!.length)}`)
          .join("\n")}\n`,
  )
})

const rowOf = (record: RunRecord, state: string): ReadonlyArray<string> => {
  const gates = record.evaluation?.gates ?? []
  const step = record.outcome?.step ?? record.lines.at(-1)?.step ?? 0
  const { loss } = last(record)
  return [
    state,
    record.path,
    `${step}/${record.surroundings?.steps ?? "?"}`,
    loss === undefined ? "-" : `loss ${digits(loss)}`,
    gates.length === 0 ? "-" : `${gates.filter((g) => g.judgement === "holds").length}/${gates.length} gates`,
    record.surroundings === null ? "-" : `seed ${record.surroundings.seed}`,
  ]
}

/** `lemmata recipes`: what can be run, with what each stands on. */
export const printRecipes = Effect.fnUntraced(function* (json: boolean) {
  const front = yield* Front
  const recipes = yield* Effect.forEach(front.recipes, (entry) => loading(entry.load))
  if (json) {
    const data = recipes.map(({ name, title, summary, specs, presets, sources }) => ({ name, title, summary, specs, presets, sources }))
    return yield* print(jsonText({ lemmata: front.version, format: FORMAT, recipes: plainJson(data) }))
  }
  const text = recipes.flatMap(({ name, title, summary, specs }) => [
    `${paint()("bold", name)}  ${title}`,
    `  ${summary}`,
    `  presets ${PRESETS.join(", ")}; stands on ${specs.length === 0 ? "no theorem of the catalogue" : specs.map(({ id, grade }) => `${id} (${grade})`).join(", ")}`,
  ])
  yield* print(text.length === 0 ? "no recipes\n" : `${text.join("\n")}\n`)
})
