/**
 * Families of the change of variables: scalar maps f with inverse g of a law d, squares, maps F of the plane, matrices.
 */
import { family } from "../../src/core/statement.ts"

/** The density of y is the derivative of its distribution function, which knows nothing of the formula. */
const derived = { "df(z)": "D(f(z), z)", "dg(u)": "D(g(u), u)", "density(u)": "abs(D(cdf(d, g(u)), u))", "h(u)": "sinh(u)" }
const normal = { m: "real(-2, 2)", s: "positive(1/4, 2)", x: "real(-3, 3)" }
const line = { lo: "-inf", hi: "inf" }

const affine = family("affine", {
  title: "y = a x + b, in either direction",
  parameters: { ...normal, a: "real(-4, 4)", b: "real(-2, 2)" },
  assume: ["abs(a) >= 1/16"],
  let: { d: "Normal(m, s)", image: "Normal(a*m + b, abs(a)*s)", "f(z)": "a*z + b", "g(u)": "(u - b)/a", ...line, ...derived },
  points: [{ m: 0, s: 1, x: "1/2", a: -1, b: 0 }],
})
const sinh = family("sinh", {
  title: "y = sinh(theta x)/theta",
  parameters: { ...normal, th: "positive(1/4, 1)" },
  let: { d: "Normal(m, s)", "f(z)": "sinh(th*z)/th", "g(u)": "log(th*u + sqrt(th^2*u^2 + 1))/th", ...line, ...derived },
  points: [{ m: 0, s: 1, x: "1/2", th: 1 }],
})
const exponential = family("exponential", {
  title: "y = exp(x): a log-normal law",
  parameters: normal,
  let: { d: "Normal(m, s)", image: "LogNormal(m, s)", "f(z)": "exp(z)", "g(u)": "log(u)", lo: "0", hi: "inf", ...derived },
})
const logistic = family("logistic", {
  title: "y = sigmoid(x): a logistic variable becomes uniform",
  parameters: { x: "real(-4, 4)" },
  let: { d: "Logistic(0, 1)", image: "Uniform(0, 1)", "f(z)": "sigmoid(z)", "g(u)": "log(u/(1 - u))", lo: "0", hi: "1", ...derived },
})
const power = family("power", {
  title: "y = c exp(x) of an exponential variable: a Pareto law",
  parameters: { r: "positive(1/2, 4)", c: "positive(1/4, 4)", x: "positive(1/8, 4)" },
  let: { d: "Exponential(r)", image: "Pareto(c, r)", "f(z)": "c*exp(z)", "g(u)": "log(u/c)", lo: "c", hi: "inf", ...derived },
})
const cube = family("cube", {
  title: "y = x^3, flat at 0",
  parameters: normal,
  assume: ["x != 0"],
  let: { d: "Normal(m, s)", "f(z)": "z^3", "g(u)": "sign(u)*abs(u)^(1/3)", ...derived },
})
export const INVERTIBLE = ["affine", "sinh", "exponential", "logistic", "power"]
export const LAW = ["affine", "exponential", "logistic", "power"]

const squared = { y: "positive(1/8, 4)", m: "real(-2, 2)", s: "positive(1/4, 2)" }
const halves = { "upto(u)": "cdf(d, sqrt(u)) - cdf(d, -sqrt(u))", "density(u)": "D(upto(u), u)" }
const squares = [
  family("square-normal", { parameters: squared, let: { d: "Normal(m, s)", ...halves } }),
  family("square-laplace", { parameters: squared, assume: ["m^2 != y"], let: { d: "Laplace(m, s)", ...halves } }),
  family("square-mixture", { parameters: { w: "simplex(2)", ...squared }, let: { d: "Mixture(w, [Normal(m, s), Normal(-1, 1)])", ...halves } }),
]

const jacobian = { "G(v)": "[v[1] + v[2]^2, 2*v[2]]", J: "[grad(F(v)[1], v), grad(F(v)[2], v)]", K: "[grad(G(F(v))[1], v), grad(G(F(v))[2], v)]" }
const planar = family("planar", {
  title: "y = v + u tanh(w v + b), a planar flow",
  parameters: { v: "vector(2, -2, 2)", u: "vector(2, -1, 1)", w: "vector(2, -1, 1)", b: "real(-1, 1)" },
  assume: ["dot(u, w) > -1"],
  let: { "F(v)": "v + tanh(dot(w, v) + b)*u", volume: "1 + dot(u, w)*(1 - tanh(dot(w, v) + b)^2)", ...jacobian },
})
const polar = family("polar", {
  title: "(r, phi) to (r cos phi, r sin phi)",
  parameters: { v: "vector(2, 1/8, 3)" },
  let: { "F(v)": "[v[1]*cos(v[2]), v[1]*sin(v[2])]", volume: "v[1]", ...jacobian },
})
const shear = family("shear", {
  title: "(v_1, exp(c v_1) v_2 + sin(v_1))",
  parameters: { v: "vector(2, -2, 2)", c: "real(-1, 1)" },
  let: { "F(v)": "[v[1], exp(c*v[1])*v[2] + sin(v[1])]", volume: "exp(c*v[1])", ...jacobian },
})

const linear = (name: string, n: number, matrix = `matrix(${n}, ${n}, -2, 2)`) =>
  family(name, {
    parameters: { A: matrix, S: `spd(${n}, 1/4, 4)`, v: `vector(${n}, -2, 2)`, b: `vector(${n}, -2, 2)` },
    assume: ["abs(det(A)) >= 1/16"],
    let: { d: "MvNormal(b, S)", image: "MvNormal(A*b, A*S*transpose(A))", n: `${n}` },
  })
export const LINEAR = ["linear-2d", "linear-3d", "rotation"]
export const SQUARES = squares.map((f) => f.name)
export const PLANE = ["planar", "polar", "shear"]
export const families = [
  affine,
  sinh,
  exponential,
  logistic,
  power,
  cube,
  ...squares,
  planar,
  polar,
  shear,
  linear("linear-2d", 2),
  linear("linear-3d", 3),
  linear("rotation", 2, "orthogonal(2)"),
]
