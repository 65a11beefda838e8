/** A recipe's smoke preset through the command line, as a user would run it. */
import { execFile } from "node:child_process"
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "../..")

/** Names of all recipes. */
export const RECIPES: ReadonlyArray<string> = readdirSync(join(root, "pipelines"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -3))
  .sort()

export interface Smoke {
  readonly status: number
  readonly stderr: string
  /** One line for each gate and monitor: "holds  gate optimum ...". */
  readonly judged: ReadonlyArray<string>
  /** A file of the run. */
  readonly file: (name: string) => string
}

export const smoke = (name: string, folder: string, more: ReadonlyArray<string> = []): Promise<Smoke> =>
  new Promise((resolve) => {
    const args = ["dist/src/main.js", "run", name, "--preset", "smoke", "--out", folder, "--name", "smoke", ...more]
    const child = execFile(process.execPath, args, { cwd: root }, (_, stdout, stderr) =>
      resolve({
        status: child.exitCode ?? 4,
        stderr,
        judged: stdout.split("\n").flatMap((line) => (/^ {2}(holds|violated|undecided)/.test(line) ? [line.trim()] : [])),
        file: (path) => readFileSync(join(folder, name, "smoke", path), "utf8"),
      }),
    )
  })
