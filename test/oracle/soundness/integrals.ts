import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { continuousLaw, lineLaw, normalMixture } from "./law-table.ts"
import { at, smooth } from "./shapes.ts"

const scores: ReadonlyArray<Kind> = [
  {
    name: "score",
    make: (d) => {
      const l = lineLaw(d)
      return balanced(`score(${l.text}, x)`, `D(logpdf(${l.text}, x), x)`, { at: { x: `${d.int(-40, 40)}/7` } })
    },
  },
  {
    name: "score by hand",
    make: (d) => {
      const [m, s] = [d.real(), d.pos()]
      return balanced(`score(Normal(${m}, ${s}), x)`, `(${m} - x)/${s}^2`, at(d))
    },
  },
  {
    name: "score of a mixture",
    make: (d) => {
      const m = normalMixture(d)
      return balanced(`score(${m.text}, x)`, `D(pdf(${m.text}, x), x)/pdf(${m.text}, x)`, at(d))
    },
  },
  {
    name: "mean score",
    make: (d) => {
      const l = lineLaw(d)
      return balanced(`E(z, ${l.text}, score(${l.text}, z))`, "0")
    },
  },
  {
    name: "information of a location",
    make: (d) => {
      const s = d.pos(0.3, 3)
      return equal(`E(z, Logistic(0, ${s}), score(Logistic(0, ${s}), z)^2)`, `1/(3*${s}^2)`)
    },
  },
  {
    name: "Stein",
    make: (d) => {
      const [f, g] = smooth(d)
      const [m, s] = [d.real(2), d.pos(0.3, 2)]
      return balanced(`E(x, Normal(${m}, ${s}), (x - ${m})*(${f}))`, `${s}^2*E(x, Normal(${m}, ${s}), ${g})`)
    },
  },
  {
    name: "Stein by the score",
    make: (d) => {
      const [f, g] = smooth(d)
      const l = continuousLaw(d, ["normal", "logistic", "laplace"])
      return balanced(`E(x, ${l.text}, score(${l.text}, x)*(${f}))`, `-E(x, ${l.text}, ${g})`)
    },
  },
  {
    name: "Stein for a mixture",
    make: (d) => {
      const m = normalMixture(d, 2)
      const [f, g] = smooth(d)
      return balanced(`E(x, ${m.text}, score(${m.text}, x)*(${f}) + (${g}))`, "0")
    },
  },
  {
    name: "Stein for gamma",
    make: (d) => {
      const [a, r] = [d.pos(1.1, 5), d.pos()]
      return balanced(`E(x, Gamma(${a}, ${r}), (${a} - ${r}*x)*sin(x) + x*cos(x))`, "0")
    },
  },
  {
    name: "Stein for Poisson",
    make: (d) => {
      const r = d.pos(0.2, 5)
      return balanced(`E(k, Poisson(${r}), ${r}*exp(-(k + 1)/2) - k*exp(-k/2))`, "0")
    },
  },
]

