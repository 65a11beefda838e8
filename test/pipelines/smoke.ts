/**
 * `npm run pipelines:smoke [-- NAMES]`: every recipe's smoke preset through the command line, as a user would run it; one line each, then the count. Exit code 1 when one fails.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const root = join(import.meta.dirname, "../..")
const wanted = process.argv.slice(2)
const all = readdirSync(join(root, "pipelines"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort()
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`no recipe ${unknown.join(", ")}; known: ${all.join(", ")}`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), "lemmata-smoke-"))
let failed = 0
const names = wanted.length > 0 ? wanted : all
for (const name of names) {
  const args = ["dist/src/main.js", "run", name, "--preset", "smoke", "--out", folder, "--name", "smoke"]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" })
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name}${status === 0 ? "" : `, exit code ${status}`}`)
  const lines = stdout.split("\n").filter((line) => /^ {2}(holds|violated|undecided)/.test(line))
  for (const line of lines) console.log(`  ${line.trim()}`)
  if (status !== 0) {
    failed++
    console.log(stderr.trimEnd())
  }
}
rmSync(folder, { recursive: true })
console.log(`${names.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
