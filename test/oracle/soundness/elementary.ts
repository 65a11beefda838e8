/**
 * Identities and inequalities of elementary and special functions (Abramowitz and Stegun 4, 6, 7), sums and products.
 */
import * as Q from "../../../src/core/rational.ts"
import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"

const algebra: ReadonlyArray<Kind> = [
  {
    name: "square of a sum",
    make: (d) => {
      const [a, b] = [d.real(), d.real()]
      return balanced(`(${a} + ${b})^2`, `${a}^2 + 2*${a}*${b} + ${b}^2`)
    },
  },
  {
    name: "difference of cubes",
    make: (d) => {
      const [a, b] = [d.real(), d.real()]
      return balanced(`${a}^3 - ${b}^3`, `(${a} - ${b})*(${a}^2 + ${a}*${b} + ${b}^2)`, { scale: 4 })
    },
  },
  {
    name: "partial fractions",
    make: (d) => {
      const x = d.pos(1e-4, 1e4)
      return equal(`1/(${x}*(${x} + 1))`, `1/${x} - 1/(${x} + 1)`)
    },
  },
  {
    name: "nested radicals",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return equal(`sqrt(${a} + ${b} + 2*sqrt(${a}*${b}))`, `sqrt(${a}) + sqrt(${b})`)
    },
  },
  {
    name: "square root of a square",
    make: (d) => {
      const [a, b] = [d.real(), d.pos()]
      return equal(`sqrt((${a} - sqrt(${b} + 3))^2)`, `abs(${a} - sqrt(${b} + 3))`, { nonzero: false })
    },
  },
  {
    name: "maximum",
    make: (d) => {
      const [a, b] = [`log(${d.pos()})`, `sin(${d.real()})`]
      return balanced(`max(${a}, ${b})`, `(${a} + ${b} + abs(${a} - ${b}))/2`)
    },
  },
  {
    name: "minimum and maximum",
    make: (d) => {
      const [a, b, c] = [d.real(), d.real(), d.pos()]
      return balanced(
        `min(${a}, sqrt(${c}), ${b}) + max(${a}, ${b}, sqrt(${c}))`,
        `${a} + ${b} + sqrt(${c}) - max(min(${a}, ${b}), min(max(${a}, ${b}), sqrt(${c})))`,
        { scale: 4 },
      )
    },
  },
  {
    name: "sign",
    make: (d) => {
      const a = `(${d.real()} - exp(${d.real(2)}))`
      return balanced(`sign(${a})*abs(${a})`, a)
    },
  },
  {
    name: "floor",
    make: (d) => {
      const [a, k] = [d.real(100), d.int(-50, 50)]
      return balanced(`floor(${a} + ${k})`, `floor(${a}) + ${k}`)
    },
  },
  {
    name: "if",
    make: (d) => {
      const [a, b] = [d.real(), d.pos()]
      return balanced(`if(${a} < log(${b}), log(${b}) - ${a}, ${a} - log(${b}))`, `abs(${a} - log(${b}))`)
    },
  },
  {
    name: "geometric sum",
    make: (d) => {
      const [x, n] = [d.pick([d.prob(), `(-${d.prob()})`]), d.int(2, 12)]
      return equal(`total(k, 0, ${n}, ${x}^k)`, `(1 - ${x}^${n + 1})/(1 - ${x})`, { nonzero: false })
    },
  },
  {
    name: "sum of squares",
    make: (d) => {
      const n = d.int(1, 60)
      return equal(`total(k, 1, ${n}, k^2)`, `${n}*(${n} + 1)*(2*${n} + 1)/6`)
    },
  },
  {
    name: "binomial sum",
    make: (d) => {
      const [x, n] = [d.real(2), d.int(2, 7)]
      return balanced(`total(k, 0, ${n}, gamma(${n} + 1)/(gamma(k + 1)*gamma(${n} - k + 1))*${x}^k)`, `(1 + ${x})^${n}`)
    },
  },
  {
    name: "product",
    make: (d) => {
      const n = d.int(1, 25)
      return equal(`product(k, 1, ${n}, 1 + 1/k)`, `${n} + 1`)
    },
  },
  {
    name: "tiny difference",
    make: (d) => {
      const [k, a] = [d.int(5, 40), d.pos()]
      return equal(`(${a} + 1e-${k})^2 - ${a}^2`, `2*${a}*1e-${k} + 1e-${2 * k}`, { nonzero: true, scale: 10 ** -k })
    },
  },
]

