/**
 * Families of the reverse-time SDE in which densities are looked at: linear SDEs with data of every kind.
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
const plane = { x: "vector(2, -3, 3)", w: "simplex(2)", m: "matrix(2, 2, -2, 2)", R: "spd(2, 1/10, 4)", S: "spd(2, 1/10, 4)" }
/** The density of Cauchy data is an integral, and so is the distribution function. */
const cauchy = { d: "Cauchy(m, scale)", "F(x, t)": "E(y, Normal(0, 1), cdf(d, (x - sqrt(V(t))*y)/al(t)))" }

/** The catalogue's mixture at a rate from 1/8 to 16. */
const catalogued = { T: 1, t: "1/4", x: "1/2", lam: 1, b0: "1/8", b1: 16, w: ["1/4", "3/4"], m: [-2, 1], sd: ["1/2", "1/4"] }

export const linearFamilies = [
  linear("vp-mixture", "variance-preserving, mixture data", vpLinear, mixed, mixture, { points: [catalogued] }),
  linear("subvp-mixture", "sub-variance-preserving, mixture data", subVp, mixed, mixture),
  linear("ve-mixture", "variance-exploding, mixture data", ve, mixed, mixture),
  linear("vp-atoms", "variance-preserving, three atoms, t > 0", vpConstant, atoms, dust),
  linear("ve-atoms", "variance-exploding, three atoms, t > 0", ve, atoms, dust),
  linear(
    "vp-cauchy",
    "variance-preserving, Cauchy data without moments",
    vpConstant,
    { t: "real(1/4, T)", m: "real(-1, 1)", scale: "positive(1/2, 2)" },
    cauchy,
  ),
  linear("ou-plane", "Ornstein-Uhlenbeck in the plane, mixture of correlated normals", ou, plane, {
    d: "Mixture(w, [MvNormal(m[1], R), MvNormal(m[2], S)])",
  }),
  linear("ou-stationary", "Ornstein-Uhlenbeck in its stationary law", ou, {}, { "law(t)": "Normal(0, sg/sqrt(2*th))" }),
]
