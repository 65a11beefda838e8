/**
 * Families of the reverse-time SDE with noise that depends on the state: g(x)^2 in one dimension, A(x) = G G^T in the plane. Here div G counts.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { place, reversal } from "./reverse-kernels.ts"

const scalar = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { ...place, ...parameters },
    let: { ...reversal, "p(x, t)": "pdf(law(t), x)", "F(x, t)": "cdf(law(t), x)", "s(x, t)": "score(law(t), x)", ...lets },
  })

const market = { x: "positive(1/4, 4)", mu: "real(-1, 1)", si: "positive(1/4, 1)", m: "real(-1, 1)", sd: "positive(1/4, 1)" }

export const stateFamilies = [
  scalar("geometric-brownian", "geometric Brownian motion, log-normal data", market, {
    "law(t)": "LogNormal(m + (mu - si^2/2)*t, sqrt(sd^2 + si^2*t))",
    "f(x, t)": "mu*x",
    "G(x, t)": "si^2*x^2",
    "divG(x, t)": "2*si^2*x",
  }),
  scalar(
    "pearson",
    "f = -x, g^2 = 1 + x^2, stationary p = 2/(pi (1 + x^2)^2)",
    {},
    {
      "p(x, t)": "2/(pi*(1 + x^2)^2)",
      "s(x, t)": "D(log(p(x, t)), x)",
      "f(x, t)": "-x",
      "G(x, t)": "1 + x^2",
      "divG(x, t)": "2*x",
    },
  ),
  scalar(
    "square-root",
    "square-root process, stationary Gamma law",
    { x: "positive(1/4, 4)", sh: "positive(1, 4)", ra: "positive(1/2, 2)", si: "positive(1/4, 2)" },
    {
      "law(t)": "Gamma(sh, ra)",
      "f(x, t)": "si^2/2*(sh - ra*x)",
      "G(x, t)": "si^2*x",
      "divG(x, t)": "si^2",
    },
  ),
]

/** div A is taken row by row; flux = div (A p). */
const matrix = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { T: place.T, t: place.t, x: "vector(2, -2, 2)", ...parameters },
    let: {
      "divA(x)": "[divergence(A(x)[1], x), divergence(A(x)[2], x)]",
      "logp(x, t)": "log(p(x, t))",
      "flux(x, t)": "divA(x)*p(x, t) + A(x)*grad(p(x, t), x)",
      "back(x, t)": "-f(x) + divA(x) + A(x)*grad(logp(x, t), x)",
      "q(x, r)": "p(x, T - r)",
      r: "T - t",
      ...lets,
    },
  })

export const matrixFamilies = [
  matrix(
    "correlated-plane",
    "Ornstein-Uhlenbeck with correlated noise",
    { th: "positive(1/4, 2)", m: "vector(2, -2, 2)", R: "spd(2, 1/4, 4)", S: "spd(2, 1/4, 4)" },
    {
      "law(t)": "MvNormal(exp(-th*t)*m, exp(-2*th*t)*R + (1 - exp(-2*th*t))/(2*th)*S)",
      "p(x, t)": "pdf(law(t), x)",
      "logp(x, t)": "logpdf(law(t), x)",
      "f(x)": "-th*x",
      "A(x)": "S",
    },
  ),
  matrix(
    "correlated-market",
    "two correlated geometric Brownian motions",
    { x: "vector(2, 1/4, 3)", mu: "vector(2, -1, 1)", S: "spd(2, 1/4, 1)", m: "vector(2, -1, 1)", R: "spd(2, 1/4, 1)" },
    {
      "law(t)": "MvNormal([m[1] + (mu[1] - S[1, 1]/2)*t, m[2] + (mu[2] - S[2, 2]/2)*t], R + t*S)",
      "p(x, t)": "pdf(law(t), [log(x[1]), log(x[2])])/(x[1]*x[2])",
      "f(x)": "[mu[1]*x[1], mu[2]*x[2]]",
      "A(x)": "[[S[1, 1]*x[1]^2, S[1, 2]*x[1]*x[2]], [S[1, 2]*x[1]*x[2], S[2, 2]*x[2]^2]]",
    },
  ),
  matrix(
    "pearson-plane",
    "two Pearson diffusions in a rotated frame, stationary",
    { Q: "orthogonal(2)" },
    {
      "u(x)": "transpose(Q)*x",
      "p(x, t)": "4/(pi^2*(1 + u(x)[1]^2)^2*(1 + u(x)[2]^2)^2)",
      "f(x)": "-x",
      "A(x)": "Q*diag([1 + u(x)[1]^2, 1 + u(x)[2]^2])*transpose(Q)",
    },
  ),
]