const exponential: ReadonlyArray<Kind> = [
  {
    name: "exp(a + b)",
    make: (d) => {
      const [a, b] = [d.real(20), d.real(20)]
      return equal(`exp(${a} + ${b})`, `exp(${a})*exp(${b})`)
    },
  },
  {
    name: "exp and log",
    make: (d) => {
      const a = d.pos(1e-9, 1e9)
      return equal(`exp(log(${a}))`, a)
    },
  },
  {
    name: "log of a product",
    make: (d) => {
      const [a, b] = [d.pos(1e-6, 1e6), d.pos(1e-6, 1e6)]
      return balanced(`log(${a}*${b})`, `log(${a}) + log(${b})`)
    },
  },
  {
    name: "log of a power",
    make: (d) => {
      const [a, b] = [d.pos(), d.real(3)]
      return balanced(`log(${a}^${b})`, `${b}*log(${a})`)
    },
  },
  {
    name: "power of a power",
    make: (d) => {
      const [a, b, c] = [d.pos(), d.nonzero(), d.nonzero()]
      return equal(`(${a}^${b})^${c}`, `${a}^(${b}*${c})`)
    },
  },
  {
    name: "expm1",
    make: (d) => {
      const a = d.pick([d.nonzero(), d.nonzero(1e-9, 1e-3)])
      return equal(`expm1(${a})`, `exp(${a}) - 1`, { scale: 1e-9 })
    },
  },
  {
    name: "log1p",
    make: (d) => {
      const a = d.pick([d.pos(), d.pos(1e-9, 1e-3), `(-${d.prob()})`])
      return equal(`log1p(${a})`, `log(1 + ${a})`)
    },
  },
  {
    name: "log1p of expm1",
    make: (d) => {
      const a = d.nonzero(1e-6, 20)
      return equal(`log1p(expm1(${a}))`, a)
    },
  },
  {
    name: "sqrt by exp",
    make: (d) => {
      const a = d.pos(1e-9, 1e9)
      return equal(`sqrt(${a})`, `exp(log(${a})/2)`)
    },
  },
  {
    name: "hyperbolic",
    make: (d) => {
      const a = d.real(6)
      return equal(`cosh(${a})^2 - sinh(${a})^2`, "1")
    },
  },
  {
    name: "tanh",
    make: (d) => {
      const a = d.nonzero(1e-4, 12)
      return equal(`tanh(${a})`, `(exp(2*${a}) - 1)/(exp(2*${a}) + 1)`)
    },
  },
  {
    name: "tanh and sigmoid",
    make: (d) => {
      const a = d.nonzero(1e-4, 12)
      return equal(`tanh(${a})`, `2*sigmoid(2*${a}) - 1`)
    },
  },
  {
    name: "sigmoid reflected",
    make: (d) => {
      const a = d.real(40)
      return equal(`sigmoid(${a}) + sigmoid(-${a})`, "1")
    },
  },
  {
    name: "log sigmoid",
    make: (d) => {
      const a = d.real(30)
      return equal(`log(sigmoid(${a}))`, `-softplus(-${a})`)
    },
  },
  {
    name: "softplus difference",
    make: (d) => {
      const a = d.real(50)
      return balanced(`softplus(${a}) - softplus(-${a})`, a)
    },
  },
  {
    name: "softplus by log1p",
    make: (d) => {
      const a = d.real(20)
      return equal(`softplus(${a})`, `log1p(exp(${a}))`)
    },
  },
  {
    name: "logsumexp shift",
    make: (d) => {
      const [a, b, c] = [d.real(), d.real(40), d.real(100)]
      return balanced(`logsumexp(${a} + ${c}, ${b} + ${c}, ${c})`, `${c} + logsumexp(${a}, ${b}, 0)`)
    },
  },
  {
    name: "logsumexp of two",
    make: (d) => {
      const [a, b] = [d.real(30), d.real(30)]
      return balanced(`logsumexp(${a}, ${b})`, `${b} + softplus(${a} - ${b})`)
    },
  },
  {
    name: "compound interest",
    make: (d) => {
      const [a, n] = [d.prob(), d.int(2, 30)]
      return equal(`(1 + ${a}/${n})^${n}`, `exp(${n}*log1p(${a}/${n}))`)
    },
  },
]

