/**
 * The pinwheel (rtqichen/ffjord lib/toy_data.py): arm k of K = 5, a = 1 + 0.3 z_1, b = 0.1 z_2, and the point (a, b) turned by an angle that grows
 * with a, then scaled by 2:
 *
 *   x = 2 R(-th) (a, b)' ... as coded: row vector times [[cos th, -sin th], [sin th, cos th]] read by columns,   th = 2 pi k/K + 0.25 e^a.
 *
 * Density: |x|/2 = r and the polar angle of (a, b) is phi, so a = r cos phi, b = r sin phi, and the angle psi of x obeys psi = phi + turn(k, a). The
 * map has Jacobian determinant 4 |1 - 0.25 e^a b| (turning is area preserving; the rate of turning along a moves b), hence
 *   p(x) = sum over arms and roots phi of  N(a; 1, 0.3^2) N(b; 0, 0.1^2) / (4 K |1 - 0.25 e^a b|).
 */
import { normal } from "../../random/normal.ts"
import type { Law } from "./law.ts"
import { lazy } from "../../core/lazy.ts"
import { planeEntropy } from "./plane-entropy.ts"

const [ARMS, RADIAL, TANGENTIAL, RATE, SCALE] = [5, 0.3, 0.1, 0.25, 2]

/** log N(a; 1, radial^2) + log N(b; 0, tangential^2). */
const logArm = (a: number, b: number): number =>
  -0.5 * (((a - 1) / RADIAL) ** 2 + (b / TANGENTIAL) ** 2) - Math.log(2 * Math.PI * RADIAL * TANGENTIAL)

/** Cells of phi in which roots are looked for. */
const CELLS = 96

const densityAt = (x: number, y: number): number => {
  const r = Math.hypot(x, y) / SCALE
  const psi = Math.atan2(y, x)
  // For b within 9 tangential deviations the polar angle lies near 0 (a > 0) or near pi (a < 0).
  let sum = 0
  const g = (phi: number): number => phi + RATE * Math.exp(r * Math.cos(phi))
  for (let arm = 0; arm < ARMS; arm++) {
    const wanted = psi - (2 * Math.PI * arm) / ARMS
    let left = g(-Math.PI) - wanted
    for (let i = 0; i < CELLS; i++) {
      const [lo, hi] = [-Math.PI + (2 * Math.PI * i) / CELLS, -Math.PI + (2 * Math.PI * (i + 1)) / CELLS]
      const right = g(hi) - wanted
      // g changes by less than 2 pi over a cell, so at most one multiple of 2 pi lies between its ends.
      const turns = Math.floor(Math.max(left, right) / (2 * Math.PI))
      if (turns * 2 * Math.PI > Math.min(left, right)) sum += atRoot(r, lo, hi, (phi) => g(phi) - wanted - 2 * Math.PI * turns)
      left = right
    }
  }
  return sum
}

const atRoot = (r: number, from: number, to: number, f: (phi: number) => number): number => {
  if (Math.exp(logArm(r * Math.cos((from + to) / 2), Math.max(0, r * Math.abs(Math.sin((from + to) / 2)) - r * (to - from)))) < 1e-18) return 0
  let [lo, hi] = [from, to]
  const rising = f(to) > f(from)
  for (let k = 0; k < 52; k++) {
    const mid = (lo + hi) / 2
    if (f(mid) > 0 === rising) hi = mid
    else lo = mid
  }
  const phi = (lo + hi) / 2
  const [a, b] = [r * Math.cos(phi), r * Math.sin(phi)]
  return Math.exp(logArm(a, b)) / (SCALE ** 2 * ARMS * Math.abs(1 - RATE * Math.exp(a) * b))
}

/** The pinwheel with five arms. */
export const pinwheel = (): Law => {
  const logDensity = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: x.length / 2 }, (_, i) => Math.log(densityAt(x[2 * i]!, x[2 * i + 1]!)))
  const entropy = lazy(() => planeEntropy(logDensity, { x: [-5.2, 5.2], y: [-5.2, 5.2] }, 260))
  return {
    name: "pinwheel",
    dimension: 2,
    parameters: { arms: ARMS, radial: RADIAL, tangential: TANGENTIAL, rate: RATE, scale: SCALE },
    source: "rtqichen/ffjord lib/toy_data.py",
    sample: (stream, n) => {
      const out = new Float64Array(2 * n)
      for (let i = 0; i < n; i++) {
        const arm = Math.floor(ARMS * stream.uniform53(3 * i))
        const [a, b] = [1 + RADIAL * normal(stream, 3 * i + 1), TANGENTIAL * normal(stream, 3 * i + 2)]
        const angle = (2 * Math.PI * arm) / ARMS + RATE * Math.exp(a)
        out[2 * i] = SCALE * (a * Math.cos(angle) - b * Math.sin(angle))
        out[2 * i + 1] = SCALE * (a * Math.sin(angle) + b * Math.cos(angle))
      }
      return out
    },
    logDensity,
    get entropy() {
      return entropy()
    },
    moments: { mean: Float64Array.of(0, 0), covariance: pinwheelCovariance() },
  }
}

/** Five-fold symmetry makes it isotropic: (SCALE^2/2) E(a^2 + b^2) I. */
const pinwheelCovariance = (): Float64Array => {
  const half = (SCALE ** 2 / 2) * (1 + RADIAL ** 2 + TANGENTIAL ** 2)
  return Float64Array.of(half, 0, 0, half)
}
