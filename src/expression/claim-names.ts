/**
 * The names of a formula before anything is computed: every one known, every function with the right number of arguments, relations only where a condition
 * belongs. Binders hide names inside their own formula, as they do when it is elaborated.
 */
import { ELEMENTARY } from "../interval/arithmetic.ts"
import { named } from "../core/visible.ts"
import { BINDERS } from "./binders.ts"
import type { Definition } from "./environment.ts"
import { FUNCTIONALS } from "./functionals/functionals.ts"
import { LAWS } from "./laws/laws.ts"
import { LINEAR } from "./operators.ts"
import { startOf, subtrees } from "./syntax.ts"
import type { Expr } from "./syntax.ts"

export const CONSTANT_NAMES: ReadonlyArray<string> = ["pi", "e", "inf"]

type Arity = readonly [least: number, most: number]

/** Form to its numbers of arguments, and the positions of the formula that its bound variable (always the first argument) is hidden in. */
const BOUND: ReadonlyMap<string, number> = new Map([
  ["E", 2],
  ["P", 2],
  ...["integral", "total", "product", "sup", "inf"].map((name) => [name, 3] as const),
])
const DERIVATIVES: ReadonlySet<string> = new Set(["D", "grad", "laplacian", "divergence"])

const each = (names: Iterable<string>, arity: Arity): ReadonlyArray<readonly [string, Arity]> => [...names].map((name) => [name, arity])
const exactly = (n: number): Arity => [n, n]

// Later entries win: the forms at the end are more precise than "some arguments".
/** Every function of the language with its least and greatest number of arguments. */
export const ARITY: ReadonlyMap<string, Arity> = new Map([
  ...each(Object.keys(BINDERS), [1, Infinity]),
  ...each([...ELEMENTARY, "abs", "sign", "floor", "gamma"], exactly(1)),
  ...each(["min", "max", "logsumexp"], [1, Infinity]),
  ...Object.entries(LINEAR).flatMap(([name, { arity }]) => each([name], exactly(arity))),
  ...Object.entries(FUNCTIONALS).flatMap(([name, { arity }]) => each([name], exactly(arity))),
  ...Object.entries(LAWS).flatMap(([name, { parameters, variadic }]) => each([name], variadic === true ? [1, Infinity] : exactly(parameters.length))),
  ...[...BOUND].flatMap(([name, position]) => each([name], exactly(position + 1))),
  ...each(["D"], [2, 3]),
  ...each(["grad", "laplacian", "divergence"], exactly(2)),
  ...each(["if"], exactly(3)),
])

/** Every function of the language, by name. */
export const FUNCTION_NAMES: ReadonlyArray<string> = [...ARITY.keys()]

/** What other texts and programs call the names of the language. */
export const ELSEWHERE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    E: ["Expectation", "Expect", "expectation"],
    Var: ["Variance", "V"],
    Entropy: ["H"],
    Normal: ["Gaussian", "N"],
    MvNormal: ["MultivariateNormal", "MVN"],
    W2: ["Wasserstein", "W"],
    ChiSquare: ["Chi2", "chi2"],
    Hellinger2: ["Hellinger"],
    log: ["ln"],
    sigmoid: ["expit", "logistic", "\u03c3"],
    normcdf: ["Phi", "\u03a6"],
    KL: ["kl", "D_KL", "DKL", "KLD", "kl_divergence"],
    JS: ["D_JS", "JSD"],
    TV: ["D_TV", "TVD"],
    sign: ["sgn"],
    gamma: ["Gamma_function", "\u0393"],
    digamma: ["psi", "\u03c8"],
    total: ["sum", "Sum"],
    product: ["prod", "Prod"],
    integral: ["int", "integrate"],
    D: ["diff", "derivative", "d"],
    trace: ["tr", "Tr"],
    identity: ["eye", "I"],
    inf: ["infinity", "Infinity", "oo"],
    pi: ["\u03c0"],
  }).flatMap(([name, others]) => others.map((other) => [other, name])),
)

const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ")

