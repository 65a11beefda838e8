/**
 * Divergences: closed forms by hand, relations that hold between them, integrals by definition, inequalities (Csiszar, Pinsker, Le Cam, data processing).
 */
import type { Draw } from "./draw.ts"
import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { continuousLaw, discreteLaw, lineLaw, normalMixture } from "./law-table.ts"

/** Two laws p << q on one support, different with certainty. */
const pairOf = (d: Draw): readonly [p: string, q: string, lo: string, hi: string] => {
  switch (d.int(0, 5)) {
    case 0:
      return [`Normal(${d.real()}, ${d.pos(0.3, 3)})`, `Normal(${d.real()} + 9/8, ${d.pos(0.3, 3)})`, "-inf", "inf"].map(String) as unknown as [
        string,
        string,
        string,
        string,
      ]
    case 1:
      return [`Exponential(${d.pos(0.3, 3)})`, `Gamma(${d.pos(1.1, 4)} + 1/7, ${d.pos(0.3, 3)})`, "0", "inf"]
    case 2:
      return [`Beta(${d.pos(1, 5)} + 1/9, ${d.pos(1, 5)})`, "Uniform(0, 1)", "0", "1"]
    case 3:
      return [`Laplace(${d.real(2)}, ${d.pos(0.3, 2)})`, `Cauchy(${d.real(2)}, ${d.pos(0.3, 2)})`, "-inf", "inf"]
    case 4:
      return [`Normal(${d.real(2)}, ${d.pos(0.3, 2)})`, `Logistic(${d.real(2)}, ${d.pos(0.3, 2)})`, "-inf", "inf"]
    default:
      return [normalMixture(d, 2).text, `Normal(${d.real(2)}, ${d.pos(3.2, 5)})`, "-inf", "inf"]
  }
}
const finitePair = (d: Draw): readonly [p: ReadonlyArray<string>, q: ReadonlyArray<string>] => {
  const n = d.int(2, 4)
  return [d.weights(n), d.weights(n)]
}
const list = (w: ReadonlyArray<string>): string => `Categorical([${w.join(", ")}])`
const total = (terms: ReadonlyArray<string>): string => terms.join(" + ")

