/**
 * The convolution of jets over double intervals in plain arithmetic: ends of products are summed as they come, and one bound covers all roundings.
 *
 * With n terms whose ends have magnitudes m_i, each product errs by at most u m_i and each partial sum by u times its size, u = 2^-53, so that the computed
 * ends err by less than (n + 1) u (1 + n u) sum m_i, plus n 2^-1075 for products that underflow. Doubled below, which covers the bound's own rounding.
 */
import { intervalArithmetic } from "./interval-arithmetic.ts"
import type { Interval } from "./interval.ts"
import type { Convolution } from "./jet-functions.ts"
import { convolution } from "./jet-functions.ts"

const UNIT = 2.220446049250313e-16 // 2^-52
const exact = convolution(intervalArithmetic)

export const intervalConvolution: Convolution<Interval> = (a, b, k, from = 0, to = k) => {
  const start = Math.max(from, k - b.length + 1)
  const end = Math.min(to, a.length - 1)
  if (start > end) return undefined
  if (start === end) return intervalArithmetic.mul(a[start]!, b[k - start]!)
  let lo = 0
  let hi = 0
  let size = 0
  let dec = 4
  for (let j = start; j <= end; j++) {
    const x = a[j]!
    const y = b[k - j]!
    const p = x.lo * y.lo
    const q = x.lo * y.hi
    const r = x.hi * y.lo
    const s = x.hi * y.hi
    const first = p < q ? p : q
    const second = r < s ? r : s
    const below = first < second ? first : second
    const third = p < q ? q : p
    const fourth = r < s ? s : r
    const above = third > fourth ? third : fourth
    lo += below
    hi += above
    size += -below > above ? -below : above
    if (x.dec < dec) dec = x.dec
    if (y.dec < dec) dec = y.dec
  }
  const n = end - start + 1
  const error = (n + 1) * UNIT * size + n * Number.MIN_VALUE
  // Infinite ends, NaN and overflow take the operations of the arithmetic, which know what they mean.
  if (!(hi - lo + error < Infinity) || dec < 3) return exact(a, b, k, from, to)
  return { lo: lo - error, hi: hi + error, dec: dec as Interval["dec"] }
}
