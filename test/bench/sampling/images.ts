/**
 * Images of 28 x 28 in one evaluation, and in fifty:
 *
 *   vae     sigmoid of a decoder 20-256-512-784, ReLU, 1024 images
 *   dcgan   the generator, 64 images
 *   unet    DDIM with eta = 0 over 50 of 1000 steps (Song, Meng, Ermon 2021, eq. 12), 64 images
 */
import { linear } from "../../../src/math/schedules/discrete.ts"
import { chainGrid, chainLevels } from "../../../src/math/time-grid.ts"
import { mlp } from "../../../src/models/mlp.ts"
import { ddimSample } from "../../../src/sample/ddim.ts"
import { drive } from "../../../src/sample/sampler.ts"
import { dcgan as players } from "../workloads/dcgan.ts"
import { normals } from "../workloads/inputs.ts"
import { featuresOf, unet as predictor } from "../workloads/unet.ts"
import { asked } from "./asked.ts"
import type { Sampling } from "./sampling.ts"
import { roundings } from "./sampling.ts"

const [MANY, FEW, STEPS] = [1024, 64, 50]
const decoder = mlp({ name: "decoder", from: 20, hidden: [256, 512], to: 784, activation: "relu" })

export const vae: Sampling = {
  name: "vae",
  title: `VAE decoder 20-256-512-784, ${MANY} images`,
  parameters: decoder.parameters,
  noise: () => ({ z: normals("sampling/vae", [MANY, 20]) }),
  sampler: (tf, weights, { z }) => {
    const pixels = asked(tf, weights, (own, [at]) => tf.sigmoid(decoder.apply(tf, own, at!)))
    return { draw: () => ({ values: pixels.ask({ shape: [MANY, 20], values: z!.values as Float32Array }) }), dispose: pixels.dispose }
  },
  tolerance: roundings(4, 512),
}

export const dcgan: Sampling = {
  name: "dcgan",
  title: `DCGAN generator, ${FEW} images`,
  parameters: players.groups["generator"]!.parameters,
  noise: () => ({ z: normals("sampling/dcgan", [FEW, 100]) }),
  sampler: (tf, weights, { z }) => {
    const pixels = asked(tf, weights, (own, [at]) => players.forward(tf, own, { z: at! }))
    return { draw: () => ({ values: pixels.ask({ shape: [FEW, 100], values: z!.values as Float32Array }) }), dispose: pixels.dispose }
  },
  // The longest sums are those of the moments of the second normalisation, over 64 x 14 x 14 places.
  tolerance: roundings(6, 64 * 14 * 14),
}

const chain = linear()
const levels = chainLevels(chain, chainGrid(chain.steps, STEPS, "trailing"))

export const unet: Sampling = {
  name: "unet",
  title: `diffusion U-Net, ${FEW} images by DDIM of ${STEPS} steps`,
  parameters: predictor.groups["net"]!.parameters,
  noise: () => ({ x: normals("sampling/unet", [FEW, 28, 28, 1]) }),
  long: true,
  plan: levels.map(({ t, alpha, sigma }) => [t, alpha, sigma]),
  sampler: (tf, weights, { x: start }) => {
    const noise = asked(tf, weights, (own, [x, features]) => predictor.forward(tf, own, { x: x!, features: features! }))
    return {
      draw: () => {
        const sampler = ddimSample({ levels, prediction: "eps", x: new Float64Array(start!.values) })
        const end = drive(
          sampler,
          ({ x, t }) =>
            new Float64Array(noise.ask({ shape: [FEW, 28, 28, 1], values: new Float32Array(x) }, featuresOf(new Float64Array(FEW).fill(t - 1)))),
        )
        return { values: new Float32Array(end) }
      },
      dispose: noise.dispose,
    }
  },
  // Thirty layers one after the other, sums of 3 x 3 x 128 terms at most, fifty times.
  tolerance: roundings(30, 9 * 128, STEPS),
}
