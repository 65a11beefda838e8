/**
 * `lemmata new`: what it writes is true as written, and nothing is overwritten.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { proofSkeleton, specSkeleton } from "../../src/cli/skeleton.ts"
import { MAIN, lemmata } from "./lemmata.ts"

const folder = (): string => mkdtempSync(join(tmpdir(), "new-"))

describe("lemmata new", () => {
  it("writes a claim file that checks Verified, and never over another", async () => {
    const cwd = folder()
    expect(await lemmata(["new", "claim", "my-kl"], { cwd })).toMatchObject({
      code: 0,
      stdout: "my-kl.claims.yaml\nNext: lemmata check my-kl.claims.yaml\n",
    })
    expect(await lemmata(["check", "my-kl.claims.yaml"], { cwd })).toMatchObject({ code: 0, stderr: "" })
    writeFileSync(join(cwd, "my-kl.claims.yaml"), "mine")
    const again = await lemmata(["new", "claim", "my-kl"], { cwd })
    expect(again.code).toBe(2)
    expect(again.stderr).toContain("my-kl.claims.yaml exists already; nothing was written")
    expect(readFileSync(join(cwd, "my-kl.claims.yaml"), "utf8")).toBe("mine")
  })

  it("leaves nothing where a file cannot be written to its end", () => {
    const cwd = folder()
    const args = ["-c", `trap '' XFSZ; ulimit -f 0; exec "$0" "$@"`, process.execPath, MAIN, "new", "theorem", "likelihood/second-moment"]
    const { status, stderr } = spawnSync("sh", args, { cwd, encoding: "utf8", env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" } })
    expect([status, stderr]).toEqual([
      2,
      "lemmata: cannot write second-moment/spec.ts: it would be larger than files may be (ulimit -f) (EFBIG); nothing was written\n",
    ])
    expect(readdirSync(cwd)).toEqual([])
  })

  it("says what to do where package.json makes a file CommonJS, as npm init does", async () => {
    const cwd = folder()
    await lemmata(["new", "theorem", "likelihood/second-moment"], { cwd })
    writeFileSync(join(cwd, "package.json"), '{ "type": "commonjs" }')
    const said =
      'cannot load ./second-moment/proof.ts: the package.json above it says that it is CommonJS; set "type": "module" there, or name the file ./second-moment/proof.mts'
    expect(await lemmata(["check", "./second-moment/proof.ts"], { cwd })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(said),
    })
    writeFileSync(join(cwd, "package.json"), '{ "type": "module" }')
    expect(await lemmata(["check", "./second-moment/proof.ts", "--budget", "quick"], { cwd })).toMatchObject({ code: 0, stderr: "" })
  })

  it("writes a theorem that checks Verified, whose mutants are refuted and whose edges are answered", async () => {
    const cwd = folder()
    expect((await lemmata(["new", "theorem", "likelihood/second-moment"], { cwd })).stdout).toContain("Next: lemmata check ./second-moment/proof.ts")
    for (const command of ["check", "mutants", "edges"])
      expect(await lemmata([command, "./second-moment/proof.ts", "--budget", "quick"], { cwd })).toMatchObject({ code: 0, stderr: "" })
    // One file in the way: the other is not written either.
    const other = folder()
    mkdirSync(join(other, "second-moment"))
    writeFileSync(join(other, "second-moment", "proof.ts"), "mine")
    expect((await lemmata(["new", "theorem", "likelihood/second-moment"], { cwd: other })).code).toBe(2)
    expect(readdirSync(join(other, "second-moment"))).toEqual(["proof.ts"])
  })

  it("writes into specs/ and proofs/ of a clone, with the imports of the catalogue", async () => {
    const cwd = folder()
    for (const name of ["specs", "proofs"]) mkdirSync(join(cwd, name))
    writeFileSync(join(cwd, "package.json"), '{"name": "lemmata"}')
    expect((await lemmata(["new", "theorem", "flow/second-moment"], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, "specs/flow/second-moment.ts"), "utf8")).toBe(specSkeleton("flow/second-moment", "../../src/core/statement.ts"))
    const proof = proofSkeleton("flow/second-moment", "../../specs/flow/second-moment.ts", "../../src/verify/prove.ts")
    expect(readFileSync(join(cwd, "proofs/flow/second-moment.ts"), "utf8")).toBe(proof)
  })

  it.each([
    [["claim", "../x"], "a name of letters, digits, - and _"],
    [["claim", "x.claims.yaml"], "without an ending"],
    [["claim", ""], "a name of letters, digits, - and _"],
    [["claim", "x".repeat(300)], "a name of letters, digits, - and _"],
    [["theorem", "tweedie"], "the topics are variational"],
    [["theorem", "difusion/x"], 'did you mean "diffusion"?'],
    [["theorem", "diffusion/Big"], "a name is kebab-case"],
    [["theorem", "diffusion/../x"], "a name is kebab-case"],
    [["theorem", "diffusion/a/b"], "a name is kebab-case"],
  ])("refuses %j and writes nothing", async (args, message) => {
    const cwd = folder()
    const { code, stderr } = await lemmata(["new", ...args], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(readdirSync(cwd)).toEqual([])
    expect(existsSync(join(cwd, "..", "x.claims.yaml"))).toBe(false)
  })
})
