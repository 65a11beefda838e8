/**
 * What the monitors of a recipe cost: processor time, of all threads of the process, of one look at all of them over that of the 50 steps between two looks. Medians over the
 * looks, of which there are as many as fit in the time below, and the quartiles of the share.
 *
 *   node test/bench/monitors.ts
 *   LEMMATA_BACKENDS=native LEMMATA_PRESET=short LEMMATA_WORKLOADS=linear-vae-digits node test/bench/monitors.ts       wasm, full and all recipes unless set
 */
import { Effect, Result } from "effect"
import { availableParallelism, loadavg } from "node:os"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { PRESETS } from "../../src/train/recipe.ts"
import type { Preset } from "../../src/train/recipe.ts"
import { recipes } from "../pipelines/open.ts"
import { median } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

/** Steps between two looks, as `run.monitor` has it. */
const EVERY = 50
/** Steps and looks that are not counted: code is compiled as it is used. */
const WARM = 500
/** Milliseconds of processor time after which nothing more is measured, and looks that are measured at least. */
const ENOUGH = 3000
const LOOKS = 9

const spent = async (f: () => Promise<unknown>): Promise<number> => {
  const start = process.cpuUsage()
  await f()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** As a run has them between steps; what the engine has put off until then is in neither figure. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const presetNamed = (name: string): Preset => {
  const found = PRESETS.find((preset) => preset === name)
  if (found === undefined) throw new Error(`LEMMATA_PRESET is ${name}, expected one of ${PRESETS.join(", ")}`)
  return found
}

const bench = async (): Promise<void> => {
  process.env["TF_NUM_INTRAOP_THREADS"] ??= "1"
  process.env["TF_NUM_INTEROP_THREADS"] ??= "1"
  console.log(`${machine(availableParallelism())}; load ${loadavg()[0]!.toFixed(1)}`)
  const preset = presetNamed(process.env["LEMMATA_PRESET"] ?? "full")
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
      const program = await Result.getOrThrow(recipe.open(recipe.presets[preset])).program({ tf: opened.success.tf, seed: "bench" })
      let k = 0
      const walk = async (): Promise<number> => {
        let all = 0
        for (let i = 0; i < EVERY; i++) {
          all += await spent(() => program.step(k++))
          await turn()
        }
        return all
      }
      const look = (): Promise<number> =>
        spent(async () => {
          for (const monitor of program.monitors) await monitor.look(k)
        })
      for (let waited = 0; waited < WARM || k < 2 * EVERY; ) waited += (await walk()) + (await look())
      const looks: Array<number> = []
      const steps: Array<number> = []
      for (let all = 0; all < ENOUGH || looks.length < LOOKS; all += steps.at(-1)! + looks.at(-1)!) {
        steps.push(await walk())
        looks.push(await look())
      }
      program.dispose()
      const shares = looks.map((ms, i) => (100 * ms) / steps[i]!).toSorted((a, b) => a - b)
      const at = (part: number): string => shares[Math.floor(part * shares.length)]!.toFixed(1)
      rows.push([
        name,
        opened.success.name,
        short(median(steps) / EVERY),
        short(median(looks)),
        `${at(0.5)} % (${at(0.25)} to ${at(0.75)}, ${looks.length} looks)`,
      ])
      console.log(rows.at(-1)!.join("  "))
    }
  }
  console.log(table(["recipe", "back end", "step", "look", "share"], rows))
}

await bench()
