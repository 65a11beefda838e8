/**
 * Laws of the data with their parameters, which several theorems about noise take.
 */
import type { Family } from "../../src/core/statement.ts"

export interface DataLaw {
  readonly parameters: Family["parameters"]
  readonly law: string
}

export const normal: DataLaw = { parameters: { m: "real(-2, 2)", r: "positive(1/8, 4)" }, law: "Normal(m, r)" }
export const mixture: DataLaw = {
  parameters: { w: "simplex(2)", m: "vector(2, -2, 2)", r: "vector(2, 1/4, 2)" },
  law: "Mixture(w, [Normal(m[1], r[1]), Normal(m[2], r[2])])",
}
export const atoms: DataLaw = { parameters: { w: "simplex(2)", m: "vector(2, -2, 2)" }, law: "Discrete(m, w)" }
