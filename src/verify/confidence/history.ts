/**
 * A growing list of doubles: the observations and bets that a wealth process keeps, because its value at another candidate mean needs them all.
 */
export interface History {
  readonly values: () => Float64Array
  readonly count: () => number
  readonly push: (x: number) => void
}

export const makeHistory = (): History => {
  let values = new Float64Array(64)
  let n = 0
  return {
    values: () => values,
    count: () => n,
    push: (x) => {
      if (n === values.length) {
        const longer = new Float64Array(2 * n)
        longer.set(values)
        values = longer
      }
      values[n] = x
      n += 1
    },
  }
}
