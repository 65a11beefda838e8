/**
 * `npm run reference [-- DIR]`: reference values of other software against our enclosures, and degenerate points against our classes.
 *
 * DIR holds files of the format theorem-reference/1 and perhaps edge-cases.json; the shared ones beside the project when absent, else the copies among
 * the fixtures. Exit codes: 0 all contained, 1 an enclosure misses its reference or a class differs, 2 no such folder, 3 a quantity without a rule.
 */
import { existsSync, readdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { readReference } from "./case.ts"
import { RULES, TIERS, checkFile, figures } from "./check.ts"
import type { Figures, Outcome } from "./check.ts"
import { classify, readEdges } from "./edges.ts"

const shared = resolve(import.meta.dirname, "../../../shared/reference")
const folder = process.argv[2] ?? (existsSync(shared) ? shared : resolve(import.meta.dirname, "../fixtures/reference"))

const digits = (d: number): string => (d === Infinity ? "exact" : d.toFixed(1))
const percent = (part: number, whole: number): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)}%`)
const row = (cells: ReadonlyArray<string>): string =>
  cells
    .map((c, i) => (i === 0 ? c.padEnd(27) : c.padStart(10)))
    .join(" ")
    .trimEnd()

const tierTitles = TIERS.flatMap((t) => [`median@${t.bits}`, `least@${t.bits}`])
const title = row(["file", "cases", "contained", "wrong", "undecided", "no rule", "decided", "exact", ...tierTitles])

const line = (name: string, f: Figures): string => {
  const undecided = f.contained - f.decided
  const share = percent(f.decided, f.cases - f.unsupported)
  const counts = [f.cases, f.contained, f.wrong, undecided, f.unsupported].map(String)
  return row([name, ...counts, share, percent(f.exact, f.cases - f.unsupported), ...f.median.flatMap((m, k) => [digits(m), digits(f.least[k]!)])])
}

const details = (theorem: string, outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> =>
  outcomes.flatMap((o) => {
    const what = `${theorem}/${o.case.id} (${o.case.family}, ${o.case.quantity})`
    if (o.kind === "unsupported") return [`  no rule    ${[what, ...o.complaints].join(": ")}`]
    if (o.kind === "wrong") return [`  wrong      ${what}`, ...o.complaints.map((c) => `             ${c}`)]
    return o.decided === undefined ? [`  undecided  ${what}: ${o.complaints.join("; ") || "the enclosure is wide"}`] : []
  })

const values = (): { readonly wrong: number; readonly unsupported: number } => {
  const all: Array<Outcome> = []
  const notes: Array<string> = []
  console.log(`reference values in ${folder}; digits that the enclosures claim, at ${TIERS.map((t) => t.bits).join(" and ")} bits\n\n${title}`)
  for (const theorem of Object.keys(RULES)) {
    const path = join(folder, `${theorem}.json`)
    if (!existsSync(path)) {
      notes.push(`  no file    ${theorem}.json`)
      continue
    }
    const outcomes = checkFile(readReference(path))
    console.log(line(theorem, figures(outcomes)))
    notes.push(...details(theorem, outcomes))
    all.push(...outcomes)
  }
  const total = figures(all)
  console.log(`${line("total", total)}\n${notes.join("\n")}${notes.length > 0 ? "\n" : ""}`)
  return total
}

const points = (): number => {
  const path = join(folder, "edge-cases.json")
  if (!existsSync(path)) return 0
  let [asked, differs] = [0, 0]
  console.log("degenerate points")
  for (const c of readEdges(path)) {
    const got = classify(c.theorem, c.parameters)
    if (got !== undefined) asked++
    if (got !== undefined && got !== c.expected_status) differs++
    const verdict = got === undefined ? "no spec yet" : got === c.expected_status ? got : `${got}, expected ${c.expected_status}`
    console.log(`  ${got === undefined ? "-" : got === c.expected_status ? "ok" : "differs"}`.padEnd(11), c.id.padEnd(52), verdict)
  }
  console.log(`${asked - differs} of ${asked} answered as expected`)
  return differs
}

if (!existsSync(folder)) {
  console.error(`${folder}: no such folder`)
  process.exitCode = 2
} else {
  const others = readdirSync(folder).filter((f) => f.endsWith(".json") && f !== "edge-cases.json" && !Object.hasOwn(RULES, f.slice(0, -5)))
  const { wrong, unsupported } = values()
  const differs = points()
  if (others.length > 0) console.log(`${others.length} files of other theorems are left out`)
  process.exitCode = wrong > 0 || differs > 0 ? 1 : unsupported > 0 ? 3 : 0
}