const integrals: ReadonlyArray<Kind> = [
  {
    name: "polynomial integral",
    make: (d) => {
      const [a, b] = [d.real(), d.real()]
      return balanced(`integral(x, ${a}, ${b}, 3*x^2 - 2*x + 1)`, `(${b}^3 - ${a}^3) - (${b}^2 - ${a}^2) + ${b} - ${a}`, { scale: 4 })
    },
  },
  {
    name: "integration by parts",
    make: (d) => {
      const [f, g] = smooth(d)
      const a = d.pos(0.3, 3)
      return balanced(`integral(x, 0, ${a}, x*(${g}))`, `${a}*(${f.replace(/\bx\b/g, a)}) - integral(x, 0, ${a}, ${f})`)
    },
  },
  {
    name: "ends exchanged",
    make: (d) => {
      const [f] = smooth(d)
      const [a, b] = [d.real(), d.real()]
      return balanced(`integral(x, ${a}, ${b}, ${f})`, `-integral(x, ${b}, ${a}, ${f})`)
    },
  },
  {
    name: "range cut",
    make: (d) => {
      const [f] = smooth(d)
      const [a, b, c] = [d.real(), d.real(), d.real()]
      return balanced(`integral(x, ${a}, ${b}, ${f})`, `integral(x, ${a}, ${c}, ${f}) + integral(x, ${c}, ${b}, ${f})`)
    },
  },
  {
    name: "Gaussian integral",
    make: (d) => {
      const [a, b] = [d.pos(0.05, 20), d.real(3)]
      return equal(`integral(x, -inf, inf, exp(-${a}*x^2 + ${b}*x))`, `sqrt(pi/${a})*exp(${b}^2/(4*${a}))`)
    },
  },
  {
    name: "arctangent integral",
    make: (d) => {
      const a = d.pos(0.01, 50)
      return equal(`integral(x, -inf, inf, 1/(x^2 + ${a}^2))`, `pi/${a}`)
    },
  },
  {
    name: "half power at 0",
    make: (d) => {
      const [p, b] = [d.prob(), d.pos()]
      return equal(`integral(x, 0, ${b}, x^(${p} - 1))`, `${b}^${p}/${p}`)
    },
  },
  {
    name: "log at 0",
    make: (d) => {
      const b = d.pos(0.1, 5)
      return balanced(`integral(x, 0, ${b}, log(x))`, `${b}*log(${b}) - ${b}`)
    },
  },
  {
    name: "heavy tail",
    make: (d) => {
      const p = `(1 + ${d.pos(0.3, 4)})`
      return equal(`integral(x, 1, inf, x^(-${p}))`, `1/(${p} - 1)`)
    },
  },
  {
    name: "Laplace transform of a power",
    make: (d) => {
      const [n, s] = [d.int(0, 6), d.pos()]
      return equal(`integral(x, 0, inf, x^${n}*exp(-${s}*x))`, `gamma(${n + 1})/${s}^${n + 1}`)
    },
  },
  {
    name: "absolute value integral",
    make: (d) => {
      const c = d.real(2)
      return equal(`integral(x, -3, 3, abs(x - ${c}))`, `9 + ${c}^2`)
    },
  },
  {
    name: "staircase",
    make: (d) => {
      const n = d.int(1, 6)
      return equal(`integral(x, 0, ${n + 1}, floor(x))`, `${n}*(${n} + 1)/2`)
    },
  },
  {
    name: "indicator of a parabola",
    make: (d) => {
      const c = d.pos(0.1, 6)
      return equal(`integral(x, -3, 3, if(x^2 < ${c}, 1, 0))`, `2*sqrt(${c})`, { scale: 1 })
    },
  },
  {
    name: "double integral",
    weight: 0.2,
    make: (d) => {
      const [a, b] = [d.pos(0.3, 2), d.pos(0.3, 2)]
      return equal(`integral(x, 0, ${a}, integral(y, 0, ${b}, exp(x*y)*x))`, `integral(x, 0, ${a}, expm1(${b}*x))`)
    },
  },
  {
    name: "triangle",
    weight: 0.2,
    make: (d) => {
      const a = d.pos(0.3, 3)
      return equal(`integral(x, 0, ${a}, integral(y, 0, x, cos(x - y)))`, `1 - cos(${a})`)
    },
  },
  {
    name: "convolution of normals",
    weight: 0.2,
    make: (d) => {
      const [s, t, x] = [d.pos(0.4, 2), d.pos(0.4, 2), d.real()]
      return equal(`integral(z, -inf, inf, pdf(Normal(0, ${s}), z)*pdf(Normal(0, ${t}), ${x} - z))`, `pdf(Normal(0, sqrt(${s}^2 + ${t}^2)), ${x})`, {
        scale: 0.1,
      })
    },
  },
  {
    name: "sharp peak",
    make: (d) => {
      const [c, w] = [d.real(1), d.pos(1e-6, 1e-2)]
      return equal(`integral(x, -2, 2, ${w}/(${w}^2 + (x - ${c})^2))`, `atan((2 - ${c})/${w}) + atan((2 + ${c})/${w})`)
    },
  },
  {
    name: "fast oscillation",
    make: (d) => {
      const w = d.int(20, 300)
      return balanced(`integral(x, 0, 1, cos(${w}*x))`, `sin(${w})/${w}`, { scale: 0.001 })
    },
  },
  {
    name: "comparison of integrals",
    make: (d) => {
      const a = d.pos(0.2, 4)
      return atMost(`integral(x, 0, ${a}, sin(x)/(1 + x))`, `log1p(${a})`, { strict: true })
    },
  },
]

export const knownIntegrals: ReadonlyArray<Kind> = [...scores, ...integrals]