const circular: ReadonlyArray<Kind> = [
  {
    name: "sine and cosine",
    make: (d) => {
      const a = d.pick([d.real(), d.real(1000), d.real(100_000)])
      return equal(`sin(${a})^2 + cos(${a})^2`, "1")
    },
  },
  {
    name: "sine of a sum",
    make: (d) => {
      const [a, b] = [d.real(40), d.real(7)]
      return balanced(`sin(${a} + ${b})`, `sin(${a})*cos(${b}) + cos(${a})*sin(${b})`)
    },
  },
  {
    name: "tangent",
    make: (d) => {
      const a = d.nonzero(1e-3, 1.5)
      return equal(`tan(${a})`, `sin(${a})/cos(${a})`)
    },
  },
  {
    name: "triple angle",
    make: (d) => {
      const a = d.real(10)
      return balanced(`cos(3*${a})`, `4*cos(${a})^3 - 3*cos(${a})`)
    },
  },
  { name: "Machin", make: () => equal("pi/4", "4*atan(1/5) - atan(1/239)") },
  {
    name: "arctangent of 1/x",
    make: (d) => {
      const a = d.pos(1e-6, 1e6)
      return equal(`atan(${a}) + atan(1/${a})`, "pi/2")
    },
  },
  {
    name: "tangent of arctangent",
    make: (d) => {
      const a = d.nonzero(1e-3, 1e3)
      return equal(`tan(atan(${a}))`, a)
    },
  },
  {
    name: "period",
    make: (d) => {
      const [a, k] = [d.real(3), d.int(-30, 30)]
      return balanced(`cos(${a} + 2*pi*${k})`, `cos(${a})`)
    },
  },
]

const special: ReadonlyArray<Kind> = [
  {
    name: "erf and erfc",
    make: (d) => {
      const a = d.real(6)
      return equal(`erf(${a}) + erfc(${a})`, "1")
    },
  },
  {
    name: "erf is odd",
    make: (d) => {
      const a = d.nonzero(1e-4, 5)
      return equal(`erf(-${a})`, `-erf(${a})`)
    },
  },
  {
    name: "normcdf and erfc",
    make: (d) => {
      const a = d.real(8)
      return equal(`normcdf(${a})`, `erfc(-${a}/sqrt(2))/2`)
    },
  },
  {
    name: "lognormcdf",
    make: (d) => {
      const a = d.real(9)
      return equal(`exp(lognormcdf(${a}))`, `normcdf(${a})`)
    },
  },
  {
    name: "erf as an integral",
    make: (d) => {
      const a = d.nonzero(1e-3, 4)
      return equal(`erf(${a})`, `2/sqrt(pi)*integral(t, 0, ${a}, exp(-t^2))`)
    },
  },
  {
    name: "normcdf as an integral",
    make: (d) => {
      const a = d.real(6)
      return equal(`normcdf(${a})`, `integral(t, -inf, ${a}, exp(-t^2/2)/sqrt(2*pi))`)
    },
  },
  {
    name: "lgamma recurrence",
    make: (d) => {
      const a = d.pos(1e-3, 60)
      return equal(`lgamma(${a} + 1)`, `lgamma(${a}) + log(${a})`, { nonzero: false })
    },
  },
  {
    name: "lgamma reflected",
    make: (d) => {
      const a = d.prob()
      return equal(`lgamma(${a}) + lgamma(1 - ${a})`, `log(pi/sin(pi*${a}))`)
    },
  },
  {
    name: "lgamma duplication",
    make: (d) => {
      const a = d.pos(1e-2, 30)
      return balanced(`lgamma(2*${a})`, `(2*${a} - 1)*log(2) - log(pi)/2 + lgamma(${a}) + lgamma(${a} + 1/2)`)
    },
  },
  {
    name: "lgamma of a negative",
    make: (d) => {
      const [a, k] = [d.prob(), d.int(0, 6)]
      return balanced(`lgamma(-${k} - ${a})`, `log(pi/sin(pi*${a})) - lgamma(1 + ${k} + ${a})`)
    },
  },
  {
    name: "gamma recurrence",
    make: (d) => {
      const a = d.pos(1e-2, 20)
      return equal(`gamma(${a} + 1)`, `${a}*gamma(${a})`)
    },
  },
  {
    name: "gamma of a negative",
    make: (d) => {
      const [a, k] = [d.prob(), d.int(0, 4)]
      return equal(`gamma(-${k} - ${a})`, `-pi/(sin(pi*(${k} + ${a}))*gamma(1 + ${k} + ${a}))`)
    },
  },
  {
    name: "gamma as an integral",
    weight: 0.5,
    make: (d) => {
      const a = d.pos(0.3, 8)
      return equal(`gamma(${a})`, `integral(t, 0, inf, t^(${a} - 1)*exp(-t))`)
    },
  },
  {
    name: "digamma recurrence",
    make: (d) => {
      const a = d.pos(1e-3, 40)
      return equal(`digamma(${a} + 1)`, `digamma(${a}) + 1/${a}`, { nonzero: false })
    },
  },
  {
    name: "digamma reflected",
    make: (d) => {
      const a = d.prob()
      return balanced(`digamma(1 - ${a}) - digamma(${a})`, `pi*cos(pi*${a})/sin(pi*${a})`)
    },
  },
  { name: "digamma by the derivative", make: (d) => balanced("D(lgamma(x), x)", "digamma(x)", { at: { x: d.pos(0.05, 20).replace(/[()]/g, "") } }) },
  { name: "zeta(2)", weight: 0.05, make: () => equal("total(k, 0, inf, 1/(k + 1)^4)", "pi^4/90") },
  {
    name: "exponential series",
    make: (d) => {
      const a = d.pos(1 / 8, 4)
      return equal(`total(k, 0, inf, exp(k*log(${a}) - lgamma(k + 1)))`, `exp(${a})`)
    },
  },
  {
    name: "geometric series",
    make: (d) => {
      const a = d.prob()
      return equal(`total(k, 0, inf, exp(k*log(${a})))`, `1/(1 - ${a})`, { scale: 0.5 })
    },
  },
]

