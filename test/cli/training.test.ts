/**
 * The built command line finds the recipes of the tree and the bundle that runs them.
 */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { ROOT, lemmata } from "./lemmata.ts"

it("lists every pipeline, with its presets and the theorems that it stands on", async () => {
  const names = readdirSync(join(ROOT, "pipelines"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -3))
    .sort()
  const ended = await lemmata(["recipes", "--json"])
  expect(ended).toMatchObject({ code: 0, stderr: "" })
  const { recipes } = JSON.parse(ended.stdout)
  expect(recipes.map((r: { name: string }) => r.name)).toEqual(names)
  for (const recipe of recipes) {
    expect(Object.keys(recipe.presets).sort()).toEqual(["full", "short", "smoke"])
    expect(recipe.specs.every(({ id }: { id: string }) => /^[a-z]+\/[a-z-]+$/.test(id))).toBe(true)
  }
  const text = await lemmata(["recipes"])
  for (const name of names) expect(text.stdout).toContain(`${name}  `)
})

it("refuses what is no recipe, no setting and no run, as one JSON object where that is asked for", async () => {
  expect(await lemmata(["run", "flow-matching-mons"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('did you mean "flow-matching-moons"?'),
  })
  const wrong = await lemmata(["run", "flow-matching-moons", "trian.steps=3", "--json"])
  expect([wrong.code, JSON.parse(wrong.stdout).error]).toMatchObject([2, { code: "bad-config", message: expect.stringContaining("trian") }])
  expect(await lemmata(["sample", "nowhere", "--count", "0"])).toMatchObject({ code: 2, stderr: expect.stringContaining("a whole number from 1") })
})
