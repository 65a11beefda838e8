/** Runs driver.ts, bundled once as the command line is, in a process and a folder of its own. */
import { spawn } from "node:child_process"
import { build } from "esbuild"
import { afterAll } from "vitest"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export const workplace = (): string => mkdtempSync(join(tmpdir(), "lemmata-run-"))

// Inside node_modules, so that the packages that are not bundled are found.
const DRIVER = join(import.meta.dirname, `../../../node_modules/.lemmata-test/driver-${process.pid}.mjs`)
afterAll(() => rmSync(DRIVER, { force: true }))
let built: Promise<unknown> | undefined

const bundle = (): Promise<unknown> =>
  (built ??= build({
    entryPoints: [join(import.meta.dirname, "driver.ts")],
    outfile: DRIVER,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    external: ["tsx", "tsx/*", "vega", "vega-lite", "@tensorflow/*"],
    banner: { js: 'import{createRequire as r}from"node:module";const require=r(import.meta.url);' },
  }))

/** `signal` is sent once standard error has matched `when`. */
export const drive = async (
  cwd: string,
  args: ReadonlyArray<string>,
  options: {
    readonly signal?: NodeJS.Signals
    readonly when?: RegExp
    readonly limit?: number
    readonly pause?: number
    readonly code?: string
    /** SHA-256 of the data that the recipe finds. */
    readonly data?: string
    /** Standard error is closed as soon as it starts. */
    readonly deaf?: boolean
  } = {},
): Promise<Ended> => {
  await bundle()
  return new Promise((resolve, reject) => {
    const command =
      options.limit === undefined
        ? [process.execPath, DRIVER, ...args]
        : ["sh", "-c", `trap '' XFSZ; ulimit -f ${options.limit}; exec "$0" "$@"`, process.execPath, DRIVER, ...args]
    const child = spawn(command[0]!, command.slice(1), {
      cwd,
      env: {
        ...process.env,
        NO_COLOR: "1",
        FAKE_PAUSE: String(options.pause ?? 0),
        FAKE_CODE: options.code ?? "",
        FAKE_DATA: options.data ?? "0".repeat(64),
      },
      stdio: ["ignore", "pipe", "pipe"],
    })
    if (options.deaf === true) child.stderr.destroy()
    let [stdout, stderr, sent] = ["", "", false]
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      if (sent || options.signal === undefined || !(options.when ?? /./).test(stderr)) return
      sent = true
      child.kill(options.signal)
    })
    child.on("error", reject)
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
