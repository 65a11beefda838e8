/**
 * Families of the instantaneous change of variables: velocities f whose paths X are known, linear flows of the plane.
 */
import { family } from "../../src/core/statement.ts"

/** The density at time u, from the distribution function: Y(y, u) is where a path that is at y at time u has started. */
const line = {
  d: "Normal(m, s)",
  "p(y, u)": "D(cdf(d, Y(y, u)), y)",
  "div(y, u)": "D(f(y, u), y)",
  "rate(y, u)": "D(p(y, u), u)",
  "slope(y, u)": "D(p(y, u), y)",
  y: "X(x, t)",
}
const start = { x: "real(-3, 3)", m: "real(-2, 2)", s: "positive(1/4, 2)", t: "positive(1/8, 2)" }

const cubic = family("cubic", {
  title: "dx/dt = -x^3",
  parameters: start,
  let: { "f(y, u)": "-y^3", "X(z, u)": "z/sqrt(1 + 2*z^2*u)", "Y(y, u)": "y/sqrt(1 - 2*y^2*u)", growth: "-3/2*log(1 + 2*x^2*t)", ...line },
  points: [{ x: 2, m: 0, s: 1, t: 1 }],
})
const linear = family("linear", {
  title: "dx/dt = (a + b t) x",
  parameters: { ...start, a: "real(-2, 2)", b: "real(-1, 1)" },
  let: { "f(y, u)": "(a + b*u)*y", "X(z, u)": "z*exp(a*u + b*u^2/2)", "Y(y, u)": "y*exp(-a*u - b*u^2/2)", growth: "a*t + b*t^2/2", ...line },
})
const tanh = family("tanh", {
  title: "dx/dt = -tanh(x)",
  parameters: start,
  let: {
    "f(y, u)": "-tanh(y)",
    "as(z)": "log(z + sqrt(z^2 + 1))",
    "X(z, u)": "as(exp(-u)*sinh(z))",
    "Y(y, u)": "as(exp(u)*sinh(y))",
    growth: "-t + log(cosh(x)/cosh(X(x, t)))",
    ...line,
  },
})
const square = family("square", {
  title: "dx/dt = x^2, which reaches infinity at t = 1/x_0",
  parameters: start,
  assume: ["t*x <= 15/16"],
  let: { "f(y, u)": "y^2", "X(z, u)": "z/(1 - z*u)", "Y(y, u)": "y/(1 + y*u)", growth: "-2*log(1 - x*t)", ...line },
})
export const LINE = ["cubic", "linear", "tanh", "square"]

const plane = { J: "[grad(flow(v)[1], v), grad(flow(v)[2], v)]" }
const spiral = family("spiral", {
  title: "A = [[a, -b], [b, a]]",
  parameters: { a: "real(-1, 1)", b: "real(-2, 2)", T: "positive(1/8, 2)", v: "vector(2, -2, 2)" },
  let: { A: "[[a, -b], [b, a]]", "flow(v)": "exp(a*T)*[cos(b*T)*v[1] - sin(b*T)*v[2], sin(b*T)*v[1] + cos(b*T)*v[2]]", ...plane },
})
const diagonal = family("diagonal", {
  title: "A = diag(a, b)",
  parameters: { a: "real(-1, 1)", b: "real(-2, 2)", T: "positive(1/8, 2)", v: "vector(2, -2, 2)" },
  let: { A: "diag([a, b])", "flow(v)": "[exp(a*T)*v[1], exp(b*T)*v[2]]", ...plane },
})
const shear = family("shear", {
  title: "A = [[a, b], [0, a]]",
  parameters: { a: "real(-1, 1)", b: "real(-2, 2)", T: "positive(1/8, 2)", v: "vector(2, -2, 2)" },
  let: { A: "[[a, b], [0, a]]", "flow(v)": "exp(a*T)*[v[1] + b*T*v[2], v[2]]", ...plane },
})
export const PLANE = ["spiral", "diagonal", "shear"]
export const families = [cubic, linear, tanh, square, spiral, diagonal, shear]
