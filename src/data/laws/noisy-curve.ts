/**
 * Points of plane curves with Gaussian noise: x = c_J(u) + s z, J a curve drawn with its weight, u uniform on [0, 1], z ~ N(0, I). Density and score:
 *
 *   p(x) = sum_j w_j int_0^1 N(x; c_j(u), s^2 I) du,      score(x) = (E[c_J(u) | x] - x)/s^2,
 *
 * the integrals by Gauss-Legendre on panels no longer than s/2 along the curve: on a panel the integrand is e to a quadratic of size 1/8 around its value,
 * and 8 points leave a relative error below 1e-12. Moments are exact up to the same rule.
 */
import { fixedRule } from "../../interval/gauss-legendre.ts"
import { normal } from "../../random/normal.ts"
import type { Law } from "./law.ts"
import { lazy } from "../../core/lazy.ts"
import { planeEntropy, type Box } from "./plane-entropy.ts"

export interface Curve {
  readonly weight: number
  readonly at: (u: number) => readonly [number, number]
}

export interface NoisyCurveOptions {
  readonly name: string
  readonly parameters: Readonly<Record<string, number>>
  readonly source: string
  readonly curves: ReadonlyArray<Curve>
  /** s > 0, in the units of the curve. */
  readonly noise: number
  /** Cells a side of the entropy's grid; several a deviation. */
  readonly cells: number
}

interface Nodes {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly weight: Float64Array
}

const nodesOf = (curves: ReadonlyArray<Curve>, noise: number): Nodes => {
  const unit = 2 ** 80
  const { nodes, weights } = fixedRule(8, 80)
  const [places, parts] = [nodes, weights].map((list) => list.map(([lo, hi]) => Number(lo + hi) / 2 / unit)) as [number[], number[]]
  const all: Array<readonly [number, number, number]> = []
  for (const { weight, at } of curves) {
    let length = 0
    for (let i = 0; i < 1000; i++)
      length = Math.max(length, Math.hypot(at((i + 1) / 1000)[0] - at(i / 1000)[0], at((i + 1) / 1000)[1] - at(i / 1000)[1]))
    const panels = Math.ceil((1000 * length) / (noise / 2))
    for (let p = 0; p < panels; p++)
      places.forEach((place, i) => {
        const [x, y] = at((p + (1 + place) / 2) / panels)
        all.push([x, y, (weight * parts[i]!) / 2 / panels])
      })
  }
  return {
    x: Float64Array.from(all, ([x]) => x),
    y: Float64Array.from(all, ([, y]) => y),
    weight: Float64Array.from(all, ([, , w]) => w),
  }
}

/** The law of noisy points on curves. Throws a RangeError unless the noise is positive. */
export const noisyCurve = ({ name, parameters, source, curves, noise, cells }: NoisyCurveOptions): Law => {
  if (!(noise > 0 && noise < Infinity)) throw new RangeError(`${name}: noise ${noise} is not positive; without noise there is no density`)
  const nodes = lazy(() => nodesOf(curves, noise))
  const [inverse, constant] = [1 / (noise * noise), -Math.log(2 * Math.PI * noise * noise)]
  /** log p and the posterior mean of the noiseless point. */
  const posterior = (px: number, py: number): readonly [number, number, number] => {
    const { x, y, weight } = nodes()
    let least = Infinity
    for (let i = 0; i < x.length; i++) least = Math.min(least, (px - x[i]!) ** 2 + (py - y[i]!) ** 2)
    let [sum, sx, sy] = [0, 0, 0]
    for (let i = 0; i < x.length; i++) {
      const q = 0.5 * inverse * ((px - x[i]!) ** 2 + (py - y[i]!) ** 2 - least)
      if (q > 40) continue
      const term = weight[i]! * Math.exp(-q)
      sum += term
      sx += term * x[i]!
      sy += term * y[i]!
    }
    return [constant - 0.5 * inverse * least + Math.log(sum), sx / sum, sy / sum]
  }
  const logDensity = (points: Float64Array): Float64Array =>
    Float64Array.from({ length: points.length / 2 }, (_, i) => posterior(points[2 * i]!, points[2 * i + 1]!)[0])
  const box = (): Box => {
    const { x, y } = nodes()
    const range = (v: Float64Array): readonly [number, number] => [
      v.reduce((a, b) => Math.min(a, b)) - 8 * noise,
      v.reduce((a, b) => Math.max(a, b)) + 8 * noise,
    ]
    return { x: range(x), y: range(y) }
  }
  const entropy = lazy(() => planeEntropy(logDensity, box(), cells))
  const moments = lazy(() => {
    const { x, y, weight } = nodes()
    const mean = (f: (i: number) => number): number => weight.reduce((s, w, i) => s + w * f(i), 0)
    const [mx, my] = [mean((i) => x[i]!), mean((i) => y[i]!)]
    const xy = mean((i) => (x[i]! - mx) * (y[i]! - my))
    const covariance = Float64Array.of(mean((i) => (x[i]! - mx) ** 2) + noise ** 2, xy, xy, mean((i) => (y[i]! - my) ** 2) + noise ** 2)
    return { mean: Float64Array.of(mx, my), covariance }
  })
  return {
    name,
    dimension: 2,
    parameters,
    source,
    sample: (stream, n) => {
      const out = new Float64Array(2 * n)
      for (let i = 0; i < n; i++) {
        let [choice, k] = [stream.uniform53(4 * i), 0]
        for (; k + 1 < curves.length && choice > curves[k]!.weight; k++) choice -= curves[k]!.weight
        const [x, y] = curves[k]!.at(stream.uniform53(4 * i + 1))
        out[2 * i] = x + noise * normal(stream, 4 * i + 2)
        out[2 * i + 1] = y + noise * normal(stream, 4 * i + 3)
      }
      return out
    },
    logDensity,
    score: (points) => {
      const out = new Float64Array(points.length)
      for (let i = 0; i < points.length; i += 2) {
        const [, mx, my] = posterior(points[i]!, points[i + 1]!)
        out[i] = inverse * (mx - points[i]!)
        out[i + 1] = inverse * (my - points[i + 1]!)
      }
      return out
    },
    get entropy() {
      return entropy()
    },
    get moments() {
      return moments()
    },
  }
}
