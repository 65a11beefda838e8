/**
 * The outcome by file of kinds and truth.
 */
import type { Judged } from "./judge.ts"
import { groupOf } from "./kinds.ts"

const COLUMNS = ["Verified", "Refuted", "Inconclusive", "Faulted"] as const

export const table = (all: ReadonlyArray<Judged>): ReadonlyArray<string> => {
  const rows = new Map<string, Array<Judged>>()
  for (const j of all)
    for (const group of [groupOf(j.claim.kind), "all"]) {
      const key = `${group.padEnd(14)} ${j.claim.truth.padEnd(10)}`
      rows.set(key, [...(rows.get(key) ?? []), j])
    }
  const line = ([key, group]: readonly [string, ReadonlyArray<Judged>]): string => {
    const counts = COLUMNS.map((v) => String(group.filter((j) => j.verdict === v).length).padStart(12)).join("")
    const decided = group.filter((j) => j.verdict === "Verified" || j.verdict === "Refuted").length
    const mean = group.reduce((s, j) => s + j.milliseconds, 0) / group.length
    const wrong = String(group.filter((j) => j.wrong).length).padStart(7)
    return `${key}${String(group.length).padStart(7)}${counts}${`${((100 * decided) / group.length).toFixed(1)}%`.padStart(9)}${wrong}${mean.toFixed(1).padStart(10)}`
  }
  const head = `${"kinds".padEnd(14)} ${"truth".padEnd(10)}${"claims".padStart(7)}${COLUMNS.map((c) => c.padStart(12)).join("")}${"decided".padStart(9)}${"wrong".padStart(7)}${"ms each".padStart(10)}`
  return [head, ...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(line)]
}
