import { describe, expect, it } from "vitest"
import { PROOFS, lemmata } from "./lemmata.ts"

describe("exit codes of check", () => {
  it.each([
    [0, ["verified"]],
    [1, ["verified", "refuted", "undecided"]],
    [3, ["undecided"]],
    [3, ["vacuous"]],
    [4, ["throws"]],
    [4, ["dies"]],
  ] as const)("%i for %j", async (code, names) => {
    const ended = await lemmata(["check", ...names.map((name) => `${PROOFS}/${name}.ts`), "--jobs", "2"])
    expect(ended).toMatchObject({ code, stderr: "" })
  })
})

describe("exit codes of mutants and edges", () => {
  it.each([
    [0, ["mutants", `${PROOFS}/killed.ts`]],
    [1, ["mutants", `${PROOFS}/verified.ts`]],
    [3, ["mutants", `${PROOFS}/undecided.ts`]],
    [0, ["edges", `${PROOFS}/verified.ts`]],
    [1, ["edges", `${PROOFS}/edge-differs.ts`]],
  ] as const)("%i for %j", async (code, args) => {
    expect(await lemmata(args)).toMatchObject({ code, stderr: "" })
  })
})

describe("bad input", () => {
  it.each([
    [2, ["check", "diffusion/tweedy"], /unknown theorem "diffusion\/tweedy"; did you mean "diffusion\/tweedie"\?/],
    [2, ["show", "tweedie"], /did you mean "diffusion\/tweedie"\?/],
    [2, ["check", "--all", "--jobs", "0"], /--jobs: "0".*from 1 to 1024/],
    [2, ["check", "--all", "--jobs", "many"], /--jobs/],
    [2, ["check", "--all", "--alpha", "2"], /--alpha: "2".*strictly between 0 and 1/],
    [2, ["check", "--all", "--alpha", "0"], /--alpha/],
    [2, ["check", "--all", "--seed", "-1"], /--seed/],
    [2, ["check", "--all", "--seed", "1.5"], /--seed/],
    [2, ["check", "--all", "--budget", "huge"], /--budget: "huge".*"quick" \| "standard" \| "deep"/],
    [2, ["check", "--all", "--sede", "1"], /--sede.*(\n|.)*--seed/],
    [2, ["chekc"], /chekc.*(\n|.)*check/],
    [2, ["check", "--all", "--report", "junit"], /junit=FILE or json=FILE/],
    [2, ["check", "--all", "--report", "html=x"], /junit=FILE or json=FILE/],
    [2, ["check", "--all", "--report", "junit=/no/such/folder/x.xml"], /cannot write the report \/no\/such\/folder\/x\.xml/],
    [2, ["check", "--all", "--report", "json=."], /it is a folder/],
    [2, ["check", `${PROOFS}/no-proof.ts`], /no-proof\.ts does not export `proof`/],
    [2, ["check", "./nothing.ts"], /there is no file \.\/nothing\.ts/],
    [2, ["check", `${PROOFS}/verified.ts`, `${PROOFS}/../proofs/verified.ts`], /two of the selected theorems have the id "fake\/verified"/],
    [2, ["replay", "abc"], /no replay token/],
    [2, ["replay"], /token/],
    [2, ["show"], /id/],
    [5, ["check"], /nothing selected/],
    [5, ["check", "no-such-topic/*"], /no theorem matches no-such-topic\/\*/],
  ] as const)("exits %i for %j", async (code, args, message) => {
    const ended = await lemmata(args)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toMatch(message)
    expect(ended.stdout).toBe("")
  })

  it("is one JSON object under --json", async () => {
    for (const [args, code] of [
      [["check", "diffusion/tweedy", "--json"], "unknown-id"],
      [["check", "--jobs", "0", "--json"], "usage"],
      [["check", "--json"], "nothing-selected"],
      [["replay", "x", "--json"], "bad-token"],
    ] as const) {
      const ended = await lemmata(args)
      expect(JSON.parse(ended.stdout)).toMatchObject({ format: 1, error: { code } })
      expect(ended.stderr).toBe("")
    }
  })
})

describe("the program", () => {
  it("prints its version and its help", async () => {
    expect(await lemmata(["--version"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^lemmata v\d+\.\d+\.\d+\n$/) })
    const help = await lemmata(["check", "--help"])
    expect(help.code).toBe(0)
    for (const option of ["--all", "--seed", "--alpha", "--budget", "--jobs", "--json", "--report"]) expect(help.stdout).toContain(option)
  })

  it("prints no escape sequence into a pipe", async () => {
    for (const args of [["--help"], ["check", `${PROOFS}/refuted.ts`], ["list"]]) expect((await lemmata(args)).stdout).not.toContain("\u001b")
  })

  it("lists and shows the catalogue", async () => {
    const listed = JSON.parse((await lemmata(["list", "--json"])).stdout)
    const ids = listed.theorems.map((t: { id: string }) => t.id)
    expect(ids).toContain("diffusion/tweedie")
    expect(ids).toEqual([...ids].sort())
    expect((await lemmata(["list"])).stdout.split("\n")).toHaveLength(ids.length + 1)
    expect((await lemmata(["show", "diffusion/tweedie", "--latex"])).stdout).toContain(String.raw`\begin{align*}`)
    expect(JSON.parse((await lemmata(["show", "diffusion/tweedie", "--json"])).stdout).theorem.id).toBe("diffusion/tweedie")
  })

  it("replays a counterexample and a whole step", async () => {
    const { results } = JSON.parse((await lemmata(["check", `${PROOFS}/refuted.ts`, "--seed", "5", "--json"])).stdout)
    const again = await lemmata(["replay", results[1].replay])
    expect(again.code).toBe(1)
    expect(again.stdout).toMatch(/Refuted fake\/refuted#second\n(.|\n)*replayed in line/)
    expect((await lemmata(["replay", results[0].replay])).code).toBe(0)
    expect(JSON.parse((await lemmata(["replay", results[1].replay, "--json"])).stdout)).toMatchObject({ seed: 5, results: [{ verdict: "Refuted" }] })
  })
})
