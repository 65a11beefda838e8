/**
 * Families of the affine coupling: s, t, the map F, its inverse G, derivatives J of F; for the plane also a second coupling after it.
 */
import { family } from "../../src/core/statement.ts"

/** A second coupling, of the first coordinate by the second, and the map of both. */
const second = { "r(z)": "tanh(z)/2", "B(y)": "[y[1]*exp(r(y[2])) + y[2], y[2]]", L: "[grad(B(F(v))[1], v), grad(B(F(v))[2], v)]" }
const plane = {
  "F(v)": "[v[1], v[2]*exp(s(v[1])) + t(v[1])]",
  "G(y)": "[y[1], (y[2] - t(y[1]))*exp(-s(y[1]))]",
  J: "[grad(F(v)[1], v), grad(F(v)[2], v)]",
  total: "s(v[1])",
  zeros: "[J[1][2]]",
  ...second,
}
const tanh = family("tanh", {
  title: "s and t of one hidden unit",
  parameters: { v: "vector(2, -3, 3)", a: "vector(4, -2, 2)" },
  let: { "s(z)": "a[1]*tanh(a[2]*z + 1/2)", "t(z)": "a[3]*tanh(a[4]*z - 1/4)", ...plane },
  points: [{ v: [0, 1], a: [0, 1, 0, 1] }],
})
const polynomial = family("polynomial", {
  title: "polynomials, neither of them invertible",
  parameters: { v: "vector(2, -2, 2)", a: "vector(4, -1, 1)" },
  let: { "s(z)": "a[1]*z^2 + a[2]", "t(z)": "a[3]*z^3 + a[4]*z", ...plane },
})
const relu = family("relu", {
  title: "rectified: the derivative exists off the kinks",
  parameters: { v: "vector(2, -3, 3)", a: "vector(4, -2, 2)" },
  assume: ["a[1]*v[1] + a[2] != 0", "a[3]*v[1] + a[4] != 0"],
  let: { "s(z)": "max(0, a[1]*z + a[2])", "t(z)": "max(0, a[3]*z + a[4])", ...plane },
})
const masked = family("masked-3d", {
  title: "one coordinate scales and shifts two",
  parameters: { v: "vector(3, -2, 2)", a: "vector(4, -1, 1)" },
  let: {
    "s(z)": "[a[1]*z, a[2]*sin(z)]",
    "t(z)": "[a[3]*z^2, a[4]]",
    "F(v)": "[v[1], v[2]*exp(s(v[1])[1]) + t(v[1])[1], v[3]*exp(s(v[1])[2]) + t(v[1])[2]]",
    "G(y)": "[y[1], (y[2] - t(y[1])[1])*exp(-s(y[1])[1]), (y[3] - t(y[1])[2])*exp(-s(y[1])[2])]",
    J: "[grad(F(v)[1], v), grad(F(v)[2], v), grad(F(v)[3], v)]",
    total: "s(v[1])[1] + s(v[1])[2]",
    zeros: "[J[1][2], J[1][3], J[2][3], J[3][2]]",
  },
  points: [{ v: [1, 1, 1], a: [1, 0, 0, 0] }],
})
const checkerboard = family("checkerboard-4d", {
  title: "coordinates 1 and 3 scale and shift 2 and 4",
  parameters: { v: "vector(4, -2, 2)", a: "vector(4, -1, 1)" },
  let: {
    "s(z, w)": "[tanh(a[1]*z + w), a[2]*z*w]",
    "t(z, w)": "[a[3]*z + w, a[4]*w^2]",
    "F(v)": "[v[1], v[2]*exp(s(v[1], v[3])[1]) + t(v[1], v[3])[1], v[3], v[4]*exp(s(v[1], v[3])[2]) + t(v[1], v[3])[2]]",
    "G(y)": "[y[1], (y[2] - t(y[1], y[3])[1])*exp(-s(y[1], y[3])[1]), y[3], (y[4] - t(y[1], y[3])[2])*exp(-s(y[1], y[3])[2])]",
    J: "[grad(F(v)[1], v), grad(F(v)[2], v), grad(F(v)[3], v), grad(F(v)[4], v)]",
    total: "s(v[1], v[3])[1] + s(v[1], v[3])[2]",
    zeros: "[J[1][2], J[1][4], J[3][2], J[3][4], J[2][4], J[4][2]]",
  },
})
export const PLANE = ["tanh", "polynomial", "relu"]
export const families = [tanh, polynomial, relu, masked, checkerboard]
