/**
 * Laws: densities, distribution functions, moments, entropies and transforms by closed form against quadrature.
 */
import { balanced, equal } from "./kind.ts"
import type { Draft, Kind } from "./kind.ts"
import { having, continuousLaw, lineLaw, momentLaw } from "./law-table.ts"
import type { LawDraft } from "./law-table.ts"
import { plain } from "./shapes.ts"
import type { Draw } from "./draw.ts"

const densities: ReadonlyArray<Kind> = [
  { name: "pdf by hand", make: (d) => having(d, "pdf", (l) => equal(`pdf(${l.text}, ${l.point})`, l.pdf(l.point), { scale: 0.01 })) },
  {
    name: "logpdf and pdf",
    make: (d) => {
      const l = continuousLaw(d)
      return equal(`exp(logpdf(${l.text}, ${l.point}))`, `pdf(${l.text}, ${l.point})`, { scale: 0.01 })
    },
  },
  { name: "cdf by hand", make: (d) => having(d, "cdf", (l) => equal(`cdf(${l.text}, ${l.point})`, l.cdf(l.point), { scale: 0.01 })) },
  {
    name: "total mass",
    make: (d) => {
      const l = continuousLaw(d)
      return equal(`integral(x, ${l.lo}, ${l.hi}, pdf(${l.text}, x))`, "1")
    },
  },
  { name: "total mass of a formula", make: (d) => having(d, "pdf", (l) => equal(`integral(x, ${l.lo}, ${l.hi}, ${l.pdf("x")})`, "1")) },
  {
    name: "cdf by quadrature",
    make: (d) => {
      const l = continuousLaw(d)
      return equal(`cdf(${l.text}, ${l.point})`, `integral(x, ${l.lo}, ${l.point}, pdf(${l.text}, x))`, { scale: 0.01, nonzero: false })
    },
  },
  {
    name: "upper tail",
    make: (d) => {
      const l = continuousLaw(d)
      return balanced(`P(x, ${l.text}, x > ${l.point})`, `1 - cdf(${l.text}, ${l.point})`)
    },
  },
  {
    name: "interval probability",
    make: (d) => {
      const l = lineLaw(d)
      const [a, b] = [l.point, `(${l.point} + ${d.pos()})`]
      return equal(`P(x, ${l.text}, abs(x - (${a} + ${b})/2) < (${b} - ${a})/2)`, `cdf(${l.text}, ${b}) - cdf(${l.text}, ${a})`, { scale: 0.1 })
    },
  },
  {
    name: "density is the derivative of the distribution function",
    make: (d) =>
      having(d, "pdf", (l) => balanced(`D(cdf(${l.text}, x), x)`, `pdf(${l.text}, x)`, { at: { x: "0" }, scale: 0.1, ...evaluatedAt(d, l) })),
  },
  {
    name: "quantile by hand",
    make: (d) =>
      having(d, "quantile", (l) => {
        const u = d.prob()
        return balanced(`quantile(${l.text}, ${u})`, l.quantile(u))
      }),
  },
  {
    name: "cdf of a quantile",
    weight: 0.5,
    make: (d) => {
      const [l, u] = [lineLaw(d), d.prob()]
      return equal(`cdf(${l.text}, quantile(${l.text}, ${u}))`, u)
    },
  },
  {
    name: "quantile of a cdf",
    weight: 0.3,
    make: (d) => {
      const l = continuousLaw(d, ["normal", "laplace", "logistic", "logNormal", "exponential"])
      return balanced(`quantile(${l.text}, cdf(${l.text}, ${l.point}))`, l.point)
    },
  },
]

/** The parameter x inside the support, as an exact number. */
const evaluatedAt = (d: Draw, l: LawDraft): Pick<Draft, "at" | "let"> => {
  if (l.kind === "Beta") return { at: { x: plain(d.prob()) } }
  if (l.lo === "-inf") return { at: { x: plain(d.nonzero(0.11, 3)) }, let: {} }
  if (l.kind === "Uniform" || l.kind === "Pareto") return { at: { x: "9999/7" } }
  return { at: { x: plain(d.pos(0.1, 4)) } }
}

