/**
 * Runs every benchmark beside this file, each in a process of its own: `npm run bench`, or `npm run bench -- transport scores` for some.
 * LEMMATA_PYTHON names the Python that has the peers; what it lacks is said to be absent.
 */
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { basename, join } from "node:path"

const own = basename(import.meta.filename)
const all = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== own)
  .map((name) => name.slice(0, -3))
  .sort()
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(", ")}; there are ${all.join(", ")}`)
  process.exit(2)
}
let failed = 0
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: "inherit" })
  if (status !== 0) failed++
}
process.exitCode = failed === 0 ? 0 : 1
