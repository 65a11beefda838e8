import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"
import { brownian, marginals, ou, reversal, subVp, ve, vpConstant, vpLinear } from "./reverse-kernels.ts"
import type { Kernel } from "./reverse-kernels.ts"

const place = { T: "positive(1/2, 2)", t: "real(1/16, T)", x: "real(-4, 4)", lam: "real(0, 2)" }

const process = (name: string, title: string, kernel: Kernel, parameters: Family["parameters"], lets: Family["let"], more: Partial<Family> = {}): Family =>
  family(name, { title, parameters: { ...place, ...kernel.parameters, ...parameters }, let: { ...kernel.let, ...marginals, ...reversal, ...lets }, ...more })

const mixed = { w: "simplex(2)", m: "vector(2, -3, 3)", r0: "vector(2, 1/8, 2)" }
const MIXTURE = { d: "Mixture(w, [Normal(m[1], r0[1]), Normal(m[2], r0[2])])" }

export const vpMixture = process("vp-mixture", "VP, mixture", vpLinear, mixed, MIXTURE)
export const subVpMixture = process("subvp-mixture", "sub-VP, mixture", subVp, mixed, MIXTURE)
export const veMixture = process("ve-mixture", "VE", ve, mixed, MIXTURE)
export const ouPlane = process("ou-plane", "OU plane", ou, { x: "vector(2, -3, 3)", m: "matrix(2, 2, -2, 2)", A: "spd(2, 1/10, 4)", C: "spd(2, 1/10, 4)", w: "simplex(2)" },
  { d: "Mixture(w, [MvNormal(m[1], A), MvNormal(m[2], C)])" })
export const vpAtoms = process("vp-atoms", "VP atoms", vpConstant, { w: "simplex(3)", m: "vector(3, -2, 2)" }, { d: "Discrete(m, w)" })
export const vpCauchy = process("vp-cauchy", "VP Cauchy", vpConstant, { m: "real(-2, 2)", r0: "positive(1/2, 2)" }, { d: "Cauchy(m, r0)" })
export const pearson = family("pearson", { parameters: place, let: { ...reversal, "f(x, t)": "-x", "G(x, t)": "1 + x^2", "divG(x, t)": "2*x", "p(x, t)": "2/(pi*(1 + x^2)^2)", "s(x, t)": "D(log(p(x, t)), x)" } })
