/**
 * Entropy of a density on the plane by the trapezoidal rule on a box outside which the density vanishes to rounding:
 *
 *   H_h = -h^2 sum p log p,      mass_h = h^2 sum p.
 *
 * For smooth p the rule converges faster than any power of h; the stated uncertainty is |H_h - H_2h| plus the missing mass times the size of log p
 * at the edge, so it covers what the coarser of two grids could see.
 */
import type { Entropy } from "./law.ts"

export interface Box {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** H of exp(logDensity) with n cells a side (n even). */
export const planeEntropy = (logDensity: (x: Float64Array) => Float64Array, { x: [x0, x1], y: [y0, y1] }: Box, n: number): Entropy => {
  const [hx, hy] = [(x1 - x0) / n, (y1 - y0) / n]
  let [fine, coarse, mass] = [0, 0, 0]
  const row = new Float64Array(2 * (n + 1))
  for (let j = 0; j <= n; j++) {
    for (let i = 0; i <= n; i++) {
      row[2 * i] = x0 + i * hx
      row[2 * i + 1] = y0 + j * hy
    }
    logDensity(row).forEach((log, i) => {
      if (log < -700) return
      const p = Math.exp(log)
      mass += p
      fine -= p * log
      if (i % 2 === 0 && j % 2 === 0) coarse -= 4 * p * log
    })
  }
  const cell = hx * hy
  const [value, doubt, lost] = [cell * fine, cell * Math.abs(fine - coarse), Math.abs(1 - cell * mass)]
  return {
    value,
    uncertainty: doubt + 40 * lost + 1e-12,
    method: `trapezoidal rule, ${n} x ${n} cells on [${x0}, ${x1}] x [${y0}, ${y1}], against half as many`,
  }
}
