/**
 * One training step (noise, loss, gradient, Adam on the packed parameters) on every back end that is present, against PyTorch on one thread in the same run: processor time
 * and, in the last columns, elapsed time, which on a busy machine is the neighbours' too.
 *
 *   flow-matching   3-64-64-64-2, SELU, batch 256              vae   784-512-256-(20, 20), 20-256-512-784, ReLU, batch 128
 *   realnvp         8 couplings 1-128-128-2, ReLU, batch 512
 *
 *   node test/bench/training.ts             LEMMATA_PYTHON names the Python that has torch; default python3
 *   LEMMATA_BACKENDS=native LEMMATA_WORKLOADS=vae node test/bench/training.ts       some; wasm,native,cpu and all unless set
 */
import { Effect, Result } from "effect"
import { availableParallelism, loadavg } from "node:os"
import { mlp } from "../../src/models/mlp.ts"
import { initialise, type Network, type Parameters, together, type Weights } from "../../src/models/network.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { compiled } from "../../src/tensor/compiled.ts"
import type { Scalar, Tensor, Tensor1D, Tf } from "../../src/tensor/tf.ts"
import { ADAM, adam, adamNumbers } from "../../src/train/adam.ts"
import { cell, layoutOf, pack, unpack } from "../../src/train/packed.ts"
import { startPeer } from "./kit/peer.ts"
import { median, timed } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

interface Model {
  readonly parameters: Parameters
  /** Standard normal numbers that one step uses. */
  readonly noise: ReadonlyArray<readonly [number, number]>
  readonly loss: (tf: Tf, weights: Weights, noise: ReadonlyArray<Tensor>) => Scalar
  readonly steps: number
}

const flowMatching = (): Model => {
  const field = mlp({ name: "field", from: 3, hidden: [64, 64, 64], to: 2, activation: "selu" })
  return {
    parameters: field.parameters,
    noise: [
      [256, 2],
      [256, 2],
      [256, 1],
    ],
    steps: 200,
    loss: (tf, weights, [x0, x1, t]) => {
      const x = tf.add(x0!, tf.mul(t!, tf.sub(x1!, x0!)))
      return tf.mean(tf.square(tf.sub(field.apply(tf, weights, tf.concat([x, t!], 1)), tf.sub(x1!, x0!))))
    },
  }
}

const vae = (): Model => {
  const encoder = mlp({ name: "encoder", from: 784, hidden: [512, 256], to: 40, activation: "relu" })
  const decoder = mlp({ name: "decoder", from: 20, hidden: [256, 512], to: 784, activation: "relu" })
  const pixels = Float32Array.from({ length: 128 * 784 }, (_, i) => ((i * 7919) % 101 > 50 ? 1 : 0))
  return {
    parameters: together(encoder.parameters, decoder.parameters),
    noise: [[128, 20]],
    steps: 5,
    loss: (tf, weights, [e]) => {
      const x = tf.tensor2d(pixels, [128, 784])
      const [mean, logvar] = tf.split(encoder.apply(tf, weights, x), 2, 1) as [Tensor, Tensor]
      const logits = decoder.apply(tf, weights, tf.add(mean, tf.mul(tf.exp(tf.mul(logvar, 0.5)), e!)))
      const fit = tf.sum(tf.sub(tf.softplus(logits), tf.mul(x, logits)))
      const kl = tf.mul(0.5, tf.sum(tf.sub(tf.add(tf.square(mean), tf.exp(logvar)), tf.add(logvar, 1))))
      return tf.div(tf.add(fit, kl), 128)
    },
  }
}

const realNvp = (): Model => {
  const nets: ReadonlyArray<Network> = Array.from({ length: 8 }, (_, i) =>
    mlp({ name: `coupling${i}`, from: 1, hidden: [128, 128], to: 2, activation: "relu" }),
  )
  return {
    parameters: together(...nets.map((net) => net.parameters)),
    noise: [
      [512, 1],
      [512, 1],
    ],
    steps: 10,
    loss: (tf, weights, [a0, b0]) => {
      let [a, b, total]: [Tensor, Tensor, Tensor] = [a0!, b0!, tf.zeros([512, 1])]
      for (const net of nets) {
        const [raw, t] = tf.split(net.apply(tf, weights, a), 2, 1) as [Tensor, Tensor]
        const s: Tensor = tf.mul(tf.tanh(raw), 2)
        ;[a, b] = [tf.add(tf.mul(b, tf.exp(s)), t), a]
        total = tf.add(total, s)
      }
      return tf.add(tf.mean(tf.sub(tf.mul(0.5, tf.add(tf.square(a), tf.square(b))), total)), Math.log(2 * Math.PI))
    },
  }
}

const MODELS = { "flow-matching": flowMatching, vae, realnvp: realNvp } as const

