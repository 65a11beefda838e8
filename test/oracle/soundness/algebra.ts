/**
 * Identities of arithmetic: polynomials, radicals, choices, finite sums and products; elementary inequalities.
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

/** Whether two literals are the same number: "(10/10)" is 1. */
const sameNumber = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => Q.parseRational(text.replace(/[()]/g, "")))
  return x !== undefined && y !== undefined && Q.equals(x, y)
}

export const arithmetic: ReadonlyArray<Kind> = [...algebra, ...inequalities]
