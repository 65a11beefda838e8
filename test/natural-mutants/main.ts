/**
 * `npm run natural-mutants [-- quick | standard | deep]`: published errors and their corrections, one row each.
 *
 * Exit 0 when every false claim is Refuted and every corrected one and every trap Verified, else 1.
 */
import { BUDGETS } from "../../src/core/budget.ts"
import { judgePairs } from "./pairs.ts"

const budget = BUDGETS.find((name) => name === (process.argv[2] ?? "standard"))
if (budget === undefined) {
  console.error(`a budget is expected: ${BUDGETS.join(", ")}`)
  process.exitCode = 2
} else {
  const pairs = await judgePairs(budget)
  const rows = [
    ["source", "what is wrong", "false", "corrected", "counterexample"],
    ...pairs.map((p) => {
      const right = p.right?.verdict._tag ?? "missing"
      return [p.source, `${p.trap ? "nothing: " : ""}${p.wrong}`, p.false?.verdict._tag ?? "-", right, p.where]
    }),
  ]
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
  const traps = pairs.filter((p) => p.trap).length
  const bad = pairs.filter((p) => !p.good)
  console.log(`\n${pairs.length - traps} pairs and ${traps} traps, budget ${budget}: ${pairs.length - bad.length} as they should be`)
  for (const p of bad) console.log(`not as it should be: ${p.name} (${p.source})`)
  process.exitCode = bad.length === 0 ? 0 : 1
}
