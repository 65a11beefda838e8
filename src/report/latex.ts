/**
 * Formulas of the claim language as LaTeX: the tree that is checked is the tree that is printed.
 */
import { parseClaim, parseFormula } from "../expression/syntax.ts"
import type { Expr } from "../expression/syntax.ts"
import * as Q from "../core/rational.ts"

/** A relation as LaTeX, `left = right`. Throws SyntaxFault. */
export const claimLatex = (claim: string): string => {
  const { left, relation, right } = claimParts(claim)
  return `${left} ${relation} ${right}`
}

/** The two sides of a relation and the sign between them, as LaTeX. Throws SyntaxFault. */
export const claimParts = (claim: string): { readonly left: string; readonly relation: string; readonly right: string } => {
  const { left, relation, right } = parseClaim(claim)
  return { left: latex(left, SUM), relation: RELATION[relation], right: latex(right, SUM) }
}

/** A formula or condition as LaTeX. Throws SyntaxFault. */
export const formulaLatex = (formula: string): string => latex(parseFormula(formula), SUM)

const RELATION = { "==": "=", "!=": String.raw`\ne`, "<=": String.raw`\le`, ">=": String.raw`\ge`, "<": "<", ">": ">" } as const

// Binding strength: a child weaker than its place gets parentheses.
const [SUM, PRODUCT, POWER, ATOM] = [1, 2, 3, 4]

const latex = (e: Expr, place: number): string => {
  const [strength, text] = print(e)
  return strength < place ? String.raw`\left(${text}\right)` : text
}

const print = (e: Expr): readonly [strength: number, text: string] => {
  switch (e.kind) {
    case "number":
      return Q.isInteger(e.value) ? [e.value.n < 0n ? SUM : ATOM, `${e.value.n}`] : [PRODUCT, decimal(e.value)]
    case "name":
      return [ATOM, name(e.name)]
    case "negate":
      return [SUM, `-${latex(e.a, PRODUCT)}`]
    case "compare":
      return [0, `${latex(e.a, SUM)} ${RELATION[e.rel]} ${latex(e.b, SUM)}`]
    case "array":
      return [ATOM, String.raw`\left[${e.items.map((item) => latex(item, SUM)).join(", ")}\right]`]
    case "index":
      return [ATOM, `${indexed(e.of)}_{${e.at.map((i) => latex(i, SUM)).join(",")}}`]
    case "binary":
      return binary(e.op, e.a, e.b)
    case "call":
      return call(e.name, e.args)
  }
}

/** What has a subscript already gets another one as a whole: TeX refuses two. */
const indexed = (e: Expr): string => {
  const subscripted = e.kind === "index" || (e.kind === "name" && /\d$/.test(e.name))
  return subscripted ? `{${latex(e, ATOM)}}` : latex(e, ATOM)
}

const binary = (op: "+" | "-" | "*" | "/" | "^", a: Expr, b: Expr): readonly [number, string] => {
  if (op === "+") return [SUM, `${latex(a, SUM)} + ${latex(b, SUM)}`]
  if (op === "-") return [SUM, `${latex(a, SUM)} - ${latex(b, PRODUCT)}`]
  if (op === "/") return [POWER, String.raw`\frac{${latex(a, SUM)}}{${latex(b, SUM)}}`]
  if (op === "^") return [POWER, `${latex(a, ATOM)}^{${latex(b, SUM)}}`]
  // (-a) b is printed as -a b, which is the same number; the minus then rules how tightly the product binds.
  const [strength, first] = a.kind === "negate" ? [SUM, latex(a, SUM)] : [PRODUCT, latex(a, PRODUCT)]
  const second = latex(b, PRODUCT)
  return [strength, `${first}${/^\d/.test(second) ? String.raw` \cdot ` : String.raw`\,`}${second}`]
}

const decimal = (value: Q.Rational): string =>
  value.n < 0n ? String.raw`-\frac{${-value.n}}{${value.d}}` : String.raw`\frac{${value.n}}{${value.d}}`

const GREEK: Readonly<Record<string, string>> = {
  al: "alpha",
  be: "beta",
  ga: "gamma",
  de: "delta",
  ep: "varepsilon",
  ze: "zeta",
  eta: "eta",
  th: "theta",
  ka: "kappa",
  la: "lambda",
  mu: "mu",
  nu: "nu",
  xi: "xi",
  pi: "pi",
  rh: "rho",
  sg: "sigma",
  si: "sigma",
  ta: "tau",
  ph: "varphi",
  ps: "psi",
  om: "omega",
}

