/** CONTRIBUTING.md: what it gives a newcomer to start from compiles as printed, and its recipe trains, measures and judges. */
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { judge } from "../../src/math/metric.ts"
import type { Recipe } from "../../src/train/recipe.ts"
import { ROOT } from "../cli/lemmata.ts"
import { open, wasm } from "../pipelines/open.ts"

/** The blocks in their order, where each would stand. */
const PLACES = ["specs/topic/my-theorem.ts", "proofs/topic/my-theorem.ts", "src/models/my-flow.ts", "pipelines/my-flow-moons.ts"]
const blocks = [...readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8").matchAll(/^```ts\n(.*?)^```/gms)].map((m) => m[1]!)

// Beside the sources, so that packages are found from it; ignored by git.
const folder = mkdtempSync(join(ROOT, "dist", "contributing-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const flat = (path: string): string => path.replaceAll("/", "-")
for (const [i, place] of PLACES.entries()) {
  const moved = blocks[i]!.replace(/from "(\.[^"]*)"/g, (_, specifier: string) => {
    const target = join(place, "..", specifier)
    return `from "${PLACES.includes(target) ? `./${flat(target)}` : `../../${target}`}"`
  })
  writeFileSync(join(folder, flat(place)), moved)
}

test("there are four, and all compile", () => {
  expect(blocks).toHaveLength(PLACES.length)
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../../tsconfig.json", include: [], files: PLACES.map(flat) }))
  try {
    execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8" })
  } catch (error) {
    expect.fail((error as { readonly stdout: string }).stdout)
  }
})

test("the recipe trains, measures every gate, and its monitors hold", async () => {
  const { recipe } = (await import(join(folder, flat(PLACES.at(-1)!)))) as { readonly recipe: Recipe }
  const program = await open(await wasm(), recipe, { steps: 20 })
  for (let k = 0; k < 20; k++) await program.step(k)
  const metrics = await program.evaluate()
  for (const gate of program.gates) {
    const measured = metrics.find(({ name }) => name === gate.metric)
    // A divergence of a flow that has learnt next to nothing.
    expect(measured?.value).toBeGreaterThan(0.1)
    expect(judge(measured!, gate.bounds)).toBe("holds")
  }
  for (const { name, look } of program.monitors) {
    const { metric, bounds } = await look(20)
    expect([name, judge(metric, bounds)]).toEqual([name, "holds"])
  }
  expect(await program.sample(3, "s")).toMatchObject([{ kind: "points", dimension: 2, values: { length: 6 } }])
  program.dispose()
})
