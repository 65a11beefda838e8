/**
 * Identities of special functions: error functions, gamma and digamma functions, infinite sums.
 */
import { balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { plain } from "./shapes.ts"

export const special: ReadonlyArray<Kind> = [
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
  { name: "digamma by the derivative", make: (d) => balanced("D(lgamma(x), x)", "digamma(x)", { at: { x: plain(d.pos(0.05, 20)) } }) },
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
