import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { plain, power } from "./shapes.ts"

const tails: ReadonlyArray<Kind> = [
  {
    name: "far normal tail",
    make: (d) => {
      const t = d.pos(4, 38)
      return equal(`P(x, Normal(0, 1), x > ${t})`, `erfc(${t}/sqrt(2))/2`, { scale: 1e-320 })
    },
  },
  {
    name: "far normal tail by quadrature",
    make: (d) => {
      const t = d.pos(3, 30)
      return equal(`integral(x, ${t}, inf, exp(-x^2/2)/sqrt(2*pi))`, `normcdf(-${t})`, { scale: 1e-200 })
    },
  },
  {
    name: "rare expectation",
    make: (d) => {
      const t = d.pos(5, 25)
      return equal(`E(x, Normal(0, 1), if(x > ${t}, exp(x), 0))`, `sqrt(e)*normcdf(1 - ${t})`, { scale: 1e-140 })
    },
  },
  {
    name: "exponential tilt",
    make: (d) => {
      const t = d.pos(3, 35)
      return equal(`E(x, Normal(0, 1), exp(${t}*x - ${t}^2/2))`, "1")
    },
  },
  {
    name: "rare component",
    make: (d) => {
      const [w, m, s] = [`1e-${d.int(3, 14)}`, d.pos(20, 3000), d.pos(1e-3, 2)]
      return equal(`integral(x, -inf, inf, x*pdf(Mixture([1 - ${w}, ${w}], [Normal(0, 1), Normal(${m}, ${s})]), x))`, `${w}*${m}`, { scale: 1e-14 })
    },
  },
  {
    name: "mass of a rare component",
    make: (d) => {
      const [w, m, s] = [`1e-${d.int(2, 12)}`, d.pos(20, 3000), d.pos(1e-3, 2)]
      return equal(`integral(x, -inf, inf, pdf(Mixture([1 - ${w}, ${w}], [Normal(0, 1), Normal(${m}, ${s})]), x))`, "1", { scale: 1e-3 })
    },
  },
  {
    name: "narrow peak far away",
    make: (d) => {
      const [c, w] = [d.pos(10, 900), d.pos(1e-5, 1e-2)]
      return equal(`integral(x, 0, 1000, exp(-((x - ${c})/${w})^2))`, `${w}*sqrt(pi)*(erf(${c}/${w}) + erf((1000 - ${c})/${w}))/2`, { scale: 1e-5 })
    },
  },
  {
    name: "huge standard deviation",
    make: (d) => {
      const [m, s] = [d.real(), power(d, 2, 8)]
      return balanced(`E(x, Normal(${m}, ${s}), softplus(x) - softplus(-x))`, m)
    },
  },
  {
    name: "tiny standard deviation",
    make: (d) => {
      const [m, s] = [d.real(), power(d, -9, -2)]
      return atMost(`abs(E(x, Normal(${m}, ${s}), sin(x)) - sin(${m}))`, `${s}^2/2 + 1e-30`, { strict: true })
    },
  },
  {
    name: "heavy moment",
    make: (d) => {
      const [xm, e] = [d.pos(0.3, 3), d.pos(0.01, 0.4)]
      return equal(`E(x, Pareto(${xm}, 1 + ${e}), x)`, `(1 + ${e})*${xm}/${e}`)
    },
  },
  {
    name: "heavy moment by quadrature",
    make: (d) => {
      const e = d.pos(0.05, 0.6)
      return equal(`integral(x, 1, inf, x*pdf(Pareto(1, 1 + ${e}), x))`, `(1 + ${e})/${e}`)
    },
  },
  {
    name: "Student near two degrees",
    make: (d) => {
      const e = d.pos(0.02, 0.5)
      return equal(`Var(StudentT(2 + ${e}, 0, 1))`, `(2 + ${e})/${e}`)
    },
  },
  {
    name: "Cauchy tail",
    make: (d) => {
      const t = power(d, 1, 12)
      return equal(`P(x, Cauchy(0, 1), x > ${t})`, `atan(1/${t})/pi`, { scale: 1e-13, nonzero: true })
    },
  },
  {
    name: "integral of the log of a Cauchy density",
    weight: 0.5,
    make: (d) => {
      const s = d.pos(1e-3, 1e3)
      return balanced(`-E(x, Cauchy(0, ${s}), logpdf(Cauchy(0, ${s}), x))`, `log(4*pi*${s})`)
    },
  },
  {
    name: "slow convergence",
    make: (d) => {
      const p = d.pos(0.1, 0.6)
      return equal(`integral(x, 0, inf, x^(-${p})/(1 + x))`, `pi/sin(pi*${p})`)
    },
  },
  {
    name: "log-normal moment of high order",
    make: (d) => {
      const [s, k] = [d.pos(0.3, 2), d.int(2, 6)]
      return equal(`E(x, LogNormal(0, ${s}), x^${k})`, `exp(${k * k}*${s}^2/2)`)
    },
  },
  {
    name: "extreme quantile",
    weight: 0.5,
    make: (d) => {
      const u = power(d, -30, -5)
      return equal(`normcdf(quantile(Normal(0, 1), ${u}))`, u, { scale: 1e-32 })
    },
  },
  {
    name: "quantile of an exponential tail",
    make: (d) => {
      const k = d.int(3, 30)
      return equal(`quantile(Exponential(1), 1 - 1e-${k})`, `${k}*log(10)`)
    },
  },
]

