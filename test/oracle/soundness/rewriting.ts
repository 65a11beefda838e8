/**
 * Random formulas and the same formulas rewritten by identities, as values, integrals, expectations and derivatives.
 */
import type { Draw } from "./draw.ts"
import { balanced } from "./kind.ts"
import type { Kind } from "./kind.ts"

type Tree = { readonly op: string; readonly args: ReadonlyArray<Tree> } | { readonly text: string }

const node = (op: string, ...args: ReadonlyArray<Tree>): Tree => ({ op, args })
const leaf = (text: string): Tree => ({ text })

/** Unary functions of polynomial growth that are defined everywhere. */
const UNARY = ["tanh", "sin", "cos", "atan", "sigmoid", "softplus", "gauss", "erf", "normcdf", "abs", "root", "log", "square", "relu"] as const

const grow = (d: Draw, depth: number): Tree => {
  if (depth === 0) return d.chance(0.75) ? leaf("x") : leaf(d.real(3))
  const sub = (): Tree => grow(d, depth - d.int(1, 2) < 0 ? 0 : depth - d.int(1, 2) < depth ? Math.max(0, depth - d.int(1, 2)) : depth - 1)
  const smaller = (): Tree => grow(d, depth - 1)
  switch (d.int(0, 9)) {
    case 0:
      return node("+", smaller(), sub())
    case 1:
      return node("-", smaller(), sub())
    case 2:
      return node("*", smaller(), leaf(d.nonzero(0.2, 3)))
    case 3:
      return node("*", node("tanh", sub()), smaller())
    case 4:
      return node("over", smaller(), sub())
    case 5:
      return node(d.pick(["max", "min", "lse"]), smaller(), sub())
    case 6:
      return node("if", sub(), leaf(d.real(2)), smaller(), sub())
    default:
      return node(d.pick(UNARY), smaller())
  }
}

/** The formula as it is usually written. */
const plainly = (t: Tree): string => ("text" in t ? t.text : write(t.op, t.args.map(plainly)))

const write = (op: string, [a, b, c, e]: ReadonlyArray<string>): string => {
  switch (op) {
    case "+":
      return `(${a} + ${b})`
    case "-":
      return `(${a} - ${b})`
    case "*":
      return `(${a}*${b})`
    case "over":
      return `(${a}/(1 + (${b})^2))`
    case "max":
    case "min":
      return `${op}(${a}, ${b})`
    case "lse":
      return `logsumexp(${a}, ${b})`
    case "if":
      return `if(${a} < ${b}, ${c}, ${e})`
    case "gauss":
      return `exp(-(${a})^2)`
    case "root":
      return `sqrt(1 + (${a})^2)`
    case "log":
      return `log1p((${a})^2)`
    case "square":
      return `(${a})^2`
    case "relu":
      return `max(0, ${a})`
    default:
      return `${op}(${a})`
  }
}

