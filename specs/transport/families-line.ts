/**
 * Pairs of continuous laws mu, nu on the line with finite means.
 *
 * Each defines quantile maps xi, eta that take one base law to mu and nu, F - G in a form without cancellation as -gap, and the Kantorovich potential
 * f with f' = sign(gap): where the quantile functions cross once, at c, it is -|x - c| or |x - c|; where they do not, x or -x.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const expected = (f: string): string => `E(x, mu, ${f}) - E(x, nu, ${f})`
const transported = {
  "gap(x)": "cdf(nu, x) - cdf(mu, x)",
  distance: "integral(x, -inf, inf, abs(gap(x)))",
  parts: "integral(x, -inf, inf, slope(x)*gap(x))",
  cramer: "integral(x, -inf, inf, gap(x)^2)",
  coupled: "E(y, base, abs(xi(y) - eta(y)))",
  "dual(L)": `L*(${expected("f(x)")})`,
  tested: expected("abs(x - h)"),
  level: "quantile(base, at)",
  spot: "xi(level)",
  "slope(x)": "D(f(x), x)",
}
export const pair = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"], more: Partial<Family> = {}): Family =>
  family(name, { title, parameters: { ...parameters, h: "real(-3, 3)", at: "real(1/16, 15/16)" }, ...more, let: { ...transported, ...lets } })

/**
 * m + s Y against n + r Y: the quantile functions cross at c = (m r - n s)/(r - s), and `closed` is E|dm + ds Y|. Locations differ by 1/2 to 6, to either side:
 * the area between nearly equal graphs is dear to enclose.
 */
export const scales = {
  m: "real(-4, 4)",
  side: "oneof(-1, 1)",
  n: "real(m + (13*side - 11)/4, m + (13*side + 11)/4)",
  s: "positive(1/4, 4)",
  r: "positive(1/4, 4)",
}
const shifted = (base: string, mu: string, nu: string, closed: string): Family["let"] => ({
  base,
  mu,
  nu,
  "xi(y)": "m + s*y",
  "eta(y)": "n + r*y",
  "f(x)": "if(s == r, sign(m - n)*x, sign(s - r)*abs(x - (m*r - n*s)/(r - s)))",
  dm: "abs(m - n)",
  ds: "abs(s - r)",
  closed: `if(s == r, dm, ${closed})`,
})

export const normals = pair(
  "normals",
  "two normal laws",
  scales,
  shifted("Normal(0, 1)", "Normal(m, s)", "Normal(n, r)", "ds*(sqrt(2/pi)*exp(-(dm/ds)^2/2) + dm/ds*(2*normcdf(dm/ds) - 1))"),
  {
    points: [
      { m: "1/2", s: "3/4", n: -1, r: "3/2" },
      { m: 8, s: "1/64", n: -8, r: 16 },
    ],
  },
)
export const laplaces = pair(
  "laplaces",
  "two Laplace laws",
  scales,
  shifted("Laplace(0, 1)", "Laplace(m, s)", "Laplace(n, r)", "dm + ds*exp(-dm/ds)"),
  {
    points: [{ m: 0, s: 1, n: "1/2", r: 2 }],
  },
)
export const logistics = pair(
  "logistics",
  "two logistic laws",
  scales,
  shifted("Logistic(0, 1)", "Logistic(m, s)", "Logistic(n, r)", "2*ds*softplus(dm/ds) - dm"),
)
/** The quantile difference runs linearly from m - n to its value at 1, last. */
export const uniforms = pair(
  "uniforms",
  "two uniform laws: overlapping, nested or disjoint",
  scales,
  {
    ...shifted("Uniform(0, 1)", "Uniform(m, m + s)", "Uniform(n, n + r)", "(last*abs(last) - (m - n)*abs(m - n))/(2*(s - r))"),
    last: "m + s - n - r",
  },
  { points: [{ m: 0, s: 1, n: "1/4", r: "7/4" }] },
)

export const scaleFamilies: ReadonlyArray<Family> = [normals, laplaces, logistics, uniforms]
