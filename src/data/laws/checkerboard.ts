/**
 * The checkerboard (rtqichen/ffjord lib/toy_data.py): with a uniform on [-2, 2), v uniform on [0, 1) and b a fair bit,
 *
 *   x = 2 (a, v - 2 b + (floor(a) mod 2)),
 *
 * uniform on eight squares of side 2, area 32: p = 1/32 on the support and H = log 32.
 */
import type { Law } from "./law.ts"

const odd = (k: number): number => ((k % 2) + 2) % 2

/** The checkerboard on [-4, 4]^2. */
export const checkerboard = (): Law => ({
  name: "checkerboard",
  dimension: 2,
  parameters: { area: 32, side: 2 },
  source: "rtqichen/ffjord lib/toy_data.py",
  sample: (stream, n) => {
    const out = new Float64Array(2 * n)
    for (let i = 0; i < n; i++) {
      const a = 4 * stream.uniform53(3 * i) - 2
      const b = stream.uniform53(3 * i + 1) < 0.5 ? 0 : 1
      out[2 * i] = 2 * a
      out[2 * i + 1] = 2 * (stream.uniform53(3 * i + 2) - 2 * b + odd(Math.floor(a)))
    }
    return out
  },
  logDensity: (x) =>
    Float64Array.from({ length: x.length / 2 }, (_, i) => {
      const [a, b] = [x[2 * i]! / 2, x[2 * i + 1]! / 2]
      return Math.abs(a) <= 2 && Math.abs(b) <= 2 && odd(Math.floor(a)) === odd(Math.floor(b)) ? -Math.log(32) : -Infinity
    }),
  entropy: { value: Math.log(32), uncertainty: 1e-15, method: "log of the area" },
  // Uniform marginals on [-4, 4]; the correlation is E over squares of the product of their centres: (9 + 1 + 1 + 9 - 3 - 3 - 3 - 3)/8 = 1.
  moments: { mean: Float64Array.of(0, 0), covariance: Float64Array.of(16 / 3, 1, 1, 16 / 3) },
})
