/**
 * Lemmata as a library.
 *
 * A theorem is two values: a spec (what is claimed) and a proof (how evidence is gathered). `check` runs proofs and returns a report; the report functions
 * turn it into text, JSON or JUnit XML.
 *
 * ```ts
 * import { Effect } from "effect"
 * import { check, exitCode, family, prove, step, summarise, theorem } from "lemmata"
 *
 * const square = theorem({
 *   id: "algebra/square",
 *   title: "Square of a sum",
 *   statement: String.raw`(a+b)^2 = a^2 + 2ab + b^2`,
 *   symbols: { a: "a real number", b: "a real number" },
 *   families: [family("reals", { parameters: { a: "real(-4, 4)", b: "real(-4, 4)" }, let: {} })],
 *   steps: [step("expand", "(a + b)^2 == a^2 + 2*a*b + b^2", "distributivity")],
 *   sources: [],
 * })
 * const report = await Effect.runPromise(check(prove(square), { budget: "quick" }))
 * exitCode(summarise(report.results)) // => 0
 * ```
 */

// Statements
export { family, mutant, step, theorem } from "./core/statement.ts"
export type {
  Edge,
  EdgeClass,
  Family,
  Hypothesis,
  Literal,
  Mutant,
  Point,
  Source,
  Spec,
  Step,
  TypedFunction,
} from "./core/statement.ts"

// Evidence and verdicts
export type { Budget, BudgetName } from "./core/budget.ts"
export { budgets } from "./core/budget.ts"
export type { Estimate, Grade } from "./core/estimate.ts"
export type { Counterexample, Coverage, ParameterValue, Reason, Relation, Result, Verdict } from "./core/verdict.ts"

// Proofs
export type { EdgeResult, Proof, Settings, Unit } from "./verify/proof.ts"
export { prove } from "./verify/prove.ts"
export { ladder } from "./verify/examine.ts"
export type { Question, Strategy } from "./verify/examine.ts"
export { sampled } from "./verify/sampled.ts"
export { box } from "./verify/box-strategy.ts"

// Typed functions: what the claim language cannot say
export { asMatrix, asNode, asVector, matrix, scalar, typedFunction, vector } from "./expression/value.ts"
export type { Value } from "./expression/value.ts"
export { constant, external } from "./expression/node.ts"
export type { Compute, Node } from "./expression/node.ts"
export type { Arithmetic, Elementary, Status } from "./interval/arithmetic.ts"
export { parseRational, rational } from "./core/rational.ts"
export type { Rational } from "./core/rational.ts"

// Exact transport
export { checkTransport, decodeTransportCertificate, encodeTransportCertificate, solveTransport } from "./verify/transport-certificate.ts"

// Checking
export { check } from "./check.ts"
export type { CheckOptions } from "./check.ts"

// Reports
export { exitCode, summarise } from "./report/report.ts"
export type { Report, Summary } from "./report/report.ts"
export { jsonReport, jsonText } from "./report/json.ts"
export { junitReport } from "./report/junit.ts"
export { terminalReport } from "./report/terminal.ts"
export { showText } from "./report/show.ts"
export { showLatex } from "./report/show-latex.ts"
export { ansi, plain } from "./report/text.ts"
