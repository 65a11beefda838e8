/**
 * Convolutional and attention workloads on every back end that is present, against PyTorch on one thread in the same run. From the same weights and inputs:
 * losses and gradients of both sides first, then processor time of a training step (losses, gradients, Adam on the packed parameters) and of the network
 * alone, and memory. Each pair of workload and back end has processes of its own.
 *
 *   node test/bench/workloads.ts             LEMMATA_PYTHON names the Python that has torch; default python3
 *   LEMMATA_BACKENDS=wasm LEMMATA_WORKLOADS=unet node test/bench/workloads.ts        some; wasm,native and all unless set
 *   LEMMATA_KERNELS=1                        the ten dearest kernels of a step, in ms of elapsed time
 */
import { Effect, Result } from "effect"
import { initialise, type Weights } from "../../src/models/network.ts"
import { stream } from "../../src/random/stream.ts"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { compiled } from "../../src/tensor/compiled.ts"
import type { Tensor, Tensor1D, Tf } from "../../src/tensor/tf.ts"
import { ADAM, adam, adamNumbers } from "../../src/train/adam.ts"
import { cell, layoutOf, pack, unpack } from "../../src/train/packed.ts"
import { startPeer } from "./kit/peer.ts"
import type { Json, Peer } from "./kit/peer.ts"
import { inProcesses } from "./kit/processes.ts"
import { paired, timed } from "./kit/rounds.ts"
import { short } from "./kit/table.ts"
import { dcgan } from "./workloads/dcgan.ts"
import { gpt } from "./workloads/gpt.ts"
import { pixelcnn } from "./workloads/pixelcnn.ts"
import { unet } from "./workloads/unet.ts"
import type { Input, Inputs, Workload } from "./workloads/workload.ts"

export const WORKLOADS: ReadonlyArray<Workload> = [dcgan, unet, pixelcnn, gpt]

/**
 * How far losses and gradients of the two sides may differ, relative to their norm: float32 sums of up to n = 64 x 28 x 28 terms, whose roundings add up
 * like random signs to sqrt(n) 2^-24, over the 30 layers that follow each other there and back in the deepest of them.
 */
export const AGREEMENT = 30 * Math.sqrt(64 * 28 * 28) * 2 ** -24

export const base64 = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64")

/** Inputs as the other side reads them. */
export const sent = (inputs: Readonly<Record<string, Input>>): { readonly [key: string]: Json } =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape, dtype, values }]) => [name, { shape, dtype, bytes: base64(values) }]))

/** The workload on this back end, at its initial weights. */
export const trainer = (tf: Tf, workload: Workload) => {
  const given = Object.entries(workload.inputs())
  const tensors = (of: Readonly<Record<string, Input>>): ReadonlyArray<Tensor> =>
    given.map(([name]) => tf.tensor(of[name]!.values, [...of[name]!.shape], of[name]!.dtype))
  let inputs = tensors(Object.fromEntries(given))
  const groups = Object.entries(workload.groups).map(([name, { parameters }]) => {
    const layout = layoutOf(parameters)
    const initial = initialise(parameters, (path) => stream("bench", path))
    const vectors = [pack(layout, (path) => initial[path]!), new Float32Array(layout.length), new Float32Array(layout.length)]
    return { name, layout, initial, cells: vectors.map((vector) => cell(tf, vector)) }
  })
  const { rate, beta1, decay } = workload.adam
  const settings = { ...ADAM, beta1, decay }
  const weights = (vectors: ReadonlyArray<Tensor>): Weights => Object.assign({}, ...groups.map(({ layout }, i) => unpack(tf, layout, vectors[i]!)))
  const named = (tensors: ReadonlyArray<Tensor>): Inputs => Object.fromEntries(given.map(([name], i) => [name, tensors[i]!]))
  const forward = compiled(tf, (tensors) => [workload.forward(tf, weights(tensors), named(tensors.slice(groups.length)))])
  const phases = workload.phases.map(({ group, loss }) => {
    const own = groups.findIndex(({ name }) => name === group)
    return {
      cells: groups[own]!.cells,
      update: compiled(tf, (tensors) => {
        const [m, v, numbers, ...rest] = tensors.slice(groups.length)
        const of = (vector: Tensor) => loss(tf, { ...weights(tensors), ...unpack(tf, groups[own]!.layout, vector) }, named(rest))
        const { value, grad } = tf.valueAndGrad(of)(tensors[own]!)
        return [value, ...adam(tf, settings, tf.split(numbers!, 3), [tensors[own], m, v] as ReadonlyArray<Tensor1D>, grad as Tensor1D)]
      }),
    }
  })
  /** Loss, w, m and v after update k of a phase. */
  const updated = ({ cells, update }: (typeof phases)[number], k: number): ReadonlyArray<Tensor> => {
    const numbers = tf.tensor1d(Float32Array.from(adamNumbers(settings, rate, k)))
    const results = update.run([...at(), cells[1]!.get(), cells[2]!.get(), numbers, ...inputs])
    numbers.dispose()
    return results
  }
  const at = (): ReadonlyArray<Tensor> => groups.map(({ cells }) => cells[0]!.get())
  const taken = (tensor: Tensor): Float32Array => {
    const values = tensor.dataSync<"float32">().slice()
    tensor.dispose()
    return values
  }
  let k = 0
  return {
    groups,
    /** Loss and gradient of each phase at the initial weights; the gradient is m / (1 - b1) after the first update. */
    check: () =>
      phases.map((phase) => {
        const [loss, w, m, v] = updated(phase, 0) as [Tensor, Tensor, Tensor, Tensor]
        tf.dispose([w, v])
        return [taken(loss)[0]!, taken(m).map((x) => x / (1 - beta1))] as const
      }),
    /** Other inputs of the same shapes from now on. */
    feed: (other: Readonly<Record<string, Input>>): void => {
      tf.dispose([...inputs])
      inputs = tensors(other)
    },
    forward: () => taken(forward.run([...at(), ...inputs])[0]!),
    step: (): number => {
      let last = 0
      for (const phase of phases) {
        const [loss, ...next] = updated(phase, k)
        phase.cells.forEach((held, i) => held.set(next[i] as Tensor1D))
        last = taken(loss!)[0]!
      }
      k++
      return last
    },
    request: (): { readonly [key: string]: Json } => ({
      workload: workload.name,
      adam: [workload.adam.rate, workload.adam.beta1, workload.adam.decay],
      groups: groups.map(({ layout, initial }) => layout.names.map((name, i) => [name, [...layout.shapes[i]!], base64(initial[name]!)])),
      inputs: sent(Object.fromEntries(given)),
    }),
    dispose: () => {
      forward.dispose()
      for (const { update } of phases) update.dispose()
      tf.dispose([...inputs])
      for (const { cells } of groups) for (const held of cells) held.dispose()
    },
  }
}

