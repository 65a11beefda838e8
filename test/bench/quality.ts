/**
 * Time to quality beside PyTorch: both sides train from the same initial values on the same batches at the same rates, taking turns step by step on one thread each,
 * until both have passed a threshold that theory or another model gives. A time is the processor time of the training steps so far; making the batches and
 * looking at the quality are not in it.
 *
 *   node test/bench/quality.ts             LEMMATA_PYTHON names the Python that has torch; default python3
 *   LEMMATA_BACKENDS=wasm LEMMATA_WORKLOADS=gpt node test/bench/quality.ts       some; native and all unless set
 */
import { Effect, Result } from "effect"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { startPeer } from "./kit/peer.ts"
import { inProcesses } from "./kit/processes.ts"
import { timed } from "./kit/rounds.ts"
import { short } from "./kit/table.ts"
import { evidence } from "./quality/autoencoder.ts"
import { adversarial, denoising, pixels } from "./quality/digits.ts"
import { mixture } from "./quality/mixture.ts"
import { plane } from "./quality/plane.ts"
import type { Batch, Given, Task } from "./quality/task.ts"
import { characters } from "./quality/text.ts"
import { sent, trainer } from "./workloads.ts"

interface Race {
  readonly name: string
  readonly open: () => Task
}

const TASKS: ReadonlyArray<Race> = [
  { name: "flow", open: plane },
  { name: "vae", open: evidence },
  { name: "realnvp", open: mixture },
  { name: "dcgan", open: adversarial },
  { name: "unet", open: denoising },
  { name: "pixelcnn", open: pixels },
  { name: "gpt", open: characters },
]

/** One side of a race. */
export interface Side {
  readonly step: (batch: Batch) => Promise<number>
  readonly look: (looks: ReadonlyArray<Given>) => Promise<ReadonlyArray<Float32Array>>
}

export interface Passed {
  /** Steps and milliseconds when the first of the looks in a row was below the threshold; undefined where it never was. */
  readonly at: { readonly steps: number; readonly ms: number } | undefined
  readonly last: number
}

/** Trains the sides in turn until each has passed, and says at every look where they are. */
export const race = async (
  task: Pick<Task, "batch" | "looks" | "score" | "threshold" | "every" | "inARow" | "steps">,
  sides: ReadonlyArray<Side>,
  say: (line: string) => void,
): Promise<ReadonlyArray<Passed>> => {
  const state = sides.map(() => ({ ms: 0, below: [] as Array<{ steps: number; ms: number }>, last: Number.NaN }))
  const passed = (): boolean => state.every(({ below }) => below.length >= task.inARow)
  for (let k = 1; k <= task.steps && !passed(); k++) {
    const batch = task.batch(k - 1)
    for (const [i, side] of sides.entries()) state[i]!.ms += await side.step(batch)
    if (k % task.every !== 0) continue
    for (const [i, side] of sides.entries()) {
      const own = state[i]!
      own.last = task.score(await side.look(task.looks))
      if (own.below.length >= task.inARow) continue
      if (own.last < task.threshold) own.below.push({ steps: k, ms: own.ms })
      else own.below.length = 0
    }
    say(`${k} steps: ${state.map(({ last, ms }) => `${short(last)} after ${short(ms / 1000)} s`).join(" | ")}`)
  }
  return state.map(({ below, last }) => ({ at: below.length >= task.inARow ? below[0] : undefined, last }))
}

const one = async ({ open }: Race, choice: string): Promise<void> => {
  const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
  if (Result.isFailure(opened)) return console.log(`absent: ${opened.failure.message}`)
  const { tf, name: backend } = opened.success
  const task = open()
  console.log(`${task.workload.title}, ${backend}: ${task.measure}, below ${task.threshold.toPrecision(4)}: ${task.meaning}`)
  if (task.floor !== undefined) console.log(`floor ${task.floor.toPrecision(4)}`)
  const ours = trainer(tf, task.workload)
  const peer = await startPeer("workloads.py", ["torch", "POT"])
  const sides: Array<Side> = [
    {
      step: async (batch) => {
        ours.feed(batch.inputs)
        return timed(ours.step)[0] + (batch.beside?.ms ?? 0)
      },
      look: async (looks) =>
        looks.map((given) => {
          ours.feed(given)
          return ours.forward()
        }),
    },
  ]
  if ("torch" in peer.versions) {
    await peer.ask({ do: "load", ...ours.request() })
    sides.push({
      step: async (batch) => {
        await peer.ask({ do: "feed", inputs: sent(batch.inputs) })
        const { ms } = await peer.ask({ do: "step" })
        return ms + (batch.beside === undefined ? 0 : (await peer.ask(batch.beside.request)).ms)
      },
      look: async (looks) => {
        const answers: Array<Float32Array> = []
        for (const given of looks) {
          await peer.ask({ do: "feed", inputs: sent(given) })
          const bytes = Buffer.from((await peer.ask({ do: "forward", values: true }))["values"] as string, "base64")
          answers.push(new Float32Array(new Uint8Array(bytes).buffer))
        }
        return answers
      },
    })
  }
  const found = await race(task, sides, (line) => console.log(line))
  peer.close()
  ours.dispose()
  const [own, theirs] = found as [Passed, Passed | undefined]
  const cells = (side: Passed | undefined) =>
    side === undefined ? ["-", "-"] : side.at === undefined ? ["never", "never"] : [String(side.at.steps), short(side.at.ms / 1000)]
  const ratio = own.at === undefined || theirs?.at === undefined ? "-" : (own.at.ms / theirs.at.ms).toFixed(2)
  console.log(JSON.stringify([task.workload.title, backend, short(task.threshold), ...cells(own), ...cells(theirs), ratio]))
}

const HEAD = ["workload", "back end", "threshold", "steps", "s", "torch steps", "torch s", "ratio"]

if (import.meta.main) await inProcesses(import.meta.filename, HEAD, TASKS, one, ["native"])
