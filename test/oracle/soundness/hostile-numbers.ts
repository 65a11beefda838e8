import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { either, power } from "./shapes.ts"

const numbers: ReadonlyArray<Kind> = [
  {
    name: "expm1 of a speck",
    make: (d) => {
      const x = either(d, power(d, -40, -8))
      return equal(`exp(${x}) - 1`, `expm1(${x})`, { scale: 1e-45 })
    },
  },
  {
    name: "log of 1 + speck",
    make: (d) => {
      const x = either(d, power(d, -40, -8))
      return equal(`log(1 + ${x})`, `log1p(${x})`, { scale: 1e-45 })
    },
  },
  {
    name: "difference of square roots",
    make: (d) => {
      const x = power(d, 4, 30)
      return equal(`sqrt(${x} + 1) - sqrt(${x})`, `1/(sqrt(${x} + 1) + sqrt(${x}))`, { scale: 1e-20 })
    },
  },
  {
    name: "1 - cos",
    make: (d) => {
      const x = power(d, -20, -1)
      return equal(`1 - cos(${x})`, `2*sin(${x}/2)^2`, { scale: 1e-44 })
    },
  },
  {
    name: "tangent near its pole",
    make: (d) => {
      const x = power(d, -18, -2)
      return equal(`tan(pi/2 - ${x})`, `1/tan(${x})`)
    },
  },
  {
    name: "sine of a large number",
    make: (d) => {
      const x = power(d, 5, 18)
      return balanced(`sin(${x} + 1)`, `sin(${x})*cos(1) + cos(${x})*sin(1)`)
    },
  },
  {
    name: "sine at a multiple of pi",
    make: (d) => {
      const k = d.int(1, 10 ** 9)
      return balanced(`sin(${k}*pi + 1/8)`, `${k % 2 === 0 ? "" : "-"}sin(1/8)`)
    },
  },
  {
    name: "deep underflow",
    make: (d) => {
      const x = power(d, 3, 6)
      return equal(`log(exp(-${x}))`, `-${x}`)
    },
  },
  {
    name: "overflow",
    make: (d) => {
      const x = power(d, 3, 6)
      return equal(`logsumexp(${x}, ${x} + 1) - ${x}`, "log(1 + e)")
    },
  },
  {
    name: "log of a small probability",
    make: (d) => {
      const x = d.pos(5, 4000)
      return atMost(`lognormcdf(-${x})`, `-${x}^2/2 - log(${x}*sqrt(2*pi))`, { strict: true })
    },
  },
  {
    name: "log of a small probability, below",
    make: (d) => {
      const x = d.pos(5, 4000)
      return atMost(`-${x}^2/2 - log(${x}*sqrt(2*pi)) + log1p(-1/${x}^2)`, `lognormcdf(-${x})`, { strict: true })
    },
  },
  {
    name: "saturated sigmoid",
    make: (d) => {
      const x = d.pos(30, 5000)
      return atMost(`sigmoid(${x})`, "1", { strict: true, gap: `sigmoid(-${x})` })
    },
  },
  {
    name: "saturated erf",
    make: (d) => {
      const x = d.pos(4, 60)
      return atMost(`erf(${x})`, "1", { strict: true, gap: `erfc(${x})` })
    },
  },
  {
    name: "saturated tanh",
    make: (d) => {
      const x = d.pos(12, 900)
      return atMost(`tanh(${x})`, "1", { strict: true, gap: `2*sigmoid(-2*${x})` })
    },
  },
  {
    name: "lgamma of a large number",
    make: (d) => {
      const x = power(d, 3, 12)
      return balanced(`lgamma(${x} + 1) - lgamma(${x})`, `log(${x})`)
    },
  },
  {
    name: "lgamma of a small number",
    make: (d) => {
      const x = power(d, -15, -3)
      return balanced(`lgamma(${x})`, `lgamma(1 + ${x}) - log(${x})`)
    },
  },
  {
    name: "digamma of a large number",
    make: (d) => {
      const x = power(d, 2, 9)
      return atMost(`log(${x}) - 1/${x}`, `digamma(${x})`, { strict: true })
    },
  },
  {
    name: "a power of a power, extreme",
    make: (d) => {
      const [x, y] = [power(d, -200, 200), d.nonzero(1, 9)]
      return balanced(`log(${x}^${y})`, `${y}*log(${x})`)
    },
  },
  {
    name: "floor beside an integer",
    make: (d) => {
      const [n, k] = [d.int(2, 40), d.int(6, 30)]
      return equal(`floor(exp(log(${n})) - 1e-${k})`, `${n} - 1`)
    },
  },
  {
    name: "sign of a speck",
    make: (d) => {
      const k = d.int(10, 80)
      return equal(`sign(exp(log(3)) - 3 + 1e-${k})`, "1")
    },
  },
  {
    name: "branch beside its edge",
    make: (d) => {
      const k = d.int(6, 60)
      return equal(`if(exp(log(5)) < 5 + 1e-${k}, 1, 2)`, "1")
    },
  },
]

export const hostileNumbers: ReadonlyArray<Kind> = [...numbers]
