import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { continuousLaw, momentLaw, normalMixture } from "./law-table.ts"

const transport: ReadonlyArray<Kind> = [
  {
    name: "W2 of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`W2(Normal(${m}, ${s}), Normal(${n}, ${t}))^2`, `(${m} - ${n})^2 + (${s} - ${t})^2`)
    },
  },
  {
    name: "W1 of shifts",
    make: (d) => {
      const [l, b] = [momentLaw(d), d.nonzero()]
      return equal(`W1(${l.text}, Affine(${l.text}, 1, ${b}))`, `abs(${b})`)
    },
  },
  {
    name: "W2 of shifts",
    make: (d) => {
      const [m, s, b] = [d.real(), d.pos(), d.nonzero()]
      const k = d.pick(["Laplace", "Logistic", "Normal", "Cauchy"])
      return equal(`W2(${k}(${m}, ${s}), ${k}(${m} + ${b}, ${s}))`, `abs(${b})`)
    },
  },
  {
    name: "W1 by distribution functions",
    weight: 0.6,
    make: (d) => {
      const [p, q] = [continuousLaw(d, ["normal", "laplace", "logistic"]), continuousLaw(d, ["normal", "laplace", "logistic"])]
      return balanced(`W1(${p.text}, ${q.text})`, `integral(x, -inf, inf, abs(cdf(${p.text}, x) - cdf(${q.text}, x)))`)
    },
  },
  {
    // Affine maps stay in the family, so both sides meet other numbers: other crossings, other brackets.
    name: "W1 is homogeneous",
    weight: 2,
    make: (d) => {
      const [p, q] = [normalMixture(d), d.pick([normalMixture(d), continuousLaw(d, ["normal", "laplace", "logistic"])])]
      const [a, b] = [d.pos(), d.real()]
      return equal(`W1(Affine(${p.text}, ${a}, ${b}), Affine(${q.text}, ${a}, ${b}))`, `${a}*W1(${p.text}, ${q.text})`)
    },
  },
  {
    name: "W1 of gammas by distribution functions",
    weight: 0.4,
    make: (d) => {
      const [k, r, l, s] = [d.int(1, 4), d.pos(), d.int(1, 4), d.pos()]
      const F = (n: string, rate: string): string => `(1 - exp(-${rate}*x)*total(j, 0, ${n} - 1, (${rate}*x)^j/gamma(j + 1)))`
      return balanced(`W1(Gamma(${k}, ${r}), Gamma(${l}, ${s}))`, `integral(x, 0, inf, abs(${F(String(k), r)} - ${F(String(l), s)}))`)
    },
  },
  {
    name: "W1 of exponentials",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return balanced(`W1(Exponential(${a}), Exponential(${b}))`, `abs(1/${a} - 1/${b})`)
    },
  },
  {
    name: "W2 of exponentials",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return balanced(`W2(Exponential(${a}), Exponential(${b}))^2`, `2*(1/${a} - 1/${b})^2`)
    },
  },
  {
    name: "W1 of points",
    make: (d) => {
      const [x, y, p] = [d.real(), d.real(), d.prob()]
      return balanced(`W1(Dirac(${x}), Discrete([${x}, ${y} + 9], [${p}, 1 - ${p}]))`, `(1 - ${p})*abs(${y} + 9 - ${x})`)
    },
  },
  {
    name: "W1 of two points each",
    make: (d) => {
      const [p, q, a] = [d.prob(), d.prob(), d.pos()]
      return balanced(`W1(Discrete([0, ${a}], [1 - ${p}, ${p}]), Discrete([0, ${a}], [1 - ${q}, ${q}]))`, `${a}*abs(${p} - ${q})`)
    },
  },
  {
    name: "W2 of uniforms",
    make: (d) => {
      const [a, w, b, v] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`W2(Uniform(${a}, ${a} + ${w}), Uniform(${b}, ${b} + ${v}))^2`, `(${a} + ${w}/2 - ${b} - ${v}/2)^2 + (${w} - ${v})^2/12`)
    },
  },
  {
    name: "W1 below W2",
    make: (d) => {
      const [p, q] = [`Normal(${d.real()}, ${d.pos()})`, `Normal(${d.real()}, ${d.pos()})`]
      return atMost(`W1(${p}, ${q})`, `W2(${p}, ${q})`)
    },
  },
  {
    name: "Bures of commuting matrices",
    make: (d) => {
      const [a, b, c, e] = [d.pos(), d.pos(), d.pos(), d.pos()]
      return balanced(
        `W2(MvNormal([0, 0], [[${a}^2, 0], [0, ${b}^2]]), MvNormal([1, 0], [[${c}^2, 0], [0, ${e}^2]]))^2`,
        `1 + (${a} - ${c})^2 + (${b} - ${e})^2`,
      )
    },
  },
  {
    name: "W1 against a mean",
    make: (d) => {
      const p = momentLaw(d)
      return atMost(`abs(Mean(${p.text}))`, `W1(${p.text}, Dirac(0))`)
    },
  },
  {
    name: "W1 triangle",
    weight: 0.5,
    make: (d) => {
      const [p, q, r] = [1, 2, 3].map(() => `Normal(${d.real()}, ${d.pos()})`)
      return atMost(`W1(${p}, ${r})`, `W1(${p}, ${q}) + W1(${q}, ${r})`)
    },
  },
]

