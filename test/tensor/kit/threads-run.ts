/**
 * A short training on WebAssembly in a process of its own: three steps of gradient descent on a net of convolutions, a transposed one, dense layers and products in batches,
 * whose weights come out as one hash. LEMMATA_THREADS says with how many threads. With an argument it goes on, and says so, until it is ended.
 */
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { stream } from "../../../src/random/stream.ts"
import { TensorBackend, tensorBackend } from "../../../src/tensor/backend.ts"
import { compiled } from "../../../src/tensor/compiled.ts"
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from "../../../src/tensor/tf.ts"

const { tf, device } = await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend("wasm"))))
const before = tf.memory().numTensors

const drawn = (shape: ReadonlyArray<number>, name: string): Tensor => {
  const [s, n] = [stream("threads-run", name), shape.reduce((count, d) => count * d, 1)]
  const scale = 2 * Math.sqrt((3 * shape.at(-1)!) / n)
  return tf.tensor(
    Float32Array.from({ length: n }, (_, i) => scale * (s.uniform53(i) - 0.5)),
    [...shape],
  )
}
const SHAPES = [
  [3, 3, 8, 20],
  [4, 4, 20, 24],
  [1176, 60],
  [60, 1176],
  [4, 4, 8, 24],
] as const

const loss = (x: Tensor, [first, halve, down, up, double]: ReadonlyArray<Tensor>): Tensor => {
  const h = tf.selu(tf.conv2d(x as Tensor4D, first as Tensor4D, 1, "same"))
  const places = tf.reshape(tf.selu(tf.conv2d(h as Tensor4D, halve as Tensor4D, 2, "same")), [16, 49, 24]) as Tensor3D
  const weighed = tf.matMul(tf.softmax(tf.matMul(places, places, false, true)), places)
  const code = tf.selu(tf.matMul(tf.reshape(weighed, [16, 1176]) as Tensor2D, down as Tensor2D))
  const image = tf.reshape(tf.matMul(code as Tensor2D, up as Tensor2D), [16, 7, 7, 24]) as Tensor4D
  return tf.mean(tf.square(tf.sub(tf.conv2dTranspose(image, double as Tensor4D, [16, 14, 14, 8], 2, "same"), x)))
}

const x = drawn([16, 14, 14, 8], "x")
let weights: ReadonlyArray<Tensor> = SHAPES.map((shape, i) => drawn(shape, `w${i}`))
const descent = compiled(tf, ([x, ...weights]) => {
  const gradients = tf.grads((...at: Array<Tensor>) => loss(x!, at))(weights as Array<Tensor>)
  return weights.map((w, i) => tf.sub(w, tf.mul(0.1, gradients[i]!)))
})
const step = (): void => {
  const next = descent.run([x, ...weights])
  tf.dispose([...weights])
  weights = next
}
step()
while (process.argv.length > 2) {
  step()
  console.log("on")
}
step()
step()
const hash = createHash("sha256")
for (const w of weights) hash.update(w.dataSync())
const sum = tf.tidy(() => weights.reduce((sum, w) => sum + tf.sum(tf.abs(w)).dataSync()[0]!, 0))
tf.dispose([x, ...weights])
descent.dispose()
console.log(
  JSON.stringify({
    device,
    hash: hash.digest("hex"),
    finite: Number.isFinite(sum),
    refused: descent.refused() ?? "",
    left: tf.memory().numTensors - before,
  }),
)
