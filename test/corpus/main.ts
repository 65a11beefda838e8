/**
 * `npm run corpus [-- first|second] [--budget quick|standard|deep]`: the corpus, one row per name that the claims use.
 *
 * Prints wrong and undecided claims with their reasons. Exit 1 when a verdict is wrong or fewer than 95 % of the claims with a truth value are decided.
 */
import { loadavg } from "node:os"
import { parseArgs } from "node:util"
import { BINDERS } from "../../src/expression/binders.ts"
import { FUNCTIONALS } from "../../src/expression/functionals/functionals.ts"
import { LAWS } from "../../src/expression/laws/laws.ts"
import { BUDGETS } from "../../src/core/budget.ts"
import { HALVES, files, judge } from "./corpus.ts"
import type { Judged } from "./corpus.ts"

const { values, positionals } = parseArgs({ options: { budget: { type: "string", default: "standard" } }, allowPositionals: true })
const budget = BUDGETS.find((name) => name === values.budget)
const halves = HALVES.filter((half) => positionals.length === 0 || positionals.includes(half))
if (budget === undefined || positionals.some((word) => !HALVES.some((half) => half === word))) {
  console.error(`expected: npm run corpus [-- ${HALVES.join("|")}] [--budget ${BUDGETS.join("|")}]`)
  process.exit(2)
}

const quantile = (sorted: ReadonlyArray<number>, p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0
const seconds = (all: ReadonlyArray<Judged>, p: number): string =>
  quantile(
    all.map((j) => j.result.seconds).sort((a, b) => a - b),
    p,
  ).toFixed(3)
const row = (name: string, all: ReadonlyArray<Judged>): string => {
  const sound = all.filter((j) => j.truth !== "undefined")
  const share = sound.length === 0 ? "-" : `${((100 * sound.filter((j) => j.decided).length) / sound.length).toFixed(1)}%`
  return [String(all.length), String(all.filter((j) => j.wrong).length), share, seconds(all, 0.5), seconds(all, 0.95)].reduce(
    (line, cell) => line + cell.padStart(9),
    name.padEnd(16),
  )
}

const all = await judge(halves.flatMap(files), budget)
console.log("".padEnd(16) + ["claims", "wrong", "decided", "median s", "95 % s"].map((c) => c.padStart(9)).join(""))
for (const name of [...Object.keys(FUNCTIONALS), ...Object.keys(BINDERS), ...Object.keys(LAWS)]) {
  const using = all.filter((j) => new RegExp(`\\b${name}\\(`).test(j.claim))
  if (using.length > 0) console.log(row(name, using))
}
for (const truth of ["true", "false", "undefined"] as const)
  console.log(
    row(
      truth,
      all.filter((j) => j.truth === truth),
    ),
  )
console.log(row("all", all))
for (const j of all.filter((k) => k.wrong)) console.log(`WRONG      ${j.id}: ${j.truth}, but ${j.result.verdict._tag}: ${j.claim}`)
for (const j of all.filter((k) => k.truth !== "undefined" && !k.decided)) {
  const { verdict, detail } = j.result
  console.log(`undecided  ${j.id}: ${verdict._tag === "Inconclusive" ? verdict.reason : verdict._tag}, ${detail}`)
}
console.log(`budget ${budget}, one thread, load ${loadavg()[0]!.toFixed(1)}`)
const sound = all.filter((j) => j.truth !== "undefined")
const decided = sound.filter((j) => j.decided).length / sound.length
process.exitCode = all.some((j) => j.wrong) || decided < 0.95 ? 1 : 0