const edges: ReadonlyArray<Kind> = [
  {
    name: "two singular ends",
    make: (d) => {
      const [a, w] = [d.real(2), d.pos()]
      return equal(`integral(x, ${a}, ${a} + ${w}, 1/sqrt((x - ${a})*(${a} + ${w} - x)))`, "pi")
    },
  },
  {
    name: "pole outside",
    make: (d) => {
      const e = power(d, -12, -1)
      return equal(`integral(x, 0, 1, 1/(x + ${e}))`, `log1p(1/${e})`)
    },
  },
  {
    name: "Beta with singular ends",
    make: (d) => {
      const [a, b] = [d.pos(0.15, 1), d.pos(0.15, 1)]
      return equal(`integral(x, 0, 1, x^(${a} - 1)*(1 - x)^(${b} - 1))`, `exp(lgamma(${a}) + lgamma(${b}) - lgamma(${a} + ${b}))`)
    },
  },
  {
    name: "Gamma with a singular end",
    make: (d) => {
      const a = d.pos(0.1, 1)
      return equal(`E(x, Gamma(${a}, 1), exp(-x))`, `2^(-${a})`)
    },
  },
  {
    name: "log at a singular end",
    make: (d) => {
      const a = d.pos(0.2, 3)
      return equal(`integral(x, 0, 1, x^(${a} - 1)*log(x))`, `-1/${a}^2`)
    },
  },
  {
    name: "nested absolute values",
    make: (d) => {
      const c = d.pos(0.1, 2.9)
      return equal(`integral(x, -3, 3, abs(abs(x) - ${c}))`, `${c}^2 + (3 - ${c})^2`)
    },
  },
  {
    name: "kinks at irrational places",
    make: (d) => {
      const c = d.pos(0.2, 8)
      return equal(`integral(x, -3, 3, abs(x^2 - ${c}))`, `if(${c} < 9, 18 - 6*${c} + 8*${c}*sqrt(${c})/3, 6*${c} - 18)`)
    },
  },
  {
    name: "jump of a rounded quantity",
    make: (d) => {
      const [m, s] = [d.real(2), d.pos(0.2, 2)]
      return equal(`E(x, Normal(${m}, ${s}), sign(x)*x)`, `E(x, Normal(${m}, ${s}), abs(x))`)
    },
  },
  { name: "probability of a point", make: (d) => balanced(`P(x, Normal(0, 1), x == ${d.real()})`, "0") },
  { name: "probability outside a support", make: (d) => balanced(`P(x, Exponential(${d.pos()}), x < ${d.pick(["0", "-1"])})`, "0") },
  {
    name: "mass of an atom",
    make: (d) => {
      const [r, k] = [d.pos(0.2, 5), d.int(0, 9)]
      return equal(`P(k, Poisson(${r}), k == ${k})`, `exp(-${r})*${r}^${k}/gamma(${k + 1})`, { scale: 1e-6 })
    },
  },
  {
    name: "branch outside a support",
    make: (d) => {
      const r = d.pos()
      return equal(`E(x, Exponential(${r}), if(x < 0, log(x), x))`, `1/${r}`)
    },
  },
  {
    name: "parts of a support",
    make: (d) => {
      const c = d.prob()
      return equal(`E(x, Uniform(0, 1), if(x < ${c}, x, 0)) + E(x, Uniform(0, 1), if(x < ${c}, 0, x))`, "1/2")
    },
  },
  {
    name: "KL of nested supports",
    make: (d) => {
      const [a, b] = [d.prob(), d.pos()]
      return equal(`KL(Uniform(0, ${a}*${b}), Uniform(0, ${b}))`, `-log(${a})`, { scale: 0.1 })
    },
  },
  {
    name: "TV of disjoint laws",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return equal(`TV(Uniform(0, ${a}), Uniform(${a} + ${b}, ${a} + 2*${b}))`, "1")
    },
  },
  {
    name: "JS of disjoint laws",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return equal(`JS(Uniform(0, ${a}), Affine(Exponential(${b}), 1, ${a}))`, "log(2)")
    },
  },
  {
    name: "TV of overlapping uniforms",
    make: (d) => {
      const [a, w] = [d.prob(), d.pos()]
      return equal(`TV(Uniform(0, ${w}), Uniform(${a}*${w}, ${w} + ${a}*${w}))`, a, { scale: 0.1 })
    },
  },
  {
    name: "reflected law",
    make: (d) => {
      const [a, r, t] = [d.pos(0.6, 4), d.pos(), d.real()]
      return balanced(`E(x, Affine(Gamma(${a}, ${r}), -1, ${t}), tanh(x))`, `E(x, Gamma(${a}, ${r}), tanh(${t} - x))`)
    },
  },
  {
    name: "kink that meets a moving end",
    make: (d) => balanced("D(integral(t, 0, x, abs(t - 1)), x)", "abs(x - 1)", { at: { x: plain(d.pick(["1", "1/2", "2", d.pos()])) } }),
  },
  {
    name: "second derivative across a kink",
    make: (d) => {
      const b = d.pos(0.4, 2)
      return equal(`D(E(z, Laplace(x, ${b}), abs(z)), x)`, `sign(x)*(1 - exp(-abs(x)/${b}))`, { at: { x: plain(d.nonzero()) }, scale: 0.1 })
    },
  },
  {
    name: "noise at small scale",
    weight: 0.5,
    make: (d) => {
      const [s, x] = [d.pos(1e-3, 0.1), d.prob()]
      return equal(`pdf(Diffused(Uniform(0, 1), 1, ${s}), ${x})`, `normcdf(${x}/${s}) - normcdf((${x} - 1)/${s})`)
    },
  },
  {
    name: "posterior far from everything",
    make: (d) => {
      const [s, x] = [d.pos(0.1, 1), d.pos(10, 200)]
      return atMost(`PosteriorMean(Uniform(0, 1), 1, ${s}, ${x})`, "1", { strict: true })
    },
  },
]

export const hostile: ReadonlyArray<Kind> = [...tails, ...edges]
