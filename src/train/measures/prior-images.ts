/**
 * What an autoencoder generates, as grey images: the means of p(x | z) at z ~ N(0, I), f(z) cut to [0, 1] for a Gaussian decoder and sigma(f(z)) for a
 * Bernoulli one.
 */
import type { Autoencoder, Likelihood } from "../../models/autoencoder.ts"
import type { Shape } from "../../models/network.ts"
import { fillNormal } from "../../random/normal.ts"
import type { Stream } from "../../random/stream.ts"
import type { Samples } from "../program.ts"
import type { Trained } from "../trained.ts"

/** n square images of the given side; image i uses words i q .. of the stream. */
export const priorImages = async <X extends Shape, L extends Likelihood>(
  { model: { latent, likelihood }, compute }: Trained<Autoencoder<X, L>>,
  side: number,
  n: number,
  stream: Stream,
): Promise<ReadonlyArray<Samples>> => {
  const z = new Float64Array(n * latent)
  fillNormal(stream, z, 0)
  const values = await compute((tf, model, weights) => {
    const f = model.decode(tf, weights, tf.tensor2d(Float32Array.from(z), [n, latent]))
    return likelihood === "bernoulli" ? tf.sigmoid(f) : tf.clipByValue(f, 0, 1)
  })
  return [{ kind: "images", name: "samples", height: side, width: side, channels: 1, values }]
}
