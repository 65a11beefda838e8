/**
 * Standard normal draws by inversion, from + - * / sqrt and our own logarithm only: the same bits on every engine.
 *
 * Word i gives a sign and a tail probability p in (0, 1/2). Where the 63 remaining bits leave p coarse (p < 2^-13) the same word of lanes 1, 2, ...
 * refines it, so that the double p errs from the ideal tail P (uniform on (0, 1/2), all its bits drawn) by at most 2^-51 P, always.
 * The quantile z = -Phi^{-1}(p) is the rational approximation PPND16 of Wichura 1988 (Algorithm AS 241):
 *
 *   z = q N(0.180625 - q^2) / D(0.180625 - q^2),  q = 1/2 - p <= 0.425;   z = N(r - c) / D(r - c),  r = sqrt(-log p), c = 1.6 or 5.
 *
 * Coupling: there is Z ~ N(0, 1), independent over i, with |normal(stream, i) - Z| <= NORMAL_COUPLING on all draws, outside an event of
 * probability below 2^-900 (fifteen refined words all but zero). The pieces, with u = 2^-53:
 *   cell and rounding of p   |dz| = |dp| / phi(z) <= 2^-51 P / phi(z) <= 2^-51 sqrt(pi/2)                  (Mills: P / phi(z) <= sqrt(pi/2))
 *   approximation            |z - exact| <= 2^-48 max(1, |z|)                       (proved by Taylor models: test/oracle/normal-quantile.py)
 *   rounding                 positive polynomials of degree 7 err by 16 u each, a quotient of two by 33 u; the arguments (log 2^-50, the root,
 *                            the differences) move z by at most 24 u |z|:          |dz| <= 57 u |z| + 2 u
 * p >= 2^-961, hence |z| <= 36.5 and the sum is below 2^-41.
 */
import { logarithm } from "./log.ts"
import type { Stream } from "./stream.ts"

/** |normal(stream, i) - Z_i| <= NORMAL_COUPLING for ideal independent standard normal Z_i. */
export const NORMAL_COUPLING = 1 / 0x20000000000 // 2^-41

const TWO32 = 0x100000000
const COARSE = 0x8000000000000 // 2^51
const UNIT = 1 / (TWO32 * TWO32)

const pair = new Uint32Array(2)
/** Words that are held at a time where many are asked for. */
const CHUNK = 1024

/** The standard normal of word `index` of the stream. */
export const normal = (stream: Stream, index: number): number => {
  stream.word(pair, index, 0)
  return ofWord(stream, index, pair[0]!, pair[1]!)
}

/** The normal of the word with these halves: digits beyond it are taken from other lanes of the same index where its own are few. */
const ofWord = (stream: Stream, index: number, high: number, low: number): number => {
  let digits = (high & 0x7fffffff) * TWO32 + low
  let scale = UNIT
  for (let lane = 1; digits < COARSE && lane < 15; lane++) {
    stream.word(pair, index, lane)
    digits = (digits * TWO32 + pair[0]!) * TWO32 + pair[1]!
    scale *= UNIT
  }
  const z = upperQuantile((digits + 0.5) * scale)
  return high >= 0x80000000 ? -z : z
}

/** out[i] = normal(stream, index + i). */
export const fillNormal = (stream: Stream, out: Float64Array, index: number): void => {
  for (let from = 0; from < out.length; from += CHUNK) {
    const n = Math.min(CHUNK, out.length - from)
    const halves = new Uint32Array(2 * n)
    stream.words(halves, index + from)
    for (let i = 0; i < n; i++) out[from + i] = ofWord(stream, index + from + i, halves[2 * i]!, halves[2 * i + 1]!)
  }
}

/** The z >= 0 with 1 - Phi(z) = p, for 2^-961 <= p <= 1/2, to within 2^-41 (a relative error 2^-51 of p included). */
export const upperQuantile = (p: number): number => {
  const q = 0.5 - p
  if (q <= 0.425) {
    const r = 0.180625 - q * q
    return (
      (q *
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r + 45921.953931549871457) * r +
          13731.693765509461125) *
          r +
          1971.5909503065514427) *
          r +
          133.14166789178437745) *
          r +
          3.387132872796366608)) /
      (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077) *
        r +
        687.1870074920579083) *
        r +
        42.313330701600911252) *
        r +
        1)
    )
  }
  const root = Math.sqrt(-logarithm(p))
  if (root <= 5) {
    const r = root - 1.6
    return (
      (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
        1.42343711074968357734) /
      (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r +
        0.68976733498510000455) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
        1)
    )
  }
  const r = root - 5
  return (
    (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r +
      0.29656057182850489123) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
      6.6579046435011037772) /
    (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r +
      0.0148753612908506148525) *
      r +
      0.13692988092273580531) *
      r +
      0.59983220655588793769) *
      r +
      1)
  )
}
