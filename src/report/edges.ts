/**
 * The terminal report of the degenerate points: the class that each got, and what the catalogue expects where that differs.
 */
import type { EdgeReport } from "./report.ts"
import { columns, plural, seconds } from "./text.ts"
import type { Paint } from "./text.ts"

export const terminalEdges = (report: EdgeReport, took: number, paint: Paint): string => {
  const rows = report.edges.map(({ theorem, edge: { edge, got } }) => [got === edge.expected ? "ok" : "differs", `${theorem}#${edge.name}`, got])
  const lines = columns(rows).flatMap((line, i) => {
    const { edge, got, detail } = report.edges[i]!.edge
    if (got === edge.expected) return [paint("green", "ok") + line.slice(2)]
    return [paint("red", "differs") + line.slice(7), `  expected ${edge.expected}: ${edge.note}`, ...(detail === "" ? [] : [`  ${detail}`])]
  })
  const right = report.edges.filter(({ edge }) => edge.got === edge.edge.expected).length
  return [
    ...lines,
    "",
    paint("dim", `${right} of ${plural(report.edges.length, "degenerate point")} answered as expected; ${seconds(took)}`),
    "",
  ].join("\n")
}
