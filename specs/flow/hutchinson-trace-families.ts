/**
 * Families of Hutchinson's estimator: independent coordinates of law c with fourth moment kappa, in two and three dimensions.
 */
import { family } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"

const sizes = { "q(v)": "dot(v, A*v)", S: "(A + transpose(A))/2", frobenius: "trace(S*transpose(S))" }
const plane = (name: string, coordinate: string, kappa: string, more: { readonly points?: ReadonlyArray<Readonly<Record<string, Literal>>> } = {}) =>
  family(`${name}-2d`, {
    parameters: { A: "matrix(2, 2, -2, 2)", T: "positive(1/8, 4)" },
    let: { c: coordinate, noise: "Product(c, c)", kappa, n: "2", squares: "S[1][1]^2 + S[2][2]^2", ...sizes },
    ...more,
  })
const space = (name: string, coordinate: string, kappa: string) =>
  family(`${name}-3d`, {
    parameters: { A: "matrix(3, 3, -2, 2)", T: "positive(1/8, 4)" },
    let: { c: coordinate, noise: "Product(c, c, c)", kappa, n: "3", squares: "S[1][1]^2 + S[2][2]^2 + S[3][3]^2", ...sizes },
  })
const SIGN = "Discrete([-1, 1], [1/2, 1/2])"
export const SIGNS = ["signs-2d", "signs-3d"]
export const families = [
  plane("normal", "Normal(0, 1)", "3"),
  space("normal", "Normal(0, 1)", "3"),
  plane("signs", SIGN, "1", {
    points: [
      {
        A: [
          [0, 1],
          [-1, 0],
        ],
        T: 1,
      },
      {
        A: [
          [1, 0],
          [0, -1],
        ],
        T: 1,
      },
    ],
  }),
  space("signs", SIGN, "1"),
  plane("laplace", "Laplace(0, 1/sqrt(2))", "6"),
  plane("three-point", "Discrete([-sqrt(3), 0, sqrt(3)], [1/6, 2/3, 1/6])", "3"),
]
