/**
 * Drawing samples on every back end that is present, against PyTorch on one thread in the same run: the same weights, noise and methods on both sides. What is drawn is compared
 * first; where one number is drawn after the other, every number of either side must be the one that PyTorch's whole network decides for, given those before it. Then
 * processor time of a sample, the first with its preparation, and memory. Each pair of workload and back end has processes of its own.
 *
 *   node test/bench/sampling.ts             LEMMATA_PYTHON names the Python that has torch; default python3
 *   LEMMATA_BACKENDS=wasm LEMMATA_WORKLOADS=gpt node test/bench/sampling.ts        some; wasm,native and all unless set
 */
import { Effect, Result } from "effect"
import { initialise } from "../../src/models/network.ts"
import { stream } from "../../src/random/stream.ts"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { startPeer } from "./kit/peer.ts"
import type { Peer } from "./kit/peer.ts"
import { inProcesses } from "./kit/processes.ts"
import { paired, timed } from "./kit/rounds.ts"
import { short } from "./kit/table.ts"
import { dcgan, unet, vae } from "./sampling/images.ts"
import { pixelcnn } from "./sampling/pixels.ts"
import { flow, realnvp } from "./sampling/points.ts"
import type { Drawn, Sampling } from "./sampling/sampling.ts"
import { gpt } from "./sampling/text.ts"
import { base64, distance, sent } from "./workloads.ts"

export const SAMPLINGS: ReadonlyArray<Sampling> = [flow, vae, dcgan, realnvp, unet, pixelcnn(64), gpt(32)]

const floats = (bytes: unknown): Float32Array => new Float32Array(new Uint8Array(Buffer.from(bytes as string, "base64")).buffer)

/** The largest relative difference between the sides. Throws where it is above the tolerance, or where a number was drawn that the whole network decides against. */
const disagreement = async (task: Sampling, own: Drawn, peer: Peer): Promise<number> => {
  const refuse = (what: string): never => {
    throw new Error(`${task.name}: ${what}`)
  }
  const within = (what: string, apart: number): number =>
    apart < task.tolerance ? apart : refuse(`${what} are ${apart} apart, more than ${task.tolerance}`)
  const answer = await peer.ask({ do: "draw", values: true })
  const theirs = floats(answer["values"])
  const { contradictions } = task
  if (contradictions === undefined) return within("samples of ours and PyTorch's", distance(own.values, theirs))
  let most = 0
  for (const [side, { values, logits }] of [
    ["ours", own],
    ["PyTorch's", { values: theirs, logits: floats(answer["logits"]) }],
  ] as ReadonlyArray<readonly [string, Drawn]>) {
    const whole = floats((await peer.ask({ do: "logits", values: base64(values) }))["logits"])
    most = Math.max(most, within(`logits of ${side} and of the whole network`, distance(logits!, whole)))
    const slack = task.tolerance * Math.sqrt(whole.reduce((sum, l) => sum + l * l, 0) / whole.length)
    const wrong = contradictions(values, whole, task.noise(), slack)
    if (wrong > 0) refuse(`${wrong} numbers of ${side} are not those that the whole network decides for`)
  }
  return most
}

/** One workload on one back end: a row of the table, as JSON on the last line. */
const one = async (task: Sampling, choice: string): Promise<void> => {
  const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
  if (Result.isFailure(opened)) return console.log(`absent: ${opened.failure.message}`)
  const { tf, name } = opened.success
  const before = tf.memory().numTensors
  const [initial, noise] = [initialise(task.parameters, (path) => stream("bench", path)), task.noise()]
  const parameters = Object.entries(task.parameters)
  const weights = Object.fromEntries(parameters.map(([path, { shape }]) => [path, tf.tensor(initial[path]!, [...shape])]))
  const sampler = task.sampler(tf, weights, noise)
  const peer = await startPeer("sampling.py", ["torch"])
  const present = "torch" in peer.versions
  const group = parameters.map(([path, { shape }]) => [path, [...shape], base64(initial[path]!)])
  if (present) await peer.ask({ do: "load", workload: task.name, group, noise: sent(noise), plan: task.plan ?? [] })
  const [first, own] = timed(sampler.draw)
  const apart = present ? await disagreement(task, own, peer) : 0
  const theirs = present ? [async () => (await peer.ask({ do: "draw" })).ms] : []
  const rounds = await paired(() => timed(sampler.draw)[0], theirs, task.long === true ? { warm: 0, rounds: 1 } : { warm: 2, rounds: 5 })
  const theirPeak = present ? ((await peer.ask({ do: "memory" }))["peak"] as number).toFixed(0) : "-"
  peer.close()
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
  sampler.dispose()
  tf.dispose(weights)
  const left = tf.memory().numTensors - before
  const compared = present ? [short(rounds.theirs[0]!), rounds.ratios[0]!.toFixed(2)] : ["-", "-"]
  const agreement = present ? apart.toExponential(0) : "-"
  console.log(JSON.stringify([task.title, name, short(rounds.ours), ...compared, short(first), peak, theirPeak, String(left), agreement]))
}

const HEAD = ["sample", "back end", "ours", "torch", "ratio", "first", "MiB", "torch", "tensors left", "difference"]

if (import.meta.main) await inProcesses(import.meta.filename, HEAD, SAMPLINGS, one)