/** Greek letters by their names. */
export const spelled = (name: string): string =>
  name.replace(/[\u0391-\u03a9\u03b1-\u03c9]/g, (c) => {
    const letter = GREEK[c.toLowerCase().charCodeAt(0) - 0x3b1]!
    return c === c.toLowerCase() ? letter : `${letter[0]!.toUpperCase()}${letter.slice(1)}`
  })

/** Functions that are not in the language, written in it. */
const WRITTEN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "log(x)/log(2)": ["log2", "log_2", "lg"],
    "log(x)/log(10)": ["log10", "log_10"],
    "max(x, 0)": ["relu", "ReLU"],
    "exp(v[i] - logsumexp(v))": ["softmax"],
    "gamma(n + 1)": ["factorial"],
    "gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))": ["choose", "binom", "nchoosek", "combinations"],
    "gamma(a)*gamma(b)/gamma(a + b)": ["beta", "B"],
    "quantile(Normal(0, 1), (1 + x)/2)/sqrt(2)": ["erfinv"],
    "quantile(Normal(0, 1), u)": ["probit", "ndtri"],
    "KL(joint, Product(p, q))": ["MI", "I"],
    "sin(x)/cos(x)": ["tg"],
    "log(x/(1 - x))": ["logit"],
  }).flatMap(([written, names]) => names.map((name) => [name, written] as const)),
)

/** The arguments of the forms that bind a variable or differentiate in one. */
const FORM: ReadonlyMap<string, string> = new Map([
  ["E", "E(z, d, f)"],
  ["P", "P(z, d, condition)"],
  ...["integral", "sup", "inf"].map((name) => [name, `${name}(x, a, b, f)`] as const),
  ...["total", "product"].map((name) => [name, `${name}(k, a, b, f)`] as const),
  ["D", "D(f, x)"],
  ...["grad", "laplacian", "divergence"].map((name) => [name, `${name}(f, v)`] as const),
])

const form = (name: string): string => (FORM.has(name) ? `: ${FORM.get(name)}` : "")

export interface Scope {
  readonly parameters: ReadonlySet<string>
  readonly lets: ReadonlyMap<string, Pick<Definition, "parameters">>
  /** Parameters that are declared further down. */
  readonly later?: ReadonlySet<string>
}

export interface Mentions {
  /** Parameters and definitions that the formula depends on. */
  readonly used: ReadonlySet<string>
  /** What is wrong, each with its place in the formula, and the unknown name that it concerns. */
  readonly complaints: ReadonlyArray<{
    readonly at: number | undefined
    readonly message: string
    readonly name?: string
    readonly known?: ReadonlyArray<string>
  }>
}

