/** Brute-force transport: all permutations, or all bases. Slow on purpose, and shares nothing with the solvers. */
import { add, compare, div, mul, parseRational, rational, sub, ZERO, type Rational } from "../../src/core/rational.ts"

export const q = (text: string): Rational => {
  const value = parseRational(text)
  if (value === undefined) throw new Error(`not a rational: ${text}`)
  return value
}

export const qs = (texts: ReadonlyArray<string>): Array<Rational> => texts.map(q)

type Matrix = ReadonlyArray<ReadonlyArray<Rational>>

/** Counter-free pseudo-random integers for fixed test instances (Park & Miller 1988). */
export const integers = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

/** min over permutations s of (1/n) sum C[i][s(i)]. */
export const bestPermutation = (cost: Matrix): Rational => {
  const n = cost.length
  const walk = (i: number, used: ReadonlySet<number>, sum: Rational): Rational =>
    i === n
      ? sum
      : [...cost.keys()]
          .filter((j) => !used.has(j))
          .map((j) => walk(i + 1, new Set([...used, j]), add(sum, cost[i]![j]!)))
          .reduce((x, y) => (compare(x, y) <= 0 ? x : y))
  return div(walk(0, new Set(), ZERO), rational(n))
}

/** min over all basic feasible plans: every choice of n + m - 1 cells that determines a non-negative plan. */
export const bestVertex = (cost: Matrix, a: ReadonlyArray<Rational>, b: ReadonlyArray<Rational>): Rational => {
  const cells = a.flatMap((_, i) => b.map((_, j) => [i, j] as const))
  let best: Rational | undefined
  const choose = (from: number, chosen: ReadonlyArray<readonly [number, number]>): void => {
    if (chosen.length === a.length + b.length - 1) {
      const value = valueOnCells(cost, a, b, chosen)
      if (value !== undefined && (best === undefined || compare(value, best) < 0)) best = value
      return
    }
    for (let k = from; k < cells.length; k++) choose(k + 1, [...chosen, cells[k]!])
  }
  choose(0, [])
  return best!
}

/** Solves the marginal equations on the cells by leaves; undefined when they contain a cycle or a flow is negative. */
const valueOnCells = (
  cost: Matrix,
  a: ReadonlyArray<Rational>,
  b: ReadonlyArray<Rational>,
  cells: ReadonlyArray<readonly [number, number]>,
): Rational | undefined => {
  const need = [...a, ...b]
  let open = cells.map(([i, j]) => [i, a.length + j] as const)
  let value = ZERO
  while (open.length > 0) {
    const degree = new Map<number, number>()
    open.flat().forEach((v) => degree.set(v, (degree.get(v) ?? 0) + 1))
    const leaf = open.find(([r, c]) => degree.get(r) === 1 || degree.get(c) === 1)
    if (leaf === undefined) return undefined
    const [r, c] = leaf
    const [from, to] = degree.get(r) === 1 ? [r, c] : [c, r]
    const flow = need[from]!
    if (flow.n < 0n) return undefined
    need[to] = sub(need[to]!, flow)
    need[from] = ZERO
    value = add(value, mul(flow, cost[r]![c - a.length]!))
    open = open.filter((e) => e !== leaf)
  }
  return need.every((x) => x.n === 0n) ? value : undefined
}

/** Random positive integer masses with the same total for both sides. */
export const randomMasses = (draw: (below: number) => number, n: number, m: number): [Array<Rational>, Array<Rational>] => {
  const [a, b] = [n, m].map((k) => Array.from({ length: k }, () => draw(6)))
  const [s, t] = [a!, b!].map((w) => w.reduce((x, y) => x + y, 0))
  if (s! < t!) a![draw(n)]! += t! - s!
  else b![draw(m)]! += s! - t!
  return s! + t! === 0 ? randomMasses(draw, n, m) : [a!.map((x) => rational(x)), b!.map((x) => rational(x))]
}
