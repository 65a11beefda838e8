/**
 * Families of the 1 x 1 convolution: factors P, L, U + diag(s) of a matrix W of n channels, and images of two channels with all their pixels as one vector.
 */
import { family } from "../../src/core/statement.ts"

const nonzero = (n: number): ReadonlyArray<string> => Array.from({ length: n }, (_, i) => `s[${i + 1}] != 0`)
const two = (name: string, P: string) =>
  family(name, {
    parameters: { s: "vector(2, -3, 3)", l: "vector(1, -2, 2)", u: "vector(1, -2, 2)" },
    assume: nonzero(2),
    let: { n: "2", P, L: "[[1, 0], [l[1], 1]]", W: "P*L*[[s[1], u[1]], [0, s[2]]]" },
  })
const three = (name: string, P: string) =>
  family(name, {
    parameters: { s: "vector(3, -3, 3)", l: "vector(3, -2, 2)", u: "vector(3, -2, 2)" },
    assume: nonzero(3),
    let: { n: "3", P, L: "[[1, 0, 0], [l[1], 1, 0], [l[2], l[3], 1]]", W: "P*L*[[s[1], u[1], u[2]], [0, s[2], u[3]], [0, 0, s[3]]]" },
  })
export const FACTORED = ["swap", "cycle", "cycle-swap"]

/** Channel c of pixel p is entry 2 (p - 1) + c of x. */
const pixel = (p: number, c: number): string => `W[${c}][1]*x[${2 * p - 1}] + W[${c}][2]*x[${2 * p}]`
const image = (name: string, h: number, w: number, matrix = "matrix(2, 2, -2, 2)") => {
  const entries = Array.from({ length: h * w }, (_, p) => [pixel(p + 1, 1), pixel(p + 1, 2)]).flat()
  return family(name, {
    parameters: { W: matrix, x: `vector(${2 * h * w}, -2, 2)`, h: `oneof(${h})`, w: `oneof(${w})` },
    assume: ["abs(det(W)) >= 1/64"],
    let: { "F(x)": `[${entries.join(", ")}]`, J: `[${entries.map((_, i) => `grad(F(x)[${i + 1}], x)`).join(", ")}]` },
  })
}
export const IMAGES = ["pixels", "row", "square", "rotation"]
export const families = [
  two("swap", "[[0, 1], [1, 0]]"),
  three("cycle", "[[0, 1, 0], [0, 0, 1], [1, 0, 0]]"),
  three("cycle-swap", "[[0, 1, 0], [1, 0, 0], [0, 0, 1]]"),
  image("pixels", 1, 2),
  image("row", 1, 3),
  image("square", 2, 2),
  image("rotation", 1, 2, "orthogonal(2)"),
]
