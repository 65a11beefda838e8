/**
 * Discrete laws, mixtures and affine images; inequalities of moments and entropies.
 */
import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { having, continuousLaw, discreteLaw, lineLaw, momentLaw, normalMixture } from "./law-table.ts"
import type { LawDraft } from "./law-table.ts"
import type { Draw } from "./draw.ts"

const discrete: ReadonlyArray<Kind> = [
  {
    name: "discrete mean",
    make: (d) => {
      const l = discreteLaw(d)
      return balanced(`Mean(${l.text})`, l.mean)
    },
  },
  {
    name: "discrete variance",
    make: (d) => {
      const l = discreteLaw(d)
      return balanced(`E(k, ${l.text}, (k - (${l.mean}))^2)`, l.variance)
    },
  },
  {
    name: "discrete entropy",
    make: (d) => {
      for (;;) {
        const l = discreteLaw(d)
        if (l.entropy !== undefined) return balanced(`Entropy(${l.text})`, l.entropy)
      }
    },
  },
  {
    name: "binomial generating function",
    make: (d) => {
      const [n, p, t] = [d.int(1, 12), d.prob(), d.real(2)]
      return equal(`E(k, Binomial(${n}, ${p}), exp(${t}*k))`, `(1 - ${p} + ${p}*exp(${t}))^${n}`)
    },
  },
  {
    name: "Poisson generating function",
    make: (d) => {
      const [r, t] = [d.pos(0.2, 5), d.real(1)]
      return equal(`E(k, Poisson(${r}), exp(${t}*k))`, `exp(${r}*(exp(${t}) - 1))`, { scale: 0.1 })
    },
  },
  {
    name: "Poisson parity",
    make: (d) => {
      const r = d.pos(0.1, 6)
      return equal(`E(k, Poisson(${r}), cos(pi*k))`, `exp(-2*${r})`, { scale: 0.01 })
    },
  },
  {
    name: "Poisson and gamma",
    make: (d) => {
      const [r, n] = [d.pos(0.2, 9), d.int(0, 12)]
      return equal(`cdf(Poisson(${r}), ${n})`, `1 - cdf(Gamma(${n + 1}, 1), ${r})`, { nonzero: false })
    },
  },
  {
    name: "binomial and beta",
    make: (d) => {
      const [n, p] = [d.int(2, 10), d.prob()]
      const k = d.int(0, n - 1)
      return equal(`cdf(Binomial(${n}, ${p}), ${k})`, `1 - cdf(Beta(${k + 1}, ${n - k}), ${p})`, { nonzero: false, scale: 0.1 })
    },
  },
  {
    name: "geometric tail",
    make: (d) => {
      const [p, n] = [d.prob(), d.int(1, 9)]
      return equal(`1 - cdf(Geometric(${p}), ${n})`, `(1 - ${p})^${n}`, { scale: 0.01 })
    },
  },
  {
    name: "categorical",
    make: (d) => {
      const w = d.weights(3)
      return equal(`E(k, Categorical([${w.join(", ")}]), k^2)`, `${w[1]} + 4*${w[2]}`)
    },
  },
]

