/**
 * Families of the reverse-time SDE in which densities are looked at: linear SDEs with data of every kind, and noise that depends on the state.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { linearProcess, ou, place, reversal, subVp, ve, vpConstant, vpLinear } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

const linear = (
  name: string,
  title: string,
  kernel: Kernel,
  parameters: Family["parameters"],
  lets: Family["let"],
  more: Partial<Family> = {},
): Family =>
  family(name, {
    title,
    parameters: { ...place, ...kernel.parameters, ...parameters },
    let: { ...kernel.let, ...linearProcess, ...reversal, ...lets },
    ...more,
  })

const mixed = { w: "simplex(2)", m: "vector(2, -3, 3)", sd: "vector(2, 1/8, 2)" }
const mixture = { d: "Mixture(w, [Normal(m[1], sd[1]), Normal(m[2], sd[2])])" }
const atoms = { w: "simplex(3)", m: "vector(3, -2, 2)" }
/** Without noise there is no density: `width` > 0 is the hypothesis. */
const dust = { d: "Discrete(m, w)", width: "V(t)" }

export const vpMixture = linear("vp-mixture", "variance-preserving, mixture data", vpLinear, mixed, mixture, {
  points: [{ T: 1, t: "1/4", x: "1/2", lam: 1, b0: "1/8", b1: 16, w: ["1/4", "3/4"], m: [-2, 1], sd: ["1/2", "1/4"] }],
})
export const subVpMixture = linear("subvp-mixture", "sub-variance-preserving, mixture data", subVp, mixed, mixture)
export const veMixture = linear("ve-mixture", "variance-exploding, mixture data", ve, mixed, mixture)
export const vpAtoms = linear("vp-atoms", "variance-preserving, three atoms, t > 0", vpConstant, atoms, dust)
export const veAtoms = linear("ve-atoms", "variance-exploding, three atoms, t > 0", ve, atoms, dust)
export const vpCauchy = linear(
  "vp-cauchy",
  "variance-preserving, Cauchy data without moments",
  vpConstant,
  { t: "real(1/4, T)", m: "real(-1, 1)", scale: "positive(1/2, 2)" },
  {
    d: "Cauchy(m, scale)",
    "F(x, t)": "E(y, Normal(0, 1), cdf(d, (x - sqrt(V(t))*y)/al(t)))",
  },
)
export const ouPlane = linear(
  "ou-plane",
  "Ornstein-Uhlenbeck in the plane, mixture of correlated normals",
  ou,
  { x: "vector(2, -3, 3)", w: "simplex(2)", m: "matrix(2, 2, -2, 2)", R: "spd(2, 1/10, 4)", S: "spd(2, 1/10, 4)" },
  { d: "Mixture(w, [MvNormal(m[1], R), MvNormal(m[2], S)])" },
)

/** Noise that depends on the state, in one dimension: G is not constant and div G counts. */
const scalar = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { ...place, ...parameters },
    let: { ...reversal, "p(x, t)": "pdf(law(t), x)", "F(x, t)": "cdf(law(t), x)", "s(x, t)": "score(law(t), x)", ...lets },
  })

export const geometric = scalar(
  "geometric-brownian",
  "geometric Brownian motion, log-normal data",
  { x: "positive(1/4, 4)", mu: "real(-1, 1)", si: "positive(1/4, 1)", m: "real(-1, 1)", sd: "positive(1/4, 1)" },
  {
    "law(t)": "LogNormal(m + (mu - si^2/2)*t, sqrt(sd^2 + si^2*t))",
    "f(x, t)": "mu*x",
    "G(x, t)": "si^2*x^2",
    "divG(x, t)": "2*si^2*x",
  },
)
export const pearson = scalar(
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
)
export const squareRoot = scalar(
  "square-root",
  "square-root process, stationary Gamma law",
  { x: "positive(1/4, 4)", sh: "positive(1, 4)", ra: "positive(1/2, 2)", si: "positive(1/4, 2)" },
  {
    "law(t)": "Gamma(sh, ra)",
    "f(x, t)": "si^2/2*(sh - ra*x)",
    "G(x, t)": "si^2*x",
    "divG(x, t)": "si^2",
  },
)
export const ouStationary = linear("ou-stationary", "Ornstein-Uhlenbeck in its stationary law", ou, {}, { "law(t)": "Normal(0, sg/sqrt(2*th))" })

/** Matrix noise in the plane: A = G G^T, div A its row-wise divergence. */
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

export const correlated = matrix(
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
)
export const market = matrix(
  "correlated-market",
  "two correlated geometric Brownian motions",
  { x: "vector(2, 1/4, 3)", mu: "vector(2, -1, 1)", S: "spd(2, 1/4, 1)", m: "vector(2, -1, 1)", R: "spd(2, 1/4, 1)" },
  {
    "law(t)": "MvNormal([m[1] + (mu[1] - S[1, 1]/2)*t, m[2] + (mu[2] - S[2, 2]/2)*t], R + t*S)",
    "p(x, t)": "pdf(law(t), [log(x[1]), log(x[2])])/(x[1]*x[2])",
    "f(x)": "[mu[1]*x[1], mu[2]*x[2]]",
    "A(x)": "[[S[1, 1]*x[1]^2, S[1, 2]*x[1]*x[2]], [S[1, 2]*x[1]*x[2], S[2, 2]*x[2]^2]]",
  },
)
export const pearsonPlane = matrix(
  "pearson-plane",
  "two Pearson diffusions in a rotated frame, stationary",
  { Q: "orthogonal(2)" },
  {
    "u(x)": "transpose(Q)*x",
    "p(x, t)": "4/(pi^2*(1 + u(x)[1]^2)^2*(1 + u(x)[2]^2)^2)",
    "f(x)": "-x",
    "A(x)": "Q*diag([1 + u(x)[1]^2, 1 + u(x)[2]^2])*transpose(Q)",
  },
)

export const densityFamilies = [
  vpMixture,
  subVpMixture,
  veMixture,
  vpAtoms,
  veAtoms,
  vpCauchy,
  ouPlane,
  geometric,
  pearson,
  squareRoot,
  ouStationary,
  correlated,
  market,
  pearsonPlane,
]
