import { balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"

const closed: ReadonlyArray<Kind> = [
  {
    name: "KL of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`KL(Normal(${m}, ${s}), Normal(${n}, ${t}))`, `log(${t}/${s}) + (${s}^2 + (${m} - ${n})^2)/(2*${t}^2) - 1/2`)
    },
  },
  {
    name: "KL of exponentials",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return balanced(`KL(Exponential(${a}), Exponential(${b}))`, `log(${a}/${b}) + ${b}/${a} - 1`)
    },
  },
  {
    name: "KL of gammas",
    make: (d) => {
      const [a, b, r, s] = [d.pos(0.4, 6), d.pos(0.4, 6), d.pos(), d.pos()]
      return balanced(
        `KL(Gamma(${a}, ${r}), Gamma(${b}, ${s}))`,
        `(${a} - ${b})*digamma(${a}) - lgamma(${a}) + lgamma(${b}) + ${b}*log(${r}/${s}) + ${a}*(${s} - ${r})/${r}`,
      )
    },
  },
  {
    name: "KL of Laplace laws",
    make: (d) => {
      const [m, b, n, c] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(
        `KL(Laplace(${m}, ${b}), Laplace(${n}, ${c}))`,
        `log(${c}/${b}) + (${b}*exp(-abs(${m} - ${n})/${b}) + abs(${m} - ${n}))/${c} - 1`,
      )
    },
  },
  {
    name: "KL of Cauchy laws",
    make: (d) => {
      const [m, b, n, c] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`KL(Cauchy(${m}, ${b}), Cauchy(${n}, ${c}))`, `log(((${b} + ${c})^2 + (${m} - ${n})^2)/(4*${b}*${c}))`)
    },
  },
  {
    name: "KL of log-normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(2), d.pos(), d.real(2), d.pos()]
      return balanced(`KL(LogNormal(${m}, ${s}), LogNormal(${n}, ${t}))`, `KL(Normal(${m}, ${s}), Normal(${n}, ${t}))`)
    },
  },
  {
    name: "KL of Poisson laws",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return balanced(`KL(Poisson(${a}), Poisson(${b}))`, `${a}*log(${a}/${b}) + ${b} - ${a}`)
    },
  },
  {
    name: "KL of geometric laws",
    make: (d) => {
      const [a, b] = [d.prob(), d.prob()]
      return balanced(`KL(Geometric(${a}), Geometric(${b}))`, `log(${a}/${b}) + (1 - ${a})/${a}*log((1 - ${a})/(1 - ${b}))`)
    },
  },
  {
    name: "KL of Bernoulli laws",
    make: (d) => {
      const [a, b] = [d.prob(), d.prob()]
      return balanced(`KL(Bernoulli(${a}), Bernoulli(${b}))`, `${a}*log(${a}/${b}) + (1 - ${a})*log((1 - ${a})/(1 - ${b}))`)
    },
  },
  {
    name: "KL of uniforms",
    make: (d) => {
      const [a, w, u, v] = [d.real(), d.pos(), d.pos(), d.pos()]
      return equal(`KL(Uniform(${a}, ${a} + ${w}), Uniform(${a} - ${u}, ${a} + ${w} + ${v}))`, `log((${w} + ${u} + ${v})/${w})`)
    },
  },
  {
    name: "KL of betas",
    make: (d) => {
      const [a, b, x, y] = [d.pos(0.5, 5), d.pos(0.5, 5), d.pos(0.5, 5), d.pos(0.5, 5)]
      return balanced(
        `KL(Beta(${a}, ${b}), Beta(${x}, ${y}))`,
        `lgamma(${x}) + lgamma(${y}) - lgamma(${x} + ${y}) - lgamma(${a}) - lgamma(${b}) + lgamma(${a} + ${b}) + (${a} - ${x})*digamma(${a}) + (${b} - ${y})*digamma(${b}) + (${x} + ${y} - ${a} - ${b})*digamma(${a} + ${b})`,
      )
    },
  },
  {
    name: "Hellinger of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(
        `Hellinger2(Normal(${m}, ${s}), Normal(${n}, ${t}))`,
        `1 - sqrt(2*${s}*${t}/(${s}^2 + ${t}^2))*exp(-(${m} - ${n})^2/(4*(${s}^2 + ${t}^2)))`,
      )
    },
  },
  {
    name: "chi-square of normals",
    make: (d) => {
      const [m, s, n] = [d.real(2), d.pos(0.5, 3), d.real(2)]
      return balanced(`ChiSquare(Normal(${m}, ${s}), Normal(${n}, ${s}))`, `expm1((${m} - ${n})^2/${s}^2)`)
    },
  },
  {
    name: "chi-square of exponentials",
    make: (d) => {
      const [a, b] = [d.pos(), d.prob()]
      return balanced(`ChiSquare(Exponential(${a}), Exponential(${a}*2*${b}))`, `1/(2*${b}*(2 - 2*${b})) - 1`)
    },
  },
  {
    name: "Renyi of normals",
    make: (d) => {
      const [m, s, n, a] = [d.real(), d.pos(), d.real(), d.pick([d.pos(0.2, 4), "(1/2)", "2"])]
      return balanced(`Renyi(${a}, Normal(${m}, ${s}), Normal(${n}, ${s}))`, `${a}*(${m} - ${n})^2/(2*${s}^2)`)
    },
  },
  {
    name: "Renyi of exponentials",
    make: (d) => {
      const [r, t, a] = [d.pos(0.5, 2), d.pos(0.5, 2), d.prob()]
      return balanced(`Renyi(${a}, Exponential(${r}), Exponential(${t}))`, `log(${r}^${a}*${t}^(1 - ${a})/(${a}*${r} + (1 - ${a})*${t}))/(${a} - 1)`)
    },
  },
  {
    name: "TV of shifted normals",
    make: (d) => {
      const [m, s, n] = [d.real(), d.pos(), d.real()]
      return balanced(`TV(Normal(${m}, ${s}), Normal(${n}, ${s}))`, `2*normcdf(abs(${m} - ${n})/(2*${s})) - 1`)
    },
  },
  {
    name: "TV of shifted Laplace laws",
    make: (d) => {
      const [m, b, n] = [d.real(), d.pos(), d.real()]
      return balanced(`TV(Laplace(${m}, ${b}), Laplace(${n}, ${b}))`, `1 - exp(-abs(${m} - ${n})/(2*${b}))`)
    },
  },
  {
    name: "TV of uniforms",
    make: (d) => {
      const [a, w] = [d.pos(), d.prob()]
      return equal(`TV(Uniform(0, ${a}), Uniform(0, ${a}*${w}))`, `1 - ${w}`, { scale: 0.1 })
    },
  },
  {
    name: "TV of exponentials",
    make: (d) => {
      const a = d.pos()
      const b = `(${a} + ${d.pos()})`
      return equal(`TV(Exponential(${a}), Exponential(${b}))`, `(${a}/${b})^(${a}/(${b} - ${a}))*(1 - ${a}/${b})`, { scale: 0.01 })
    },
  },
  {
    name: "Fisher of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`Fisher(Normal(${m}, ${s}), Normal(${n}, ${t}))`, `(1/${t}^2 - 1/${s}^2)^2*${s}^2 + (${m} - ${n})^2/${t}^4`)
    },
  },
]

export const closedDivergences: ReadonlyArray<Kind> = [...closed]
