/**
 * Run folders: `<out>/<recipe>/<name>/`, everything that one run reads and writes.
 *
 *   config.yaml          the resolved configuration: `lemmata run config.yaml` repeats the run
 *   environment.json     versions, back end, streams, data with their hashes
 *   theorems.jsonl       the certificates that the run stands on
 *   metrics.jsonl        scalars and monitors by step; every line is whole
 *   memory.jsonl         tensors alive and memory of the process, at each checkpoint
 *   events.out.tfevents.*, checkpoints/, samples/, plots/
 *   evaluation.json      measurements and gates of the trained model
 *   outcome.json         how it ended: absent while it runs and after it was killed
 *   report.html          all of it on one page
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { isRefusal, reasonOf } from "../../core/refusal.ts"
import { InputError } from "../input-error.ts"
import { makeFolder, readIfThere, unmake } from "../place.ts"
import { sweepTemporaries } from "../replace-file.ts"

export const FILES = {
  config: "config.yaml",
  environment: "environment.json",
  theorems: "theorems.jsonl",
  metrics: "metrics.jsonl",
  memory: "memory.jsonl",
  evaluation: "evaluation.json",
  outcome: "outcome.json",
  report: "report.html",
  lock: "running.pid",
} as const
export const FOLDERS = ["checkpoints", "samples", "plots"] as const

export interface RunFolder {
  /** As typed, for messages. */
  readonly path: string
  readonly file: (...names: ReadonlyArray<string>) => string
}

const folder = (path: string): RunFolder => ({ path, file: (...names) => join(path, ...names) })

const refuse = (message: string): InputError => new InputError({ code: "bad-run", message })

const NAME = /^[A-Za-z0-9][\w.+=-]{0,199}$/

/**
 * Makes the folder of a new run with its configuration in it. Throws an InputError when the name is none, the folder is there already or cannot be
 * written, and then nothing is left behind.
 */
export const createRun = (out: string, recipe: string, name: string, config: string): RunFolder => {
  if (!NAME.test(name)) throw refuse(`"${name.slice(0, 200)}" is no name of a run: letters, digits and . _ + = - are expected, up to 200`)
  const path = join(out, recipe, name)
  let above: ReadonlyArray<string> = []
  try {
    above = makeFolder(dirname(path))
    mkdirSync(path)
  } catch (error) {
    unmake(above)
    if (isRefusal(error) && error.code === "EEXIST" && error.path === path)
      throw refuse(`${path} is there already: \`lemmata resume ${path}\` goes on with it, --name gives the new run another name`)
    throw refuse(`cannot make the run folder ${path}: ${reasonOf(error)}`)
  }
  try {
    for (const part of FOLDERS) mkdirSync(join(path, part))
    writeFileSync(join(path, FILES.config), config, { flush: true })
    writeFileSync(join(path, FILES.metrics), "")
  } catch (error) {
    rmSync(path, { recursive: true, force: true })
    unmake(above)
    throw refuse(`cannot write into ${path}: ${reasonOf(error)}`)
  }
  return folder(path)
}

/** The folder of a run that is there. Throws an InputError that says what it lacks. */
export const openRun = (path: string): RunFolder => {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there === undefined) throw refuse(`there is no folder ${path}; \`lemmata runs\` lists the runs`)
  if (!there.isDirectory()) throw refuse(`${path} is no folder; the folder of a run is expected, such as runs/RECIPE/NAME`)
  if (readIfThere(join(path, FILES.config)) === undefined) throw refuse(`${path} holds no ${FILES.config}: it is not the folder of a run`)
  return folder(path)
}

/**
 * Takes a folder for this process, sweeps what a killed one has left, and gives the way to release it. Throws an InputError while another process has it.
 */
export const lockRun = (run: RunFolder): (() => void) => {
  const lock = run.file(FILES.lock)
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: "wx" })
      break
    } catch (error) {
      if (!isRefusal(error) || error.code !== "EEXIST" || attempt > 0) {
        // On a full disk the file is made, and stays empty.
        if (isRefusal(error) && error.code === "ENOSPC") rmSync(lock, { force: true })
        throw refuse(`cannot write into ${run.path}: ${reasonOf(error)}`)
      }
      const pid = pidIn(lock)
      if (isAlive(pid)) throw refuse(`${run.path} is in use by process ${pid}; if that is no run of Lemmata, remove ${lock}`)
      rmSync(lock, { force: true })
    }
  }
  const release = (): void => rmSync(lock, { force: true })
  try {
    for (const part of FOLDERS) makeFolder(run.file(part))
    for (const part of ["", ...FOLDERS]) sweepTemporaries(run.file(part))
    return release
  } catch (error) {
    release()
    throw error
  }
}

const pidIn = (lock: string): number => Number(readIfThere(lock)?.toString("utf8"))

const isAlive = (pid: number): boolean => {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isRefusal(error) && error.code === "EPERM"
  }
}

/** True while a process has the folder. */
export const isRunning = (run: RunFolder): boolean => isAlive(pidIn(run.file(FILES.lock)))

/** Every run under a folder of runs, sorted by path; the folder of one recipe or of one run will do. */
export const listRuns = (out: string): ReadonlyArray<RunFolder> => {
  const sub = (path: string): ReadonlyArray<string> => {
    try {
      return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
        .map((entry) => join(path, entry.name))
        .sort()
    } catch (error) {
      throw refuse(`cannot read ${path}: ${reasonOf(error)}`)
    }
  }
  if (!existsSync(out)) throw refuse(`there is no folder ${out}`)
  const isRun = (path: string): boolean => existsSync(join(path, FILES.config))
  const below = (path: string): ReadonlyArray<string> => sub(path).flatMap((each) => (isRun(each) ? [each] : sub(each).filter(isRun)))
  return (isRun(out) ? [out] : below(out)).map(folder)
}

/** Recipe and name of a run, from its place. */
export const titleOf = (run: RunFolder): string => `${basename(dirname(resolve(run.path)))}/${basename(run.path)}`
