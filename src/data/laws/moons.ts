/**
 * Two interleaving half circles, scaled (scikit-learn make_moons; angles uniform and independent, where scikit-learn takes equally spaced ones):
 *
 *   outer (cos a, sin a), inner (1 - cos a, 1/2 - sin a), a uniform on [0, pi], noise s z; then x -> scale x + shift.
 *
 *   sklearn    noise 0.1, scale 1                              the plotting default of tutorials
 *   ffjord     noise 0.1, scale 2, shift (-1, -0.2)            rtqichen/ffjord lib/toy_data.py
 *   torchcfm   noise 0.05, scale 2, shift (-1, -1)             runner of atong01/conditional-flow-matching
 */
import type { Law } from "./law.ts"
import { noisyCurve } from "./noisy-curve.ts"

export type Moons = "sklearn" | "ffjord" | "torchcfm"

const VARIANTS: Readonly<Record<Moons, readonly [noise: number, scale: number, sx: number, sy: number]>> = {
  sklearn: [0.1, 1, 0, 0],
  ffjord: [0.1, 2, -1, -0.2],
  torchcfm: [0.05, 2, -1, -1],
}

/** The named variant of two moons. */
export const moons = (variant: Moons): Law => {
  const [noise, scale, sx, sy] = VARIANTS[variant]
  return noisyCurve({
    name: `moons-${variant}`,
    parameters: { noise, scale, shiftX: sx, shiftY: sy },
    source: `make_moons, ${variant} variant`,
    curves: [
      { weight: 0.5, at: (u) => [scale * Math.cos(Math.PI * u) + sx, scale * Math.sin(Math.PI * u) + sy] },
      { weight: 0.5, at: (u) => [scale * (1 - Math.cos(Math.PI * u)) + sx, scale * (0.5 - Math.sin(Math.PI * u)) + sy] },
    ],
    noise: scale * noise,
    cells: variant === "torchcfm" ? 300 : 160,
  })
}
