/**
 * The terminal report of a mutant run: the kill matrix, and details of every mutant that survived.
 */
import { killMatrix } from "./kill-matrix.ts"
import type { KillRow } from "./kill-matrix.ts"
import { resultsOf } from "./report.ts"
import type { MutantReport } from "./report.ts"
import { detail } from "./terminal.ts"
import { columns, probability, seconds, size } from "./text.ts"
import type { Paint } from "./text.ts"

export const terminalMutants = (report: MutantReport, took: number, paint: Paint): string => {
  const matrix = killMatrix(report)
  const row = (name: string, r: Omit<KillRow, "id" | "steps" | "survivors">): ReadonlyArray<string> => [
    name,
    `${r.refuted}/${r.mutants}`,
    percent(r.K),
    String(r.F),
    size(r.epsilonMedian),
    size(r.epsilonWorst),
  ]
  const table = columns(
    [["theorem", "refuted", "K", "F", "eps* median", "eps* worst"], ...matrix.theorems.map((r) => row(r.id, r)), row("all", matrix)],
    [1, 2, 3, 4, 5],
  )
  const survivors = report.theorems.flatMap((theorem) =>
    resultsOf(report.results, theorem.id)
      .filter((r) => r.verdict._tag !== "Refuted")
      .flatMap((r) => ["", ...detail(r, theorem, paint)]),
  )
  const footer = `seed ${report.seed}, alpha ${probability(report.alpha)}, budget ${report.budget}, ${seconds(took)}`
  return [paint("bold", table[0]!), ...table.slice(1), ...survivors, "", paint("dim", footer), ""].join("\n")
}

const percent = (k: number | null): string => (k === null ? "-" : `${(Math.floor(k * 1000) / 10).toFixed(1)} %`)
