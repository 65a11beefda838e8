/**
 * Critics that are optimal for W1: f(z) = min_j |z - y_j| - psi_j for atoms, psi an optimal potential on the targets; affine critics for translations.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const N = [1, 2, 3]
const grid = (entry: (i: number, j: number) => string): string => `[${N.map((i) => `[${N.map((j) => entry(i, j)).join(", ")}]`).join(", ")}]`
/** Three atoms of either law; z(i, j) on the segment from y_j to x_i at the fraction t, e any point. */
const atoms = (
  name: string,
  title: string,
  parameters: Family["parameters"],
  distance: (u: string, v: string) => string,
  points: Family["points"] = [],
): Family =>
  family(name, {
    title,
    parameters: { ...parameters, a: "simplex(3)", b: "simplex(3)", t: "real(0, 1)" },
    points,
    let: {
      C: grid((i, j) => distance(`x[${i}]`, `y[${j}]`)),
      solution: "solve(C, a, b)",
      plan: "solution[1]",
      psi: "solution[3]",
      "critic(z)": `min(${N.map((j) => `${distance("z", `y[${j}]`)} - psi[${j}]`).join(", ")})`,
      cost: "transport(C, a, b)",
      value: `${N.map((i) => `a[${i}]*critic(x[${i}])`).join(" + ")} - (${N.map((j) => `b[${j}]*critic(y[${j}])`).join(" + ")})`,
      rise: grid((i, j) => `critic(x[${i}]) - critic(y[${j}])`),
      along: grid((i, j) => `critic(t*x[${i}] + (1 - t)*y[${j}])`),
      chord: grid((i, j) => `t*critic(x[${i}]) + (1 - t)*critic(y[${j}])`),
      below: grid((i) => `critic(x[${i}]) - ${distance(`x[${i}]`, "e")}`),
      above: grid((_, j) => `critic(y[${j}]) + ${distance("e", `y[${j}]`)}`),
      here: grid(() => "critic(e)"),
    },
  })
const absolute = (u: string, v: string): string => `abs(${u} - ${v})`
const euclidean = (u: string, v: string): string => `norm(${u} - ${v})`
export const discrete = [
  atoms("line", "atoms on the line", { x: "vector(3, -4, 4)", y: "vector(3, -4, 4)", e: "real(-4, 4)" }, absolute, [
    { x: [0, 4, 4], y: [1, 5, 5], a: ["1/2", "1/2", 0], b: ["1/2", "1/2", 0], e: 3 },
  ]),
  atoms("apart", "atoms on the line, data to the right", { x: "vector(3, 5, 8)", y: "vector(3, -4, 4)", e: "real(-4, 8)" }, absolute),
  atoms("plane", "atoms of the plane", { x: "matrix(3, 2, -3, 3)", y: "matrix(3, 2, -3, 3)", e: "vector(2, -3, 3)" }, euclidean),
]

/** q is p moved by -h in n dimensions: f(z) = <z, h>/|h| is optimal, and x is coupled with x - h. */
const translation = (n: number): Family =>
  family(`translation-${n}`, {
    title: `unit normal laws in ${n} dimensions, h apart`,
    parameters: { h: `vector(${n}, -2, 2)`, x: `vector(${n}, -2, 2)`, t: "real(1/16, 15/16)", w: `vector(${n}, -2, 2)` },
    assume: ["norm2(h) > 0", "norm2(w) > 0"],
    let: {
      p: `MvNormal(h, identity(${n}))`,
      q: `MvNormal(0*h, identity(${n}))`,
      y: "x - h",
      "critic(z)": "dot(z, h)/norm(h)",
      inner: "t*x + (1 - t)*y",
      // The cones below and above f, in the direction w from a point of the segment.
      "coneBelow(r)": "D(-norm(x - inner - r*w), r)",
      "coneAbove(r)": "D(norm(inner + r*w - y), r)",
    },
  })
export const translations = [1, 2, 3].map(translation)

/** Laws on the line, h > 0 apart, critic s z, penalty lam (s - 1)^2 as E lam (|f'| - 1)^2 under the middle law. */
const penalised = (name: string, title: string, p: string, q: string, middle: string): Family =>
  family(name, {
    title,
    parameters: { h: "positive(1/64, 4)", lam: "positive(1/8, 16)", s: "real(-2, 3)", c: "positive(1/100, 2)" },
    let: {
      p,
      q,
      middle,
      "payoff(s)": "E(z, p, s*z) - E(z, q, s*z) - lam*E(z, middle, (D(s*z, z) - 1)^2)",
      "slope(s)": "D(payoff(s), s)",
      "curvature(s)": "D(payoff(s), s, 2)",
      optimum: "1 + h/(2*lam)",
      clipped: "sup(r, -c, c, r*(Mean(p) - Mean(q)))",
    },
  })
export const penalties = [
  penalised("diracs", "two atoms", "Dirac(h)", "Dirac(0)", "Uniform(0, h)"),
  penalised("normals", "unit normal laws", "Normal(h, 1)", "Normal(0, 1)", "Normal(h/2, 1)"),
  penalised("uniforms", "uniform laws", "Uniform(h, h + 1)", "Uniform(0, 1)", "Uniform(0, h + 1)"),
]

/** p = (d_0 + d_4)/2, q = (d_1 + d_5)/2: on the gap ]1, 4[ every slope in [-1, 1] belongs to an optimal critic. */
export const gap = family("gap", {
  title: "two pairs of atoms with a gap between them",
  parameters: { r: "real(-1, 1)", z: "real(5/4, 15/4)" },
  let: {
    p: "Discrete([0, 4], [1/2, 1/2])",
    q: "Discrete([1, 5], [1/2, 1/2])",
    "critic(z)": "if(z <= 1, -z, if(z <= 4, -1 + r*(z - 1), -1 + 3*r - (z - 4)))",
  },
})