const closed: ReadonlyArray<Kind> = [
  {
    name: "KL of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`KL(Normal(${m}, ${s}), Normal(${n}, ${t}))`, `log(${t}/${s}) + (${s}^2 + (${m} - ${n})^2)/(2*${t}^2) - 1/2`)
    },
  },
  {
    name: "KL of exponentials",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return balanced(`KL(Exponential(${a}), Exponential(${b}))`, `log(${a}/${b}) + ${b}/${a} - 1`)
    },
  },
  {
    name: "KL of gammas",
    make: (d) => {
      const [a, b, r, s] = [d.pos(0.4, 6), d.pos(0.4, 6), d.pos(), d.pos()]
      return balanced(
        `KL(Gamma(${a}, ${r}), Gamma(${b}, ${s}))`,
        `(${a} - ${b})*digamma(${a}) - lgamma(${a}) + lgamma(${b}) + ${b}*log(${r}/${s}) + ${a}*(${s} - ${r})/${r}`,
      )
    },
  },
  {
    name: "KL of Laplace laws",
    make: (d) => {
      const [m, b, n, c] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(
        `KL(Laplace(${m}, ${b}), Laplace(${n}, ${c}))`,
        `log(${c}/${b}) + (${b}*exp(-abs(${m} - ${n})/${b}) + abs(${m} - ${n}))/${c} - 1`,
      )
    },
  },
  {
    name: "KL of Cauchy laws",
    make: (d) => {
      const [m, b, n, c] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`KL(Cauchy(${m}, ${b}), Cauchy(${n}, ${c}))`, `log(((${b} + ${c})^2 + (${m} - ${n})^2)/(4*${b}*${c}))`)
    },
  },
  {
    name: "KL of log-normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(2), d.pos(), d.real(2), d.pos()]
      return balanced(`KL(LogNormal(${m}, ${s}), LogNormal(${n}, ${t}))`, `KL(Normal(${m}, ${s}), Normal(${n}, ${t}))`)
    },
  },
  {
    name: "KL of Poisson laws",
    make: (d) => {
      const [a, b] = [d.pos(), d.pos()]
      return balanced(`KL(Poisson(${a}), Poisson(${b}))`, `${a}*log(${a}/${b}) + ${b} - ${a}`)
    },
  },
  {
    name: "KL of geometric laws",
    make: (d) => {
      const [a, b] = [d.prob(), d.prob()]
      return balanced(`KL(Geometric(${a}), Geometric(${b}))`, `log(${a}/${b}) + (1 - ${a})/${a}*log((1 - ${a})/(1 - ${b}))`)
    },
  },
  {
    name: "KL of Bernoulli laws",
    make: (d) => {
      const [a, b] = [d.prob(), d.prob()]
      return balanced(`KL(Bernoulli(${a}), Bernoulli(${b}))`, `${a}*log(${a}/${b}) + (1 - ${a})*log((1 - ${a})/(1 - ${b}))`)
    },
  },
  {
    name: "KL of uniforms",
    make: (d) => {
      const [a, w, u, v] = [d.real(), d.pos(), d.pos(), d.pos()]
      return equal(`KL(Uniform(${a}, ${a} + ${w}), Uniform(${a} - ${u}, ${a} + ${w} + ${v}))`, `log((${w} + ${u} + ${v})/${w})`)
    },
  },
  {
    name: "KL of betas",
    make: (d) => {
      const [a, b, x, y] = [d.pos(0.5, 5), d.pos(0.5, 5), d.pos(0.5, 5), d.pos(0.5, 5)]
      return balanced(
        `KL(Beta(${a}, ${b}), Beta(${x}, ${y}))`,
        `lgamma(${x}) + lgamma(${y}) - lgamma(${x} + ${y}) - lgamma(${a}) - lgamma(${b}) + lgamma(${a} + ${b}) + (${a} - ${x})*digamma(${a}) + (${b} - ${y})*digamma(${b}) + (${x} + ${y} - ${a} - ${b})*digamma(${a} + ${b})`,
      )
    },
  },
  {
    name: "Hellinger of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(
        `Hellinger2(Normal(${m}, ${s}), Normal(${n}, ${t}))`,
        `1 - sqrt(2*${s}*${t}/(${s}^2 + ${t}^2))*exp(-(${m} - ${n})^2/(4*(${s}^2 + ${t}^2)))`,
      )
    },
  },
  {
    name: "chi-square of normals",
    make: (d) => {
      const [m, s, n] = [d.real(2), d.pos(0.5, 3), d.real(2)]
      return balanced(`ChiSquare(Normal(${m}, ${s}), Normal(${n}, ${s}))`, `expm1((${m} - ${n})^2/${s}^2)`)
    },
  },
  {
    name: "chi-square of exponentials",
    make: (d) => {
      const [a, b] = [d.pos(), d.prob()]
      return balanced(`ChiSquare(Exponential(${a}), Exponential(${a}*2*${b}))`, `1/(2*${b}*(2 - 2*${b})) - 1`)
    },
  },
  {
    name: "Renyi of normals",
    make: (d) => {
      const [m, s, n, a] = [d.real(), d.pos(), d.real(), d.pick([d.pos(0.2, 4), "(1/2)", "2"])]
      return balanced(`Renyi(${a}, Normal(${m}, ${s}), Normal(${n}, ${s}))`, `${a}*(${m} - ${n})^2/(2*${s}^2)`)
    },
  },
  {
    name: "Renyi of exponentials",
    make: (d) => {
      const [r, t, a] = [d.pos(0.5, 2), d.pos(0.5, 2), d.prob()]
      return balanced(`Renyi(${a}, Exponential(${r}), Exponential(${t}))`, `log(${r}^${a}*${t}^(1 - ${a})/(${a}*${r} + (1 - ${a})*${t}))/(${a} - 1)`)
    },
  },
  {
    name: "TV of shifted normals",
    make: (d) => {
      const [m, s, n] = [d.real(), d.pos(), d.real()]
      return balanced(`TV(Normal(${m}, ${s}), Normal(${n}, ${s}))`, `2*normcdf(abs(${m} - ${n})/(2*${s})) - 1`)
    },
  },
  {
    name: "TV of shifted Laplace laws",
    make: (d) => {
      const [m, b, n] = [d.real(), d.pos(), d.real()]
      return balanced(`TV(Laplace(${m}, ${b}), Laplace(${n}, ${b}))`, `1 - exp(-abs(${m} - ${n})/(2*${b}))`)
    },
  },
  {
    name: "TV of uniforms",
    make: (d) => {
      const [a, w] = [d.pos(), d.prob()]
      return equal(`TV(Uniform(0, ${a}), Uniform(0, ${a}*${w}))`, `1 - ${w}`, { scale: 0.1 })
    },
  },
  {
    name: "TV of exponentials",
    make: (d) => {
      const a = d.pos()
      const b = `(${a} + ${d.pos()})`
      return equal(`TV(Exponential(${a}), Exponential(${b}))`, `(${a}/${b})^(${a}/(${b} - ${a}))*(1 - ${a}/${b})`, { scale: 0.01 })
    },
  },
  {
    name: "Fisher of normals",
    make: (d) => {
      const [m, s, n, t] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(`Fisher(Normal(${m}, ${s}), Normal(${n}, ${t}))`, `(1/${t}^2 - 1/${s}^2)^2*${s}^2 + (${m} - ${n})^2/${t}^4`)
    },
  },
]

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

export const divergences: ReadonlyArray<Kind> = [...closed, ...relations, ...finite, ...inequalities]