/** Other ways to write an operation, all equal on the whole line. */
const OTHERWISE: Readonly<Record<string, ReadonlyArray<(a: string, b: string, c: string, e: string) => string>>> = {
  "+": [(a, b) => `(${b} + ${a})`, (a, b) => `(${a} - (-${b}))`],
  "-": [(a, b) => `(-(${b} - ${a}))`, (a, b) => `(${a} + (-1)*${b})`],
  "*": [(a, b) => `(${b}*${a})`, (a, b) => `(((${a} + ${b})^2 - (${a} - ${b})^2)/4)`],
  over: [(a, b) => `(${a}*(1 + ${b}^2)^(-1))`, (a, b) => `(${a}*exp(-log1p(${b}^2)))`],
  max: [(a, b) => `((${a} + ${b} + abs(${a} - ${b}))/2)`, (a, b) => `(-min(-${a}, -${b}))`, (a, b) => `if(${a} < ${b}, ${b}, ${a})`],
  min: [(a, b) => `((${a} + ${b} - abs(${a} - ${b}))/2)`, (a, b) => `(-max(-${a}, -${b}))`, (a, b) => `if(${a} <= ${b}, ${a}, ${b})`],
  lse: [
    (a, b) => `(${b} + softplus(${a} - ${b}))`,
    (a, b) => `logsumexp(${b}, ${a})`,
    (a, b) => `(log(2) + logsumexp(${a} - log(2), ${b} - log(2)))`,
  ],
  if: [(a, b, c, e) => `if(${b} <= ${a}, ${e}, ${c})`, (a, b, c, e) => `(${e} + if(${a} < ${b}, 1, 0)*(${c} - ${e}))`],
  tanh: [(a) => `(2*sigmoid(2*${a}) - 1)`, (a) => `(sinh(${a})/cosh(${a}))`, (a) => `(-tanh(-${a}))`],
  sin: [(a) => `cos(${a} - pi/2)`, (a) => `(2*sin(${a}/2)*cos(${a}/2))`],
  cos: [(a) => `(1 - 2*sin(${a}/2)^2)`, (a) => `cos(-${a})`],
  atan: [(a) => `(2*atan(${a}/(1 + sqrt(1 + ${a}^2))))`, (a) => `(-atan(-${a}))`],
  sigmoid: [(a) => `(1 - sigmoid(-${a}))`, (a) => `((1 + tanh(${a}/2))/2)`, (a) => `exp(-softplus(-${a}))`],
  softplus: [(a) => `(${a} + softplus(-${a}))`, (a) => `logsumexp(0, ${a})`, (a) => `log1p(exp(${a}))`],
  gauss: [(a) => `exp(-${a}^2/2)^2`, (a) => `exp(-abs(${a})*abs(${a}))`],
  erf: [(a) => `(2*normcdf(sqrt(2)*${a}) - 1)`, (a) => `(1 - erfc(${a}))`, (a) => `(-erf(-${a}))`],
  normcdf: [(a) => `(erfc(-${a}/sqrt(2))/2)`, (a) => `(1 - normcdf(-${a}))`, (a) => `exp(lognormcdf(${a}))`],
  abs: [(a) => `max(${a}, -${a})`, (a) => `sqrt(${a}^2)`, (a) => `(${a}*sign(${a}))`, (a) => `if(${a} < 0, -${a}, ${a})`],
  root: [(a) => `exp(log1p(${a}^2)/2)`, (a) => `(1 + ${a}^2)^(1/2)`, (a) => `norm([1, ${a}])`],
  log: [(a) => `log(1 + ${a}^2)`, (a) => `(2*log(sqrt(1 + ${a}^2)))`],
  square: [(a) => `(${a}*${a})`, (a) => `abs(${a})^2`, (a) => `norm2([${a}])`],
  relu: [(a) => `((${a} + abs(${a}))/2)`, (a) => `if(${a} < 0, 0, ${a})`, (a) => `(-min(0, -${a}))`],
}

/** The formula with some of its operations written otherwise. */
const otherwise = (d: Draw, t: Tree): string => {
  if ("text" in t) return t.text
  const [a = "", b = "", c = "", e = ""] = t.args.map((s) => `(${otherwise(d, s)})`)
  const ways = OTHERWISE[t.op] ?? []
  return ways.length > 0 && d.chance(0.6) ? d.pick(ways)(a, b, c, e) : write(t.op, [a, b, c, e])
}

/** Two ways to write one random formula in x. */
const pair = (d: Draw, depth: number): readonly [string, string] => {
  const tree = grow(d, depth)
  return [plainly(tree), otherwise(d, tree)]
}

