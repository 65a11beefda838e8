/**
 * `npm run derivations [-- quick|standard|deep]`: is the line with the planted error named, and is no original called broken?
 *
 * Exit 0 when at least 95 % of the lines are named and no original has a broken line, else 1.
 */
import { BUDGETS } from "../../src/core/budget.ts"
import { judgeDerivations } from "./derivations.ts"

const budget = BUDGETS.find((name) => name === (process.argv[2] ?? "standard"))
if (budget === undefined) {
  console.error(`a budget is expected: ${BUDGETS.join(", ")}`)
  process.exit(2)
}
const planted = await judgeDerivations("planted", budget)
const originals = await judgeDerivations("originals", budget)
console.log(`${"derivation".padEnd(50)}${"planted".padStart(8)}${"named".padStart(7)}${"others".padStart(8)}${"open".padStart(6)}  what is wrong`)
for (const d of planted) {
  const others = d.broken.filter((line) => line !== d.planted).join(" ") || "-"
  const cells = [String(d.planted).padStart(8), String(d.found ?? "-").padStart(7), others.padStart(8), (d.undecided.join(" ") || "-").padStart(6)]
  console.log(`${d.id.padEnd(50)}${cells.join("")}  ${d.error}`)
}
const right = planted.filter((d) => d.found === d.planted).length
const slandered = originals.filter((d) => d.found !== undefined)
const open = originals.reduce((sum, d) => sum + d.undecided.length, 0)
for (const d of slandered) console.log(`called broken, and is not: ${d.id}/${d.found}`)
for (const d of originals.filter((o) => o.undecided.length > 0)) console.log(`undecided in the original: ${d.id}/${d.undecided.join(" ")}`)
console.log(
  `budget ${budget}: right line named in ${right} of ${planted.length}; ${slandered.length} of ${originals.length} originals called broken, ${open} lines open`,
)
process.exitCode = right >= 0.95 * planted.length && slandered.length === 0 ? 0 : 1