const moments: ReadonlyArray<Kind> = [
  { name: "mean", make: (d) => having(d, "mean", (l) => balanced(`Mean(${l.text})`, l.mean)) },
  {
    name: "mean by quadrature",
    make: (d) => having(d, "mean", (l) => balanced(`integral(x, ${l.lo}, ${l.hi}, x*pdf(${l.text}, x))`, l.mean), momentLaw),
  },
  { name: "variance", make: (d) => having(d, "variance", (l) => equal(`Var(${l.text})`, l.variance)) },
  { name: "variance as an expectation", make: (d) => having(d, "variance", (l) => equal(`E(x, ${l.text}, (x - ${l.mean})^2)`, l.variance)) },
  {
    name: "variance by quadrature",
    weight: 0.6,
    make: (d) => having(d, "variance", (l) => equal(`integral(x, ${l.lo}, ${l.hi}, (x - ${l.mean})^2*pdf(${l.text}, x))`, l.variance), momentLaw),
  },
  { name: "entropy", make: (d) => having(d, "entropy", (l) => balanced(`Entropy(${l.text})`, l.entropy)) },
  { name: "entropy as an expectation", make: (d) => having(d, "entropy", (l) => balanced(`-E(x, ${l.text}, logpdf(${l.text}, x))`, l.entropy)) },
  {
    name: "entropy by quadrature",
    weight: 0.6,
    make: (d) => having(d, "entropy", (l) => balanced(`-integral(x, ${l.lo}, ${l.hi}, pdf(${l.text}, x)*logpdf(${l.text}, x))`, l.entropy)),
  },
  {
    name: "moment generating function",
    make: (d) => having(d, "transform", (l) => equal(`E(x, ${l.text}, exp(${l.transform.t}*x))`, l.transform.value)),
  },
  {
    name: "characteristic function",
    make: (d) => {
      const [m, s, t] = [d.real(), d.pos(), d.real()]
      return balanced(`E(x, Normal(${m}, ${s}), cos(${t}*x))`, `cos(${t}*${m})*exp(-${t}^2*${s}^2/2)`)
    },
  },
  {
    name: "characteristic function of Cauchy",
    weight: 0.2,
    make: (d) => {
      const t = d.pos(0.2, 2)
      return equal(`E(x, Cauchy(0, 1), cos(${t}*x))`, `exp(-${t})`)
    },
  },
  {
    name: "characteristic function of Laplace",
    make: (d) => {
      const [b, t] = [d.pos(0.2, 3), d.real()]
      return equal(`E(x, Laplace(0, ${b}), cos(${t}*x))`, `1/(1 + ${b}^2*${t}^2)`)
    },
  },
  {
    name: "linearity",
    make: (d) => {
      const [l, a, b] = [momentLaw(d), d.real(), d.real()]
      return balanced(`E(x, ${l.text}, ${a}*x + ${b}*sigmoid(x))`, `${a}*Mean(${l.text}) + ${b}*E(x, ${l.text}, sigmoid(x))`)
    },
  },
  {
    name: "absolute value",
    make: (d) => {
      const [m, s] = [d.real(), d.pos()]
      return equal(`E(x, Normal(${m}, ${s}), abs(x))`, `${s}*sqrt(2/pi)*exp(-${m}^2/(2*${s}^2)) + ${m}*erf(${m}/(${s}*sqrt(2)))`)
    },
  },
  {
    name: "truncated mean",
    make: (d) => {
      const t = d.real()
      return equal(`E(x, Normal(0, 1), if(x > ${t}, x, 0))`, `pdf(Normal(0, 1), ${t})`, { scale: 0.1 })
    },
  },
  {
    name: "rectified normal",
    make: (d) => {
      const [m, s] = [d.real(), d.pos()]
      return equal(`E(x, Normal(${m}, ${s}), max(0, x))`, `${m}*normcdf(${m}/${s}) + ${s}*exp(-(${m}/${s})^2/2)/sqrt(2*pi)`, {
        scale: 0.1,
        nonzero: false,
      })
    },
  },
  {
    name: "probit and normal",
    make: (d) => {
      const [m, s] = [d.real(), d.pos()]
      return equal(`E(x, Normal(${m}, ${s}), normcdf(x))`, `normcdf(${m}/sqrt(1 + ${s}^2))`, { scale: 0.1 })
    },
  },
  {
    name: "even moments",
    make: (d) => {
      const [s, k] = [d.pos(0.2, 3), d.int(1, 5)]
      const double = [1, 3, 15, 105, 945][k - 1]!
      return equal(`E(x, Normal(0, ${s}), x^${2 * k})`, `${double}*${s}^${2 * k}`)
    },
  },
  {
    name: "log moment",
    make: (d) => {
      const [a, r] = [d.pos(0.3, 6), d.pos()]
      return balanced(`E(x, Gamma(${a}, ${r}), log(x))`, `digamma(${a}) - log(${r})`)
    },
  },
  {
    name: "log moment of Beta",
    make: (d) => {
      const [a, b] = [d.pos(0.4, 6), d.pos(0.4, 6)]
      return equal(`E(x, Beta(${a}, ${b}), log(1 - x))`, `digamma(${b}) - digamma(${a} + ${b})`)
    },
  },
  {
    name: "Gaussian kernel mean",
    make: (d) => {
      const [m, s, c] = [d.real(), d.pos(), d.real()]
      return equal(`E(x, Normal(${m}, ${s}), exp(-(x - ${c})^2/2))`, `exp(-(${m} - ${c})^2/(2*(1 + ${s}^2)))/sqrt(1 + ${s}^2)`, { scale: 0.1 })
    },
  },
]

export const laws: ReadonlyArray<Kind> = [...densities, ...moments]
