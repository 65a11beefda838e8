/**
 * The nearest known name: d(a, b) is the least number of insertions, deletions, substitutions and swaps of neighbours that turns a into b.
 */

/** The optimal-alignment distance between two texts; infinite as soon as it is known to be above `most`. */
export const distance = (a: string, b: string, most = Infinity): number => {
  let [before, row] = [[] as ReadonlyArray<number>, Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2]! + 1)
      next.push(best)
    }
    // A swap reaches back two rows, and costs no less than a substitution on the way.
    if (Math.min(...next) > most) return Infinity
    before = row
    row = next
  }
  return row[b.length]!
}

/**
 * The known name nearest to `typed`, or `undefined` when none is near: more than a third of the letters would have to change.
 * A name may be meant by its last part alone, `tweedie` for `diffusion/tweedie`.
 */
export const nearest = (typed: string, known: ReadonlyArray<string>): string | undefined => {
  const cut = typed.slice(0, 200).toLowerCase()
  const most = Math.max(1, Math.floor(cut.length / 3))
  const ranked = known
    .filter((name) => name.includes("/") || Math.abs(name.length - cut.length) <= most)
    .map((name) => {
      const tail = name.slice(name.lastIndexOf("/") + 1)
      const near = Math.min(distance(cut, name.toLowerCase(), most), distance(cut, tail.toLowerCase(), most))
      return { name, d: near, exact: near === Infinity ? near : distance(typed.slice(0, 200), tail) }
    })
    // Case is forgiven, but where two names are as near the one in the typed case is meant.
    .filter(({ d }) => d <= most)
    .sort((p, q) => p.d - q.d || p.exact - q.exact)
  return ranked[0]?.name
}
