import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { breaches, imports, readHouse } from "../../scripts/house.ts"

const of = (path: string, text: string): ReadonlyArray<string> => breaches([{ path, text }])

describe("the rules of the house", () => {
  it("hold for this tree", () => {
    const files = readHouse(join(import.meta.dirname, "../.."))
    expect(files.length).toBeGreaterThan(50)
    expect(breaches(files)).toEqual([])
  })

  it("refuse an import that goes up", () => {
    expect(of("src/interval/a.ts", 'import { parse } from "../expression/syntax.ts"\n')).toEqual([
      "src/interval/a.ts: interval may not import expression (src/expression/syntax.ts)",
    ])
    expect(of("src/report/a.ts", 'import type { X } from "../run/plan.ts"\n')).toHaveLength(1)
    expect(of("src/core/a.ts", 'export { x } from "../interval/interval.ts"\n')).toHaveLength(1)
    expect(of("src/verify/a.ts", 'const m = await import("../cli/app.ts")\n')).toHaveLength(1)
  })

  it("allow one that goes down, also over several lines", () => {
    expect(of("src/expression/a.ts", 'import {\n  add,\n} from "../interval/interval.ts"\nimport { b } from "./b.ts"\n')).toEqual([])
    expect(of("proofs/t/a.ts", 'import { a } from "../../specs/t/a.ts"\nimport { prove } from "../../src/verify/prove.ts"\n')).toEqual([])
  })

  it("keep proofs apart, and specs and proofs out of src", () => {
    expect(of("proofs/t/a.ts", 'import { b } from "./b.ts"\n')).toEqual(["proofs/t/a.ts: no proof imports another proof"])
    expect(of("src/cli/a.ts", 'import { proof } from "../../proofs/t/a.ts"\n')).toHaveLength(1)
    expect(of("src/run/a.ts", 'import { a } from "../../specs/t/a.ts"\n')).toHaveLength(1)
    expect(of("src/main.ts", 'import { proof } from "../proofs/t/a.ts"\nimport { a } from "../specs/t/a.ts"\n')).toEqual([])
  })

  it("keep packages where they belong", () => {
    expect(of("src/interval/a.ts", 'import { Effect } from "effect"\n')).toEqual(['src/interval/a.ts: interval may not import the package "effect"'])
    expect(of("src/math/a.ts", 'import { readFileSync } from "node:fs"\n')).toHaveLength(1)
    expect(of("src/verify/a.ts", 'import { evaluate } from "mathjs"\n')).toHaveLength(1)
    expect(of("src/cli/a.ts", 'import { NodeServices } from "@effect/platform-node"\n')).toEqual([])
  })

  it("see circles, of types too", () => {
    const files = [
      { path: "src/core/a.ts", text: 'import { b } from "./b.ts"\n' },
      { path: "src/core/b.ts", text: 'import type { C } from "./c.ts"\n' },
      { path: "src/core/c.ts", text: 'import { a } from "./a.ts"\n' },
    ]
    expect(breaches(files)).toEqual(["src/core/a.ts: circle of imports src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts"])
  })

  it("limit the length of files", () => {
    expect(of("specs/t/a.ts", "\n".repeat(121))).toHaveLength(1)
    expect(of("proofs/t/a.ts", "\n".repeat(200))).toEqual([])
    expect(of("src/core/a.ts", "\n".repeat(301))).toHaveLength(1)
  })

  it("refuse the random numbers of TensorFlow.js", () => {
    for (const text of ["tf.randomNormal([2])", "x = tf.rand([2], f)", "tf.dropout(x, 0.5)"]) expect(of("src/train/a.ts", text)).toHaveLength(1)
    expect(of("src/models/a.ts", 'import type * as t from "@tensorflow/tfjs"\n')).toEqual([
      'src/models/a.ts: models may not import the package "@tensorflow/tfjs"',
    ])
  })

  it("refuse ambient state", () => {
    for (const text of ["Math.random()", "Date.now()", "performance.now()"]) expect(of("src/verify/a.ts", text)).toHaveLength(1)
  })

  it("do not read imports out of comments", () => {
    expect(imports('/**\n * import { check } from "lemmata"\n */\n// import { x } from "../x.ts"\nimport "./y.ts"\n')).toEqual(["./y.ts"])
  })
})