/** Looks at a formula in which `hidden` are names of its own (the arguments of a definition). `condition` says whether it may be a relation itself. */
export const mentions = (formula: Expr, scope: Scope, hidden: ReadonlyArray<string> = [], condition = false): Mentions => {
  const used = new Set<string>()
  const complaints: Array<Mentions["complaints"][number]> = []
  const walk = (e: Expr, local: ReadonlySet<string>, mayCompare: boolean): void => {
    if (e.kind === "compare" && !mayCompare)
      complaints.push({ at: e.at, message: `one relation only is expected; a second one, ${e.rel}, stands inside` })
    if (e.kind === "name") value(e, local)
    if (e.kind === "call") call(e, local)
    else for (const child of subtrees(e)) walk(child, local, false)
  }
  const value = ({ name, at }: Extract<Expr, { kind: "name" }>, local: ReadonlySet<string>): void => {
    if (local.has(name)) return
    const definition = scope.lets.get(name)
    if (scope.parameters.has(name) || definition?.parameters.length === 0) used.add(name)
    else if (definition !== undefined)
      complaints.push({ at, message: `${name} takes ${count(definition.parameters.length)}: write ${name}(${definition.parameters.join(", ")})` })
    else if (!CONSTANT_NAMES.includes(name)) {
      const known = [...local, ...scope.parameters, ...scope.lets.keys(), ...CONSTANT_NAMES]
      if (scope.later?.has(name) === true)
        complaints.push({ at, message: `the parameter ${name} stands below; a size or a bound names an earlier one` })
      else if (ARITY.has(name)) complaints.push({ at, message: `${name} is a function: its arguments are expected, in parentheses` })
      else complaints.push({ at, message: `unknown name ${shown(name)}`, name, known })
    }
  }
  const call = ({ name, args, at }: Extract<Expr, { kind: "call" }>, local: ReadonlySet<string>): void => {
    const definition = scope.lets.get(name)
    if (definition !== undefined) used.add(name)
    const arity = definition === undefined ? ARITY.get(name) : ([definition.parameters.length, definition.parameters.length] as const)
    if (arity === undefined) {
      if (scope.parameters.has(name) || local.has(name))
        complaints.push({ at, message: `${name} is no function; a product is written ${name}*(...)` })
      else if (WRITTEN.has(name)) complaints.push({ at, message: `unknown function ${shown(name)}: write ${WRITTEN.get(name)}` })
      else complaints.push({ at, message: `unknown function ${shown(name)}`, name, known: [...FUNCTION_NAMES, ...scope.lets.keys()] })
    } else if (definition !== undefined && arity[1] === 0)
      complaints.push({ at, message: `${name} takes no arguments: the density of a law is pdf(${name}, ...), a product ${name}*(...)` })
    else if (args.length < arity[0] || args.length > arity[1])
      complaints.push({ at, message: `${name} takes ${range(arity)}, not ${args.length}${definition === undefined ? form(name) : ""}` })
    const position = definition === undefined ? BOUND.get(name) : undefined
    const variable = position === undefined ? undefined : args[0]
    if (position !== undefined && variable !== undefined && variable.kind !== "name")
      complaints.push({ at: startOf(variable) ?? at, message: `the first argument of ${name} must be the name of its variable${form(name)}` })
    if (definition === undefined && DERIVATIVES.has(name) && args[1] !== undefined && args[1].kind !== "name")
      complaints.push({ at: startOf(args[1]) ?? at, message: `the second argument of ${name} must be a name${form(name)}` })
    args.forEach((arg, i) => {
      if (position !== undefined && i === 0) return
      const inner = variable?.kind === "name" && i === position ? new Set(local).add(variable.name) : local
      walk(arg, inner, definition === undefined && ((name === "if" && i === 0) || (name === "P" && i === 2)))
    })
  }
  walk(formula, new Set(hidden), condition)
  return { used, complaints }
}

/** A name in quotes, cut to a readable length; letters that only look like ASCII ones show their code points. */
const shown = (name: string): string => {
  const points = [...new Set(name.match(/[^\x20-~]/gu) ?? [])].slice(0, 3).map(named)
  return `"${name.slice(0, 80)}${name.length > 80 ? "..." : ""}"${points.length === 0 ? "" : ` with ${points.join(", ")}`}`
}

const count = (n: number): string => `${n} argument${n === 1 ? "" : "s"}`
const range = ([least, most]: Arity): string =>
  least === most ? count(least) : most === Infinity ? `at least ${count(least)}` : `${least} or ${count(most)}`

/** A cycle among definitions, as the names along it, or `undefined`. */
export const cycle = (uses: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyArray<string> | undefined => {
  const done = new Set<string>()
  for (const start of uses.keys()) {
    // Iterative depth-first search: a chain of definitions may be longer than the call stack.
    const path: Array<{ readonly name: string; readonly next: Iterator<string> }> = []
    const enter = (name: string): void => {
      path.push({ name, next: (uses.get(name) ?? new Set<string>()).values() })
    }
    if (!done.has(start)) enter(start)
    while (path.length > 0) {
      const top = path.at(-1)!
      const step = top.next.next()
      if (step.done === true) {
        done.add(top.name)
        path.pop()
        continue
      }
      const from = path.findIndex(({ name }) => name === step.value)
      if (from >= 0) return [...path.slice(from).map(({ name }) => name), step.value]
      if (uses.has(step.value) && !done.has(step.value)) enter(step.value)
    }
  }
  return undefined
}
