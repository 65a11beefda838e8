/**
 * Multinomial sums for K i.i.d. draws from a finite law: the counts (k_1, ..., k_n), k_1 + ... + k_n = K, have probability
 *
 *   K! / (k_1! ... k_n!)  r_1^k_1 ... r_n^k_n,
 *
 * so E g(k) is an exact finite sum of C(K + n - 1, n - 1) terms.
 */
export interface Count {
  readonly counts: ReadonlyArray<number>
  /** K! / (k_1! ... k_n!). */
  readonly ways: bigint
}

/** Every count vector of K draws (K >= 0) from n >= 1 outcomes with its multinomial coefficient, in lexicographic order from (0, ..., 0, K). */
export const multinomials = (draws: number, outcomes: number): ReadonlyArray<Count> => {
  if (outcomes === 1) return [{ counts: [draws], ways: 1n }]
  const found: Array<Count> = []
  let choose = 1n
  for (let first = 0; first <= draws; first++) {
    for (const rest of multinomials(draws - first, outcomes - 1)) found.push({ counts: [first, ...rest.counts], ways: choose * rest.ways })
    choose = (choose * BigInt(draws - first)) / BigInt(first + 1)
  }
  return found
}
