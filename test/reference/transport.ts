/**
 * Transport costs: discrete problems by the exact solver and by its certificate, laws on the line and normal laws by W1 and W2.
 */
import { kantorovichDuality } from "../../specs/transport/kantorovich-duality.ts"
import { minibatchFunctions } from "../../specs/transport/minibatches.ts"
import type { TypedFunction } from "../../src/core/statement.ts"
import type { Rational } from "../../src/core/rational.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { mongeMapMatrix } from "../../src/expression/functionals/bures.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { Undefined, asMatrix, asVector, matrix, scalar, typedFunction } from "../../src/expression/value.ts"
import { checkTransport, solveTransport } from "../../src/verify/transport-certificate.ts"
import { isLaw, isList, lawText, literal } from "./case.ts"
import type { Parameters } from "./case.ts"
import { pairOf } from "./adversarial.ts"
import type { Question, Rule } from "./question.ts"

const rational = (x: Node): Rational => {
  if (x.op !== "const") throw new Undefined("masses are rational")
  return x.value
}
const ends = (x: Node): { readonly lo: Rational; readonly hi: Rational } => {
  const known = x.op === "const" ? { lo: x.value, hi: x.value } : enclose(x, { bits: 192, evaluations: 1 }).exact
  if (known === undefined) throw new Undefined("a cost is no number")
  return known
}

/** certified(C, a, b): the interval that a checked certificate proves, costs enclosed to 192 bits. */
const certified = typedFunction(3, ([c, a, b]) => {
  const problem = { cost: asMatrix(c!, "C").map((row) => row.map(ends)), a: asVector(a!, "a").map(rational), b: asVector(b!, "b").map(rational) }
  const outcome = solveTransport(problem)
  if (!outcome.ok) throw new Undefined(outcome.why)
  const checked = checkTransport(problem, outcome.certificate)
  if (!checked.ok) throw new RangeError(checked.why)
  return scalar(N.external("certified", [N.constant(checked.lower), N.constant(checked.upper)], (A, [lo, hi]) => A.hull(lo!, hi!)))
})

/** monge(C1, C2): the matrix of the optimal map between centred normal laws. */
const monge = typedFunction(2, ([c1, c2]) => matrix(mongeMapMatrix(asMatrix(c1!, "C1"), asMatrix(c2!, "C2"))))

const functions: Readonly<Record<string, TypedFunction>> = { ...kantorovichDuality.functions, certified, monge }

/** The cost matrix named by the reference; the distance on the line where none is named. */
export const costOf = (name: unknown, power = 1): string | undefined => {
  const exponent = typeof name === "string" ? /^\|x-y\|\^\(?([0-9./]+)\)?$/.exec(name)?.[1] : undefined
  if (exponent !== undefined) return `powers(manhattan(x, y), ${exponent})`
  switch (name) {
    case undefined:
      return power === 1 ? "manhattan(x, y)" : `powers(manhattan(x, y), ${power})`
    case "euclidean":
      return "euclidean(x, y)"
    case "manhattan":
    case "absolute":
    case "|x-y|":
      return "manhattan(x, y)"
    case "sqeuclidean":
    case "squared":
      return "powers(euclidean(x, y), 2)"
    case "sqrt(|x-y|)":
      return "powers(manhattan(x, y), 1/2)"
    default:
      return undefined
  }
}

const discrete = (p: Parameters, power: number): Question | undefined => {
  const problem = (parameters: ReadonlyArray<string>, C: string, more: ReadonlyArray<string> = []): Question => ({
    parameters: Object.fromEntries(parameters.map((name) => [name, literal(p, name)])),
    let: { cost: C },
    functions,
    formulas: ["transport(cost, a, b)", "certified(cost, a, b)", ...more],
  })
  if ("C" in p) return problem(["a", "b", "C"], "C")
  if (isList(p["p"]) && isList(p["q"])) {
    const z = p["p"].map((_, i) => i)
    return {
      parameters: { a: literal(p, "p"), b: literal(p, "q"), z },
      let: { cost: "distinct(z, z)" },
      functions,
      formulas: ["transport(cost, a, b)", "certified(cost, a, b)", "TV(Categorical(a), Categorical(b))"],
    }
  }
  const C = "x" in p && "y" in p ? costOf(p["cost"], power) : undefined
  if (C === undefined) return undefined
  const line = isList(p["x"]) && !isList(p["x"][0]) && p["cost"] === undefined
  const [mu, nu] = ["Discrete(x, a)", "Discrete(y, b)"]
  return problem(["x", "a", "y", "b"], C, !line ? [] : power === 1 ? ["area(x, a, y, b)", `W1(${mu}, ${nu})`] : [`W2(${mu}, ${nu})^2`])
}

const laws = (p: Parameters, formula: string): Question | undefined => {
  if ("m1" in p) return { parameters: pairOf(p)!.parameters, let: pairOf(p)!.let, functions, formulas: [formula] }
  return isLaw(p["p"]) && isLaw(p["q"]) ? { let: { p: lawText(p["p"]), q: lawText(p["q"]) }, formulas: [formula] } : undefined
}

const between = (quantity: string, formula: string, power: number, root = false): Rule => ({
  quantity,
  ask: (p) => {
    const found = laws(p, formula) ?? discrete(p, power)
    return found === undefined || !root || found.formulas[0] === formula ? found : { ...found, formulas: found.formulas.map((f) => `sqrt(${f})`) }
  },
})

export const kantorovich: ReadonlyArray<Rule> = [
  between("w1", "W1(p, q)", 1),
  between("w2_squared", "W2(p, q)^2", 2),
  between("w2", "W2(p, q)", 2, true),
  { quantity: "transport_cost", ask: (p) => discrete(p, 1) },
]

export const bures: ReadonlyArray<Rule> = [
  between("w2_squared", "W2(p, q)^2", 2),
  between("w2", "W2(p, q)", 2, true),
  { quantity: "monge_map_matrix", ask: (p) => laws(p, "monge(C1, C2)") },
]

export const minibatches: ReadonlyArray<Rule> = [
  {
    quantity: "expected_minibatch_w1",
    ask: (p) => ({
      parameters: { x: literal(p, "x"), y: literal(p, "y"), m: literal(p, "batch"), n: (p["x"] as ReadonlyArray<unknown>).length },
      let: { C: "manhattan(x, y)", plan: "batchPlan(x, y, m)" },
      functions: { ...functions, ...minibatchFunctions },
      formulas: ["minibatch(C, m)", "total(i, 1, n, total(j, 1, n, plan[i, j]*C[i, j]))"],
    }),
  },
]
