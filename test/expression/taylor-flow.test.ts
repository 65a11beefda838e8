/**
 * The enclosed flow against solutions in closed form, and against endpoints from an independent integration in 50 digits.
 */
import { describe, expect, test } from "vitest"
import { flowFamilies, flowFunctions } from "../../specs/diffusion/reverse-flows.ts"
import type { Literal } from "../../src/core/statement.ts"
import { parseRational } from "../../src/core/rational.ts"
import { parameterValue } from "../../src/expression/domain.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { ballTier, enclose } from "../../src/expression/enclose.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { confine, taylorFlow } from "../../src/expression/taylor-flow.ts"
import { taylorSeries } from "../../src/expression/taylor-series.ts"
import { asNode, scalar } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import type { Arithmetic } from "../../src/interval/arithmetic.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"

const velocity = (formula: string): Node =>
  asNode(
    elaborate(
      parseFormula(formula),
      environment(
        new Map<string, Value>([
          ["x", scalar(N.variable("x"))],
          ["t", scalar(N.variable("t"))],
        ]),
      ),
    ),
    "a velocity",
  )
const rational = (text: string) => parseRational(text)!
const closed = (formula: string): Node => asNode(elaborate(parseFormula(formula), environment(new Map())), "a value")

/** velocity, x(0), T, x(T). */
const SOLUTIONS: ReadonlyArray<readonly [string, string, string, string]> = [
  ["x", "1", "1", "exp(1)"],
  ["-3*x + 1", "2", "3/2", "1/3 + 5/3*exp(-9/2)"],
  ["1 + x^2", "0", "5/4", "tan(5/4)"],
  ["x^2", "1/2", "1", "1"],
  ["x*(1 - x)", "1/4", "2", "sigmoid(2 - log(3))"],
  ["t*x", "1", "2", "exp(2)"],
  ["-t/x", "2", "3/2", "sqrt(7/4)"],
  ["exp(-x)", "0", "3", "log(4)"],
  ["-x/2*2^t*log(2)", "1", "1", "exp(-1/2)"],
  ["sqrt(x)", "1/4", "2", "9/4"],
  ["x*log(x)", "2", "1", "exp(exp(1)*log(2))"],
  ["x^-2/3", "1", "7", "2"],
  ["2*sigmoid(t)*(1 - sigmoid(t))", "0", "4", "2*sigmoid(4) - 1"],
  ["expm1(t) + 1", "0", "1", "expm1(1)"],
  ["3", "1", "2", "7"],
]

describe("solutions in closed form", () => {
  const overlap = <T>(A: Arithmetic<T>, bits: number, [v, x0, T, end]: (typeof SOLUTIONS)[number], width: number): void => {
    const found = taylorFlow(A, velocity(v), "x", "t", A.rational(rational(x0)), rational(T))
    const [lo, hi] = A.bounds(found)
    const truth = enclose(closed(end), { bits, evaluations: 1 })
    expect(A.status(found)).toBe("defined")
    expect(lo).toBeLessThanOrEqual(truth.hi)
    expect(hi).toBeGreaterThanOrEqual(truth.lo)
    expect(hi - lo).toBeLessThanOrEqual(width * Math.abs(truth.hi))
  }
  // Rounding errors of about 100 operations, carried along by a flow that stretches them by at most e^5.
  test.each(SOLUTIONS)("x' = %s, x(0) = %s, T = %s in doubles", (...row) => overlap(I, 53, row, 2 ** -33))
  // Ends are rounded to doubles, by one unit each.
  test.each(SOLUTIONS)("x' = %s, x(0) = %s, T = %s in balls of 128 bits", (...row) => overlap(ballTier(128), 192, row, 2 ** -51))
})

describe("no answer where there is no solution", () => {
  test.each([
    ["x^2", "1", "1"],
    ["1 + x^2", "0", "2"],
    ["-1/x", "1", "1"],
    ["log(x)", "-1", "1"],
  ])("x' = %s from %s until %s", (v, x0, T) => {
    expect(I.status(taylorFlow(I, velocity(v), "x", "t", I.rational(rational(x0)), rational(T)))).toBe("unknown")
  })
})

