/**
 * Wall times of the built command line, start of Node included: `list` (goal 0.5 s), a quick check of everything (goal 8 s on two cores), a standard one
 * (goal 60 s). Median of eleven for `list`, one run for the checks.
 */
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { performance } from "node:perf_hooks"

const MAIN = join(import.meta.dirname, "../../dist/src/main.js")
if (!existsSync(MAIN)) throw new Error("run `npm run build` first")

const time = (...args: ReadonlyArray<string>): readonly [seconds: number, code: number | null, last: string] => {
  const start = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" })
  return [(performance.now() - start) / 1000, status, stdout.trimEnd().split("\n").at(-1) ?? ""]
}

time("list")
const lists = Array.from({ length: 11 }, () => time("list")[0]).sort((a, b) => a - b)
console.log(`lemmata list                             ${lists[5]!.toFixed(2)} s (${lists[0]!.toFixed(2)} to ${lists[10]!.toFixed(2)})`)
for (const budget of ["quick", "standard"]) {
  const [seconds, code, last] = time("check", "--all", "--budget", budget, "--jobs", "2")
  console.log(`lemmata check --all --budget ${budget.padEnd(8)}    ${seconds.toFixed(2)} s, exit ${code}: ${last}`)
}
