/**
 * Random parameters for generated claims: exact rationals of many shapes (small integers, low heights, dyadic, decimal, extreme), as formula text.
 */
import { stream } from "../../../src/random/stream.ts"

export interface Draw {
  /** A uniform integer in [lo, hi]. */
  readonly int: (lo: number, hi: number) => number
  readonly pick: <A>(items: ReadonlyArray<A>) => A
  /** True with probability p. */
  readonly chance: (p: number) => boolean
  /** A rational in [-size, size], in brackets; 0 now and then. */
  readonly real: (size?: number) => string
  /** A positive rational in [lo, hi], spread evenly over orders of magnitude. */
  readonly pos: (lo?: number, hi?: number) => string
  /** A rational in ]0, 1[. */
  readonly prob: () => string
  /** A rational that is not 0, |x| in [lo, hi]. */
  readonly nonzero: (lo?: number, hi?: number) => string
  /** n probabilities over one denominator, all positive. */
  readonly weights: (n: number) => ReadonlyArray<string>
  /** A relative amount in [1e-12, 1], evenly spread over its decades, with a random sign. */
  readonly delta: () => Amount
}

/** An exact decimal and its double. */
export interface Amount {
  readonly text: string
  readonly size: number
}

/** Draws of the named stream. */
export const drawFrom = (seed: string, ...names: ReadonlyArray<string>): Draw => {
  const s = stream(seed, ...names)
  const int = s.integer
  const pick = <A>(items: ReadonlyArray<A>): A => items[int(0, items.length - 1)]!
  const chance = (p: number): boolean => s.next() < p
  const brackets = (n: number, d: number): string => (d === 1 && n >= 0 ? `${n}` : d === 1 ? `(${n})` : `(${n}/${d})`)
  // Coincidences (equal means, unit scales, zeros) are where shortcuts go wrong, so simple numbers come often.
  const real = (size = 4): string => {
    if (chance(0.2)) return pick(["0", "1", "(-1)", size >= 2 ? "2" : "0"])
    const d = pick([1, 1, 2, 3, 5, 7, 8, 10, 12, 16, 64, 100, 1024])
    return brackets(int(-Math.floor(size * d), Math.floor(size * d)), d)
  }
  const pos = (lo = 1 / 8, hi = 8): string => {
    if (chance(0.25) && lo <= 1 && hi >= 1) return pick(["1", "1", lo <= 0.5 ? "(1/2)" : "1", hi >= 2 ? "2" : "1"])
    const x = lo * (hi / lo) ** s.next()
    const fitting = (x >= 100 ? [1] : [3, 7, 8, 10, 16, 64, 100, 1000, 1024, 4096]).filter(
      (d) => Math.round(x * d) >= lo * d && Math.round(x * d) <= hi * d,
    )
    const d = fitting.length === 0 ? 2 ** 30 : pick(fitting)
    return brackets(Math.max(1, Math.round(x * d)), d)
  }
  const nonzero = (lo = 1 / 8, hi = 4): string => (chance(0.5) ? pos(lo, hi) : `(-${pos(lo, hi)})`)
  const prob = (): string => {
    const d = pick([2, 3, 5, 7, 10, 16, 100, 1000, 1024])
    return brackets(int(1, d - 1), d)
  }
  const weights = (n: number): ReadonlyArray<string> => {
    const parts = Array.from({ length: n }, () => int(1, 20))
    const total = parts.reduce((a, b) => a + b, 0)
    return parts.map((p) => brackets(p, total))
  }
  const delta = (): Amount => {
    const [digits, decade] = [int(1000, 9999), int(0, 11)]
    const negative = chance(0.5)
    return { text: `(${negative ? "-" : ""}${digits}e-${decade + 4})`, size: digits / 10 ** (decade + 4) }
  }
  return { int, pick, chance, real, pos, prob, nonzero, weights, delta }
}
