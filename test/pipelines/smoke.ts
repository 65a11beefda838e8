/**
 * `npm run pipelines:smoke [-- NAMES]`: every recipe's smoke preset; one line each with its gates and monitors, then the count. Exit code 1 when one fails.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { RECIPES, smoke } from "./run-smoke.ts"

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !RECIPES.includes(name))
if (unknown.length > 0) {
  console.error(`no recipe ${unknown.join(", ")}; known: ${RECIPES.join(", ")}`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), "lemmata-smoke-"))
let failed = 0
const names = wanted.length > 0 ? wanted : RECIPES
for (const name of names) {
  const { status, stderr, judged } = await smoke(name, folder)
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name}${status === 0 ? "" : `, exit code ${status}`}`)
  for (const line of judged) console.log(`  ${line}`)
  if (status !== 0) {
    failed++
    console.log(stderr.trimEnd())
  }
}
rmSync(folder, { recursive: true })
console.log(`${names.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
