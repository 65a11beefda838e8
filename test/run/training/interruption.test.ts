/**
 * Runs that are stopped: by a signal, by force at random moments, by a full disk, by a checkpoint that is not what it was. A run that goes on from a checkpoint
 * must end as one that was never stopped: the same journal, the same last checkpoint, to the last bit.
 */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { stream } from "../../../src/random/stream.ts"
import { InputError } from "../../../src/run/input-error.ts"
import { loadLast, saveCheckpoint, steps } from "../../../src/run/training/checkpoint.ts"
import { createRun, lockRun, openRun } from "../../../src/run/training/folder.ts"
import { openJournal, readJournal, rewind } from "../../../src/run/training/journal.ts"
import { onDisk } from "../../../src/run/training/disk.ts"
import { decodeTensors } from "../../../src/train/safetensors.ts"
import { drive, workplace } from "./drive.ts"

const PACE = ["--preset", "smoke", "--name", "a", "train.steps=60", "run={log: 1, monitor: 7, checkpoint: 5}"]
const at = (cwd: string, ...names: ReadonlyArray<string>): string => join(cwd, "runs", "fake", "a", ...names)
/** What must be the same however often a run was stopped. */
const trace = (cwd: string): ReadonlyArray<string> =>
  ["metrics.jsonl", "evaluation.json", "checkpoints/last.json"].map((name) => readFileSync(at(cwd, name), "utf8"))

const undisturbed = (async () => {
  const cwd = workplace()
  expect(await drive(cwd, ["run", "fake", ...PACE])).toMatchObject({ code: 0 })
  return trace(cwd)
})()

describe("stopped and resumed", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s: a checkpoint of the step that was reached, exit 130, and the end is the same",
    async (signal) => {
      const cwd = workplace()
      const stopped = await drive(cwd, ["run", "fake", ...PACE], { pause: 20, signal, when: /\n12\/60/ })
      expect(stopped).toMatchObject({ code: 130, stdout: "" })
      const step = Number(/interrupted after step (\d+), checkpoint written; `lemmata resume runs\/fake\/a` goes on/.exec(stopped.stderr)?.[1])
      expect(step).toBeGreaterThanOrEqual(12)
      expect(step).toBeLessThan(60)
      expect(JSON.parse(readFileSync(at(cwd, "outcome.json"), "utf8"))).toMatchObject({ status: "interrupted", step, exit: 130 })
      expect(steps(openRun(at(cwd))).at(-1)).toBe(step)
      const resumed = await drive(cwd, ["resume", "runs/fake/a"])
      expect(resumed).toMatchObject({ code: 0, stderr: expect.stringContaining(`from step ${step} of 60`) })
      expect(trace(cwd)).toEqual(await undisturbed)
      const again = await drive(cwd, ["resume", "runs/fake/a"])
      expect(again).toMatchObject({ code: 0, stdout: resumed.stdout, stderr: "" })
    },
  )

  test("killed at random moments, again and again: no checkpoint is damaged, at most the steps since the last are lost", async () => {
    const cwd = workplace()
    const moments = stream("kill", "moments")
    let args: ReadonlyArray<string> = ["run", "fake", ...PACE]
    for (let kill = 0; kill < 4; kill++) {
      const step = moments.integer(12 * kill + 4, 12 * kill + 14)
      await drive(cwd, args, {
        pause: 10,
        signal: "SIGKILL",
        when: new RegExp(`(^|\\n) ?(${Array.from({ length: 60 - step }, (_, i) => step + i).join("|")})/60`),
      })
      const run = openRun(at(cwd))
      const reached = readJournal(run).at(-1)?.step ?? 0
      for (const name of readdirSync(at(cwd, "checkpoints")).filter((file) => /^step-\d+\.safetensors$/.test(file)))
        expect(Result.isSuccess(decodeTensors(readFileSync(at(cwd, "checkpoints", name))))).toBe(true)
      expect(loadLast(run)?.step ?? 0).toBeGreaterThan(reached - 6)
      args = ["resume", "runs/fake/a"]
    }
    expect(await drive(cwd, args)).toMatchObject({ code: 0 })
    expect(trace(cwd)).toEqual(await undisturbed)
  })

  test("interrupted while it was measured: it says how to go on, and no step is trained again", async () => {
    const cwd = workplace()
    const stopped = await drive(cwd, ["run", "fake", ...PACE, "trouble=slow"], { signal: "SIGINT", when: /measuring/ })
    expect(stopped).toMatchObject({ code: 130, stdout: "" })
    expect(stopped.stderr).toContain(
      "interrupted after step 60, the last, while it was measured; `lemmata resume runs/fake/a` measures it, and trains no step again",
    )
    expect(JSON.parse(readFileSync(at(cwd, "outcome.json"), "utf8"))).toMatchObject({ status: "interrupted", step: 60, exit: 130 })
    const journal = readFileSync(at(cwd, "metrics.jsonl"), "utf8")
    const again = await drive(cwd, ["resume", "runs/fake/a"], { signal: "SIGTERM", when: /measuring/ })
    expect(again).toMatchObject({ code: 130, stderr: expect.stringContaining("from step 60 of 60") })
    expect(readFileSync(at(cwd, "metrics.jsonl"), "utf8")).toBe(journal)
  })

  test("where the report cannot be written it has not finished, and goes on to its report", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...PACE], { pause: 20, signal: "SIGTERM", when: /\n12\/60/ })
    mkdirSync(at(cwd, "report.html"))
    expect(await drive(cwd, ["resume", "runs/fake/a"])).toMatchObject({ code: 2, stderr: expect.stringContaining("a/report.html: it is a folder") })
    expect(JSON.parse(readFileSync(at(cwd, "outcome.json"), "utf8"))).toMatchObject({ status: "interrupted" })
    rmSync(at(cwd, "report.html"), { recursive: true })
    expect(await drive(cwd, ["resume", "runs/fake/a"])).toMatchObject({ code: 0, stderr: expect.stringContaining("from step 60 of 60") })
    expect(readFileSync(at(cwd, "report.html"), "utf8")).toContain("passed</b>")
    expect(trace(cwd)).toEqual(await undisturbed)
  })

  test("nobody reads its messages: it trains to the end", async () => {
    const cwd = workplace()
    expect(await drive(cwd, ["run", "fake", ...PACE], { deaf: true })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("passed fake/a, 60 steps"),
    })
    expect(trace(cwd)).toEqual(await undisturbed)
  })

  test("a divergence keeps the last good checkpoint, and the report tells", async () => {
    const cwd = workplace()
    expect(await drive(cwd, ["run", "fake", ...PACE, "trouble=nan-state", "at=17"])).toMatchObject({ code: 4 })
    expect(loadLast(openRun(at(cwd)))?.step).toBe(15)
    expect(readFileSync(at(cwd, "report.html"), "utf8")).toMatch(/diverged<\/b>.*loss became NaN in step 18/s)
  })

  test("where files may not grow past a limit, as on a full disk, it says so and leaves what was written whole", async () => {
    const cwd = workplace()
    // 8 blocks of 512 bytes: metrics.jsonl outgrows it.
    const ended = await drive(cwd, ["run", "fake", ...PACE, "train.steps=400"], { limit: 8 })
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /cannot use runs\/fake\/a\/metrics.jsonl: it would be larger than files may be \(ulimit -f\) \(EFBIG\); what was written before is whole/,
      ),
    })
    const run = openRun(at(cwd))
    expect(loadLast(run)?.step).toBe(readJournal(run).at(-1)!.step - (readJournal(run).at(-1)!.step % 5))
    expect(readdirSync(at(cwd, "checkpoints")).filter((name) => name.endsWith(".tmp"))).toEqual([])
    expect(await drive(cwd, ["resume", "runs/fake/a"])).toMatchObject({ code: 0 })
  })
})

