/**
 * Examples are executed: the two-file theorem in examples/, and the `ts` blocks of README.md and of the docblock of src/index.ts. In a block a line
 * `expression // => value` states what the expression is.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import * as effect from "effect"
import * as lemmata from "lemmata"
import { describe, expect, it } from "vitest"
import { proof } from "../../examples/gaussian-tail/proof.ts"
import { ROOT, lemmata as run } from "../cli/lemmata.ts"

describe("examples/gaussian-tail", () => {
  it("is verified by a library call", async () => {
    const report = await Effect.runPromise(lemmata.check(proof, { budget: "quick" }))
    expect(report.results.map((r) => `${r.id} ${r.verdict._tag}`)).toEqual([
      "likelihood/gaussian-tail#tail Verified",
      "likelihood/gaussian-tail#chernoff Verified",
      "likelihood/gaussian-tail#sharp Verified",
    ])
  })

  it("is verified by the command line, and its mutants are refuted", async () => {
    expect(await run(["check", "./examples/gaussian-tail/proof.ts", "--budget", "quick"])).toMatchObject({ code: 0, stderr: "" })
    expect(await run(["mutants", "./examples/gaussian-tail/proof.ts", "--budget", "quick"])).toMatchObject({ code: 0, stderr: "" })
  })
})

const blocks = (path: string): ReadonlyArray<string> =>
  [
    ...readFileSync(join(ROOT, path), "utf8")
      .replace(/^ \* ?/gm, "")
      .matchAll(/```ts\n([\s\S]*?)```/g),
  ].map((m) => m[1]!)

/** Runs a block whose imports are from "effect" and "lemmata"; gives each stated value beside the one that came out. */
const execute = async (block: string): Promise<ReadonlyArray<{ readonly stated: unknown; readonly found: unknown }>> => {
  const body = block
    .replace(/import \{([^}]*)\} from "(effect|lemmata)"/g, "const {$1} = $2")
    .replace(/^(.*) \/\/ => (.*)$/gm, "found.push({ stated: $2, found: $1 })")
  const found: Array<{ stated: unknown; found: unknown }> = []
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor
  await new AsyncFunction("effect", "lemmata", "found", body)(effect, lemmata, found)
  return found
}

describe("the code in the text", () => {
  it.each(["README.md", "src/index.ts"])("of %s does what it says", async (path) => {
    const all = blocks(path)
    expect(all.length).toBeGreaterThan(0)
    for (const block of all) {
      const values = await execute(block)
      expect(values.length).toBeGreaterThan(0)
      for (const { stated, found } of values) expect(found).toEqual(stated)
    }
  })
})
