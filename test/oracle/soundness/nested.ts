/**
 * Nested expectations: hierarchies that are known laws, sums and products of independent variables, order statistics, conditional moments.
 */
import type { Draw } from "./draw.ts"
import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"

/** A function of y. */
const of = (d: Draw): string =>
  d.pick(["tanh(y)", "sigmoid(2*y)", "exp(-y^2)", "softplus(y)", "cos(y)", "abs(y)", "log1p(y^2)", "if(y > 1/3, y, 0)", "y^3 - y", "min(y, 1)"])

export const nested: ReadonlyArray<Kind> = [
  {
    name: "normal mean of a normal",
    weight: 0.06,
    make: (d) => {
      const [m, s, a, b, t, f] = [d.real(2), d.pos(0.3, 2), d.nonzero(0.3, 2), d.real(2), d.pos(0.3, 2), of(d)]
      const inner = `Normal(${a}*${m} + ${b}, sqrt(${a}^2*${s}^2 + ${t}^2))`
      return balanced(`E(x, Normal(${m}, ${s}), E(y, Normal(${a}*x + ${b}, ${t}), ${f}))`, `E(y, ${inner}, ${f})`)
    },
  },
  {
    name: "scale mixture of normals",
    weight: 0.5,
    make: (d) => {
      const y = d.nonzero(0.2, 4)
      return equal(`E(v, Exponential(1), pdf(Normal(0, sqrt(2*v)), ${y}))`, `pdf(Laplace(0, 1), ${y})`, { scale: 0.01 })
    },
  },
  {
    name: "Student as a mixture",
    weight: 0.5,
    make: (d) => {
      const [n, y] = [d.int(2, 7), d.real(4)]
      return equal(`E(g, Gamma(${n}/2, ${n}/2), pdf(Normal(0, 1/sqrt(g)), ${y}))`, `pdf(StudentT(${n}, 0, 1), ${y})`, { scale: 0.01 })
    },
  },
  {
    name: "gamma rate of a Poisson law",
    weight: 0.5,
    make: (d) => {
      const [a, b, k] = [d.int(1, 4), d.pos(0.5, 3), d.int(0, 6)]
      const value = `gamma(${a} + ${k})/(gamma(${a})*gamma(${k} + 1))*(${b}/(1 + ${b}))^${a}*(1/(1 + ${b}))^${k}`
      return equal(`E(r, Gamma(${a}, ${b}), pdf(Poisson(r), ${k}))`, value, { scale: 0.01 })
    },
  },
  {
    name: "beta probability of a binomial law",
    make: (d) => {
      const [a, b, n] = [d.int(1, 5), d.int(1, 5), d.int(1, 5)]
      const k = d.int(0, n)
      const log = (x: string, y: string): string => `(lgamma(${x}) + lgamma(${y}) - lgamma(${x} + ${y}))`
      const value = `gamma(${n + 1})/(gamma(${k + 1})*gamma(${n - k + 1}))*exp(${log(`${a + k}`, `${b + n - k}`)} - ${log(`${a}`, `${b}`)})`
      return equal(`E(p, Beta(${a}, ${b}), pdf(Binomial(${n}, p), ${k}))`, value, { scale: 0.1 })
    },
  },
  {
    name: "sum of exponentials",
    weight: 0.4,
    make: (d) => {
      const [r, f] = [d.pos(0.5, 3), d.pick(["exp(-y)", "tanh(y)", "y*exp(-y/2)", "1/(1 + y)"])]
      return equal(
        `E(u, Exponential(${r}), E(v, Exponential(${r}), ${f.replaceAll("y", "(u + v)")}))`.replaceAll("exp(-(u + v))", "exp(-u - v)"),
        `E(y, Gamma(2, ${r}), ${f})`,
      )
    },
  },
  {
    name: "product of uniforms",
    weight: 0.4,
    make: (d) => {
      const f = d.pick(["exp(-y)", "cos(y)", "y^2", "sqrt(1 + y)"])
      return equal(`E(u, Uniform(0, 1), E(v, Uniform(0, 1), ${f.replace("y", "(u*v)")}))`, `integral(y, 0, 1, -log(y)*(${f}))`)
    },
  },
  {
    name: "order of two exponentials",
    make: (d) => {
      const [a, b] = [d.pos(0.2, 4), d.pos(0.2, 4)]
      return equal(`E(x, Exponential(${a}), P(y, Exponential(${b}), y > x))`, `${a}/(${a} + ${b})`, { scale: 0.1 })
    },
  },
  {
    name: "order of two normals",
    weight: 0.5,
    make: (d) => {
      const [m, s, n, t] = [d.real(2), d.pos(0.3, 2), d.real(2), d.pos(0.3, 2)]
      return equal(`E(x, Normal(${m}, ${s}), P(y, Normal(${n}, ${t}), y > x))`, `normcdf((${n} - ${m})/sqrt(${s}^2 + ${t}^2))`, { scale: 0.1 })
    },
  },
  {
    name: "distance of two normals",
    weight: 0.4,
    make: (d) => {
      const [s, t] = [d.pos(0.3, 2), d.pos(0.3, 2)]
      return equal(`E(x, Normal(0, ${s}), E(y, Normal(0, ${t}), abs(x - y)))`, `sqrt(2/pi)*sqrt(${s}^2 + ${t}^2)`)
    },
  },
  {
    name: "maximum of two uniforms",
    weight: 0.5,
    make: (d) => {
      const k = d.int(1, 4)
      return equal(`E(x, Uniform(0, 1), E(y, Uniform(0, 1), max(x, y)^${k}))`, `2/(${k} + 2)`)
    },
  },
  {
    name: "let with an argument",
    weight: 0.5,
    make: (d) => {
      const [s, f] = [d.pos(0.4, 2), of(d)]
      const name = d.pick(["x", "y", "z", "u"])
      return balanced(`integral(${name}, 0, 1, smooth(${name}))`, `E(t, Uniform(0, 1), E(y, Normal(t, ${s}), ${f}))`, {
        let: { "smooth(t)": `E(y, Normal(t, ${s}), ${f})` },
      })
    },
  },
  {
    name: "derivative through a let",
    make: (d) => {
      const [s, x] = [d.pos(0.4, 2), `${d.int(-20, 20)}/9`]
      const lets = { noisy: `Normal(x, ${s})`, mean: "E(x, noisy, tanh(x))" }
      return balanced("D(mean^2, x)", `2*mean*E(x, noisy, 1 - tanh(x)^2)`, { at: { x }, let: lets })
    },
  },
  {
    name: "posterior as a ratio",
    weight: 0.4,
    make: (d) => {
      const [s, x] = [d.pos(0.4, 2), d.real(2)]
      const law = d.pick(["Uniform(-1, 2)", "Laplace(0, 1)", "Exponential(1)", "Beta(2, 3)"])
      return balanced(`PosteriorMean(${law}, 1, ${s}, ${x})*E(z, ${law}, pdf(Normal(z, ${s}), ${x}))`, `E(z, ${law}, z*pdf(Normal(z, ${s}), ${x}))`, {
        scale: 0.1,
      })
    },
  },
  {
    name: "conditional variance is smaller",
    weight: 0.3,
    make: (d) => {
      const [s, c] = [d.pos(0.5, 2), d.pos(0.5, 2)]
      return atMost(`E(x, Diffused(Normal(0, ${s}), 1, ${c}), PosteriorCov(Normal(0, ${s}), 1, ${c}, x))`, `Var(Normal(0, ${s}))`, { strict: true })
    },
  },
  {
    name: "ends that cross",
    make: (d) => {
      const [a, c] = [d.pos(0.2, 2), d.real(1)]
      const [lo, hi] = d.pick([
        [`sqrt(${a})`, `-sqrt(${a})`],
        [`exp(${c})`, "-pi"],
        ["sqrt(2)", `-sqrt(3)*${a}`],
      ] as const)
      const f = d.pick([`abs(x - ${c}/4)`, "if(x < 0, 1, x)", "max(x, 1/8)", "sign(x)*x^2"])
      return balanced(`integral(x, ${lo}, ${hi}, ${f})`, `-integral(x, ${hi}, ${lo}, ${f})`)
    },
  },
  {
    name: "ends that cross, by hand",
    make: (d) => {
      const a = d.pos(0.2, 4)
      return equal(`integral(x, sqrt(${a}), -sqrt(${a}), abs(x))`, `-${a}`)
    },
  },
]
