/**
 * The meter of a claim: whatever is computed for it is counted here, however deep it is nested, and all of it ends when the allowance is used up.
 *
 * It counts operations, never seconds, so that a verdict does not depend on the machine: everything has its price in operations of equal
 * time (`price.ts`).
 */
export interface Meter {
  /** The allowance of the claim, of which `limit` may be a part. */
  readonly whole: number
  readonly limit: number
  spent: number
}

export const meter = (limit: number): Meter => ({ whole: limit, limit, spent: 0 })

/** The allowance in hand is used up. */
export class Exhausted extends Error {
  readonly meter: Meter
  constructor(by: Meter) {
    super(`the allowance of ${by.whole / 1e6} million operations was used up`)
    this.meter = by
  }
}

// The meter of what is being computed: a dynamic extent, since every evaluation, derivative and growth bound of a claim draws on it.
let current = meter(Infinity)

/** Counts operations. Throws `Exhausted` when there are no more. */
export const charge = (operations: number): void => {
  if ((current.spent += operations) > current.limit) throw new Exhausted(current)
}

/** Runs `build` on the meter. */
export const drawing = <A>(on: Meter, build: () => A): A => {
  const outer = current
  current = on
  try {
    return build()
  } finally {
    current = outer
  }
}

/** A share of the allowance of the claim in hand. */
export const portion = (share: number): Meter => meter(share * current.whole)

/** Runs `build` on what is left of the part and of the meter in hand; `undefined` when that is used up. */
export const attempt = <A>(part: Meter, build: () => A): A | undefined => {
  const outer = current
  const given: Meter = { whole: outer.whole, limit: Math.min(part.limit - part.spent, outer.limit - outer.spent), spent: 0 }
  try {
    return drawing(given, build)
  } catch (error) {
    if (error instanceof Exhausted && error.meter === given) return undefined
    throw error
  } finally {
    part.spent += given.spent
    outer.spent += given.spent
  }
}
