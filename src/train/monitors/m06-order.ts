/**
 * M6, order of accuracy: with errors e_i at steps h_i, halved five times, the least-squares slope of log e against log h is the declared order, -+ 0.2.
 */
import { finding, type Finding } from "./finding.ts"

/** The slope of log |error| against log h. */
const observedOrder = (steps: ReadonlyArray<number>, errors: ReadonlyArray<number>): number => {
  const [u, v] = [steps.map(Math.log), errors.map((e) => Math.log(Math.abs(e)))]
  const mean = (w: ReadonlyArray<number>): number => w.reduce((s, x) => s + x, 0) / w.length
  const [mu, mv] = [mean(u), mean(v)]
  return u.reduce((s, x, i) => s + (x - mu) * (v[i]! - mv), 0) / u.reduce((s, x) => s + (x - mu) ** 2, 0)
}

/** @param steps h, at least six of them @param errors of a smooth problem, above rounding */
export const orderFinding = (steps: ReadonlyArray<number>, errors: ReadonlyArray<number>, declared: number): Finding =>
  finding(
    "M6 order",
    Math.abs(observedOrder(steps, errors) - declared),
    0.2,
    "the scheme is not of its order: look at where intermediate stages are evaluated",
  )
