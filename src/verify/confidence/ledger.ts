/**
 * One error budget for a run. A share is divided among the statistical estimates that the plan lists, alpha_i = share w_i / sum w; the rest goes
 * to estimates that turn up later, the k-th of which gets rest * 6 / (pi^2 k^2), so that all of them together never exceed alpha (union bound).
 * Attempt r at the same estimate (another seed) gets alpha_i * 6 / (pi^2 r^2), which takes the profit out of trying seeds.
 *
 * A ledger is a pure function of the plan: shards of one run agree on it without talking. All amounts are rounded down.
 */
import { addUp, divDown, mulDown } from "../../interval/rounding.ts"

export interface Ledger {
  readonly alpha: number
  /** The amount of each listed estimate. */
  readonly listed: ReadonlyMap<string, number>
  /** What is kept for unlisted estimates, all together. */
  readonly unlisted: number
}

/** Part of alpha that is divided among the listed estimates. */
export const LISTED_SHARE = 0.75

/** 6 / pi^2 rounded down. */
const BASEL = 0.6079271018540266

/** The ledger of a run with error probability alpha in ]0, 1[ and the listed estimates with their positive weights. */
export const makeLedger = (alpha: number, plan: Iterable<readonly [id: string, weight: number]>): Ledger => {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha = ${alpha} is not in ]0, 1[`)
  const weights = new Map(plan)
  let total = 0
  for (const [id, w] of weights) {
    if (!(w > 0 && w < Infinity)) throw new RangeError(`weight ${w} of ${id} is not positive`)
    total = addUp(total, w)
  }
  const share = mulDown(alpha, LISTED_SHARE)
  const listed = new Map([...weights].map(([id, w]) => [id, mulDown(share, divDown(w, total))]))
  return { alpha, listed, unlisted: mulDown(alpha, 1 - LISTED_SHARE) }
}

/** The amount of the k-th unlisted estimate, k = 1, 2, ... */
export const unlistedAlpha = (ledger: Ledger, k: number): number => mulDown(ledger.unlisted, basel(k))

/** The amount of attempt number r = 1, 2, ... at an estimate whose whole amount is alpha. The first attempt of a listed estimate is no exception. */
export const attemptAlpha = (alpha: number, r: number): number => mulDown(alpha, basel(r))

const basel = (k: number): number => divDown(divDown(BASEL, k), k)