const mixtures: ReadonlyArray<Kind> = [
  {
    name: "mixture mean",
    make: (d) => {
      const m = normalMixture(d)
      return balanced(`Mean(${m.text})`, m.weights.map((w, i) => `${w}*${m.means[i]}`).join(" + "))
    },
  },
  {
    name: "mixture variance",
    make: (d) => {
      const m = normalMixture(d)
      const mean = `(${m.weights.map((w, i) => `${w}*${m.means[i]}`).join(" + ")})`
      return equal(`Var(${m.text})`, m.weights.map((w, i) => `${w}*(${m.sds[i]}^2 + (${m.means[i]} - ${mean})^2)`).join(" + "))
    },
  },
  {
    name: "mixture expectation",
    make: (d) => {
      const m = normalMixture(d)
      const f = d.pick(["tanh(x)", "softplus(x)", "exp(-x^2)", "abs(x)", "if(x > 0, 1, x)"])
      return balanced(`E(x, ${m.text}, ${f})`, m.weights.map((w, i) => `${w}*E(x, ${m.parts[i]}, ${f})`).join(" + "))
    },
  },
  {
    name: "mixture with weight 0",
    make: (d) => {
      const [l, r] = [continuousLaw(d, ["normal", "laplace", "logistic"]), continuousLaw(d, ["normal", "cauchy"])]
      return equal(`pdf(Mixture([0, 1], [${r.text}, ${l.text}]), ${l.point})`, `pdf(${l.text}, ${l.point})`, { scale: 0.01 })
    },
  },
  {
    name: "mixture log density",
    make: (d) => {
      const [m, x] = [normalMixture(d), d.real(8)]
      return balanced(`logpdf(${m.text}, ${x})`, `logsumexp(${m.weights.map((w, i) => `log(${w}) + logpdf(${m.parts[i]}, ${x})`).join(", ")})`)
    },
  },
  {
    name: "mixture of uniforms",
    make: (d) => {
      const [a, p] = [d.pos(0.2, 3), d.prob()]
      return equal(
        `E(x, Mixture([${p}, 1 - ${p}], [Uniform(0, ${a}), Uniform(${a} + 1, ${a} + 2)]), x^2)`,
        `${p}*${a}^2/3 + (1 - ${p})*((${a} + 2)^3 - (${a} + 1)^3)/3`,
      )
    },
  },
  {
    name: "affine law",
    make: (d) => {
      const [l, a, b] = [momentLaw(d), d.nonzero(), d.real()]
      return balanced(`Mean(Affine(${l.text}, ${a}, ${b}))`, `${a}*${`(${l.mean})`} + ${b}`)
    },
  },
  {
    name: "affine density",
    make: (d) => {
      const [l, a, b] = [continuousLaw(d), d.nonzero(), d.real()]
      return equal(`pdf(Affine(${l.text}, ${a}, ${b}), ${a}*${l.point} + ${b})`, `pdf(${l.text}, ${l.point})/abs(${a})`, { scale: 0.01 })
    },
  },
  {
    name: "affine expectation",
    make: (d) => {
      const [l, a, b] = [continuousLaw(d), d.nonzero(), d.real()]
      return balanced(`E(x, Affine(${l.text}, ${a}, ${b}), tanh(x))`, `E(x, ${l.text}, tanh(${a}*x + ${b}))`)
    },
  },
  {
    name: "affine entropy",
    make: (d) =>
      having(d, "entropy", (l) => {
        const [a, b] = [d.nonzero(), d.real()]
        return balanced(`Entropy(Affine(${l.text}, ${a}, ${b}))`, `${l.entropy} + log(abs(${a}))`)
      }),
  },
]

const inequalities: ReadonlyArray<Kind> = [
  {
    name: "Jensen for exp",
    make: (d) =>
      having(d, "transform", (l) => atMost(`exp(${l.transform.t}*Mean(${l.text}))`, `E(x, ${l.text}, exp(${l.transform.t}*x))`, { strict: true })),
  },
  {
    name: "Jensen for the square",
    make: (d) => {
      const l = momentLaw(d)
      return atMost(`Mean(${l.text})^2`, `E(x, ${l.text}, x^2)`, { strict: true, gap: `Var(${l.text})` })
    },
  },
  {
    name: "Jensen for softplus",
    make: (d) => {
      const l = momentLaw(d)
      return atMost(`softplus(Mean(${l.text}))`, `E(x, ${l.text}, softplus(x))`, { strict: true })
    },
  },
  {
    name: "Markov",
    make: (d) => {
      const [l, t] = [continuousLaw(d, ["exponential", "gamma", "logNormal"]), d.pos(0.2, 8)]
      return atMost(`P(x, ${l.text}, x > ${t})`, `Mean(${l.text})/${t}`, { strict: true })
    },
  },
  {
    name: "Chebyshev",
    make: (d) => {
      const [l, t] = [lineLaw(d), d.pos(0.2, 6)]
      return atMost(`P(x, ${l.text}, abs(x - ${l.mean}) > ${t})`, `Var(${l.text})/${t}^2`, { strict: true })
    },
  },
  {
    name: "Cauchy-Schwarz",
    make: (d) => {
      const l = momentLaw(d)
      return atMost(`E(x, ${l.text}, x*tanh(x))^2`, `E(x, ${l.text}, x^2)*E(x, ${l.text}, tanh(x)^2)`, { strict: true })
    },
  },
  {
    name: "greatest entropy",
    make: (d) => {
      const l = rounded(d)
      return atMost(`Entropy(${l.text})`, `log(2*pi*e*Var(${l.text}))/2`, l.kind === "Normal" ? {} : { strict: true })
    },
  },
  {
    name: "mixture entropy",
    weight: 0.5,
    make: (d) => {
      const m = normalMixture(d, 2)
      return atMost(
        m.weights.map((w, i) => `${w}*Entropy(${m.parts[i]})`).join(" + "),
        `Entropy(${m.text})`,
        m.parts[0] === m.parts[1] ? {} : { strict: true },
      )
    },
  },
]

const rounded = (d: Draw): LawDraft => continuousLaw(d, ["normal", "uniform", "laplace", "logistic", "gamma", "beta", "student"])

export const mixed: ReadonlyArray<Kind> = [...discrete, ...mixtures, ...inequalities]