/** Whether two literals are the same number: "(10/10)" is 1. */
const sameNumber = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => Q.parseRational(text.replace(/[()]/g, "")))
  return x !== undefined && y !== undefined && Q.equals(x, y)
}

const inequalities: ReadonlyArray<Kind> = [
  {
    name: "means",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return atMost(`sqrt(${a}*${b})`, `(${a} + ${b})/2`, sameNumber(a, b) ? {} : { gap: `(sqrt(${a}) - sqrt(${b}))^2/2` })
    },
  },
  {
    name: "1 + x <= exp(x)",
    make: (d) => {
      const a = d.nonzero(1e-5, 5)
      return atMost(`1 + ${a}`, `exp(${a})`, { strict: true, gap: `expm1(${a}) - ${a}` })
    },
  },
  {
    name: "log(x) <= x - 1",
    make: (d) => {
      const a = d.pos(1e-4, 1e4)
      return atMost(`log(${a})`, `${a} - 1`, sameNumber(a, "1") ? {} : { strict: true })
    },
  },
  {
    name: "Young",
    make: (d) => {
      const [a, b, p] = [d.pos(), d.pos(), `(1 + ${d.pos()})`]
      return atMost(`${a}*${b}`, `${a}^${p}/${p} + ${b}^(${p}/(${p} - 1))*(${p} - 1)/${p}`)
    },
  },
  {
    name: "triangle",
    make: (d) => {
      const [a, b] = [d.real(), `log(${d.pos()})`]
      return atMost(`abs(${a} + ${b})`, `abs(${a}) + abs(${b})`)
    },
  },
  {
    name: "softplus above max",
    make: (d) => {
      const a = d.real(20)
      return atMost(`max(0, ${a})`, `softplus(${a})`, { strict: true, gap: `softplus(-abs(${a}))` })
    },
  },
  {
    name: "logsumexp above max",
    make: (d) => {
      const [a, b] = [d.real(10), d.real(10)]
      return atMost(`max(${a}, ${b})`, `logsumexp(${a}, ${b})`, { strict: true, gap: `log1p(exp(-abs(${a} - ${b})))` })
    },
  },
  {
    name: "Mills",
    make: (d) => {
      const a = d.pos(0.05, 9)
      return atMost(`${a}/(1 + ${a}^2)*exp(-${a}^2/2)/sqrt(2*pi)`, `normcdf(-${a})`, { strict: true })
    },
  },
  {
    name: "tanh <= x",
    make: (d) => {
      const a = d.pos(1e-3, 8)
      return atMost(`tanh(${a})`, a, { strict: true })
    },
  },
  {
    name: "Bernoulli",
    make: (d) => {
      const [a, n] = [d.pos(1e-3, 4), d.int(2, 9)]
      return atMost(`1 + ${n}*${a}`, `(1 + ${a})^${n}`, { strict: true })
    },
  },
  {
    name: "sine <= x",
    make: (d) => {
      const a = d.pos(1e-4, 9)
      return atMost(`sin(${a})`, a, { strict: true })
    },
  },
]

export const elementary: ReadonlyArray<Kind> = [...algebra, ...exponential, ...circular, ...special, ...inequalities]