test.each([
  ["x", "1", 1 / 2, 1, Math.SQRT2 ** (1 / Math.LN2)],
  ["-x", "1", 1 / 2, Math.SQRT1_2 ** (1 / Math.LN2), 1],
  ["t", "0", 1, 0, 1 / 2],
  ["x^2", "1", 1 / 8, 1, 8 / 7],
])("solutions of x' = %s from %s stay confined for time %d", (v, x0, h, least, most) => {
  const found = confine(I, taylorSeries(velocity(v), "x", "t", I), I.rational(rational(x0)), I.range(0, h), I.range(0, h))!
  expect(found.lo).toBeLessThanOrEqual(least)
  expect(found.hi).toBeGreaterThanOrEqual(most)
})

test("a step that is too long is not confined", () => {
  expect(confine(I, taylorSeries(velocity("x^2"), "x", "t", I), I.range(1, 1), I.range(0, 1), I.range(0, 1))).toBeUndefined()
})

test("coefficients of x' = x^2, x(0) = 1 are all 1", () => {
  const found = taylorSeries(velocity("x^2"), "x", "t", I)(I.range(1, 1), I.range(0, 0), 12)
  expect(found.map((c) => I.bounds(c))).toEqual(Array.from({ length: 13 }, () => [1, 1]))
})

test("a velocity without recurrence is refused", () => {
  expect(() => taylorSeries(velocity("tan(x)"), "x", "t", I)).toThrow("no Taylor recurrence for tan")
})

/** kernel, T, its two parameters, weights, means, deviations, x(0), x(T). */
const ENDPOINTS: ReadonlyArray<readonly [string, Literal, Literal, Literal, Literal, Literal, Literal, Literal, number]> = [
  ["vpEnd", "1/2", "1/8", 16, ["1/4", "3/4"], [-2, 1], ["1/2", "1/4"], "-9/4", -1.43579268290324939079],
  ["vpEnd", "1/2", "1/8", 16, ["1/4", "3/4"], [-2, 1], ["1/2", "1/4"], 0, -0.60760129961798891127],
  ["vpEnd", "1/2", "1/8", 16, ["1/4", "3/4"], [-2, 1], ["1/2", "1/4"], "5/4", 1.3178445815567020142],
  ["veEnd", 1, "1/8", 4, ["1/2", "1/2"], [-1, 1], ["1/4", "1/2"], "1/8", 0.20522433860722164122],
  ["veEnd", 1, "1/8", 4, ["1/2", "1/2"], [-1, 1], ["1/4", "1/2"], -1, -2.795904212024382482],
]

test.each(ENDPOINTS)("%s at T = %s", (name, T, from, to, w, m, sd, x0, reference) => {
  const node = asNode(
    flowFunctions[name]!.apply([x0, T, from, to, w, m, sd].map(parameterValue) as unknown as ReadonlyArray<never>) as Value,
    "an endpoint",
  )
  const { lo, hi, status } = enclose(node, { bits: 53, evaluations: 1 })
  // The reference is rounded to a double, by at most one unit in its last place.
  const ulp = Math.abs(reference) * 2 ** -52
  expect(status).toBe("defined")
  expect(lo - ulp).toBeLessThanOrEqual(reference)
  expect(hi + ulp).toBeGreaterThanOrEqual(reference)
  expect(hi - lo).toBeLessThan(1e-8)
})

test("every flow family has its function", () => {
  expect(flowFamilies.map((f) => /^\w+/.exec(f.let["end(x)"]!)![0])).toEqual(Object.keys(flowFunctions))
})

test("a velocity written before the table of nodes was emptied has the same coefficients", () => {
  const v = velocity("t*x^2 + x*exp(t)*(1 - x)")
  const bounds = (): ReadonlyArray<readonly [number, number]> =>
    taylorSeries(v, "x", "t", I)(I.rational(rational("1/2")), I.rational(rational("1/3")), 8).map(I.bounds)
  const before = bounds()
  N.resetNodes()
  expect(bounds()).toEqual(before)
})
