/**
 * Conditional paths of flow matching, source x_0 at t = 0 and data x_1 at t = 1: x_t = m(t) + s(t) e with e ~ N(0, I), and the velocity
 * u = s'/s (x_t - m) + m' that carries this law along (Tong et al. 2024, eq. 14; Lipman et al. 2023, theorem 3).
 *
 *   independent  m = (1-t) x_0 + t x_1,                 s = sigma                   u = x_1 - x_0                     (also under an OT coupling)
 *   target       m = t x_1,                             s = 1 - (1 - sigma) t       u = (x_1 - (1-sigma) x_t)/(1 - (1-sigma) t)   (Lipman, eq. 20-21)
 *   bridge       m = (1-t) x_0 + t x_1,                 s = sigma sqrt(t(1-t))      u = (1-2t)/(2t(1-t)) (x_t - m) + x_1 - x_0   (Schroedinger bridge)
 *   vp           m = cos(pi t/2) x_0 + sin(pi t/2) x_1, s = sigma                   u = pi/2 (cos(pi t/2) x_1 - sin(pi t/2) x_0)
 *
 * The target path makes its own source from e; an x_0 that is given to it only tells the batch.
 */
export type PathName = "independent" | "target" | "bridge" | "vp"

export interface ConditionalPath {
  readonly name: PathName
  readonly sigma: number
  /** Weights of x_0 and x_1 in the mean. */
  readonly mean: (t: number) => readonly [number, number]
  /** Their derivatives in t. */
  readonly meanRate: (t: number) => readonly [number, number]
  readonly deviation: (t: number) => number
  /** s'/s: with m' the velocity; 0 where s is constant. */
  readonly deviationRate: (t: number) => number
}

/** The named path. Throws a RangeError unless sigma >= 0 (> 0 for the bridge, whose velocity divides by it). */
export const conditionalPath = (name: PathName, sigma: number): ConditionalPath => {
  if (!(sigma >= 0 && sigma < Infinity) || (name === "bridge" && sigma === 0)) throw new RangeError(`path ${name} with sigma = ${sigma}`)
  const half = Math.PI / 2
  if (name === "target")
    return {
      name,
      sigma,
      mean: (t) => [0, t],
      meanRate: () => [0, 1],
      deviation: (t) => 1 - (1 - sigma) * t,
      deviationRate: (t) => -(1 - sigma) / (1 - (1 - sigma) * t),
    }
  if (name === "vp")
    return {
      name,
      sigma,
      mean: (t) => [Math.cos(half * t), Math.sin(half * t)],
      meanRate: (t) => [-half * Math.sin(half * t), half * Math.cos(half * t)],
      deviation: () => sigma,
      deviationRate: () => 0,
    }
  const straight = { name, sigma, mean: (t: number) => [1 - t, t] as const, meanRate: () => [-1, 1] as const }
  if (name === "independent") return { ...straight, deviation: () => sigma, deviationRate: () => 0 }
  return { ...straight, deviation: (t) => sigma * Math.sqrt(t * (1 - t)), deviationRate: (t) => (1 - 2 * t) / (2 * t * (1 - t)) }
}

/** Points x_t and velocities u of a batch. */
export interface PathPoints {
  readonly x: Float64Array
  readonly u: Float64Array
}

/**
 * x_t and u for a batch of n pairs in dimension d, each at its own time.
 * @param x0, x1 n*d, row-major @param t n times in [0, 1]; inside (0, 1) for the bridge @param e n*d standard normals
 */
export const pathPoints = (path: ConditionalPath, x0: Float64Array, x1: Float64Array, t: Float64Array, e: Float64Array): PathPoints => {
  const d = x0.length / t.length
  const [x, u] = [new Float64Array(x0.length), new Float64Array(x0.length)]
  for (let i = 0; i < x.length; i++) {
    const at = t[Math.floor(i / d)]!
    const [[a, b], [ra, rb]] = [path.mean(at), path.meanRate(at)]
    const noise = path.deviation(at) * e[i]!
    x[i] = a * x0[i]! + b * x1[i]! + noise
    u[i] = ra * x0[i]! + rb * x1[i]! + path.deviationRate(at) * noise
  }
  return { x, u }
}