const run = () => createRun(join(workplace(), "runs"), "fake", "a", "recipe: fake\n")
const state = (x: number) => ({ "model/w": { shape: [2], values: Float32Array.of(x, Number.MIN_VALUE) } })
const refusal = (work: () => unknown): string => {
  try {
    return `accepted ${JSON.stringify(work())}`
  } catch (error) {
    return error instanceof InputError ? `${error.code}: ${error.message}` : String(error)
  }
}

describe("checkpoints", () => {
  test("the newest is loaded, bit for bit; the newest two are kept", () => {
    const folder = run()
    expect(loadLast(folder)).toBeUndefined()
    for (const step of [5, 10, 15]) saveCheckpoint(folder, { step, state: state(step), about: { by: "a test" } }, 2)
    expect(steps(folder)).toEqual([10, 15])
    expect(loadLast(folder)).toEqual({ step: 15, state: state(15), about: { by: "a test" } })
  })

  test("a process that was killed between a checkpoint and the note of it: the one that is noted counts", () => {
    const folder = run()
    saveCheckpoint(folder, { step: 5, state: state(5), about: {} }, 2)
    const note = readFileSync(folder.file("checkpoints", "last.json"))
    saveCheckpoint(folder, { step: 10, state: state(10), about: {} }, 2)
    writeFileSync(folder.file("checkpoints", "last.json"), note)
    expect(loadLast(folder)?.step).toBe(5)
    rmSync(folder.file("checkpoints", "last.json"))
    expect(loadLast(folder)?.step).toBe(10)
  })

  test("one that is not what it was is refused by name, with what to do", () => {
    const folder = run()
    for (const step of [5, 10]) saveCheckpoint(folder, { step, state: state(step), about: { by: "a test" } }, 2)
    const newest = folder.file("checkpoints", "step-000000010.safetensors")
    const bytes = readFileSync(newest)
    const refused = (change: () => void): string => {
      change()
      return refusal(() => loadLast(folder))
    }
    const flip = Buffer.from(bytes)
    flip[bytes.length - 1]! ^= 1
    expect(refused(() => writeFileSync(newest, flip))).toMatch(
      /bad-checkpoint: .*step-000000010.safetensors has changed since it was written.*go on from step 5/,
    )
    expect(refused(() => writeFileSync(newest, bytes.subarray(0, 40)))).toMatch(/is no checkpoint: the header would have/)
    expect(refused(() => copyFileSync(folder.file("checkpoints", "step-000000005.safetensors"), newest))).toMatch(/has changed/)
    expect(refused(() => rmSync(newest))).toMatch(/cannot read the checkpoint/)
    expect(refused(() => writeFileSync(folder.file("checkpoints", "last.json"), "{}"))).toMatch(/last.json is damaged/)
  })

  test("of another configuration: the tensor, what it has and what was expected", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...PACE])
    const config = at(cwd, "config.yaml")
    writeFileSync(config, readFileSync(config, "utf8").replace("width: 4", "width: 5"))
    expect(await drive(cwd, ["sample", "runs/fake/a", "--count", "1"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /checkpoint of step 60 .* does not fit its configuration: tensor "model\/w" has 4 numbers, 5 were expected; where config.yaml was edited, put it back; where/,
      ),
    })
  })
})