const diffusion: ReadonlyArray<Kind> = [
  {
    name: "diffused normal",
    make: (d) => {
      const [m, s, a, c, x] = [d.real(), d.pos(), d.nonzero(0.2, 2), d.pos(), d.real()]
      return balanced(
        `logpdf(Diffused(Normal(${m}, ${s}), ${a}, ${c}), ${x})`,
        `-(${x} - ${a}*${m})^2/(2*(${a}^2*${s}^2 + ${c}^2)) - log(2*pi*(${a}^2*${s}^2 + ${c}^2))/2`,
      )
    },
  },
  {
    name: "semigroup",
    make: (d) => {
      const m = d.pick([normalMixture(d, 2).text, `Laplace(${d.real()}, ${d.pos()})`, `Uniform(-1, ${d.pos()})`])
      const [a, b, s, t, x] = [d.nonzero(0.3, 2), d.nonzero(0.3, 2), d.pos(0.3, 2), d.pos(0.3, 2), d.real(3)]
      return equal(
        `pdf(Diffused(Diffused(${m}, ${a}, ${s}), ${b}, ${t}), ${x})`,
        `pdf(Diffused(${m}, ${a}*${b}, sqrt(${b}^2*${s}^2 + ${t}^2)), ${x})`,
        { scale: 0.01 },
      )
    },
  },
  {
    name: "diffused density by convolution",
    weight: 0.6,
    make: (d) => {
      const [l, c, x] = [continuousLaw(d, ["uniform", "exponential", "laplace", "logistic", "gamma"]), d.pos(0.3, 2), d.real(3)]
      return equal(`pdf(Diffused(${l.text}, 1, ${c}), ${x})`, `E(z, ${l.text}, pdf(Normal(z, ${c}), ${x}))`, { scale: 0.01 })
    },
  },
  {
    name: "diffused variance",
    make: (d) => {
      const [l, a, c] = [momentLaw(d), d.nonzero(), d.pos()]
      return equal(`Var(Diffused(${l.text}, ${a}, ${c}))`, `${a}^2*(${l.variance}) + ${c}^2`)
    },
  },
  {
    name: "diffused atoms",
    make: (d) => {
      const [x, y, p, c, z] = [d.real(), d.real(), d.prob(), d.pos(0.3, 2), d.real()]
      return equal(
        `pdf(Diffused(Discrete([${x}, ${y} + 9], [${p}, 1 - ${p}]), 1, ${c}), ${z})`,
        `${p}*pdf(Normal(${x}, ${c}), ${z}) + (1 - ${p})*pdf(Normal(${y} + 9, ${c}), ${z})`,
        { scale: 0.01 },
      )
    },
  },
  {
    name: "Tweedie",
    make: (d) => {
      const m = d.pick([
        normalMixture(d, 2).text,
        `Laplace(${d.real()}, ${d.pos(0.4, 3)})`,
        `Uniform(-2, ${d.pos()})`,
        `Normal(${d.real()}, ${d.pos()})`,
      ])
      const [a, s, x] = [d.nonzero(0.3, 2), d.pos(0.3, 2), d.real(3)]
      return balanced(`PosteriorMean(${m}, ${a}, ${s}, ${x})`, `(${x} + ${s}^2*score(Diffused(${m}, ${a}, ${s}), ${x}))/${a}`)
    },
  },
  {
    name: "Tweedie of second order",
    weight: 0.6,
    make: (d) => {
      const m = normalMixture(d, 2).text
      const [a, s] = [d.nonzero(0.3, 2), d.pos(0.4, 2)]
      return balanced(`PosteriorCov(${m}, ${a}, ${s}, x)`, `(${s}^2 + ${s}^4*D(logpdf(Diffused(${m}, ${a}, ${s}), x), x, 2))/${a}^2`, {
        at: { x: `${d.int(-30, 30)}/8` },
      })
    },
  },
  {
    name: "normal posterior",
    make: (d) => {
      const [m, s, a, c, x] = [d.real(), d.pos(), d.nonzero(0.3, 2), d.pos(), d.real()]
      return balanced(`PosteriorMean(Normal(${m}, ${s}), ${a}, ${c}, ${x})`, `(${m}/${s}^2 + ${a}*${x}/${c}^2)/(1/${s}^2 + ${a}^2/${c}^2)`)
    },
  },
  {
    name: "normal posterior variance",
    make: (d) => {
      const [m, s, a, c, x] = [d.real(), d.pos(), d.nonzero(0.3, 2), d.pos(), d.real()]
      return equal(`PosteriorCov(Normal(${m}, ${s}), ${a}, ${c}, ${x})`, `1/(1/${s}^2 + ${a}^2/${c}^2)`)
    },
  },
  {
    name: "two-point posterior",
    make: (d) => {
      const [p, s, x] = [d.prob(), d.pos(0.4, 3), d.real(3)]
      return balanced(`PosteriorMean(Discrete([-1, 1], [1 - ${p}, ${p}]), 1, ${s}, ${x})`, `tanh(${x}/${s}^2 + log(${p}/(1 - ${p}))/2)`)
    },
  },
  {
    name: "law of total variance",
    weight: 0.3,
    make: (d) => {
      const [s, c] = [d.pos(0.5, 2), d.pos(0.5, 2)]
      const m = `Mixture([1/3, 2/3], [Normal(0, ${s}), Normal(2, 1)])`
      return balanced(`Var(${m})`, `E(x, Diffused(${m}, 1, ${c}), PosteriorCov(${m}, 1, ${c}, x) + (PosteriorMean(${m}, 1, ${c}, x) - Mean(${m}))^2)`)
    },
  },
  {
    name: "reparametrisation",
    make: (d) => {
      const [m, s] = [d.real(), d.pos()]
      const f = d.pick(["tanh(x)", "exp(-x^2)", "softplus(x)"])
      return balanced(`E(x, Normal(${m}, ${s}), ${f})`, `E(z, Normal(0, 1), ${f.replace(/\bx\b/g, `(${m} + ${s}*z)`)})`)
    },
  },
  {
    name: "evidence lower bound",
    make: (d) => {
      const [x, m, s] = [d.real(), d.real(), d.pos(0.3, 2)]
      const [prior, q] = ["Normal(0, 1)", `Normal(${m}, ${s})`]
      return atMost(`E(z, ${q}, logpdf(Normal(z, 1), ${x}) + logpdf(${prior}, z) - logpdf(${q}, z))`, `logpdf(Normal(0, sqrt(2)), ${x})`, {
        gap: `KL(${q}, Normal(${x}/2, sqrt(1/2)))`,
      })
    },
  },
  {
    name: "importance weights",
    make: (d) => {
      const [x, m, s] = [d.real(), d.real(), d.pos(0.8, 2)]
      return equal(
        `E(z, Normal(${m}, ${s}), pdf(Normal(z, 1), ${x})*pdf(Normal(0, 1), z)/pdf(Normal(${m}, ${s}), z))`,
        `pdf(Normal(0, sqrt(2)), ${x})`,
        { scale: 0.1 },
      )
    },
  },
]

export const transports: ReadonlyArray<Kind> = [...transport, ...diffusion]
