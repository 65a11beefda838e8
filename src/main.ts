#!/usr/bin/env node
/**
 * The front door: the only file that brings specs, proofs and src together. It reads the catalogue off the tree beside it (specs/ and proofs/, in source
 * and in dist alike), and is the entry of the command line and of each of its worker threads.
 */
import module from "node:module"
import { Worker, isMainThread, workerData } from "node:worker_threads"

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  const { handOver } = await import("./cli/own-node.ts")
  await handOver(new URL("../../", import.meta.url), process.argv.slice(1))
  process.stderr.write(`lemmata: Node ${process.versions.node} is too old; it needs 22.19 or newer\n`)
  process.exit(2)
}
module.enableCompileCache?.()

const here = import.meta.url
const extension = here.endsWith(".ts") ? ".ts" : ".js"
const { catalogue, recipesOf } = await import("./run/registry.ts")
const { codeOf } = await import("./run/code.ts")
const { moduleEntry, provideLibrary } = await import("./run/load-module.ts")
const registry = catalogue(new URL("../", here), extension)
provideLibrary(new URL("./", here), extension)

if (isMainThread) {
  const spawn = (files: ReadonlyArray<string>): Worker => new Worker(new URL(here), { workerData: files })
  const { version } = await import("./check.ts")
  const { start } = await import("./cli/start.ts")
  const { tensorBackend } = await import("./tensor/backend.ts")
  const recipes = recipesOf(new URL("../", here), extension)
  start(
    { version: version(), code: () => codeOf(new URL("../", here), extension), registry, recipes, backend: tensorBackend, spawn },
    process.argv.slice(2),
  )
} else {
  const files: ReadonlyArray<string> = workerData
  const { serve } = await import("./run/worker.ts")
  serve([...files.map((file) => moduleEntry(file, process.cwd())), ...registry])
}
