/**
 * An older Node hands over to the one that the clone has installed: same output, same exit code, signals passed on.
 */
import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { describe, expect, it } from "vitest"
import { lemmata, ROOT } from "./lemmata.ts"

const old = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .filter((node) => existsSync(node))
  .find((node) => Number(/^v(\d+)/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))?.[1]) < 22)

describe.skipIf(old === undefined)("started by an older Node", () => {
  it("runs in the clone's own", async () => {
    const args = ["check", "examples/wrong-sign.claims.yaml", "--json"]
    const [ours, theirs] = await Promise.all([lemmata(args, { node: old! }), lemmata(args)])
    const timeless = (text: string) => text.replace(/"seconds": ?[\d.e-]+/g, "")
    expect(ours.code).toBe(1)
    expect(timeless(ours.stdout)).toBe(timeless(theirs.stdout))
  })

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("passes %s on", async (signal) => {
    const watching = await lemmata(["check", "--all", "--budget", "deep"], { node: old!, signal, after: 2500 })
    expect(watching.code).toBe(130)
  })

  it("says what is needed where there is no other", () => {
    const bare = mkdtempSync(join(tmpdir(), "lemmata-"))
    cpSync(join(ROOT, "dist"), join(bare, "dist"), { recursive: true })
    expect(() => execFileSync(old!, [join(bare, "dist/src/main.js"), "list"], { encoding: "utf8", stdio: "pipe" })).toThrow(
      /too old; it needs 22\.19 or newer/,
    )
  })
})
