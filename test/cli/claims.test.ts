import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { lemmata } from "./lemmata.ts"

const folder = mkdtempSync(join(tmpdir(), "claims-"))
const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const check = (path: string, ...more: ReadonlyArray<string>): ReturnType<typeof lemmata> =>
  lemmata(["check", path, "--jobs", "2", "--budget", "quick", ...more])

interface Line {
  readonly id: string
  readonly kind: string
  readonly verdict: string
  readonly replay: string
  readonly counterexample: { readonly parameters: Readonly<Record<string, string>> } | null
}
const results = (stdout: string): ReadonlyArray<Line> => JSON.parse(stdout).results

describe("lemmata check FILE", () => {
  it("verifies the evidence lower bound as a student types it", async () => {
    const { stdout, stderr } = await check("examples/elbo.claims.yaml", "--json")
    expect(stderr).toBe("")
    const by = Object.fromEntries(results(stdout).map((r) => [r.id.split("#")[1], r]))
    expect(Object.keys(by)).toEqual(["bound", "gap", "closed-form", "elbo/2", "elbo/3", "elbo/4"])
    for (const name of ["bound", "gap", "closed-form", "elbo/3", "elbo/4"])
      expect(by[name]).toMatchObject({ id: `examples/elbo.claims.yaml#${name}`, kind: "claim", verdict: "Verified", grade: "enclosed" })
    // The importance weights of a narrow q are beyond the quadrature at some instances: undecided, never refuted.
    expect(["Verified", "Inconclusive"]).toContain(by["elbo/2"]!.verdict)
  })

  it("refutes a wrong sign with a small counterexample that replays, and names the first broken line", async () => {
    const path = "examples/wrong-sign.claims.yaml"
    const json = await check(path, "--json")
    expect(json.code).toBe(1)
    const lines = results(json.stdout)
    expect(lines.map((r) => [r.id.split("#")[1], r.verdict])).toEqual([
      ["closed-form", "Refuted"],
      ["kl/2", "Verified"],
      ["kl/3", "Verified"],
      ["kl/4", "Refuted"],
      ["kl/5", "Refuted"],
    ])
    expect(lines[0]!.counterexample!.parameters).toEqual({ m: "0", s: "1/2" })
    const text = (await check(path)).stdout
    expect(text).toMatch(/claim\s+KL\(q, prior\) == \(s\^2 \+ m\^2 - 1\)\/2 \+ log\(s\)\n\s+at\s+m = 0, s = 1\/2\n/)
    expect(text).toContain("The derivation kl breaks first at line 4")
    const again = await lemmata(["replay", lines[0]!.replay, "--json"])
    expect(again.code).toBe(1)
    expect(results(again.stdout)[0]).toMatchObject({ id: lines[0]!.id, kind: "claim", counterexample: lines[0]!.counterexample })
  })

  it("gives the same bytes twice", async () => {
    const bytes = async (...more: ReadonlyArray<string>): Promise<string> =>
      (await check("examples/wrong-sign.claims.yaml", "--json", "--seed", "7", ...more)).stdout.replace(/"seconds": [\d.e-]+/g, "")
    const one = await bytes()
    expect(await bytes()).toBe(one)
  })

  it("never decides what is undefined, and skips what an assumption excludes", async () => {
    const path = file(
      "undefined.claims.yaml",
      "lemmata: 1\nclaims:\n  cauchy: Mean(Cauchy(0, 1)) == 0\n  negative: log(-1) == log(-1)\n  ratio: 0/0 == 0/0\n",
    )
    const { code, stdout } = await check(path, "--json")
    expect(code).toBe(3)
    expect(JSON.parse(stdout).results.map((r: { reason: string }) => r.reason)).toEqual(["undefined", "undefined", "undefined"])
    const vacuous = file("vacuous.claims.yaml", "lemmata: 1\nparameters: {x: 'real(0, 1)'}\nassume: [x > 2]\nclaims: {a: x == 1}\n")
    const answer = await check(vacuous, "--json")
    expect([answer.code, results(answer.stdout)[0]!.verdict]).toEqual([3, "Vacuous"])
  })

  it("runs claims whose names mean something to JavaScript", async () => {
    const path = file(
      "names.claims.yaml",
      "lemmata: 1\nparameters: {valueOf: 'real(0, 1)'}\nclaims: {constructor: valueOf >= 0, toString: valueOf > 2}\n",
    )
    const { code, stdout } = await check(path, "--json")
    expect(code).toBe(1)
    expect(results(stdout).map((r) => r.verdict)).toEqual(["Verified", "Refuted"])
  })

  it("runs Markdown, a theorem's file and YAML in one go", async () => {
    const path = file("derivation.md", "# A square\n\n```claims\nlemmata: 1\nclaims:\n  a: 2^2 == 4\n```\n")
    const { code, stdout } = await lemmata(["check", path, "./test/cli/proofs/verified.ts", "--budget", "quick"])
    expect(code).toBe(0)
    expect(stdout).toContain("1/1 claim")
  })

  it.each<[string, string | Uint8Array, string]>([
    ["unknown name", "lemmata: 1\nlet:\n  evidence: 1\nclaims:\n  a: evidense == 1\n", '5:6: unknown name "evidense"; did you mean "evidence"?'],
    ["duplicate", "lemmata: 1\nclaims:\n  a: 1 == 1\n  a: 1 == 1\n", '4:3: duplicate key "a"'],
    ["not UTF-8", new Uint8Array([0xff]), "1:1: UTF-8 text is expected"],
    ["too large", new Uint8Array(2 ** 21), "1:1: a claim file of at most"],
  ])("exits 2 with file, line and column: %s", async (name, text, message) => {
    const path = file(`${name}.claims.yaml`, text)
    const ended = await check(path)
    expect(ended).toMatchObject({ code: 2, stdout: "" })
    expect(ended.stderr).toContain(`lemmata: ${path}:${message}`)
    expect(JSON.parse((await check(path, "--json")).stdout)).toMatchObject({ error: { code: "bad-claims" } })
  })

  it("exits 2 where there is no file", async () => {
    const ended = await check("nothing.claims.yaml")
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain("there is no file nothing.claims.yaml")
  })
})
