/**
 * What the monitors of a recipe cost: processor time of one look at all of them over that of the 50 steps between two looks, preset `full`; medians over the looks.
 *
 *   node test/bench/monitors.ts
 *   LEMMATA_BACKENDS=native LEMMATA_WORKLOADS=linear-vae-digits node test/bench/monitors.ts       some; wasm and all recipes unless set
 */
import { Effect, Result } from "effect"
import { availableParallelism, loadavg } from "node:os"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { recipes } from "../pipelines/open.ts"
import { median } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

/** Steps between two looks, as `run.monitor` has it. */
const EVERY = 50
const LOOKS = 9

const spent = async (f: () => Promise<unknown>): Promise<number> => {
  const start = process.cpuUsage()
  await f()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const bench = async (): Promise<void> => {
  process.env["TF_NUM_INTRAOP_THREADS"] ??= "1"
  process.env["TF_NUM_INTEROP_THREADS"] ??= "1"
  console.log(`${machine(availableParallelism())}; load ${loadavg()[0]!.toFixed(1)}`)
  const wanted = process.env["LEMMATA_WORKLOADS"]?.split(",")
  const rows: Array<ReadonlyArray<string>> = []
  for (const choice of (process.env["LEMMATA_BACKENDS"] ?? "wasm").split(",")) {
    const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
    if (Result.isFailure(opened)) {
      console.log(`absent: ${opened.failure.message}`)
      continue
    }
    for (const [name, recipe] of await recipes()) {
      if (wanted !== undefined && !wanted.includes(name)) continue
      const program = await Result.getOrThrow(recipe.open(recipe.presets.full)).program({ tf: opened.success.tf, seed: "bench" })
      const looks: Array<number> = []
      const steps: Array<number> = []
      for (let look = -2; look < LOOKS; look++) {
        const k = (look + 2) * EVERY
        const walked = await spent(async () => {
          for (let i = 0; i < EVERY; i++) await program.step(k + i)
        })
        const looked = await spent(async () => {
          for (const monitor of program.monitors) await monitor.look(k + EVERY)
        })
        if (look >= 0) {
          steps.push(walked)
          looks.push(looked)
        }
      }
      program.dispose()
      const share = median(looks.map((ms, i) => ms / steps[i]!))
      rows.push([name, opened.success.name, short(median(steps) / EVERY), short(median(looks)), `${(100 * share).toFixed(1)} %`])
      console.log(rows.at(-1)!.join("  "))
    }
  }
  console.log(table(["recipe", "back end", "step", "look", "share"], rows))
}

await bench()
