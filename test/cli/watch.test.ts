/**
 * `lemmata check --watch` as a process of its own: what a save changes, and that it ends when it is told to.
 */
import { spawn } from "node:child_process"
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { MAIN, lemmata } from "./lemmata.ts"

const claims = (formula: string): string => `lemmata: 1\nclaims:\n  a: ${formula}\n`

/** The program with its output so far; `until` waits for the next text that matches, and gives what came before it too. */
const watch = (folder: string, files: ReadonlyArray<string>) => {
  const child = spawn(process.execPath, [MAIN, "check", "--watch", "--jobs", "1", "--budget", "quick", ...files], { cwd: folder })
  let [text, seen] = ["", 0]
  let heard = (): void => undefined
  const listen = (chunk: string): void => {
    text += chunk
    heard()
  }
  child.stdout.setEncoding("utf8").on("data", listen)
  child.stderr.setEncoding("utf8").on("data", listen)
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve))
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve) => {
      heard = () => {
        const found = pattern.exec(text.slice(seen))
        if (found === null) return
        const news = text.slice(seen, seen + found.index + found[0].length)
        seen += news.length
        resolve(news)
      }
      heard()
    })
  return { until, ended, stop: () => child.kill("SIGINT"), leave: () => child.stdout.destroy(), all: () => text }
}
const READY = /watching .*; Ctrl-C ends\n/

describe("lemmata check --watch", () => {
  it("checks again what is saved, and only that; outlives a file that is wrong or gone; ends with 130", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"))
    const put = (name: string, text: string): void => writeFileSync(join(folder, name), text)
    put("one.claims.yaml", claims("1 == 1"))
    put("two.claims.yaml", claims("2 == 2"))
    const program = watch(folder, ["one.claims.yaml", "two.claims.yaml"])
    const first = await program.until(READY)
    expect(first).toMatch(/Verified {2}one\.claims\.yaml[\s\S]*Verified {2}two\.claims\.yaml/)

    put("one.claims.yaml", claims("1 == 2"))
    const second = await program.until(READY)
    expect(second).toContain("Refuted  one.claims.yaml")
    expect(second).not.toContain("two.claims.yaml  ")

    put("one.claims.yaml", claims("1 =="))
    expect(await program.until(READY)).toMatch(/lemmata: one\.claims\.yaml:3:\d+: /)

    rmSync(join(folder, "one.claims.yaml"))
    expect(await program.until(READY)).toContain("there is no file one.claims.yaml; waiting for it")

    // The way most editors save.
    put("new", claims("3 == 3"))
    renameSync(join(folder, "new"), join(folder, "one.claims.yaml"))
    expect(await program.until(READY)).toContain("Verified  one.claims.yaml")

    program.stop()
    expect(await program.ended).toBe(130)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no escape sequence is what is looked for
    expect(program.all()).not.toMatch(/\u001b/)
  })

  it("begins with a file that is not there yet", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"))
    const program = watch(folder, ["late.claims.yaml"])
    expect(await program.until(READY)).toContain("there is no file late.claims.yaml; waiting for it")
    writeFileSync(join(folder, "late.claims.yaml"), claims("1 == 1"))
    expect(await program.until(READY)).toContain("Verified  late.claims.yaml")
    program.stop()
    expect(await program.ended).toBe(130)
  })

  it("ends when nobody reads what it prints", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"))
    writeFileSync(join(folder, "one.claims.yaml"), claims("1 == 1"))
    const program = watch(folder, ["one.claims.yaml"])
    await program.until(READY)
    program.leave()
    writeFileSync(join(folder, "one.claims.yaml"), claims("2 == 2"))
    expect(await program.ended).toBe(0)
  })

  it.each([
    [["check", "--watch"], "--watch expects claim files"],
    [["check", "--watch", "diffusion/tweedie"], "not diffusion/tweedie"],
    [["check", "--watch", "--report", "json=r", "a.claims.yaml"], "without --json"],
    [["check", "--watch", "nowhere/a.claims.yaml"], "cannot watch"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await lemmata(args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
