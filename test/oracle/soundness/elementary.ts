/**
 * Identities of exponential, hyperbolic and circular functions (Abramowitz and Stegun 4).
 */
import { balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"

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

export const elementary: ReadonlyArray<Kind> = [...exponential, ...circular]