test("a run does not go on with other settings or data than it began with; how often it writes is free", async () => {
  const cwd = workplace()
  await drive(cwd, ["run", "fake", ...PACE], { pause: 20, signal: "SIGTERM", when: /\n12\/60/ })
  const config = at(cwd, "config.yaml")
  const saved = readFileSync(config, "utf8")
  const edited = (change: (text: string) => string) => {
    writeFileSync(config, change(saved))
    return drive(cwd, ["resume", "runs/fake/a"])
  }
  const refused = await edited((text) => text.replace("seed: 0", "seed: 5").replace("rate: 0.1", "rate: 0.2"))
  expect(refused).toMatchObject({ code: 2, stdout: "" })
  expect(refused.stderr).toMatch(
    /config.yaml is not what the checkpoint of step \d+ was trained with: seed is 5, was 0; train.rate is 0.2, was 0.1\. /,
  )
  expect(readFileSync(at(cwd, "outcome.json"), "utf8")).toContain("interrupted")
  const other = await drive(cwd, ["resume", "runs/fake/a"], { data: "1".repeat(64) })
  expect(other).toMatchObject({ code: 2, stderr: expect.stringMatching(/data quadratic is 1{64}, was 0{64}\./) })
  expect(await edited((text) => text.replace("keep: 2", "keep: 3"))).toMatchObject({ code: 0 })
  expect(trace(cwd)).toEqual(await undisturbed)
})

describe("the journal", () => {
  const line = (step: number) => ({ kind: "scalars", step, scalars: { loss: step / 3, odd: [Number.NaN, Infinity, -Infinity][step % 3]! } }) as const

  test("is read back as it was written, NaN too; a last line cut short is left out; rewinding drops what came later", () => {
    const folder = run()
    const journal = openJournal(folder, 1)
    for (const step of [1, 2, 3, 4]) journal.write(line(step), 2)
    journal.close()
    expect(readJournal(folder)).toEqual([1, 2, 3, 4].map(line))
    writeFileSync(folder.file("metrics.jsonl"), `${readFileSync(folder.file("metrics.jsonl"), "utf8")}{"kind":"scal`)
    expect(readJournal(folder)).toHaveLength(4)
    rewind(folder, 2)
    expect(readJournal(folder)).toEqual([1, 2].map(line))
    writeFileSync(folder.file("metrics.jsonl"), '{"kind":"scalars","step":1}\nnonsense\n')
    expect(refusal(() => readJournal(folder))).toMatch(/bad-run: .*metrics.jsonl:2: a JSON object with a step is expected/)
  })
})

describe("a folder", () => {
  test("belongs to one process at a time; what a dead one left is swept", () => {
    const folder = run()
    const release = lockRun(folder)
    expect(refusal(() => lockRun(folder))).toMatch(new RegExp(`in use by process ${process.pid}`))
    release()
    // No process has this id.
    writeFileSync(folder.file("running.pid"), "2147483647\n")
    writeFileSync(folder.file("checkpoints", ".step-000000005.safetensors.1.00000000.tmp"), "half")
    lockRun(folder)()
    expect(readdirSync(folder.file("checkpoints"))).toEqual([])
    expect(readdirSync(folder.file())).not.toContain("running.pid")
  })

  test("that is not ours is not made, and leaves nothing", () => {
    const out = join(workplace(), "runs")
    mkdirSync(join(out, "fake", "a"), { recursive: true })
    expect(refusal(() => createRun(out, "fake", "a", ""))).toMatch(/bad-run: .*is there already/)
    expect(refusal(() => createRun(out, "fake", "..", ""))).toMatch(/no name of a run/)
  })
})

test("only what the disk refuses is the user's to mend", async () => {
  const refused = await Effect.runPromise(Effect.flip(onDisk(() => readFileSync("/nowhere/at/all"))))
  expect(refused).toMatchObject({
    _tag: "InputError",
    message: "cannot use /nowhere/at/all: there is no such file, or no folder to hold it (ENOENT); what was written before is whole",
  })
  await expect(
    Effect.runPromise(
      onDisk(() => {
        throw new TypeError("ours")
      }),
    ),
  ).rejects.toThrow("ours")
})
