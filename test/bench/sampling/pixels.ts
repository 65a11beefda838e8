/**
 * Binary images of 28 x 28 from the PixelCNN, pixel after pixel,
 *
 *   x_i = [l_i(x_1 .. x_(i-1)) + e_i > 0],     e_i logistic noise,
 *
 * each layer evaluated once at each place instead of everywhere for each pixel: 784 evaluations of the network for an image become one. A layer sees the row above it and
 * what is on its left. So with the row above known it adds up, for a row at once,
 *
 *   U(c) = b + sum_j W_j h(c - 1 + j)                  h its input in the row above
 *
 * and then, place by place, relu(U(c) + (h(c - 1), h(c)) V), h in its own row; the first layer sees three rows and three pixels and not its own. A row of all images is one
 * function, prepared once; places come first and images second, so that a place is a matrix.
 */
import type { Weights } from "../../../src/models/network.ts"
import { compiled } from "../../../src/tensor/compiled.ts"
import type { Tensor, Tensor2D, Tensor4D, Tf } from "../../../src/tensor/tf.ts"
import { logistic } from "../workloads/inputs.ts"
import { pixelcnn as network } from "../workloads/pixelcnn.ts"
import type { Sampling } from "./sampling.ts"
import { roundings } from "./sampling.ts"

const [SIDE, CHANNELS, MASKED] = [28, 32, 6]
const DEEP = Array.from({ length: MASKED }, (_, i) => `masked${i}`)

const dot = (tf: Tf, a: Tensor, b: Tensor): Tensor => tf.matMul(a as Tensor2D, b as Tensor2D)

/** The taps of every layer that its mask leaves, as matrices: those of the rows above, those of its own row, and the bias. */
const taps = (tf: Tf, weights: Weights): ReadonlyArray<Tensor> =>
  ["first", ...DEEP].flatMap((name, i) => {
    const kernel = weights[`${name}/kernel`] as Tensor4D
    const [k, , n, m] = kernel.shape
    const [rows, left] = [(k - 1) / 2, (k - 1) / 2 + (i === 0 ? 0 : 1)]
    const above = tf.reshape(tf.slice(kernel, 0, rows), [rows * k * n, m])
    return [above, tf.reshape(tf.slice(kernel, [rows, 0, 0, 0], [1, left, n, m]), [left * n, m]), weights[`${name}/bias`]!.clone()]
  })

/** Of a row [w, images, ..] the places c .. c + 27, for c = 0 .. w - 28. */
const windows = (tf: Tf, row: Tensor): ReadonlyArray<Tensor> => Array.from({ length: row.shape[0]! - SIDE + 1 }, (_, c) => tf.slice(row, c, SIDE))

/** Zeros around a row of places. */
const padded = (tf: Tf, row: Tensor, by: number): Tensor => {
  const zeros: Tensor = tf.zeros([by, ...row.shape.slice(1)])
  return tf.concat([zeros, row, zeros])
}

/** What a layer adds up from rows of pixels above, [28][images, channels]. */
const ofPixels = (tf: Tf, rows: ReadonlyArray<Tensor>, above: Tensor, bias: Tensor): ReadonlyArray<Tensor> => {
  const seen = tf.concat(rows.flatMap((x) => windows(tf, padded(tf, x, 3))))
  const columns = tf.reshape(seen, [above.shape[0]!, -1])
  return placed(tf, tf.add(tf.matMul(columns as Tensor2D, above as Tensor2D, true), bias))
}

/** What a layer adds up from the row of its input above, [28][images, channels]. */
const ofRow = (tf: Tf, row: Tensor, above: Tensor, bias: Tensor): ReadonlyArray<Tensor> => {
  const parts = windows(tf, padded(tf, row, 1)).map((h, j) => dot(tf, tf.reshape(h, [-1, CHANNELS]), tf.slice(above, j * CHANNELS, CHANNELS)))
  return placed(
    tf,
    parts.reduce((sum, part) => tf.add(sum, part), bias),
  )
}

const placed = (tf: Tf, sums: Tensor): ReadonlyArray<Tensor> => tf.unstack(tf.reshape(sums, [SIDE, -1, CHANNELS]))

/**
 * A row: noise [28, n, 1], the three rows of pixels above it, [28, n, 1] each, and the row of inputs above it of each further layer, [28, n, 32], to logits, pixels and these
 * inputs in its own row.
 */
