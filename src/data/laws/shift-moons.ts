/**
 * The moons of torchdyn's `generate_moons` as torchcfm's `sample_moons` uses them: one uniform shift for both coordinates of a point,
 *
 *   outer (cos a, sin a), inner (1 - cos a, 1/2 - sin a), a uniform on [0, pi];  x -> 3 (x + v (1, 1)) - 1,  v uniform on [0, 0.2].
 *
 * The noise lies on the diagonal and is one-sided. Density: with y = (x + 1)/3 and w = y_1 - y_2, the shift leaves w alone, so the angles a with
 * c(a)_1 - c(a)_2 = w and 0 <= y_1 - c(a)_1 <= 0.2 are the origins of x:  p(y) = sum 1/2 (1/pi) (1/0.2) / |d(c_1 - c_2)/da|,  p(x) = p(y)/9.
 * cos a - sin a = sqrt(2) cos(a + pi/4) gives a = -pi/4 + acos(w/sqrt 2) or 7 pi/4 - acos(w/sqrt 2) for the outer arc, and likewise 1/2 - cos a + sin a = w for the inner.
 * A sample is spread as evenly as the generator spreads it, which puts exactly half of the points on each arc, at equally spaced angles: here the arcs take turns, and
 * the angles of an arc are van der Corput's sequence with one uniform shift (Cranley, Patterson 1976), so that each point alone has the law and n points do not
 * depend on how many follow. With independent arcs and angles W2^2 of two samples of 2048 points is 0.05 rather than 0.006, as much as a good flow misses.
 * The derivative vanishes at a = 3 pi/4: the density has an integrable pole along a line, and the entropy is integrated over (a, v) instead:
 *   H = log 9 - E log p_y, without overlap of the arcs log p_y = -log(2 pi 0.2) - log|cos a + sin a| up to the folds, where both origins count.
 */
import type { Law } from "./law.ts"
import { lazy } from "../../core/lazy.ts"

const REACH = 0.2

const logAt = (x: number, y: number): number => {
  const [p, q] = [(x + 1) / 3, (y + 1) / 3]
  let sum = 0
  for (const inner of [false, true]) {
    const w = inner ? 0.5 - (p - q) : p - q
    if (Math.abs(w) > Math.SQRT2) continue
    const half = Math.acos(w / Math.SQRT2)
    for (const a of [-Math.PI / 4 + half, (7 * Math.PI) / 4 - half]) {
      if (a < 0 || a > Math.PI) continue
      const shift = p - (inner ? 1 - Math.cos(a) : Math.cos(a))
      if (shift >= 0 && shift <= REACH) sum += 1 / Math.abs(Math.cos(a) + Math.sin(a))
    }
  }
  return Math.log(sum / (2 * Math.PI * REACH * 9))
}

/** E over (a, v) of a function of the point, by the midpoint rule; n angles and n/10 shifts of each arc. */
const expectation = (f: (x: number, y: number) => number, n: number): number => {
  let sum = 0
  const m = n / 10
  for (let i = 0; i < n; i++) {
    const a = (Math.PI * (i + 0.5)) / n
    for (let j = 0; j < m; j++) {
      const v = (REACH * (j + 0.5)) / m
      sum += f(3 * (Math.cos(a) + v) - 1, 3 * (Math.sin(a) + v) - 1) + f(3 * (1 - Math.cos(a) + v) - 1, 3 * (0.5 - Math.sin(a) + v) - 1)
    }
  }
  return sum / (2 * n * m)
}

/** Van der Corput's sequence: the 32 bits of j, last to first, as a binary fraction. */
const reversed = (j: number): number => {
  let x = j
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1)
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2)
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4)
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8)
  return (((x >>> 16) | (x << 16)) >>> 0) / 2 ** 32
}

/** Moons with a diagonal shift: scale 3, offset -1, shift up to 0.2. */
export const shiftMoons = (): Law => {
  const entropy = lazy(() => {
    const [fine, coarse] = [2000, 1000].map((n) => expectation((x, y) => -logAt(x, y), n)) as [number, number]
    return {
      value: fine,
      uncertainty: 2 * Math.abs(fine - coarse) + 1e-4,
      method: "midpoint rule over angle and shift, 2000 x 200, against half as many",
    }
  })
  return {
    name: "moons-torchdyn",
    dimension: 2,
    parameters: { scale: 3, offset: -1, shift: REACH },
    source: "torchdyn generate_moons(noise=0.2), 3 x - 1 (torchcfm sample_moons)",
    sample: (stream, n) => {
      const out = new Float64Array(2 * n)
      const first = [stream.uniform53(0), stream.uniform53(1)]
      for (let i = 0; i < n; i++) {
        const [inner, v] = [i % 2 === 1, REACH * stream.uniform53(i + 2)]
        const a = Math.PI * ((first[i % 2]! + reversed(i >> 1)) % 1)
        out[2 * i] = 3 * ((inner ? 1 - Math.cos(a) : Math.cos(a)) + v) - 1
        out[2 * i + 1] = 3 * ((inner ? 0.5 - Math.sin(a) : Math.sin(a)) + v) - 1
      }
      return out
    },
    logDensity: (x) => Float64Array.from({ length: x.length / 2 }, (_, i) => logAt(x[2 * i]!, x[2 * i + 1]!)),
    get entropy() {
      return entropy()
    },
  }
}
