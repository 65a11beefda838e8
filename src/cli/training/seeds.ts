/**
 * `lemmata runs --seeds`: runs of equal settings taken together, over their seeds.
 */
import { Effect } from "effect"
import { FORMAT, jsonText } from "../../report/json.ts"
import { overSeeds } from "../../report/training/seeds.ts"
import type { OverSeeds } from "../../report/training/seeds.ts"
import { bounded, digits, measured } from "../../report/training/series.ts"
import { columns, plural } from "../../report/text.ts"
import type { Paint } from "../../report/text.ts"
import { FILES } from "../../run/training/folder.ts"
import { readRecord } from "../../run/training/record.ts"
import { leaves, without } from "../../run/training/tree.ts"
import { Front } from "../front.ts"
import { paint, print } from "../output.ts"
import { treeOf } from "./open.ts"
import { eachRun, hue, plainJson } from "./summary.ts"

/** Prints a table for each group of runs. */
export const printSeeds = Effect.fnUntraced(function* (out: string, json: boolean) {
  const { version } = yield* Front
  const runs = yield* eachRun(out, (run) => {
    const record = readRecord(run)
    const { tree } = treeOf(record.config, run.file(FILES.config))
    return { record, settings: leaves(without(tree, ["recipe", "preset", "seed", "backend", "run"])) }
  })
  const groups = overSeeds(runs)
  if (json) return yield* print(jsonText({ lemmata: version, format: FORMAT, seeds: plainJson(groups) }))
  yield* print(groups.length === 0 ? "no runs\n" : groups.map((group) => groupText(group, paint())).join("\n"))
})

const groupText = ({ recipe, preset, backend, settings, seeds, uncounted, metrics, gates }: OverSeeds, paint: Paint): string => {
  const about = [preset, backend, ...Object.entries(settings).map(([path, value]) => `${path}=${value.replaceAll('"', "")}`)]
  const rows = [
    ...gates.map(({ judgement, name, bounds, every, measured: m }) => [
      judgement,
      `gate ${name}`,
      bounded(bounds),
      every && seeds.length > 1 ? `${measured(m)}, the worst of the seeds` : measured(m),
    ]),
    ...metrics.map((metric) => ["", metric.name, metric.floor === null ? "" : `floor ${digits(metric.floor)}`, measured(metric)]),
  ]
  const lines = columns(rows).map((line, i) => `  ${hue(rows[i]![0]!, paint)}${line.slice(rows[i]![0]!.length)}`)
  const left = uncounted.map(({ run, seed, why }) => `  not counted: seed ${seed}, ${why} (${run})`)
  const head = `${paint("bold", recipe)} ${about.join(", ")}: ${plural(seeds.length, "seed")}${seeds.length === 0 ? "" : ` (${seeds.join(", ")})`}`
  return [head, ...lines, ...left, ""].join("\n")
}
