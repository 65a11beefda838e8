/**
 * The noise predictor of denoising diffusion (Ho, Jain, Abbeel 2020) on 28 x 28 images, channels 32, 64, 64 at the sides 28, 14, 7:
 *
 *   c = W silu(W' f(k) + b') + b,   f(k) = (sin k w_j, cos k w_j),  w_j = 10000^(-j/32),  j = 0 .. 31
 *   block(h) = skip(h) + conv silu GN(conv silu GN(h) + W_c silu(c))
 *   down: block, 3 x 3 of stride 2, twice;  middle: two blocks;  up: nearest, 3 x 3, beside what came down, block, twice
 *   loss = E (e_hat(sqrt(abar_k) x + sqrt(1 - abar_k) e, k) - e)^2
 */
import { together } from "../../../src/models/network.ts"
import type { Weights } from "../../../src/models/network.ts"
import { levelOf, linear } from "../../../src/math/schedules/discrete.ts"
import type { Tensor, Tensor4D, Tf } from "../../../src/tensor/tf.ts"
import { images, normals, tokens } from "./inputs.ts"
import { chain, conv, dense, groupNorm, silu } from "./layers.ts"
import type { Layer } from "./layers.ts"
import type { Input, Workload } from "./workload.ts"

const BATCH = 64
const TIME = 128

interface Block {
  readonly layers: ReadonlyArray<Layer>
  readonly apply: (tf: Tf, weights: Weights, h: Tensor, c: Tensor) => Tensor
}

const block = (name: string, n: number, m: number): Block => {
  const [norm0, conv0, time] = [groupNorm(`${name}/norm0`, n), conv(`${name}/conv0`, 3, n, m), dense(`${name}/time`, TIME, m)]
  const [norm1, conv1] = [groupNorm(`${name}/norm1`, m), conv(`${name}/conv1`, 3, m, m)]
  const skip = n === m ? [] : [conv(`${name}/skip`, 1, n, m)]
  const [first, second] = [chain(norm0, silu, conv0), chain(norm1, silu, conv1)]
  return {
    layers: [norm0, conv0, time, norm1, conv1, ...skip],
    apply: (tf, weights, h, c) => {
      const shifted = tf.add(first(tf, weights, h), tf.reshape(time.apply(tf, weights, c), [-1, 1, 1, m]))
      return tf.add(chain(...skip)(tf, weights, h), second(tf, weights, shifted))
    },
  }
}

const time = [dense("time0", 64, TIME), dense("time1", TIME, TIME)] as const
const start = conv("in", 3, 1, 32)
const down = [block("down0", 32, 32), block("down1", 32, 64)] as const
const halve = [conv("halve0", 3, 32, 32, 2, 1), conv("halve1", 3, 64, 64, 2, 1)] as const
const middle = [block("middle0", 64, 64), block("middle1", 64, 64)] as const
const double = [conv("double1", 3, 64, 64), conv("double0", 3, 64, 32)] as const
const up = [block("up1", 128, 64), block("up0", 64, 32)] as const
const end = [groupNorm("norm", 32), conv("out", 3, 32, 1)] as const

const twice = (tf: Tf, x: Tensor): Tensor => tf.image.resizeNearestNeighbor(x as Tensor4D, [2 * x.shape[1]!, 2 * x.shape[2]!])

const predicted = (tf: Tf, weights: Weights, x: Tensor, features: Tensor): Tensor => {
  const c = silu(tf, chain(time[0], silu, time[1])(tf, weights, features))
  const h0 = down[0].apply(tf, weights, start.apply(tf, weights, x), c)
  const h1 = down[1].apply(tf, weights, halve[0].apply(tf, weights, h0), c)
  const low = middle.reduce((h, { apply }) => apply(tf, weights, h, c), halve[1].apply(tf, weights, h1))
  const back1 = up[0].apply(tf, weights, tf.concat([chain(twice, double[0])(tf, weights, low), h1], 3), c)
  const back0 = up[1].apply(tf, weights, tf.concat([chain(twice, double[1])(tf, weights, back1), h0], 3), c)
  return chain(end[0], silu, end[1])(tf, weights, back0)
}

const chainOfSteps = linear()

/** f(level) of each image. */
export const featuresOf = (levels: ArrayLike<number>) => {
  const values = Float32Array.from({ length: levels.length * 64 }, (_, i) => {
    const angle = levels[Math.floor(i / 64)]! * 10_000 ** (-(i % 32) / 32)
    return i % 64 < 32 ? Math.sin(angle) : Math.cos(angle)
  })
  return { shape: [levels.length, 64], dtype: "float32", values } as const
}

/** x_k = sqrt(abar) x + sqrt(1 - abar) e at the step k = 1 + level of each image, the noise in it and f(level). */
export const noised = (x: Float32Array, e: Input, levels: ArrayLike<number>): Readonly<Record<string, Input>> => {
  const at = Array.from(levels, (level) => levelOf(chainOfSteps, level + 1))
  const values = x.map((v, i) => at[Math.floor(i / 784)]!.alpha * v + at[Math.floor(i / 784)]!.sigma * e.values[i]!)
  return { x: { ...e, values }, e, features: featuresOf(levels) }
}

const inputs = (): Readonly<Record<string, Input>> =>
  noised(images("unet", BATCH).values as Float32Array, normals("unet/e", [BATCH, 28, 28, 1]), tokens("unet/k", [BATCH], 1000).values)

export const unet: Workload = {
  name: "unet",
  title: "diffusion U-Net 28 x 28, batch 64",
  groups: {
    net: {
      parameters: together(
        ...[...time, start, ...halve, ...double, ...end, ...[...down, ...middle, ...up].flatMap(({ layers }) => layers)].map(
          ({ parameters }) => parameters,
        ),
      ),
      count: 542_273,
    },
  },
  inputs,
  phases: [{ group: "net", loss: (tf, weights, { x, e, features }) => tf.mean(tf.square(tf.sub(predicted(tf, weights, x!, features!), e!))) }],
  forward: (tf, weights, { x, features }) => predicted(tf, weights, x!, features!),
  adam: { rate: 2e-4, beta1: 0.9, decay: 0 },
}
