/**
 * The characters of a formula, before its grammar: what can never be part of one is refused at its place, and the places of names, numbers and relations
 * are kept, because the parser forgets them.
 */
import { parseRational } from "../core/rational.ts"
import { named } from "../core/visible.ts"

/** A formula that is not in the language; `at` is the 0-based character where it is known. */
export class SyntaxFault extends Error {
  override readonly name = "SyntaxFault"
  readonly at: number | undefined
  constructor(message: string, at?: number) {
    super(message)
    this.at = at
  }
}

export const tooDeep = (at?: number): SyntaxFault => new SyntaxFault(`nested too deeply: at most ${MAX_DEPTH} levels are expected`, at)

export interface Token {
  readonly kind: "name" | "number" | "relation" | "mark"
  readonly text: string
  readonly at: number
}

/** An open bracket, and whether its present argument holds a relation already. */
interface Open {
  readonly by: string
  related: boolean
}

export const MAX_DEPTH = 200

const ALPHA = "A-Za-z_\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02AF\\u0370-\\u03FF\\u2100-\\u214F"
const NAME = new RegExp(`(?:[${ALPHA}]|\\uD835[\\uDC00-\\uDFFF])(?:[${ALPHA}0-9]|\\uD835[\\uDC00-\\uDFFF])*`, "y")
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const MARK = /==|!=|<=|>=|[-+*/^()[\],<>]/y
const RELATIONS = new Set(["==", "!=", "<=", ">=", "<", ">"])

/** Words that the parser gives a meaning of its own. */
const WORDS = new Map([
  ...["mod", "to", "in", "and", "xor", "or", "not"].map((word) => [word, `the operator ${word} has no place in a formula`] as const),
  ...["true", "false", "null", "undefined", "NaN", "Infinity"].map(
    (word) => [word, `unknown name "${word}"${word === "Infinity" ? '; did you mean "inf"?' : ""}`] as const,
  ),
])

const REFUSED: ReadonlyArray<readonly [marks: string, sentence: string]> = [
  ["\"'`", "a string has no place in a formula (a transpose is written transpose(A), a derivative D(f, x))"],
  ["~", 'the character "~" has no place in a formula: an expectation over z ~ q is written E(z, q, f)'],
  ["|", 'the character "|" has no place in a formula: write abs(x), norm(v), det(A), KL(q, p), and pdf(p(z), x) for p(x | z)'],
  ["\\\\", "LaTeX has no place in a formula: write (a)/(b), sqrt(x), x*y, E(z, q, f), KL(q, p) and names of letters such as sigma"],
  ["?", "? : has no place in a formula: write if(condition, a, b)"],
  [":", "a range has no place in a formula"],
  [";", 'the character ";" has no place in a formula: arguments are separated by commas, as in KL(q, p) and pdf(Normal(m, s), x)'],
  ["{}", "braces have no place in a formula: parentheses group, as in exp(x); indices are written v[1], an expectation E(z, q, f)"],
  ["!", "the operator ! has no place in a formula: n! is gamma(n + 1)"],
  [".", "property access has no place in a formula"],
]

const INSTEAD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "\u00b2": "^2",
    "\u00b3": "^3",
    "\u00b9": "^1",
    "\u2248": "==",
    "\u2207": "grad(f, v)",
    "\u2202": "D(f, x)",
    "\u222b": "integral(x, a, b, f)",
    "\u2211": "total(k, a, b, f)",
    "\u220f": "product(k, a, b, f)",
    "\u2016": "norm(v)",
    "\u27e8": "dot(u, v)",
    "\u22a4": "transpose(A)",
    "\u1d40": "transpose(A)",
    "@": "*",
    "−": "-",
    "–": "-",
    "—": "-",
    "×": "*",
    "·": "*",
    "⋅": "*",
    "÷": "/",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∞": "inf",
    "√": "sqrt",
  }),
)

/** The formula with comments (`# ...` to the end of the line) and white space as blanks, and its tokens. Throws SyntaxFault. */
export const tokenize = (formula: string): { readonly text: string; readonly tokens: ReadonlyArray<Token> } => {
  const text = blank(formula)
  const tokens: Array<Token> = []
  const open: Array<Open> = [{ by: "", related: false }]
  let at = 0
  while (at < text.length) {
    if (text[at] === " ") {
      at++
      continue
    }
    const inside = open.at(-1)!
    // Rows of a matrix: [1, 2; 3, 4].
    const token: Token = inside.by === "[" && text[at] === ";" ? { kind: "mark", text: ";", at } : next(text, at)
    at += token.text.length
    if (token.kind === "mark") {
      if (token.text === "(" || token.text === "[") open.push({ by: token.text, related: false })
      else if ((token.text === ")" || token.text === "]") && open.length > 1) open.pop()
      else if (token.text === ",") inside.related = false
      if (open.length - 1 > MAX_DEPTH) throw tooDeep(token.at)
    }
    if (token.kind === "relation") {
      if (inside.related) throw new SyntaxFault("exactly one relation is expected: ==, <=, >=, < or >; here are two", token.at)
      inside.related = true
    }
    tokens.push(token)
  }
  return { text, tokens }
}

/** Comments and white space as blanks, every other character where it was. */
export const blank = (text: string): string => text.replace(/#[^\n]*/g, (comment) => " ".repeat(comment.length)).replace(/\s/g, " ")

const match = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

const next = (text: string, at: number): Token => {
  const number = match(NUMBER, text, at)
  if (number !== undefined) return numeral(text, number, at)
  const name = match(NAME, text, at)
  if (name !== undefined) {
    const why = WORDS.get(name)
    if (why !== undefined) throw new SyntaxFault(why, at)
    if (text[at + name.length] === ".") throw new SyntaxFault("property access has no place in a formula", at + name.length)
    return { kind: "name", text: name, at }
  }
  const mark = match(MARK, text, at)
  if (mark === "*" && text[at + 1] === "*") throw new SyntaxFault("a power is written ^", at)
  if (mark !== undefined) return { kind: RELATIONS.has(mark) ? "relation" : "mark", text: mark, at }
  throw new SyntaxFault(refusal(text, at), at)
}

const numeral = (text: string, number: string, at: number): Token => {
  if (/^[xob]/i.test(text.slice(at + number.length)) && number === "0") throw new SyntaxFault("decimal numbers are expected", at)
  if (parseRational(number) === undefined) throw new SyntaxFault(`numbers with exponents up to 4000 are read, not ${number.slice(0, 30)}`, at)
  return { kind: "number", text: number, at }
}

const refusal = (text: string, at: number): string => {
  const c = String.fromCodePoint(text.codePointAt(at)!)
  if (c === "=") {
    const definition = /^ *[A-Za-z]\w* *\([^()]*\) *$/.test(text.slice(0, at))
    return definition
      ? "a function definition has no place in a formula: it stands under let"
      : "an assignment has no place in a formula; an equality is written =="
  }
  const known = REFUSED.find(([marks]) => marks.includes(c))?.[1]
  if (known !== undefined) return known
  const plain = INSTEAD.get(c) ?? c.normalize("NFKC")
  const hint = plain !== c && /^[ -~]+$/.test(plain) ? `; did you mean "${plain}"?` : ""
  return `the character ${named(c)} has no place in a formula${hint}`
}
