import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { continuousLaw, discreteLaw, lineLaw, normalMixture } from "./law-table.ts"
import { finitePair, list, pairOf, total } from "./shapes.ts"

const relations: ReadonlyArray<Kind> = [
  {
    name: "cross entropy",
    make: (d) => {
      const [p, q] = pairOf(d)
      return balanced(`CrossEntropy(${p}, ${q})`, `Entropy(${p}) + KL(${p}, ${q})`)
    },
  },
  {
    name: "KL as an expectation",
    make: (d) => {
      const [p, q] = pairOf(d)
      return equal(`KL(${p}, ${q})`, `E(x, ${p}, logpdf(${p}, x) - logpdf(${q}, x))`, { nonzero: false })
    },
  },
  {
    name: "KL by definition",
    make: (d) => {
      const [p, q, lo, hi] = pairOf(d)
      return balanced(`KL(${p}, ${q})`, `integral(x, ${lo}, ${hi}, pdf(${p}, x)*log(pdf(${p}, x)/pdf(${q}, x)))`)
    },
  },
  {
    name: "Hellinger by definition",
    make: (d) => {
      const [p, q, lo, hi] = pairOf(d)
      return balanced(`Hellinger2(${p}, ${q})`, `integral(x, ${lo}, ${hi}, (sqrt(pdf(${p}, x)) - sqrt(pdf(${q}, x)))^2)/2`)
    },
  },
  {
    name: "Hellinger and Renyi",
    make: (d) => {
      const [p, q] = pairOf(d)
      return balanced(`Hellinger2(${p}, ${q})`, `1 - exp(-Renyi(1/2, ${p}, ${q})/2)`)
    },
  },
  {
    name: "TV by definition",
    weight: 0.6,
    make: (d) => {
      const [p, q, lo, hi] = pairOf(d)
      return balanced(`TV(${p}, ${q})`, `integral(x, ${lo}, ${hi}, abs(pdf(${p}, x) - pdf(${q}, x)))/2`)
    },
  },
  {
    name: "TV is symmetric",
    weight: 0.6,
    make: (d) => {
      const [p, q] = pairOf(d)
      return balanced(`TV(${p}, ${q})`, `TV(${q}, ${p})`)
    },
  },
  {
    name: "TV by the part above",
    weight: 0.6,
    make: (d) => {
      const [p, q, lo, hi] = pairOf(d)
      return balanced(`TV(${p}, ${q})`, `integral(x, ${lo}, ${hi}, max(0, pdf(${p}, x) - pdf(${q}, x)))`)
    },
  },
  {
    name: "JS by KL to the middle",
    weight: 0.5,
    make: (d) => {
      const [p, q] = d.pick([
        [lineLaw(d).text, lineLaw(d).text],
        [`Exponential(${d.pos()})`, `Gamma(2, ${d.pos()})`],
      ] as const)
      const m = `Mixture([1/2, 1/2], [${p}, ${q}])`
      return balanced(`JS(${p}, ${q})`, `(KL(${p}, ${m}) + KL(${q}, ${m}))/2`)
    },
  },
  {
    name: "JS is symmetric",
    make: (d) => {
      const [p, q] = pairOf(d)
      return balanced(`JS(${p}, ${q})`, `JS(${q}, ${p})`)
    },
  },
  {
    name: "chi-square and Renyi",
    make: (d) => {
      const [m, s, n, t] = [d.real(2), d.pos(0.3, 1.2), d.real(2), d.pos(1, 3)]
      const [p, q] = [`Normal(${m}, ${s})`, `Normal(${n}, ${t})`]
      return balanced(`ChiSquare(${p}, ${q})`, `expm1(Renyi(2, ${p}, ${q}))`)
    },
  },
  {
    name: "chi-square by definition",
    make: (d) => {
      const [m, s, n, t] = [d.real(2), d.pos(0.3, 1.2), d.real(2), d.pos(1, 3)]
      const [p, q] = [`Normal(${m}, ${s})`, `Normal(${n}, ${t})`]
      return balanced(`ChiSquare(${p}, ${q})`, `E(x, ${q}, (pdf(${p}, x)/pdf(${q}, x) - 1)^2)`)
    },
  },
  {
    name: "Fisher by scores",
    make: (d) => {
      const [p, q] = [lineLaw(d).text, `Normal(${d.real()}, ${d.pos()})`]
      return balanced(`Fisher(${q}, ${p})`, `E(x, ${q}, (score(${q}, x) - score(${p}, x))^2)`)
    },
  },
  {
    name: "KL of products",
    make: (d) => {
      const [p, q] = pairOf(d)
      const [r, s] = pairOf(d)
      return balanced(`KL(Product(${p}, ${r}), Product(${q}, ${s}))`, `KL(${p}, ${q}) + KL(${r}, ${s})`)
    },
  },
  {
    name: "KL under an affine map",
    make: (d) => {
      const [p, q] = pairOf(d)
      const [a, b] = [d.nonzero(), d.real()]
      return balanced(`KL(Affine(${p}, ${a}, ${b}), Affine(${q}, ${a}, ${b}))`, `KL(${p}, ${q})`)
    },
  },
  {
    name: "TV under an affine map",
    weight: 0.5,
    make: (d) => {
      const [p, q] = pairOf(d)
      const [a, b] = [d.nonzero(), d.real()]
      return balanced(`TV(Affine(${p}, ${a}, ${b}), Affine(${q}, ${a}, ${b}))`, `TV(${p}, ${q})`)
    },
  },
  {
    name: "divergence of a law from itself",
    make: (d) => {
      const p = d.pick([continuousLaw(d).text, discreteLaw(d).text, normalMixture(d).text])
      return balanced(`${d.pick(["KL", "JS", "TV", "Hellinger2"])}(${p}, ${p})`, "0")
    },
  },
]