/** |a - b| / |b|. */
export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [difference, norm] = [0, 0]
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2
    norm += b[i]! ** 2
  }
  return Math.sqrt(difference / norm)
}

/** The larger of the relative differences of losses and of gradients, over the phases. */
const disagreement = async (train: ReturnType<typeof trainer>, peer: Peer): Promise<number> => {
  const { losses, gradients } = (await peer.ask({ do: "check" })) as unknown as { losses: ReadonlyArray<number>; gradients: ReadonlyArray<string> }
  const found = train.check().flatMap(([loss, gradient], i) => {
    const bytes = Buffer.from(gradients[i]!, "base64")
    return [distance([loss], [losses[i]!]), distance(gradient, new Float32Array(new Uint8Array(bytes).buffer))]
  })
  return Math.max(...found)
}

const kernels = async (tf: Tf, step: () => number): Promise<void> => {
  const { kernels } = await tf.profile(step as never)
  const spent = new Map<string, readonly [ms: number, calls: number]>()
  for (const { name, kernelTimeMs } of kernels) {
    const [ms, calls] = spent.get(name) ?? [0, 0]
    spent.set(name, [ms + Number(await kernelTimeMs), calls + 1])
  }
  const dearest = [...spent].sort(([, a], [, b]) => b[0] - a[0]).slice(0, 10)
  console.log(dearest.map(([name, [ms, calls]]) => `${name} ${ms.toFixed(1)} (${calls})`).join(", "))
}

/** One workload on one back end: a row of the table, as JSON on the last line. */
const one = async (workload: Workload, choice: string): Promise<void> => {
  const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
  if (Result.isFailure(opened)) return console.log(`absent: ${opened.failure.message}`)
  const { tf, name } = opened.success
  const before = tf.memory().numTensors
  const train = trainer(tf, workload)
  const peer = await startPeer("workloads.py", ["torch"])
  const present = "torch" in peer.versions
  if (present) await peer.ask({ do: "load", ...train.request() })
  const apart = present ? await disagreement(train, peer) : 0
  if (!(apart < AGREEMENT)) throw new Error(`${workload.name} on ${name}: loss or gradient is ${apart} from PyTorch's, more than ${AGREEMENT}`)
  const ask = (what: string) => (present ? [async () => (await peer.ask({ do: what })).ms] : [])
  const steps = await paired(() => timed(train.step)[0], ask("step"), { warm: 1, rounds: 3 })
  const alone = await paired(() => timed(train.forward)[0], ask("forward"), { warm: 1, rounds: 3 })
  if (process.env["LEMMATA_KERNELS"] !== undefined) await kernels(tf, train.step)
  const theirPeak = present ? ((await peer.ask({ do: "memory" }))["peak"] as number).toFixed(0) : "-"
  peer.close()
  const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0)
  train.dispose()
  const left = tf.memory().numTensors - before
  const compared = ({ ours, theirs, ratios }: typeof steps) => [short(ours), ...(present ? [short(theirs[0]!), ratios[0]!.toFixed(2)] : ["-", "-"])]
  const agreement = present ? apart.toExponential(0) : "-"
  console.log(JSON.stringify([workload.title, name, ...compared(steps), ...compared(alone), peak, theirPeak, String(left), agreement]))
}

const HEAD = ["workload", "back end", "step", "torch", "ratio", "forward", "torch", "ratio", "MiB", "torch", "tensors left", "difference"]

if (import.meta.main) await inProcesses(import.meta.filename, HEAD, WORKLOADS, one)