const name = (text: string): string => {
  if (text === "inf") return String.raw`\infty`
  const [, stem = text, digits = ""] = /^([A-Za-z]+?)_?(\d*)$/.exec(text) ?? []
  const greek = GREEK[stem] ?? (Object.values(GREEK).includes(stem) ? stem : undefined)
  const body = greek !== undefined ? `\\${greek}` : stem.length === 1 ? stem : String.raw`\mathrm{${stem.replaceAll("_", String.raw`\_`)}}`
  return digits === "" ? body : `${body}_{${digits}}`
}

type Printer = (args: ReadonlyArray<string>) => string

const ELEMENTARY = new Set(["exp", "log", "sin", "cos", "tan", "tanh", "sinh", "cosh", "min", "max", "det", "sup", "inf"])

/** Forms with a notation of their own; every argument is printed as a sum, ready to stand inside brackets. */
const FORMS: Readonly<Record<string, Printer>> = {
  sqrt: ([a]) => String.raw`\sqrt{${a}}`,
  abs: ([a]) => String.raw`\left|${a}\right|`,
  norm: ([a]) => String.raw`\left\|${a}\right\|`,
  norm2: ([a]) => String.raw`\left\|${a}\right\|^{2}`,
  transpose: ([a]) => String.raw`{${a}}^{\top}`,
  inv: ([a]) => String.raw`\left(${a}\right)^{-1}`,
  dot: ([a, b]) => String.raw`\left\langle ${a}, ${b}\right\rangle`,
  pdf: ([d, x]) => String.raw`p_{${d}}\left(${x}\right)`,
  logpdf: ([d, x]) => String.raw`\log p_{${d}}\left(${x}\right)`,
  cdf: ([d, x]) => String.raw`F_{${d}}\left(${x}\right)`,
  score: ([d, x]) => String.raw`\nabla\log p_{${d}}\left(${x}\right)`,
  E: ([z, d, f]) => String.raw`\mathbb{E}_{${z}\sim ${d}}\left[${f}\right]`,
  P: ([z, d, c]) => String.raw`\mathbb{P}_{${z}\sim ${d}}\left[${c}\right]`,
  KL: ([p, q]) => String.raw`\mathrm{KL}\left(${p}\,\middle\|\,${q}\right)`,
  D: ([f, x, k]) => (k === undefined ? String.raw`\partial_{${x}}\left[${f}\right]` : String.raw`\partial_{${x}}^{${k}}\left[${f}\right]`),
  grad: ([f, x]) => String.raw`\nabla_{${x}}\left[${f}\right]`,
  laplacian: ([f, x]) => String.raw`\Delta_{${x}}\left[${f}\right]`,
  divergence: ([f, x]) => String.raw`\nabla_{${x}}\cdot\left[${f}\right]`,
  integral: ([x, a, b, f]) => String.raw`\int_{${a}}^{${b}} ${f}\,\mathrm{d}${x}`,
  total: ([k, a, b, f]) => String.raw`\sum_{${k}=${a}}^{${b}} \left(${f}\right)`,
  product: ([k, a, b, f]) => String.raw`\prod_{${k}=${a}}^{${b}} \left(${f}\right)`,
  sup: ([x, a, b, f]) => String.raw`\sup_{${a}\le ${x}\le ${b}} ${f}`,
  inf: ([x, a, b, f]) => String.raw`\inf_{${a}\le ${x}\le ${b}} ${f}`,
  PosteriorMean: ([d, a, s, x]) => String.raw`\mathbb{E}_{X\sim ${d}}\left[X \mid ${a} X + ${s}\varepsilon = ${x}\right]`,
  PosteriorCov: ([d, a, s, x]) => String.raw`\mathrm{Cov}_{X\sim ${d}}\left[X \mid ${a} X + ${s}\varepsilon = ${x}\right]`,
  if: ([c, a, b]) => String.raw`\begin{cases} ${a} & ${c} \\ ${b} & \text{else} \end{cases}`,
}

/** An integral or a supremum reaches to the right as far as it can, so it stands alone or in parentheses. */
const OPEN = new Set(["integral", "sup", "inf"])
/** With a power or an index these would be read as something else, or have two exponents: they get parentheses there. */
const RAISED = new Set([...["total", "product", "D", "grad", "laplacian", "divergence", "logpdf", "score", "if"], ...["norm2", "transpose", "inv"]])

const call = (f: string, args: ReadonlyArray<Expr>): readonly [number, string] => {
  const inside = args.map((a) => latex(a, 0))
  const form = FORMS[f]
  if (form !== undefined) return [OPEN.has(f) ? SUM : RAISED.has(f) ? POWER : ATOM, form(inside)]
  const head = ELEMENTARY.has(f) ? `\\${f}` : f.length === 1 || f in GREEK ? name(f) : String.raw`\operatorname{${f.replaceAll("_", String.raw`\_`)}}`
  return [ATOM, String.raw`${head}\left(${inside.join(", ")}\right)`]
}
