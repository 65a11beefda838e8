import { normal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import type { Tensor } from "../../src/tensor/tf.ts"
import { gradientPenalty, interpolate } from "../../src/train/objectives/wasserstein.ts"
import type { Critic } from "../../src/train/objectives/wasserstein.ts"
import type { Finding } from "../../src/train/monitors/finding.ts"
import { interpolationFindings, penaltyFindings, penaltyProbe } from "../../src/train/monitors/m11-penalty.ts"
import { wasm } from "../pipelines/open.ts"
import type { BugRow } from "./row.ts"

const tf = await wasm()
const [n, item, d] = [64, [4, 4, 3], 48] as const
const normals = (name: string, count: number): Float64Array => {
  const words = stream("bugs", "penalty", name)
  // Float32 numbers, so that the points are what the back end sees.
  return Float64Array.from({ length: count }, (_, i) => Math.fround(normal(words, i)))
}
const [x, y, w] = [normals("x", n * d), normals("y", n * d), normals("w", d)]

const interpolated = (weights: Float64Array, each: boolean): ReadonlyArray<Finding> => {
  const between = tf.tidy(() => {
    const [left, right] = [x, y].map((points) => tf.tensor(Float32Array.from(points), [n, ...item]))
    const a = tf.tensor1d(Float32Array.from(weights))
    if (!each) return interpolate(tf, left!, right!, a).dataSync()
    const full = tf.reshape(a, [n, ...item])
    return tf.add(tf.mul(full, left!), tf.mul(tf.sub(1, full), right!)).dataSync()
  })
  return interpolationFindings(x, y, Float64Array.from(between), d)
}
const uniform = (count: number): Float64Array => {
  const out = new Float64Array(count)
  stream("bugs", "penalty", "weights").fill(out, 0)
  return out
}

/** The penalty with its norm over the channels alone, or with no number under the root. */
const penalised = (broken: "channels" | "root" | null): ReadonlyArray<Finding> => {
  const penalty = (f: Critic, at: Tensor): Tensor => {
    if (broken === null) return gradientPenalty(tf, f, at)
    const gradient = tf.grad((points: Tensor) => tf.sum(f(points)))(at)
    const squares = tf.square(broken === "channels" ? gradient : tf.reshape(gradient, [n, d]))
    return tf.mean(tf.square(tf.sub(tf.sqrt(tf.sum(squares, -1)), 1)))
  }
  return penaltyFindings(
    tf.tidy(() => penaltyProbe(tf, penalty, tf.tensor1d(Float32Array.from(w)), tf.tensor(Float32Array.from(x), [n, ...item])).dataSync()),
    w,
    n,
  )
}

export const penaltyBugs: ReadonlyArray<BugRow> = [
  {
    bug: "interpolates are drawn with a weight for every pixel",
    thread: "eriklindernoren/PyTorch-GAN#5",
    monitor: "M11 segments",
    look: (broken) => interpolated(uniform(broken ? n * d : n), broken),
  },
  {
    bug: "the norm of the gradient is over the channels alone",
    thread: "caogang/wgan-gp#27",
    monitor: "M11 linear critic",
    look: (broken) => penalised(broken ? "channels" : null),
  },
  {
    bug: "weights of the interpolates are drawn from a normal law",
    thread: "keras-team/keras-io#143",
    monitor: "M11 support",
    look: (broken) => interpolated(broken ? normals("weights", n) : uniform(n), false),
  },
  {
    bug: "the root of the squared norm has an infinite derivative where the gradient is 0",
    thread: "keras-team/keras-io#624",
    monitor: "M11 zero gradient",
    look: (broken) => penalised(broken ? "root" : null),
  },
]
