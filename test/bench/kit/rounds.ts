/**
 * Paired rounds: ours, theirs, ours, theirs, ... in one run, so that both meet the same machine. Times are processor times of either process (on an
 * idle machine the elapsed time of these single-threaded programs, and hardly disturbed by neighbours on a busy one); medians of the rounds.
 */
import { cpuUsage } from "node:process"

export const ROUNDS = 7

/** Milliseconds of processor time that `f` takes, all threads of this process counted, and what it returns. */
export const timed = <A>(f: () => A): readonly [ms: number, value: A] => {
  const start = cpuUsage()
  const value = f()
  const { user, system } = cpuUsage(start)
  return [(user + system) / 1000, value]
}

export const median = (xs: ReadonlyArray<number>): number => {
  const sorted = [...xs].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

export interface Times {
  readonly ours: number
  /** One per peer, in order. */
  readonly theirs: ReadonlyArray<number>
  /** Medians of ours / theirs round by round. */
  readonly ratios: ReadonlyArray<number>
}

/** Runs ours and each peer in turn: two rounds for the compilers and caches, then `rounds` that count. */
export const paired = async (
  ours: () => number,
  theirs: ReadonlyArray<() => Promise<number>>,
  { rounds = ROUNDS, warm = 2 }: { readonly rounds?: number; readonly warm?: number } = {},
): Promise<Times> => {
  const seen: Array<{ readonly own: number; readonly others: ReadonlyArray<number> }> = []
  for (let k = -warm; k < rounds; k++) {
    const own = ours()
    const others: Array<number> = []
    for (const ask of theirs) others.push(await ask())
    if (k >= 0) seen.push({ own, others })
  }
  const of = (f: (round: (typeof seen)[number]) => number): number => median(seen.map(f))
  return {
    ours: of((r) => r.own),
    theirs: theirs.map((_, i) => of((r) => r.others[i]!)),
    ratios: theirs.map((_, i) => of((r) => r.own / r.others[i]!)),
  }
}