const finite: ReadonlyArray<Kind> = [
  {
    name: "KL of categorical laws",
    make: (d) => {
      const [p, q] = finitePair(d)
      return balanced(`KL(${list(p)}, ${list(q)})`, total(p.map((w, i) => `${w}*log(${w}/${q[i]})`)))
    },
  },
  {
    name: "JS of categorical laws",
    make: (d) => {
      const [p, q] = finitePair(d)
      return balanced(
        `JS(${list(p)}, ${list(q)})`,
        `Entropy(${list(p.map((w, i) => `(${w} + ${q[i]})/2`))}) - (Entropy(${list(p)}) + Entropy(${list(q)}))/2`,
      )
    },
  },
  {
    name: "TV of categorical laws",
    make: (d) => {
      const [p, q] = finitePair(d)
      return balanced(`TV(${list(p)}, ${list(q)})`, total(p.map((w, i) => `max(0, ${w} - ${q[i]})`)))
    },
  },
  {
    name: "Hellinger of categorical laws",
    make: (d) => {
      const [p, q] = finitePair(d)
      return balanced(`Hellinger2(${list(p)}, ${list(q)})`, `1 - (${total(p.map((w, i) => `sqrt(${w}*${q[i]})`))})`)
    },
  },
  {
    name: "chi-square of categorical laws",
    make: (d) => {
      const [p, q] = finitePair(d)
      return balanced(`ChiSquare(${list(p)}, ${list(q)})`, `${total(p.map((w, i) => `${w}^2/${q[i]}`))} - 1`)
    },
  },
  {
    name: "Renyi of categorical laws",
    make: (d) => {
      const [p, q] = finitePair(d)
      const a = d.pick([d.prob(), `(1 + ${d.pos(0.2, 3)})`])
      return balanced(`Renyi(${a}, ${list(p)}, ${list(q)})`, `log(${total(p.map((w, i) => `${w}^${a}*${q[i]}^(1 - ${a})`))})/(${a} - 1)`)
    },
  },
  {
    name: "chain rule of KL",
    make: (d) => {
      const [a, b, c, e] = [d.prob(), d.prob(), d.prob(), d.prob()]
      const joint = (u: string, v: string): string => list([`${u}*${v}`, `${u}*(1 - ${v})`, `(1 - ${u})*${v}`, `(1 - ${u})*(1 - ${v})`])
      return balanced(`KL(${joint(a, b)}, ${joint(c, e)})`, `KL(Bernoulli(${a}), Bernoulli(${c})) + KL(Bernoulli(${b}), Bernoulli(${e}))`)
    },
  },
]

const inequalities: ReadonlyArray<Kind> = [
  {
    name: "Gibbs",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost("0", `KL(${p}, ${q})`, { strict: true })
    },
  },
  {
    name: "Pinsker",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost(`2*TV(${p}, ${q})^2`, `KL(${p}, ${q})`, { strict: true })
    },
  },
  {
    name: "Le Cam, lower",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost(`Hellinger2(${p}, ${q})`, `TV(${p}, ${q})`, { strict: true })
    },
  },
  {
    name: "Le Cam, upper",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost(`TV(${p}, ${q})^2`, `Hellinger2(${p}, ${q})*(2 - Hellinger2(${p}, ${q}))`, { strict: true })
    },
  },
  {
    name: "JS below log 2",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost(`JS(${p}, ${q})`, "log(2)", { strict: true })
    },
  },
  {
    name: "JS below TV",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost(`JS(${p}, ${q})`, `log(2)*TV(${p}, ${q})`)
    },
  },
  {
    name: "KL below log chi-square",
    make: (d) => {
      const [p, q] = [`Normal(${d.real(2)}, ${d.pos(0.3, 1)})`, `Normal(${d.real(2)}, ${d.pos(1.1, 3)})`]
      return atMost(`KL(${p}, ${q})`, `log1p(ChiSquare(${p}, ${q}))`, { strict: true })
    },
  },
  {
    name: "Renyi grows with its order",
    make: (d) => {
      const [p, q] = pairOf(d)
      return atMost(`Renyi(1/3, ${p}, ${q})`, `Renyi(2/3, ${p}, ${q})`, { strict: true })
    },
  },
  {
    name: "data processing",
    make: (d) => {
      const [p, q] = finitePair(d)
      const [a, b] = [p, q].map((w) => `Bernoulli(${w[0]})`)
      return atMost(`KL(${a}, ${b})`, `KL(${list(p)}, ${list(q)})`)
    },
  },
  {
    name: "data processing by noise",
    weight: 0.3,
    make: (d) => {
      const [m, s, n, t, c] = [d.real(), d.pos(), d.real(), d.pos(), d.pos()]
      const [p, q] = [`Normal(${m}, ${s})`, `Normal(${n} + 9, ${t})`]
      return atMost(`KL(Diffused(${p}, 1, ${c}), Diffused(${q}, 1, ${c}))`, `KL(${p}, ${q})`, { strict: true })
    },
  },
  {
    name: "log-sum",
    make: (d) => {
      const [a, b, x, y] = [d.pos(), d.pos(), d.pos(), d.pos()]
      return atMost(`(${a} + ${b})*log((${a} + ${b})/(${x} + ${y}))`, `${a}*log(${a}/${x}) + ${b}*log(${b}/${y})`)
    },
  },
]

export const divergences: ReadonlyArray<Kind> = [...relations, ...finite, ...inequalities]
