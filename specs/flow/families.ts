/**
 * Gaussian probability paths x_t = a(t) x_1 + b(t) eps from N(0, I) at t = 0 to the target p1 at t = 1, and what follows from them:
 * kernel(z, t) the law of x_t given x_1 = z, field its velocity, p(t) the marginal law, u the marginal velocity by the score.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const PATHS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  linear: { "a(t)": "t", "b(t)": "1 - t" },
  "conditional-ot": { "a(t)": "t", "b(t)": "1 - (1 - sm)*t" },
  vp: { "a(t)": "exp(-B(1 - t)/2)", "b(t)": "sqrt(1 - a(t)^2)", "B(v)": "b0*v + v^2*(b1 - b0)/2" },
  trigonometric: { "a(t)": "sin(pi*t/2)", "b(t)": "cos(pi*t/2)" },
}
const EXTRA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "conditional-ot": { sm: "positive(1/100, 1/2)" },
  vp: { b0: "positive(1/10, 1)", b1: "positive(2, 8)" },
}

const velocity = {
  "da(t)": "D(a(t), t)",
  "db(t)": "D(b(t), t)",
  "field(z, t, x)": "da(t)*z + db(t)/b(t)*(x - a(t)*z)",
  "cond(z, t, x)": "pdf(kernel(z, t), x)",
  "p(t)": "Diffused(p1, a(t), b(t))",
  "u(t, x)": "da(t)/a(t)*x + (b(t)^2*da(t)/a(t) - b(t)*db(t))*score(p(t), x)",
  "v(x)": "c*x + k",
  cfm: "E(z, p1, E(y, kernel(z, t), (v(y) - field(z, t, y))^2))",
  fm: "E(y, p(t), (v(y) - u(t, y))^2)",
  spread: "E(y, p(t), (da(t) - db(t)/b(t)*a(t))^2*PosteriorCov(p1, a(t), b(t), y))",
  "trajectory(t)": "quantile(p(t), cdf(Normal(0, 1), x0))",
}

const path = (name: string, kind: string, parameters: Family["parameters"], p1: string, more: Partial<Family> = {}): Family =>
  family(name, {
    parameters: {
      t: "real(1/16, 15/16)",
      x: "real(-3, 3)",
      z: "real(-2, 2)",
      c: "real(-1, 1)",
      k: "real(-1, 1)",
      x0: "real(-2, 2)",
      ...EXTRA[kind],
      ...parameters,
    },
    ...more,
    let: { p1, ...PATHS[kind], "kernel(z, t)": "Normal(a(t)*z, b(t))", ...velocity, ...more.let },
  })

const mixed = { w: "simplex(2)", m: "vector(2, -3, 3)", s: "vector(2, 1/4, 2)" }
const MIXTURE = "Mixture(w, [Normal(m[1], s[1]), Normal(m[2], s[2])])"
const catalogued = { w: ["1/4", "3/4"], m: [-2, 1], s: ["1/2", "1/4"], t: "1/2", x: "1/4" }

export const linearMixture = path("linear-mixture", "linear", mixed, MIXTURE, { title: "linear path to a mixture", points: [catalogued] })
export const otMixture = path("conditional-ot-mixture", "conditional-ot", mixed, MIXTURE, { title: "conditional-OT path to a mixture" })
export const vpMixture = path("vp-mixture", "vp", mixed, MIXTURE, { title: "variance-preserving path to a mixture" })
export const linearGaussian = path("linear-gaussian", "linear", { m: "real(-3, 3)", s: "positive(1/4, 3)" }, "Normal(m, s)", {
  title: "linear path to a normal law",
  let: {
    // Displacement interpolation between N(0, 1) and N(m, s^2): the optimal coupling instead of the independent one.
    "straight(t)": "Normal(t*m, 1 - t + t*s)",
    "ot(t, x)": "m + (s - 1)*(x - t*m)/(1 - t + t*s)",
    "closedSpread(t)": "s^2/(t^2*s^2 + (1 - t)^2)",
    "regression(t, x)": "m + (t*s^2 - (1 - t))/(t^2*s^2 + (1 - t)^2)*(x - t*m)",
    independentEnergy: "m^2 + s^2 + 1 - pi*s/2",
  },
})
export const trigGaussian = path("trigonometric-gaussian", "trigonometric", { m: "real(-3, 3)", s: "positive(1/4, 3)" }, "Normal(m, s)", {
  title: "trigonometric path to a normal law",
})
export const twoPoint = path("linear-two-point", "linear", { q: "real(1/16, 15/16)" }, "Discrete([-1, 1], [1 - q, q])", {
  title: "linear path to two atoms, t < 1",
})
export const plane = path(
  "linear-plane",
  "linear",
  { m: "matrix(2, 2, -2, 2)", A: "spd(2, 1/10, 4)", C: "spd(2, 1/10, 4)", w: "simplex(2)", x: "vector(2, -2, 2)", z: "vector(2, -2, 2)" },
  "Mixture(w, [MvNormal(m[1], A), MvNormal(m[2], C)])",
  { title: "linear path to a mixture in the plane", let: { "kernel(z, t)": "MvNormal(a(t)*z, b(t)^2*identity(2))" } },
)

/** Interpolant x_t = (1 - t) x_0 + t x_1 + gamma zeta with gamma^2 = g t (1 - t); r_k are the posterior weights of the components. */
const interpolated = {
  "g2(t)": "g*t*(1 - t)",
  "var(k, t)": "(1 - t)^2 + t^2*s[k]^2 + g2(t)",
  "p(t)": "Mixture(w, [Normal(t*m[1], sqrt(var(1, t))), Normal(t*m[2], sqrt(var(2, t)))])",
  "r(k, t, x)": "w[k]*pdf(Normal(t*m[k], sqrt(var(k, t))), x)/pdf(p(t), x)",
  "mean(k, t, x, cov)": "cov/var(k, t)*(x - t*m[k])",
  "drift(k, t, x)": "m[k] + mean(k, t, x, t*s[k]^2 - (1 - t))",
  "gammaDot(t)": "D(sqrt(g2(t)), t)",
  "zeta(t, x)": "r(1, t, x)*mean(1, t, x, sqrt(g2(t))) + r(2, t, x)*mean(2, t, x, sqrt(g2(t)))",
  "chord(t, x)": "r(1, t, x)*drift(1, t, x) + r(2, t, x)*drift(2, t, x)",
}
const interpolant = (name: string, parameters: Family["parameters"], lets: Family["let"] = {}): Family =>
  family(name, {
    assume: ["t > 0", "t < 1"],
    parameters: { g: "positive(1/8, 4)", t: "real(1/16, 15/16)", x: "real(-3, 3)", ...parameters },
    let: { ...interpolated, ...lets },
  })
export const interpolants = [
  interpolant("interpolant-mixture", mixed),
  interpolant("interpolant-atoms", { w: "simplex(2)", m: "vector(2, -3, 3)" }, { s: "[0, 0]" }),
  interpolant("interpolant-gaussian", { mu: "real(-3, 3)", si: "positive(1/4, 2)" }, { w: "[1/2, 1/2]", m: "[mu, mu]", s: "[si, si]" }),
]

export const SCALAR = ["linear-mixture", "conditional-ot-mixture", "vp-mixture", "linear-gaussian", "trigonometric-gaussian", "linear-two-point"]
