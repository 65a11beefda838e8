/**
 * docs/errors.md: every example prints what the page says, and every message that a claim file or the command line can get stands on it.
 */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ROOT, lemmata } from "../cli/lemmata.ts"
import { rerun } from "./console.ts"

const page = readFileSync(join(ROOT, "docs/errors.md"), "utf8")

const sources = [
  ...["claim-file", "claim-formulas", "claim-names", "claim-probe", "claim-text", "syntax", "tokens", "domain"].map(
    (name) => `src/expression/${name}.ts`,
  ),
  ...["load-claims", "load-module", "replay", "select"].map((name) => `src/run/${name}.ts`),
  ...["check", "explain", "new", "replay", "report-file", "session", "watch"].map((name) => `src/cli/${name}.ts`),
].filter((path) => readdirSync(join(ROOT, path, "..")).includes(path.split("/").at(-1)!))

/** What no claim file and no command line gets: guards behind an earlier refusal, words of specs in TypeScript, and what is no error. */
const ELSEWHERE: ReadonlyArray<string> = [
  "Maximum call stack",
  "only a named function can be called",
  "is not in the language",
  "a formula is expected, not a",
  "exactly one relation is needed: ==, <=, >=, < or >",
  "domain upside down:",
  ": the lower end of positive must be above 0",
  '" is not a rational number',
  "sensitivity of",
  "; Ctrl-C ends",
]

/** The longest fixed part of every message on a line that complains. */
const messages = (source: string): ReadonlyArray<string> =>
  source.split("\n").flatMap((line) =>
    /\b(fault|fail|refuse|need|complain)\(|Fault\(|InputError\(|message/.test(line) && !/^\s*(\*|\/\/|import)/.test(line)
      ? [...line.matchAll(/`((?:[^`\\$]|\\.|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\})*)`|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].flatMap((m) => {
          const pieces = (m[1] ?? m[2] ?? m[3] ?? "").split(/\$\{.*?\}/).map((piece) => piece.trim().replace(/\\(.)/g, "$1"))
          const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a), "")
          return longest.length >= 12 && longest.includes(" ") && !/[`{}]/.test(longest) && !ELSEWHERE.includes(longest) ? [longest] : []
        })
      : [],
  )

describe("docs/errors.md", () => {
  it("prints what its commands print", async () => {
    expect(await rerun(page)).toBe(page)
  })

  it.each(sources)("holds every message of %s", (path) => {
    const plain = page.replaceAll("\\`", "`")
    expect(messages(readFileSync(join(ROOT, path), "utf8")).filter((message) => !plain.includes(message))).toEqual([])
  })

  it.each<[string, (path: string) => void, string]>([
    [
      "bytes.claims.yaml",
      (path) => writeFileSync(path, new Uint8Array([0x61, 0x0a, 0xff])),
      "bytes.claims.yaml:2:1: UTF-8 text is expected; here are other bytes",
    ],
    [
      "large.claims.yaml",
      (path) => writeFileSync(path, new Uint8Array(2 ** 21)),
      "a claim file of at most 1048576 bytes is expected; this one is larger",
    ],
    ["folder.claims.yaml", (path) => mkdirSync(path), "folder.claims.yaml: a file is expected, not a directory"],
    [
      "deep.claims.yaml",
      (path) => writeFileSync(path, `lemmata: 1\nclaims:\n  a: ${"(".repeat(300)}1${")".repeat(300)} == 1\n`),
      "nested too deeply: at most 200 levels are expected",
    ],
  ])("says what its text cannot show: %s", async (name, make, message) => {
    const cwd = mkdtempSync(join(tmpdir(), "errors-"))
    make(join(cwd, name))
    const { code, stdout, stderr } = await lemmata(["check", name], { cwd })
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toContain(message)
    expect(page).toContain(message.replace(/^.*?: (?=UTF|a file)/, "").replace(/^.*:\d+: /, ""))
  })
})