/** A function that runs n steps on this back end and returns the last loss. */
const trainer = (tf: Tf, { parameters, noise, loss }: Model): ((steps: number) => number) => {
  const layout = layoutOf(parameters)
  const initial = initialise(parameters, (name) => stream("bench", name))
  const [w, m, v] = [pack(layout, (name) => initial[name]!), new Float32Array(layout.length), new Float32Array(layout.length)].map((x) => cell(tf, x))
  const drawn = stream("bench", "noise")
  let k = 0
  const { run } = compiled(tf, ([at, m, v, numbers, ...draws]) => {
    const { value, grad } = tf.valueAndGrad((vector: Tensor) => loss(tf, unpack(tf, layout, vector), draws))(at!)
    return [value, ...adam(tf, ADAM, tf.split(numbers!, 3), [at, m, v] as ReadonlyArray<Tensor1D>, grad as Tensor1D)]
  })
  const step = (): Tensor => {
    const draws = noise.map(([n, d], i) => {
      const values = new Float64Array(n * d)
      fillNormal(drawn, values, k * 4096 + i * 1024)
      return tf.tensor2d(new Float32Array(values), [n, d])
    })
    const numbers = tf.tensor1d(Float32Array.from(adamNumbers(ADAM, 1e-3, k)))
    const [value, ...next] = run([w!.get(), m!.get(), v!.get(), numbers, ...draws])
    tf.dispose([numbers, ...draws])
    ;[w, m, v].forEach((held, i) => held!.set(next[i] as Tensor1D))
    k++
    return value!
  }
  return (steps) => {
    let last = 0
    for (let i = 0; i < steps; i++) {
      const value = step()
      last = value.dataSync()[0]!
      value.dispose()
    }
    return last
  }
}

const ROUNDS = 11

/** Ours and theirs, in milliseconds a step. */
type Round = ReadonlyArray<{ readonly cpu: number; readonly elapsed: number }>

const both = async (run: () => Promise<number>, steps: number): Promise<Round[number]> => {
  const start = performance.now()
  const cpu = await run()
  return { cpu, elapsed: (performance.now() - start) / steps }
}

/** Medians of either side, and the ratio: its median, the least and the most over the rounds. */
const compared = (rounds: ReadonlyArray<Round>, time: "cpu" | "elapsed"): ReadonlyArray<string> => {
  const [ours, theirs] = [0, 1].map((side) => rounds.flatMap((round) => round.slice(side, side + 1).map((at) => at[time]))) as [number[], number[]]
  if (theirs.length === 0) return [short(median(ours)), "-", "-", "-", "-"]
  const ratios = ours.map((at, i) => at / theirs[i]!)
  return [short(median(ours)), short(median(theirs)), ...[median(ratios), Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2))]
}

const bench = async (): Promise<void> => {
  console.log(`${machine(availableParallelism())}; load ${loadavg()[0]!.toFixed(1)}`)
  process.env["TF_NUM_INTRAOP_THREADS"] ??= "1"
  process.env["TF_NUM_INTEROP_THREADS"] ??= "1"
  const peer = await startPeer("training.py", ["torch"])
  const present = "torch" in peer.versions
  if (present) await peer.ask({ do: "load" })
  const rows: Array<ReadonlyArray<string>> = []
  for (const choice of (process.env["LEMMATA_BACKENDS"] ?? "wasm,native,cpu").split(",")) {
    const opened = await Effect.runPromise(Effect.result(TensorBackend.pipe(Effect.provide(tensorBackend(choice)))))
    if (Result.isFailure(opened)) {
      console.log(`absent: ${opened.failure.message}`)
      continue
    }
    const { tf, device } = opened.success
    for (const [name, make] of Object.entries(MODELS)) {
      if (process.env["LEMMATA_WORKLOADS"]?.split(",").includes(name) === false) continue
      if (choice === "cpu" && name !== "flow-matching") continue
      const model = make()
      const train = trainer(tf, model)
      const before = tf.memory().numTensors
      const rounds: Array<Round> = []
      for (let k = -1; k < ROUNDS; k++) {
        const round = [await both(async () => timed(() => train(model.steps))[0] / model.steps, model.steps)]
        if (present) round.push(await both(async () => (await peer.ask({ do: "step", model: name, steps: model.steps })).ms, model.steps))
        if (k >= 0) rounds.push(round)
      }
      const alive = tf.memory().numTensors - before
      rows.push([name, device, ...(["cpu", "elapsed"] as const).flatMap((time) => compared(rounds, time)), String(alive)])
    }
  }
  const head = ["ours", "torch", "ratio", "least", "most"]
  console.log(table(["step", "back end", ...head, ...head.map((title) => `${title} elapsed`), "tensors left"], rows))
  peer.close()
}

if (import.meta.main) await bench()
