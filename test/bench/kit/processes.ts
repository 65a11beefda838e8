/** A bench of pairs, workload and back end, in processes of their own: memory and preparation of one are not those of another. */
import { spawnSync } from "node:child_process"
import { availableParallelism, loadavg } from "node:os"
import { machine, table } from "./table.ts"

const listed = (variable: string, all: ReadonlyArray<string>): ReadonlyArray<string> => process.env[variable]?.split(",") ?? all

/**
 * Run as `node FILE`, starts `node FILE WORKLOAD BACKEND` for each pair, or for those that LEMMATA_WORKLOADS and LEMMATA_BACKENDS list, and prints the table; run with a pair, calls
 * `one`, whose last line is its row as JSON.
 */
export const inProcesses = async <T extends { readonly name: string }>(
  file: string,
  head: ReadonlyArray<string>,
  tasks: ReadonlyArray<T>,
  one: (task: T, choice: string) => Promise<void>,
  backends: ReadonlyArray<string> = ["wasm", "native"],
): Promise<void> => {
  process.env["TF_NUM_INTRAOP_THREADS"] ??= "1"
  process.env["TF_NUM_INTEROP_THREADS"] ??= "1"
  const [wanted, backend] = process.argv.slice(2)
  if (wanted !== undefined) return one(tasks.find(({ name }) => name === wanted)!, backend!)
  console.log(`${machine(availableParallelism())}; load ${loadavg()[0]!.toFixed(1)}`)
  const names = tasks.map(({ name }) => name)
  const rows: Array<ReadonlyArray<string>> = []
  for (const choice of listed("LEMMATA_BACKENDS", backends))
    for (const name of listed("LEMMATA_WORKLOADS", names)) {
      const { stdout, status } = spawnSync(process.execPath, [file, name, choice], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
      const lines = stdout.trim().split("\n")
      // Also as it comes: all of them take minutes.
      if (status === 0 && lines.at(-1)!.startsWith("[")) rows.push(JSON.parse(lines.at(-1)!) as ReadonlyArray<string>)
      else process.exitCode = status === 0 ? process.exitCode : 1
      console.log(lines.join("\n"))
    }
  if (rows.length > 0) console.log(table(head, rows))
}
