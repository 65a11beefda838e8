/**
 * Runs the built command line in a process of its own.
 */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"

export const ROOT = join(import.meta.dirname, "../..")
export const MAIN = join(ROOT, "dist/src/main.js")
if (!existsSync(MAIN)) throw new Error("these tests look at the built program: run `npm run build` first")

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const PROOFS = "./test/cli/proofs"

/** Ends with the exit code and both streams; `signal` is sent once `when` has appeared on standard error or `after` milliseconds have passed. */
export const lemmata = (
  args: ReadonlyArray<string>,
  options: { readonly signal?: NodeJS.Signals; readonly after?: number; readonly cwd?: string; readonly node?: string } = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: "", FORCE_COLOR: undefined }
    const child = spawn(options.node ?? process.execPath, [MAIN, ...args], { cwd: options.cwd ?? ROOT, env, stdio: ["ignore", "pipe", "pipe"] })
    let [stdout, stderr] = ["", ""]
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout, stderr }))
    if (options.signal !== undefined) setTimeout(() => child.kill(options.signal), options.after ?? 3000)
  })
