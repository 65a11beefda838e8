import { describe, expect, it } from "vitest"
import { mentioned } from "../../src/core/mentions.ts"
import { family } from "../../src/core/statement.ts"

const spec = {
  hypotheses: [{ name: "scale", statement: "a positive scale", condition: "s > 0" }],
  families: [
    family("f", {
      parameters: { n: "integer(1, 3)", v: "vector(n, 0, 1)", m: "real(0, 1)", s: "real(0, 1)", t: "real(0, 1)", unused: "real(0, 1)" },
      assume: ["t < 1"],
      let: { q: "Normal(m, 1)", "f(z)": "pdf(q, z)", other: "unused" },
    }),
  ],
}

describe("mentioned", () => {
  it("follows definitions, the sizes of domains, assumptions and hypotheses, and nothing else", () => {
    expect(mentioned(spec, "f(2) == 1")).toEqual(new Set(["m", "s", "t"]))
    expect(mentioned(spec, "norm2(v) >= 0")).toEqual(new Set(["n", "v", "s", "t"]))
    expect(mentioned(spec, "mm + sqrt(2) == constructor")).toEqual(new Set(["s", "t"]))
  })
})
