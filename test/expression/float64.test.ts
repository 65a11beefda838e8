/** Plain double evaluation: within rounding of the enclosures, over every operation, binders included. */
import { describe, expect, it } from "vitest"
import { enclose } from "../../src/expression/enclose.ts"
import { compile } from "../../src/expression/float64.ts"
import { FUNCTIONS } from "../../src/expression/float64-functions.ts"
import * as N from "../../src/expression/node.ts"
import { substitute } from "../../src/expression/substitute.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"
import { fromNumber } from "../../src/core/rational.ts"
import { nodeOf } from "./enclosing.ts"

describe("elementary functions", () => {
  it.each(ELEMENTARY)("%s", (f) => {
    for (const x of [-30, -8, -3.6, -2.5, -0.75, -1e-9, 1e-9, 0.3, 1, 2.5, 3.5, 9, 40]) {
      const value = I.call(f, I.range(x, x))
      if (I.status(value) !== "defined" || !Number.isFinite(value.hi) || (f === "lgamma" && x < 0)) continue
      // A few ulps of the value or of the unit where the function passes 0 (log near 1, digamma near 1.46).
      expect(Math.abs(FUNCTIONS[f](x) - value.lo), `${f}(${x})`).toBeLessThan(
        2e-13 * Math.max(Math.abs(value.lo), f === "lgamma" || f === "digamma" ? 5 : 0) + 1e-300,
      )
    }
  })
})

describe("nodes", () => {
  it.each([
    "log(3) + 2^0.5 - 7/3*exp(-1)",
    "max(1, min(2, 3)) + abs(-4) + floor(2.7) + sign(-3)",
    "logsumexp(1, 2, 700)",
    "if(1 < 2, 3, 4)",
    "tanh(1)^3 + sin(2)*cos(3)",
    "integral(x, 0, 1, exp(x)*log(x))",
    "integral(x, 0, inf, exp(-x)*sqrt(x))",
    "integral(x, -inf, inf, exp(-x^2)*x^2)",
    "integral(x, 0, 1, integral(y, 0, x, x*y))",
    "total(k, 0, inf, (1/3)^k)",
  ])("%s", (formula) => {
    const node = nodeOf(formula)
    const found = enclose(node, { bits: 53, evaluations: 50_000 })
    const value = compile(node, [])(new Float64Array(0))
    expect(Math.abs(value - (found.lo + found.hi) / 2)).toBeLessThan(1e-9 * (1 + Math.abs(value)))
  })

  it("a root", () => {
    const x = N.variable("x")
    const quantile = N.root("x", undefined, undefined, N.sub(N.call("normcdf", x), N.constant({ n: 39n, d: 40n })))
    expect(compile(quantile, [])(new Float64Array(0))).toBeCloseTo(1.959963984540054, 12)
  })

  it("variables come from their slots, shared nodes are computed once per call", () => {
    let calls = 0
    const shared = N.external("counted", [N.variable("a")], (A, [v]) => {
      calls++
      return A.call("exp", v!)
    })
    const f = compile(N.add(N.mul(shared, N.variable("b")), shared), ["a", "b"])
    expect(f(Float64Array.of(1, 2))).toBeCloseTo(3 * Math.E, 12)
    expect(calls).toBe(1)
    expect(f(Float64Array.of(0, 2))).toBe(3)
    expect(calls).toBe(2)
  })

  it("agrees with substitution at random points", () => {
    const node = N.div(N.call("softplus", N.sub(N.variable("a"), N.variable("b"))), N.add(N.integer(1), N.powi(N.variable("b"), 2)))
    const f = compile(node, ["a", "b"])
    for (const [a, b] of [
      [0.5, -1.25],
      [3, 8],
      [-2, 0.125],
    ] as const) {
      const at = substitute(
        node,
        new Map([
          ["a", N.constant(fromNumber(a))],
          ["b", N.constant(fromNumber(b))],
        ]),
      )
      expect(Math.abs(f(Float64Array.of(a, b)) - enclose(at, { bits: 53, evaluations: 100 }).lo)).toBeLessThan(1e-14)
    }
  })

  it("what has no value is NaN, what is infinite is infinite, what is missing is refused", () => {
    expect(compile(N.undefinedNode("nothing"), [])(new Float64Array(0))).toBeNaN()
    expect(compile(N.infinite(-1, "log of 0"), [])(new Float64Array(0))).toBe(-Infinity)
    expect(() => compile(N.variable("a"), [])).toThrow("no value for a")
  })
})
