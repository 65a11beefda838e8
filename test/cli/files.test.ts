/**
 * Files of every sort on the command line: what is no file, what cannot be read, odd names, several at once.
 */
import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { lemmata } from "./lemmata.ts"

const folder = mkdtempSync(join(tmpdir(), "files-"))
const GOOD = "lemmata: 1\nclaims: {a: 1 == 1}\n"
const file = (name: string, text: string | Uint8Array = GOOD): string => {
  writeFileSync(join(folder, name), text)
  return name
}
const check = (...args: ReadonlyArray<string>): ReturnType<typeof lemmata> =>
  lemmata(["check", ...args, "--budget", "quick", "--jobs", "1"], { cwd: folder })
const ids = (stdout: string): ReadonlyArray<string> => JSON.parse(stdout).results.map((r: { readonly id: string }) => r.id)

describe("what is no file", () => {
  mkdirSync(join(folder, "folder.yaml"))
  it.each<[name: string, word: string, message: RegExp]>([
    ["a folder", "folder.yaml", /^lemmata: folder\.yaml: a file is expected, not a directory$/m],
    ["nothing", "nothing.yaml", /there is no file nothing\.yaml/],
    ["a name with an escape sequence", "\u001b[31mred.yaml", /there is no file <U\+001B>\[31mred\.yaml/],
  ])("%s", async (_, word, message) => {
    const ended = await check(word)
    expect(ended).toMatchObject({ code: 2, stdout: "" })
    expect(ended.stderr).toMatch(message)
    expect(JSON.parse((await check(word, "--json")).stdout)).toHaveProperty("error.message")
  })

  it.skipIf(process.platform === "win32")("a pipe and a device, which may never end", async () => {
    execFileSync("mkfifo", [join(folder, "pipe.yaml")])
    execFileSync("ln", ["-s", "/dev/zero", join(folder, "device.yaml")])
    expect(await check("pipe.yaml")).toMatchObject({ code: 2, stdout: "", stderr: "lemmata: pipe.yaml: a file is expected, not a pipe\n" })
    expect(await check("device.yaml")).toMatchObject({ code: 2, stdout: "", stderr: "lemmata: device.yaml: a file is expected, not a device\n" })
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")("one that may not be read", async () => {
    chmodSync(join(folder, file("secret.yaml")), 0)
    const ended = await check("secret.yaml")
    expect(ended).toMatchObject({ code: 2, stdout: "" })
    expect(ended.stderr).toMatch(/cannot read secret\.yaml: .*EACCES/)
  })
})

describe("odd names", () => {
  it.each(["with spaces.yaml", "a#b.yaml", "пример-π.yaml", "star*.yaml", "what?.yaml", "[x].yaml", "a.b.claims.yaml", "UPPER.YAML", "-x.yaml"])(
    "%s",
    async (name) => {
      const word = name.startsWith("-") ? `./${name}` : name
      const bad = `./bad-${name}`
      file(name, "lemmata: 1\nclaims: {a: 1 == 2}\n")
      file(`bad-${name}`, "lemmata: 1\nclaims: {a: 1 == q}\n")
      const ended = await check(word, "--json")
      expect(ended.code).toBe(1)
      expect(ids(ended.stdout)).toEqual([`${word}#a`])
      const replay: string = JSON.parse(ended.stdout).results[0].replay
      const again = await lemmata(["replay", replay, "--json"], { cwd: folder })
      expect(again.code).toBe(1)
      expect(ids(again.stdout)).toEqual([`${word}#a`])
      expect((await check(bad)).stderr).toContain(`${bad}:1:`.replace(":1:", ":2:"))
    },
  )
})

describe("several files", () => {
  it("are all read before anything runs", async () => {
    const [good, bad] = [file("good.yaml"), file("bad.yaml", "lemmata: 1\nclaims: {a: 1}\n")]
    for (const words of [
      [good, bad],
      [bad, good],
    ])
      expect(await check(...words)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("bad.yaml:2:13: exactly one relation") })
  })

  it("run in the order in which they are named, each once", async () => {
    const [one, two] = [file("one.yaml"), file("two.md", `\`\`\`claims\n${GOOD}\`\`\`\n`)]
    const ended = await check(two, one, two, "--json")
    expect(ended.code).toBe(0)
    expect(ids(ended.stdout)).toEqual([`${two}#a`, `${one}#a`])
  })
})

describe("marks of other systems", () => {
  it.each<[name: string, text: string]>([
    ["a byte order mark", `\ufeff${GOOD}`],
    ["Windows line ends", GOOD.replaceAll("\n", "\r\n")],
    ["no line end", GOOD.trimEnd()],
    ["a document mark", `---\n${GOOD}`],
    ["a comment first", `# mine\n${GOOD}`],
  ])("%s", async (_, text) => {
    expect(await check(file("marks.yaml", text))).toMatchObject({ code: 0, stderr: "" })
  })
})
