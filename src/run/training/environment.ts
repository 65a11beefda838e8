/**
 * What a run ran on, written down before its first step: versions, machine, back end, streams, data.
 */
import { createHash } from "node:crypto"
import { availableParallelism, cpus, totalmem } from "node:os"
import type { Program } from "../../train/program.ts"
import { streams } from "../../train/recipe.ts"
import type { Surroundings } from "../../train/record.ts"
import type { Config } from "./config.ts"
import { writeConfig } from "./config.ts"

const PURPOSES = ["init", "order", "data", "noise", "time", "coupling", "dropout", "sampling", "evaluation"] as const

/** The SHA-256 of a configuration as it is written. */
const configHash = (config: Config): string => createHash("sha256").update(writeConfig(config)).digest("hex")

export const describeRun = (
  config: Config,
  program: Program,
  backend: Surroundings["backend"],
  about: Pick<Surroundings, "lemmata" | "started" | "command">,
): Surroundings => {
  const { recipe, preset, settings } = config
  const of = streams(String(settings.seed), recipe.name)
  return {
    ...about,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memory: totalmem(),
    backend: { name: backend.name, device: backend.device },
    recipe: recipe.name,
    preset,
    config: configHash(config),
    parameters: program.parameters,
    steps: program.steps,
    seed: settings.seed,
    streams: Object.fromEntries(PURPOSES.map((purpose) => [purpose, of(purpose).label])),
    data: program.data,
  }
}