const row = (tf: Tf, matrices: ReadonlyArray<Tensor>, ends: ReadonlyArray<Tensor>, inputs: ReadonlyArray<Tensor>): ReadonlyArray<Tensor> => {
  const [noise, ...rest] = inputs
  const [pixels, hidden] = [rest.slice(0, 3), rest.slice(3)]
  const sums = [ofPixels(tf, pixels, matrices[0]!, matrices[2]!), ...hidden.map((h, i) => ofRow(tf, h, matrices[3 * i + 3]!, matrices[3 * i + 5]!))]
  const e = tf.unstack(noise!)
  const n = noise!.shape[1]!
  const none: Tensor = tf.zeros([n, 1])
  let left: ReadonlyArray<Tensor> = [none, none, none]
  let before: ReadonlyArray<Tensor> = Array.from({ length: MASKED }, () => tf.zeros([n, CHANNELS]))
  const logits: Array<Tensor> = []
  const drawn: Array<Tensor> = []
  const layers: Array<ReadonlyArray<Tensor>> = []
  for (let c = 0; c < SIDE; c++) {
    let h: Tensor = tf.relu(tf.add(sums[0]![c]!, dot(tf, tf.concat([...left], 1), matrices[1]!)))
    const here: Array<Tensor> = []
    for (let i = 0; i < MASKED; i++) {
      here.push(h)
      h = tf.relu(tf.add(sums[i + 1]![c]!, dot(tf, tf.concat([before[i]!, h], 1), matrices[3 * i + 4]!)))
    }
    const mixed = tf.relu(tf.add(dot(tf, h, ends[0]!), ends[1]!))
    const logit = tf.add(dot(tf, mixed, ends[2]!), ends[3]!)
    const x = tf.step(tf.add(logit, e[c]!))
    logits.push(logit)
    drawn.push(x)
    layers.push(here)
    left = [...left.slice(1), x]
    before = here
  }
  return [tf.stack(logits), tf.stack(drawn), ...DEEP.map((_, i) => tf.stack(layers.map((here) => here[i]!)))]
}

export const pixelcnn = (images: number): Sampling => ({
  name: "pixelcnn",
  title: `PixelCNN, ${images} images pixel after pixel`,
  parameters: network.groups["net"]!.parameters,
  noise: () => ({ e: logistic("sampling/pixelcnn", [SIDE, SIDE, images]) }),
  sampler: (tf, weights, { e }) => {
    const matrices = tf.tidy(() => [...taps(tf, weights)])
    const ends = tf.tidy(() =>
      ["mixed", "logit"].flatMap((name) => {
        const kernel = weights[`${name}/kernel`]!
        return [tf.reshape(kernel, kernel.shape.slice(2)), weights[`${name}/bias`]!.clone()]
      }),
    )
    const [given, place] = [matrices.length + ends.length, SIDE * images]
    const whole = compiled(tf, (all) => row(tf, all.slice(0, matrices.length), all.slice(matrices.length, given), all.slice(given)))
    return {
      draw: () => {
        const [values, logits] = [new Float32Array(SIDE * place), new Float32Array(SIDE * place)]
        let above: Array<Tensor> = Array.from({ length: 3 }, () => tf.zeros([SIDE, images, 1]))
        let hidden: Array<Tensor> = DEEP.map(() => tf.zeros([SIDE, images, CHANNELS]))
        for (let r = 0; r < SIDE; r++) {
          const noise = tf.tensor3d((e!.values as Float32Array).subarray(r * place, (r + 1) * place), [SIDE, images, 1])
          const [l, x, ...here] = whole.run([...matrices, ...ends, noise, ...above, ...hidden]) as Array<Tensor>
          logits.set(l!.dataSync<"float32">(), r * place)
          values.set(x!.dataSync<"float32">(), r * place)
          tf.dispose([noise, l!, above[0]!, ...hidden])
          ;[above, hidden] = [[...above.slice(1), x!], here]
        }
        tf.dispose([above, hidden])
        return { values, logits }
      },
      dispose: () => {
        whole.dispose()
        tf.dispose([matrices, ends])
      },
    }
  },
  // Nine layers, sums of the five 32-channel taps that a mask leaves.
  tolerance: roundings(9, 5 * CHANNELS),
  contradictions: (values, logits, { e }, slack) =>
    values.reduce((found, x, i) => {
      const at = logits[i]! + e!.values[i]!
      return found + (Math.abs(at) > slack && at > 0 !== x > 0 ? 1 : 0)
    }, 0),
})
