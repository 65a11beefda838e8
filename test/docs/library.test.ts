/** docs/library.md: its programs compile for a strict user and run, and every export of the library's parts stands in it. */
import { execFileSync } from "node:child_process"
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import * as sampling from "../../src/sampling.ts"
import * as training from "../../src/training.ts"
import { ROOT, lemmata } from "../cli/lemmata.ts"

const page = readFileSync(join(ROOT, "docs/library.md"), "utf8")
const programs = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map((m) => m[1]!)

const user = mkdtempSync(join(tmpdir(), "lemmata-library-"))
afterAll(() => rmSync(user, { recursive: true, force: true }))
mkdirSync(join(user, "node_modules"))
for (const name of ["lemmata", "effect", "@tensorflow"])
  symlinkSync(name === "lemmata" ? ROOT : join(ROOT, "node_modules", name), join(user, "node_modules", name))
writeFileSync(join(user, "package.json"), '{ "type": "module" }')
copyFileSync(join(ROOT, "examples/shear-flow/recipe.ts"), join(user, "recipe.ts"))
const files = programs.map((_, i) => `program${i}.ts`)
files.forEach((file, i) => writeFileSync(join(user, file), programs[i]!))

test("the tables hold every export and nothing else", () => {
  const [, core, recipes] = page.split(/^## /m)
  const listed = (part: string): ReadonlyArray<string> =>
    part.split("\n").flatMap((line) => (line.startsWith("|") ? [...line.matchAll(/`(\w+)[`(]/g)].map((m) => m[1]!) : []))
  expect(listed(core!).toSorted()).toEqual(Object.keys(sampling).sort())
  // The library that two of them come from is named beside them.
  expect(
    listed(recipes!)
      .filter((name) => name !== "effect")
      .toSorted(),
  ).toEqual(Object.keys(training).sort())
})

test("each program compiles under strict options", () => {
  const flags =
    "--strict --exactOptionalPropertyTypes --noEmit --skipLibCheck --allowImportingTsExtensions --module nodenext --target es2022 --types".split(" ")
  const lib = ["", "--lib", "es2024,dom,esnext.disposable"]
  try {
    execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), ...flags, ...lib, ...files, "recipe.ts"], {
      cwd: user,
      encoding: "utf8",
    })
  } catch (error) {
    expect.fail((error as { readonly stdout: string }).stdout)
  }
})

test("each program says what it should", () => {
  const said = files.map((file) => execFileSync(process.execPath, [file], { cwd: user, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))
  // A point of the law is within 3 deviations of its mode with probability 1 - exp(-9/2) = 0.989; four binomial deviations are left to 1000 of them.
  const [, modes, share] = /^(\d) modes, high-quality share ([\d.]+) in \[.*\] holds\n$/.exec(said[0]!)!.map(Number)
  expect(modes).toBe(8)
  expect(Math.abs(share! - (1 - Math.exp(-4.5)))).toBeLessThan(4 * Math.sqrt((0.989 * 0.011) / 1000))
  // x(0.75) = x + 0.75 (2 - x)
  expect(said[1]).toBe("1.2500 1.5000 1.7500\n")
  expect(said[2]).toBe("NLL - H of 5000\n")
})

test("the command line runs the recipe of a file, goes on with it, and refuses to once it has changed", async () => {
  const run = (args: ReadonlyArray<string>) => lemmata(args, { cwd: user })
  expect(await run(["run", "./recipe.ts", "--preset", "smoke", "--backend", "cpu", "--name", "a", "train.steps=3"])).toMatchObject({ code: 0 })
  const config = readFileSync(join(user, "runs/shear-flow/a/config.yaml"), "utf8")
  expect(config).toContain(`recipe: ${JSON.stringify(join(user, "recipe.ts"))}`)
  expect(await run(["resume", "runs/shear-flow/a"])).toMatchObject({ code: 0 })
  writeFileSync(join(user, "recipe.ts"), `${readFileSync(join(user, "recipe.ts"), "utf8")}// changed\n`)
  expect(await run(["resume", "runs/shear-flow/a"])).toMatchObject({ code: 2, stderr: expect.stringContaining("file of the recipe") })
})

test("a file that exports no recipe is refused by name", async () => {
  writeFileSync(join(user, "none.ts"), "export const recipe = { name: 'x' }\n")
  expect(await lemmata(["run", "./none.ts"], { cwd: user })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("./none.ts does not export `recipe`, a value made by recipe({"),
  })
  expect(await lemmata(["run", "./nowhere.ts"], { cwd: user })).toMatchObject({ code: 2, stderr: "lemmata: there is no file ./nowhere.ts\n" })
})
