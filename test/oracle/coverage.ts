/**
 * Coverage under continuous peeking: for every method and law of the zoo, the rate of streams on which the mean is excluded after any observation.
 *
 *   node test/oracle/coverage.ts [streams per law = 10000] [observations per stream = 500]
 *
 * Prints one line per law and one per method; exit 1 when a count exceeds what a binomial law with p = alpha exceeds with probability 1e-6.
 * The last line is a CLT interval, which must exceed it.
 */
import { stream } from "../../src/random/stream.ts"
import { binomialLimit, centralLimit, misses, zoo } from "../verify/confidence/zoo.ts"

const ALPHA = 0.01
const streams = Number(process.argv[2] ?? 10_000)
const horizon = Number(process.argv[3] ?? 500)
const limit = binomialLimit(streams, ALPHA, 1e-6)
console.log(`alpha = ${ALPHA}, ${streams} streams of ${horizon} observations per law, looked at after each; at most ${limit} misses`)

const totals = new Map<string, { missed: number; run: number }>()
let failed = false
const line = (method: string, law: string, missed: number, run: number, verdict: string): void =>
  console.log(`${method.padEnd(20)} ${law.padEnd(34)} ${String(missed).padStart(6)} / ${run}  ${(missed / run).toFixed(5)}  ${verdict}`)

for (const { method, law, make } of zoo(ALPHA, horizon / 4)) {
  const uniform = stream("coverage", method, law.name).next
  let missed = 0
  for (let k = 0; k < streams; k++) if (misses(make(), law, uniform, horizon)) missed += 1
  const total = totals.get(method) ?? { missed: 0, run: 0 }
  totals.set(method, { missed: total.missed + missed, run: total.run + streams })
  if (missed > limit) failed = true
  line(method, law.name, missed, streams, missed > limit ? "TOO MANY" : "ok")
}
for (const [method, { missed, run }] of totals) line(method, "all laws", missed, run, missed > binomialLimit(run, ALPHA, 1e-6) ? "TOO MANY" : "ok")

const { law } = zoo(ALPHA, horizon / 4).find((c) => c.law.name === "uniform")!
const uniform = stream("coverage", "clt").next
let missed = 0
for (let k = 0; k < streams; k++) if (misses(centralLimit(), law, uniform, horizon)) missed += 1
if (missed <= limit) failed = true
line("central limit", law.name, missed, streams, missed > limit ? "too many, as it must" : "NOT DETECTED")
process.exitCode = failed ? 1 : 0
