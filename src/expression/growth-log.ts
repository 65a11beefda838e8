/**
 * Forms of logarithms and exponentials: log of a quantity that a form bounds, and e^F as a bound again, by log x <= x^d / d and powers of R.
 */
import { addDown, addUp, divUp, mulDown, mulUp } from "../interval/rounding.ts"
import type { Form } from "./growth-form.ts"
import { C, LOG_ZERO, expUp, form, level, logDown, logUp, supremum, valueAt } from "./growth-form.ts"

const POWERS: ReadonlyArray<readonly [index: number, x: number, v: number, factor: number]> = [
  [0, 2, 0, 1],
  [1, 1.25, 0, 4],
  [2, 1, 0, 1],
  [3, 1 / 16, 0, 16],
  [4, 0, 2, 1],
  [5, 1, 1, 1],
  [6, 0, 1, 1],
  [7, 0, 1 / 16, 16],
  [C, 0, 0, 1],
]

/** A form above log max(F, 0), by log x <= x^d/d and x^p <= x^m R^(p - m). */
export const logOf = (f: Form, R: number): Form => {
  const positive = POWERS.filter(([i]) => f[i]! > 0)
  if (positive.length === 0) return level(LOG_ZERO)
  const k = Math.max(...positive.map(([, x]) => x))
  const s = Math.max(...positive.map(([, , v]) => v))
  const sum = positive.reduce((t, [i, x, , factor]) => addUp(t, mulUp(mulUp(f[i]!, factor), fraction(R, k - x))), 0)
  return form({ 3: k, 7: s, [C]: logUp(sum) })
}

/** An upper bound of R^-d. */
const fraction = (R: number, d: number): number => (d >= 2 ? divUp(1, mulDown(R, R)) : d >= 1 ? divUp(1, R) : 1)

/** A form above -log g, given F >= -g with F eventually negative: g >= (lead - rest) x^k. */
export const minusLogOf = (f: Form, R: number): Form | undefined => {
  if (f.slice(4, C).some((x) => x > 0)) return undefined
  const simple = [
    [0, 2],
    [2, 1],
    [C, 0],
  ] as const
  const lead = simple.find(([i]) => f[i]! < 0)
  if (lead === undefined) return f[3]! < 0 ? leadBy(f, 0, -valueAt(form({ 3: f[3]! }), R), R) : undefined
  return leadBy(f, lead[1], -f[lead[0]]!, R)
}

const leadBy = (f: Form, k: number, lead: number, R: number): Form | undefined => {
  if (POWERS.some(([i, x]) => i < C && x > k && f[i]! > 0)) return undefined
  const rest = POWERS.filter(([i, x]) => f[i]! > 0 && x <= k).reduce(
    (t, [i, x, , factor]) => addUp(t, mulUp(mulUp(f[i]!, factor), fraction(R, k - x))),
    0,
  )
  const left = addDown(lead, -rest)
  return left > 0 ? form({ 3: -k, [C]: -logDown(left) }) : undefined
}

/** Constant or quadratic form above e^F, if F allows one: |g| <= e^F as a bound of g itself. */
export const expOf = (f: Form, R: number): Form | undefined => {
  const top = supremum(f, R)
  if (top < 700) return level(expUp(top))
  const k = f[3]!
  if (f.some((x, i) => i !== 3 && i !== C && x > 0) || k > 2) return undefined
  return form(k <= 1 ? { 2: expUp(f[C]!) } : { 0: expUp(f[C]!) })
}
