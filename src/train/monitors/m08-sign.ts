/**
 * M8, signs. At a known optimum p* of a loss, the gradient at p* + d points away from p*, d . grad > 0; a score is the gradient of log p, not of the energy.
 */
import { finding, worst, type Finding } from "./finding.ts"

/** Counts perturbations of the optimum where the loss does not rise. @param loss of a parameter vector, exact or on a fixed batch */
export const optimumFinding = (loss: (p: Float64Array) => number, optimum: Float64Array, size: number): Finding => {
  const wrong = Array.from(optimum, (_, k) =>
    [size, -size].filter((step) => {
      const at = (factor: number): number => loss(optimum.map((v, i) => (i === k ? v + factor * step : v)))
      return !(at(1) > at(0.5))
    }),
  ).flat()
  return finding(
    "M8 optimum",
    wrong.length,
    0,
    "the loss falls away from its optimum: the target has the opposite sign, or the wrong quantity is compared",
  )
}

/** A score against central differences of log p at points of dimension d. */
export const scoreFinding = (
  score: (x: Float64Array) => Float64Array,
  logDensity: (x: Float64Array) => Float64Array,
  x: Float64Array,
  d: number,
): Finding => {
  const h = 1e-5
  const given = score(x)
  const defects = Array.from(x, (_, i) => {
    const at = (step: number): number => logDensity(x.map((v, j) => (j === i ? v + step : v)))[Math.floor(i / d)]!
    return ((at(h) - at(-h)) / (2 * h) - given[i]!) / (1 + Math.abs(given[i]!))
  })
  // h^2 log p''' and eps log p/h: below 1e-5 for log-densities whose third derivatives stay below 1e4.
  return finding("M8 score", worst(defects), 1e-5, "the score is not the gradient of log p: a sign or a scale of the data is missing")
}
