import { Effect, Fiber } from "effect"
import { Worker } from "node:worker_threads"
import { describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { inProcess, threads } from "../../src/run/execute.ts"
import type { Outcome, Progress, Task } from "../../src/run/plan.ts"
import { fakeProof } from "../fake-proof.ts"

const task = (index: number): Task => ({
  entry: "t/x",
  job: { kind: "unit", unit: { theorem: "t/x", kind: "step", name: `s${index}` } },
  settings: { seed: "0", alpha: 1e-6, budget: budgets.quick },
})
const tasks = Array.from({ length: 12 }, (_, i) => task(i))

/** A worker that answers each task after a while of its own, the later ones sooner; `fatal` makes it end at a task. */
const worker = (fatal = -1): Worker =>
  new Worker(
    `const { parentPort } = require("node:worker_threads")
     parentPort.on("message", ({ index, task }) => {
       if (index === ${fatal}) process.exit(1)
       setTimeout(() => parentPort.postMessage({ index, outcome: { kind: "sensitivity", theorem: task.entry, step: task.job.unit.name, epsilon: index } }), 60 - 5 * index)
     })`,
    { eval: true },
  )
const names = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<string> => outcomes.map((o) => (o.kind === "sensitivity" ? o.step : o.kind))
const expected = tasks.map((_, i) => `s${i}`)

describe("threads", () => {
  it("answers in the order of the tasks, whatever the number of workers", async () => {
    for (const size of [1, 3, 50]) {
      const seen: Array<Progress> = []
      const outcomes = await Effect.runPromise(threads(() => worker(), size)(tasks, (event) => seen.push(event)))
      expect(names(outcomes)).toEqual(expected)
      expect(seen.map((e) => e.done)).toEqual(tasks.map((_, i) => i + 1))
    }
  })

  it("faults the task of a worker that dies, and finishes the others", async () => {
    let spawned = 0
    const spawn = (): Worker => {
      spawned++
      return worker(4)
    }
    const outcomes = await Effect.runPromise(threads(spawn, 2)(tasks, () => undefined))
    const fallen = outcomes[4]!
    expect(fallen.kind === "result" && fallen.result.verdict).toEqual({ _tag: "Faulted", message: "the worker stopped" })
    expect(names(outcomes.filter((_, i) => i !== 4))).toEqual(expected.filter((_, i) => i !== 4))
    expect(spawned).toBe(3)
  })

  it("does without a worker that ends when nothing is left for it, while another still works", async () => {
    const idle = (): Worker =>
      new Worker(
        `const { parentPort } = require("node:worker_threads")
         let waiting
         parentPort.on("message", ({ index, task }) => {
           clearTimeout(waiting)
           const answer = { index, outcome: { kind: "sensitivity", theorem: task.entry, step: task.job.unit.name, epsilon: index } }
           setTimeout(() => {
             parentPort.postMessage(answer)
             waiting = setTimeout(() => process.exit(0), 20)
           }, index === 0 ? 1000 : 1)
         })`,
        { eval: true },
      )
    expect(names(await Effect.runPromise(threads(idle, 2)(tasks.slice(0, 3), () => undefined)))).toEqual(expected.slice(0, 3))
  })

  it("ends its workers when interrupted", async () => {
    const workers: Array<Worker> = []
    const stalled = (): Worker => {
      const w = new Worker("for (;;);", { eval: true })
      workers.push(w)
      return w
    }
    const fiber = Effect.runFork(threads(stalled, 2)(tasks, () => undefined))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await Effect.runPromise(Fiber.interrupt(fiber))
    expect(workers.map((w) => w.threadId)).toEqual([-1, -1])
  })

  it("needs no worker for nothing", async () => {
    expect(await Effect.runPromise(threads(() => worker(), 2)([], () => undefined))).toEqual([])
  })
})

describe("inProcess", () => {
  it("turns a defect into a Faulted result and goes on", async () => {
    const proof = fakeProof("t/x", Object.fromEntries(expected.map((name) => [name, "verified"])), {
      before: (name) => {
        if (name === "s3") throw new RangeError("no such row")
      },
    })
    const outcomes = await Effect.runPromise(inProcess(async () => proof)(tasks, () => undefined))
    expect(outcomes.map((o) => (o.kind === "result" ? o.result.verdict._tag : o.kind))).toEqual(
      expected.map((name) => (name === "s3" ? "Faulted" : "Verified")),
    )
  })
})
