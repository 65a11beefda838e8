/**
 * The S curve (scikit-learn make_s_curve, columns 0 and 2, as torchcfm's runner takes them): t uniform on [-3 pi/2, 3 pi/2],
 *
 *   x = scale (sin t, sign(t) (cos t - 1)) + scale noise z,    noise 0.05, scale 1.5.
 */
import type { Law } from "./law.ts"
import { noisyCurve } from "./noisy-curve.ts"

/** The S curve of the plane. */
export const sCurve = (noise = 0.05, scale = 1.5): Law =>
  noisyCurve({
    name: "s-curve",
    parameters: { noise, scale },
    source: "make_s_curve, columns 0 and 2",
    curves: [
      {
        weight: 1,
        at: (u) => {
          const t = 3 * Math.PI * (u - 0.5)
          return [scale * Math.sin(t), scale * Math.sign(t) * (Math.cos(t) - 1)]
        },
      },
    ],
    noise: scale * noise,
    cells: 240,
  })
