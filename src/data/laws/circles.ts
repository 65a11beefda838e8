/**
 * Two concentric circles (scikit-learn make_circles; independent uniform angles): radius R and factor R, noise s.
 *
 *   sklearn  R = 1, factor 0.5, noise 0.05;    ffjord  R = 3, factor 0.5, noise 0.24 (= 3 x 0.08; rtqichen/ffjord lib/toy_data.py)
 */
import type { Law } from "./law.ts"
import { noisyCurve } from "./noisy-curve.ts"

export type Circles = "sklearn" | "ffjord"

/** The named variant of two circles. */
export const circles = (variant: Circles): Law => {
  const [radius, factor, noise] = variant === "sklearn" ? [1, 0.5, 0.05] : [3, 0.5, 0.24]
  const ring = (r: number) => ({ weight: 0.5, at: (u: number) => [r * Math.cos(2 * Math.PI * u), r * Math.sin(2 * Math.PI * u)] as const })
  return noisyCurve({
    name: `circles-${variant}`,
    parameters: { radius, factor, noise },
    source: `make_circles, ${variant} variant`,
    curves: [ring(radius), ring(factor * radius)],
    noise,
    cells: 200,
  })
}
