/**
 * Pieces of formulas that several kinds share: places, smooth functions with their derivatives, vectors and matrices, pairs of laws.
 */
import type { Draw } from "./draw.ts"
import type { Draft } from "./kind.ts"
import { normalMixture } from "./law-table.ts"

/** A drawn number as a parameter value. */
export const plain = (text: string): string => text.replace(/[()]/g, "")
export const at = (d: Draw, name = "x", size = 3): Pick<Draft, "at"> => ({ at: { [name]: plain(d.real(size)) } })
export const above = (d: Draw, name = "x", lo = 0.1, hi = 5): Pick<Draft, "at"> => ({ at: { [name]: plain(d.pos(lo, hi)) } })

/** A smooth bounded function of x and its derivative. */
export const smooth = (d: Draw): readonly [f: string, slope: string] => {
  const a = d.nonzero(0.2, 3)
  return d.pick([
    [`tanh(${a}*x)`, `${a}*(1 - tanh(${a}*x)^2)`],
    [`sin(${a}*x)`, `${a}*cos(${a}*x)`],
    [`exp(-x^2/2)`, "-x*exp(-x^2/2)"],
    [`sigmoid(${a}*x)`, `${a}*sigmoid(${a}*x)*sigmoid(-${a}*x)`],
    [`atan(${a}*x)`, `${a}/(1 + ${a}^2*x^2)`],
    ["x^3 - 2*x", "3*x^2 - 2"],
    ["log1p(x^2)", "2*x/(1 + x^2)"],
    [`softplus(${a}*x)`, `${a}*sigmoid(${a}*x)`],
    [`erf(${a}*x)`, `2*${a}/sqrt(pi)*exp(-${a}^2*x^2)`],
    [`normcdf(${a}*x)`, `${a}*exp(-${a}^2*x^2/2)/sqrt(2*pi)`],
    ["sqrt(1 + x^2)", "x/sqrt(1 + x^2)"],
    ["cosh(x/4)", "sinh(x/4)/4"],
  ] as const)
}

export const vector = (d: Draw, n: number): string => `[${Array.from({ length: n }, () => d.real()).join(", ")}]`
export const matrix = (d: Draw, n: number): string => `[${Array.from({ length: n }, () => vector(d, n)).join(", ")}]`
/** L L^T with a positive diagonal. */
export const spd2 = (d: Draw): string => {
  const [a, b, c] = [d.pos(0.4, 2), d.real(2), d.pos(0.4, 2)]
  return `[[${a}^2, ${a}*${b}], [${a}*${b}, ${b}^2 + ${c}^2]]`
}
/** An error in one entry of a 2 x 2 matrix. */
export const UNIT = "[[1, 0], [0, 0]]"

/** Two laws p << q on one support, different with certainty. */
export const pairOf = (d: Draw): readonly [p: string, q: string, lo: string, hi: string] => {
  switch (d.int(0, 5)) {
    case 0: {
      const m = d.real()
      return [`Normal(${m}, ${d.pos(0.3, 3)})`, `Normal(${m} + ${d.pos()}, ${d.pos(0.3, 3)})`, "-inf", "inf"]
    }
    case 1:
      return [`Exponential(${d.pos(0.3, 3)})`, `Gamma(${d.pos(1.1, 4)} + 1/7, ${d.pos(0.3, 3)})`, "0", "inf"]
    case 2:
      return [`Beta(${d.pos(1, 5)} + 1/9, ${d.pos(1, 5)})`, "Uniform(0, 1)", "0", "1"]
    case 3:
      return [`Laplace(${d.real(2)}, ${d.pos(0.3, 2)})`, `Cauchy(${d.real(2)}, ${d.pos(0.3, 2)})`, "-inf", "inf"]
    case 4:
      return [`Normal(${d.real(2)}, ${d.pos(0.3, 2)})`, `Logistic(${d.real(2)}, ${d.pos(0.3, 2)})`, "-inf", "inf"]
    default:
      return [normalMixture(d, 2).text, `Normal(${d.real(2)}, ${d.pos(3.2, 5)})`, "-inf", "inf"]
  }
}
/** Two categorical laws on as many points. */
export const finitePair = (d: Draw): readonly [p: ReadonlyArray<string>, q: ReadonlyArray<string>] => {
  const n = d.int(2, 4)
  return [d.weights(n), d.weights(n)]
}
export const list = (w: ReadonlyArray<string>): string => `Categorical([${w.join(", ")}])`
export const total = (terms: ReadonlyArray<string>): string => terms.join(" + ")

/** A power of ten with one digit. */
export const power = (d: Draw, lo: number, hi: number): string => `${d.int(1, 9)}e${d.int(lo, hi)}`
export const either = (d: Draw, text: string): string => (d.chance(0.5) ? text : `(-${text})`)
