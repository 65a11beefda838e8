import { atMost, balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { lineLaw } from "./law-table.ts"
import { UNIT, matrix, spd2, vector } from "./shapes.ts"

const linear: ReadonlyArray<Kind> = [
  {
    name: "det of a product",
    make: (d) => {
      const n = d.int(2, 4)
      const [a, b] = [matrix(d, n), matrix(d, n)]
      return balanced(`det(${a}*${b})`, `det(${a})*det(${b})`)
    },
  },
  {
    name: "det with roots",
    make: (d) => {
      const [a, b] = [`[[sqrt(2), ${d.real()}], [pi, ${d.real()}]]`, matrix(d, 2)]
      return balanced(`det(${a}*${b})`, `det(${a})*det(${b})`)
    },
  },
  {
    name: "trace is cyclic",
    make: (d) => {
      const n = d.int(2, 4)
      const [a, b] = [matrix(d, n), matrix(d, n)]
      return balanced(`trace(${a}*${b})`, `trace(${b}*${a})`)
    },
  },
  {
    name: "inverse",
    make: (d) => {
      const a = spd2(d)
      return balanced(`inv(${a})*${a}`, "identity(2)", { unit: UNIT })
    },
  },
  {
    name: "inverse of a product",
    make: (d) => {
      const [a, b] = [spd2(d), spd2(d)]
      return balanced(`inv(${a}*${b})`, `inv(${b})*inv(${a})`, { unit: UNIT })
    },
  },
  {
    name: "transpose of a product",
    make: (d) => {
      const [a, b] = [matrix(d, 2), matrix(d, 2)]
      return balanced(`transpose(${a}*${b})`, `transpose(${b})*transpose(${a})`, { unit: UNIT })
    },
  },
  {
    name: "log-determinant",
    make: (d) => {
      const [a, b] = [spd2(d), spd2(d)]
      return balanced(`logdet(${a}*${b})`, `logdet(${a}) + logdet(${b})`)
    },
  },
  {
    name: "determinant lemma",
    make: (d) => {
      const [a, u, v] = [spd2(d), vector(d, 2), vector(d, 2)]
      return balanced(`det(${a} + outer(${u}, ${v}))`, `det(${a})*(1 + dot(${v}, inv(${a})*${u}))`)
    },
  },
  {
    name: "Sherman and Morrison",
    make: (d) => {
      const [a, u] = [spd2(d), vector(d, 2)]
      return balanced(`inv(${a} + outer(${u}, ${u}))`, `inv(${a}) - outer(inv(${a})*${u}, inv(${a})*${u})/(1 + dot(${u}, inv(${a})*${u}))`, {
        unit: UNIT,
      })
    },
  },
  {
    name: "parallelogram",
    make: (d) => {
      const [a, b] = [vector(d, 3), vector(d, 3)]
      return balanced(`norm2(${a} + ${b}) + norm2(${a} - ${b})`, `2*norm2(${a}) + 2*norm2(${b})`)
    },
  },
  {
    name: "quadratic form",
    make: (d) => {
      const [a, x] = [matrix(d, 3), vector(d, 3)]
      return balanced(`dot(${x}, ${a}*${x})`, `trace(${a}*outer(${x}, ${x}))`)
    },
  },
  {
    name: "Cauchy-Schwarz for vectors",
    make: (d) => {
      const [a, b] = [vector(d, 3), vector(d, 3)]
      return atMost(`dot(${a}, ${b})^2`, `norm2(${a})*norm2(${b})`)
    },
  },
  {
    name: "Hadamard",
    make: (d) => {
      const a = spd2(d)
      return atMost(`det(${a})`, `trace(${a})^2/4`)
    },
  },
]

const multivariate: ReadonlyArray<Kind> = [
  {
    name: "quadratic expectation",
    make: (d) => {
      const [m, c, a] = [vector(d, 2), spd2(d), matrix(d, 2)]
      return balanced(`E(x, MvNormal(${m}, ${c}), dot(x, ${a}*x))`, `trace(${a}*${c}) + dot(${m}, ${a}*${m})`)
    },
  },
  {
    name: "linear form",
    make: (d) => {
      const [m, c, u] = [vector(d, 2), spd2(d), "[1, (-2)]"]
      return balanced(`E(x, MvNormal(${m}, ${c}), tanh(dot(${u}, x)))`, `E(z, Normal(dot(${u}, ${m}), sqrt(dot(${u}, ${c}*${u}))), tanh(z))`)
    },
  },
  {
    name: "multivariate entropy",
    make: (d) => {
      const [m, c] = [vector(d, 2), spd2(d)]
      return balanced(`Entropy(MvNormal(${m}, ${c}))`, `1 + log(2*pi) + logdet(${c})/2`)
    },
  },
  {
    name: "multivariate KL",
    make: (d) => {
      const [m, c, n, v] = [vector(d, 2), spd2(d), vector(d, 2), spd2(d)]
      return balanced(
        `KL(MvNormal(${m}, ${c}), MvNormal(${n}, ${v}))`,
        `(trace(inv(${v})*${c}) + dot(${n} - ${m}, inv(${v})*(${n} - ${m})) - 2 + logdet(${v}) - logdet(${c}))/2`,
      )
    },
  },
  {
    name: "KL of independent normals",
    make: (d) => {
      const [a, b, c, e] = [d.real(), d.pos(), d.real(), d.pos()]
      return balanced(
        `KL(MvNormal([${a}, ${c}], [[${b}^2, 0], [0, ${e}^2]]), MvNormal([0, 0], identity(2)))`,
        `KL(Normal(${a}, ${b}), Normal(0, 1)) + KL(Normal(${c}, ${e}), Normal(0, 1))`,
      )
    },
  },
  {
    name: "product density",
    make: (d) => {
      const [p, q] = [lineLaw(d), lineLaw(d)]
      return equal(`pdf(Product(${p.text}, ${q.text}), [${p.point}, ${q.point}])`, `pdf(${p.text}, ${p.point})*pdf(${q.text}, ${q.point})`, {
        scale: 1e-4,
      })
    },
  },
  {
    name: "independence",
    weight: 0.4,
    make: (d) => {
      const [p, q] = [lineLaw(d), lineLaw(d)]
      return balanced(`E(v, Product(${p.text}, ${q.text}), tanh(v[1])*sigmoid(v[2]))`, `E(x, ${p.text}, tanh(x))*E(y, ${q.text}, sigmoid(y))`)
    },
  },
  {
    name: "multivariate score",
    make: (d) => {
      const [m, c, x] = [vector(d, 2), spd2(d), vector(d, 2)]
      return balanced(`score(MvNormal(${m}, ${c}), ${x})`, `-(inv(${c})*(${x} - ${m}))`, { unit: "[1, 0]" })
    },
  },
  {
    name: "nested expectations",
    weight: 0.2,
    make: (d) => {
      const [s, t] = [d.pos(0.4, 2), d.pos(0.4, 2)]
      return equal(`E(x, Normal(0, ${s}), E(y, Normal(x, ${t}), cos(y)))`, `exp(-(${s}^2 + ${t}^2)/2)`, { scale: 0.1 })
    },
  },
  {
    name: "product of normals",
    weight: 0.15,
    make: (d) => {
      const [s, t] = [d.pos(0.3, 1.4), d.prob()]
      return equal(`E(x, Normal(0, ${s}), E(y, Normal(0, 1), cos(${t}*x*y)))`, `1/sqrt(1 + ${s}^2*${t}^2)`)
    },
  },
  {
    name: "Hellinger of normals with equal determinants",
    make: (d) => {
      const [a, b, c] = [d.pos(0.3, 2), d.pos(0.3, 2), d.real(2)]
      const [p, q] = [`MvNormal([0, ${c}], [[${a}^2, 0], [0, ${b}^2]])`, `MvNormal([0, ${c}], [[${b}^2, 0], [0, ${a}^2]])`]
      return balanced(`Hellinger2(${p}, ${q})`, `1 - 2*${a}*${b}/(${a}^2 + ${b}^2)`)
    },
  },
  {
    name: "Renyi of normals with equal determinants",
    make: (d) => {
      const [a, b, t] = [d.pos(0.3, 2), d.pos(0.3, 2), d.prob()]
      const [p, q] = [`MvNormal([0, 0], [[${a}^2, 0], [0, ${b}^2]])`, `MvNormal([0, 0], [[${b}^2, 0], [0, ${a}^2]])`]
      const one = (x: string, y: string): string => `Renyi(${t}, Normal(0, ${x}), Normal(0, ${y}))`
      return balanced(`Renyi(${t}, ${p}, ${q})`, `${one(a, b)} + ${one(b, a)}`)
    },
  },
  {
    name: "divergences rotate along",
    make: (d) => {
      const [a, b, x, y] = [d.pos(0.3, 2), d.pos(0.3, 2), d.real(2), d.real(2)]
      const form = d.pick(["KL", "Hellinger2", "JS"])
      const turned = (m: string, s: string, t: string): string =>
        `MvNormal([(3*${m} - 4*${y})/5, (4*${m} + 3*${y})/5], [[(9*${s}^2 + 16*${t}^2)/25, 12*(${s}^2 - ${t}^2)/25], [12*(${s}^2 - ${t}^2)/25, (16*${s}^2 + 9*${t}^2)/25]])`
      const straight = (m: string, s: string, t: string): string => `MvNormal([${m}, ${y}], [[${s}^2, 0], [0, ${t}^2]])`
      const of = (law: typeof turned): string =>
        form === "JS" ? `KL(${law(x, a, b)}, ${law("1", a, b)})` : `${form}(${law(x, a, b)}, ${law("0", b, a)})`
      return balanced(of(turned), of(straight))
    },
  },
  {
    name: "a discrete coordinate apart from a continuous one",
    make: (d) => {
      const [p, q] = [`Product(Bernoulli(${d.prob()}), Normal(0, 1))`, `Product(Normal(0, ${d.pos()}), Normal(0, 1))`]
      const [form, value] = d.pick([
        ["TV", "1"],
        ["Hellinger2", "1"],
        ["JS", "log(2)"],
      ] as const)
      return equal(`${form}(${p}, ${q})`, value)
    },
  },
  {
    name: "divergences of products with a common factor",
    make: (d) => {
      const [r, s, c] = [d.prob(), d.prob(), `Normal(${d.real()}, ${d.pos()})`]
      const form = d.pick(["TV", "KL", "Hellinger2", "JS"])
      return balanced(`${form}(Product(Bernoulli(${r}), ${c}), Product(Bernoulli(${s}), ${c}))`, `${form}(Bernoulli(${r}), Bernoulli(${s}))`)
    },
  },
  {
    name: "divergences of counts moved along",
    make: (d) => {
      const [r, s, a, b] = [d.pos(0.3, 4), d.pos(0.3, 4), d.nonzero(0.3, 3), d.real()]
      const form = d.pick(["TV", "KL", "Hellinger2", "JS"])
      return balanced(`${form}(Affine(Poisson(${r}), ${a}, ${b}), Affine(Poisson(${s}), ${a}, ${b}))`, `${form}(Poisson(${r}), Poisson(${s}))`)
    },
  },
]

export const spatial: ReadonlyArray<Kind> = [...linear, ...multivariate]