const named = (text: string, name: string): string => text.replace(/\bx\b/g, name)
/** A place that is a kink of no formula here. */
const generic = (d: Draw): string => `${d.int(-3000, 3000)}/1009`
const lawOf = (d: Draw): string =>
  d.pick([
    `Normal(${d.real(2)}, ${d.pos(0.2, 3)})`,
    `Laplace(${d.real(2)}, ${d.pos(0.3, 2)})`,
    `Logistic(${d.real(2)}, ${d.pos(0.3, 2)})`,
    `Uniform(${d.real(2)} - 4, ${d.real(2)} + 4)`,
    `Exponential(${d.pos(0.4, 3)})`,
    `Gamma(${d.pos(0.6, 5)}, ${d.pos(0.5, 3)})`,
    `Beta(${d.pos(0.6, 4)}, ${d.pos(0.6, 4)})`,
    `Mixture([1/3, 2/3], [Normal(${d.real(3)}, 1), Normal(${d.real(3)}, ${d.pos(0.3, 2)})])`,
  ])

export const rewriting: ReadonlyArray<Kind> = [
  {
    name: "rewritten value",
    weight: 5,
    make: (d) => {
      const [f, g] = pair(d, d.int(2, 5))
      return balanced(f, g, { at: { x: generic(d) } })
    },
  },
  {
    name: "rewritten integral",
    weight: 5,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 3))
      const [a, b] = [d.real(3), d.real(3)]
      return balanced(`integral(x, ${a}, ${b}, ${f})`, `integral(x, ${a}, ${b}, ${g})`)
    },
  },
  {
    name: "rewritten expectation",
    weight: 5,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 3))
      const l = lawOf(d)
      return balanced(`E(x, ${l}, ${f})`, `E(x, ${l}, ${g})`)
    },
  },
  {
    name: "rewritten derivative",
    weight: 5,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 4))
      return balanced(`D(${f}, x)`, `D(${g}, x)`, { at: { x: generic(d) } })
    },
  },
  {
    name: "rewritten second derivative",
    weight: 2,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 2))
      return balanced(`D(${f}, x, 2)`, `D(${g}, x, 2)`, { at: { x: generic(d) } })
    },
  },
  {
    name: "rewritten derivative of an expectation",
    weight: 3,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 2))
      const s = d.pos(0.3, 2)
      return balanced(`D(E(z, Normal(t, ${s}), ${named(f, "z")}), t)`, `D(E(z, Normal(t, ${s}), ${named(g, "z")}), t)`, { at: { t: generic(d) } })
    },
  },
  {
    name: "expectation moved and scaled",
    weight: 3,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 2))
      const [m, s] = [d.real(2), d.pos(0.3, 2)]
      const k = d.pick(["Normal", "Laplace", "Logistic"])
      return balanced(`E(x, ${k}(${m}, ${s}), ${f})`, `E(z, ${k}(0, 1), ${named(g, `(${m} + ${s}*z)`)})`)
    },
  },
  {
    name: "expectation by the density",
    weight: 3,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 2))
      const l = d.pick([`Normal(${d.real(2)}, ${d.pos(0.3, 2)})`, `Logistic(${d.real(2)}, ${d.pos(0.3, 2)})`])
      return balanced(`E(x, ${l}, ${f})`, `integral(x, -inf, inf, pdf(${l}, x)*(${g}))`)
    },
  },
  {
    name: "substitution in an integral",
    weight: 2,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 2))
      const [a, b] = [d.pos(0.2, 1), d.pos(1, 3)]
      return balanced(`integral(x, ${a}, ${b}, ${f})`, `integral(u, log(${a}), log(${b}), exp(u)*(${named(g, "exp(u)")}))`)
    },
  },
  {
    name: "derivative of an integral with moving ends",
    weight: 2,
    make: (d) => {
      const [f, g] = pair(d, d.int(1, 2))
      return balanced(`D(integral(x, sin(t), t^2, ${f}), t)`, `2*t*(${named(g, "(t^2)")}) - cos(t)*(${named(g, "sin(t)")})`, {
        at: { t: generic(d) },
      })
    },
  },
]
