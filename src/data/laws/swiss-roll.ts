/**
 * The Swiss roll (scikit-learn make_swiss_roll, columns 0 and 2; rtqichen/ffjord divides by 5): t = 3 pi/2 (1 + 2 u), u uniform on [0, 1],
 *
 *   x = (t cos t, t sin t)/divisor + (noise/divisor) z,    noise 1, divisor 5.
 */
import type { Law } from "./law.ts"
import { noisyCurve } from "./noisy-curve.ts"

/** The Swiss roll of the plane. */
export const swissRoll = (noise = 1, divisor = 5): Law =>
  noisyCurve({
    name: "swiss-roll",
    parameters: { noise, divisor },
    source: "make_swiss_roll, columns 0 and 2",
    curves: [
      {
        weight: 1,
        at: (u) => {
          const t = 1.5 * Math.PI * (1 + 2 * u)
          return [(t * Math.cos(t)) / divisor, (t * Math.sin(t)) / divisor]
        },
      },
    ],
    noise: noise / divisor,
    cells: 160,
  })
