/** Re-introduces published bugs one by one and prints which monitor saw each: `npm run monitors`. Exits 1 when one is not seen, or a monitor complains without it. */
import { violations } from "../../src/train/monitors/finding.ts"
import { BUGS } from "./rows.ts"

let missed = 0
const rows = BUGS.map(({ bug, thread, monitor, look }) => {
  const [quiet, seen] = [violations(look(false)).length === 0, violations(look(true)).some(({ name }) => name === monitor)]
  if (!(quiet && seen)) missed++
  return [monitor, seen ? (quiet ? "seen" : "seen, but also without the bug") : "NOT SEEN", thread, bug] as const
})
const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
for (const row of rows)
  console.log(
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  )
console.log(`\n${BUGS.length} bugs re-introduced, ${BUGS.length - missed} seen by the monitor that claims them and by none without the bug`)
process.exitCode = missed === 0 ? 0 : 1
