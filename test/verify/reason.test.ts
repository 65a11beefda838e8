/** What the statistical rung takes for proved, held against points and closed forms: envelopes, Lipschitz constants, the parts beyond a box, the gaps. */
import { describe, expect, it } from "vitest"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { evaluate } from "../../src/expression/evaluate.ts"
import { compile } from "../../src/expression/float64.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { asNode, vector } from "../../src/expression/value.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"
import { normalCdf } from "../../src/math/statistics.ts"
import { boundedGap, lipschitzGap } from "../../src/random/coupling.ts"
import { stream } from "../../src/random/stream.ts"
import { entire } from "../../src/verify/bounds.ts"
import type { Bounds } from "../../src/verify/bounds.ts"
import { envelope, expectedOutside, outside, secondMoment } from "../../src/verify/envelope.ts"
import { lipschitz } from "../../src/verify/lipschitz.ts"
import { reasonFor } from "../../src/verify/reason.ts"

const names = ["a~0", "b~0"]
const node = (formula: string): Node =>
  asNode(elaborate(parseFormula(formula), environment(new Map([["z", vector(names.map((name) => N.variable(name)))]]))), "g")
/** The range of a node where every variable is in [lo, hi], as the verifier takes it. */
const on =
  (lo: number, hi: number) =>
  (n: Node, more: ReadonlyMap<string, Bounds> = new Map()): Bounds => {
    const all = [...names.map((name) => [name, [lo, hi]] as const), ...more]
    const value = evaluate(n, I, new Map(all.map(([name, [l, h]]) => [name, I.range(l, h)] as const)))
    return I.status(value) === "defined" ? I.bounds(value) : entire
  }
const whole = on(-Infinity, Infinity)

const words = stream("0", "test", "reason")
/** Points of the plane in all directions, from near the origin to `reach`. */
const points = (n: number, reach: number): ReadonlyArray<Float64Array> =>
  Array.from({ length: n }, (_, k) => {
    const [angle, size] = [2 * Math.PI * words.uniform53(2 * k), reach ** (2 * words.uniform53(2 * k + 1) - 1)]
    return Float64Array.of(size * Math.cos(angle), size * Math.sin(angle))
  })
const tame = (x: number): boolean => Number.isFinite(x)

describe("an envelope", () => {
  it.each([
    "z[1]",
    "3*z[1] - z[2]/2",
    "-abs(z[1]) + 2",
    "z[1]*z[2]*z[1]",
    "z[1]^4 - 7*z[2]^3",
    "z[1]/(2 + sin(z[2]))",
    "z[1]^2/(-2 - sin(z[2]))",
    "z[1]*z[2]/(1 + z[1]^2)",
    "min(z[1], z[2]^3) + max(z[1]^2, 5)",
    "if(z[1] < z[2], z[1]^3, 4)",
    "floor(z[1])*z[2]",
    "softplus(5*z[1])",
    "normcdf(z[1])*z[2]",
    "lognormcdf(3*z[1] - z[2])",
    "log(1 + z[1]^2 + z[2]^4)",
    "log(1/8 + z[2]^2)*z[1]",
    "log1p(z[1]^2)",
    "sqrt(3 + z[1]^4)",
    "logsumexp(z[1], 2*z[2], 0)",
    "exp(z[1] - z[2]/2)",
    "exp(sin(z[1]*z[2]) + abs(z[2]) - 3)*z[1]^2",
    "exp(1 - z[1]^2)*z[2]",
  ])("bounds %s wherever it is looked at", (formula) => {
    const g = node(formula)
    const found = envelope(g, whole)
    expect(found).toBeDefined()
    const { c, k, t } = found!
    const value = compile(g, names)
    for (const z of points(4000, 1e4)) {
      const [size, s] = [Math.abs(value(z)), Math.abs(z[0]!) + Math.abs(z[1]!)]
      // Logarithms, for c e^(t s) overflows; doubles evaluate g to some 1e-13 of the largest of its terms.
      if (tame(size)) expect(Math.log(size)).toBeLessThanOrEqual(Math.log(c) + k * Math.log1p(s) + t * s + 1e-12)
    }
  })
  it("is not given where an operation has no rule", () => {
    for (const formula of ["1/z[1]", "log(abs(z[1]))", "exp(z[1]^2)", "exp(z[1]*z[2])"])
      expect(envelope(node(formula), whole), formula).toBeUndefined()
  })
})

const density = (x: number): number => Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI)

describe("what lies beyond a box", () => {
  // Of (1 + |z|)^k e^(t |z|), exactly, for one coordinate.
  const exact: ReadonlyArray<readonly [k: number, t: number, tail: (M: number) => number]> = [
    [0, 0, (M) => 2 * normalCdf(-M)],
    [1, 0, (M) => 2 * (normalCdf(-M) + density(M))],
    [2, 0, (M) => 2 * (2 * normalCdf(-M) + (2 + M) * density(M))],
    [0, 1.5, (M) => 2 * Math.exp(1.5 ** 2 / 2) * normalCdf(1.5 - M)],
  ]
  it.each(exact)("is bounded for growth (1 + s)^%s e^(%s s)", (k, t, tail) => {
    for (const M of [6, 8, 10, 14]) {
      const bound = expectedOutside({ c: 3, k, t }, 1, M)
      expect(bound).toBeGreaterThan(3 * tail(M))
      // A quarter of M^2 is what Cauchy and Schwarz leave of the exponent.
      expect(bound).toBeLessThan(3 * 1e4 * Math.exp(-M * M * 0.25))
    }
    expect(expectedOutside({ c: 1, k, t }, 3, 14)).toBeGreaterThan(expectedOutside({ c: 1, k, t }, 2, 14))
  })
  it("has at most the probability that is stated, in several dimensions", () => {
    for (const [d, M] of [
      [1, 5],
      [2, 6],
      [5, 8],
    ] as const) {
      const each = 2 * normalCdf(-M)
      expect(outside(d, M)).toBeGreaterThan(-Math.expm1(d * Math.log1p(-each)))
      expect(outside(d, M)).toBeLessThan(2 * M * d * each)
    }
  })
  it("second moments are those of (1 + |z|)^k or more, and no more than twice", () => {
    const [one, three] = [Math.sqrt(2 / Math.PI), 2 * Math.sqrt(2 / Math.PI)]
    const moments = [1, 1 + 2 * one + 1, 1 + 4 * one + 6 + 4 * three + 3]
    for (const [k, moment] of moments.entries()) {
      expect(secondMoment({ c: 3, k, t: 0 }, 1)).toBeGreaterThanOrEqual(9 * moment)
      expect(secondMoment({ c: 3, k, t: 0 }, 1)).toBeLessThan(18 * moment)
    }
    expect(secondMoment({ c: 1, k: 0.5, t: 0 }, 1)).toBeGreaterThanOrEqual(1 + one)
    expect(secondMoment({ c: 1, k: 0, t: 1 }, 1)).toBe(Infinity)
  })
})

describe("a Lipschitz constant", () => {
  it.each([
    ["norm(z)", 1],
    ["norm(z - [1, 2]) - norm(z)/2", 1.5],
    ["max(z[1], z[2], 0)", 1],
    ["softplus(2*z[1] + z[2])", Math.sqrt(5)],
    ["sin(z[1]) + cos(z[2])", Math.SQRT2],
    ["abs(z[1] - 3*z[2])", Math.sqrt(10)],
    ["tanh(z[1])*4", 4],
  ])("of %s is at least the steepest slope seen and at most twice the true one", (formula, slope) => {
    const g = node(formula)
    const found = lipschitz(g, names, whole)
    const value = compile(g, names)
    const all = points(2000, 100)
    for (const [i, x] of all.entries()) {
      // A neighbour, and a point far away.
      for (const y of [x.map((at, j) => at + 1e-3 * (all[(i + 1) % all.length]![j]! > 0 ? 1 : -1)), all[(i + 7) % all.length]!]) {
        const step = Math.hypot(x[0]! - y[0]!, x[1]! - y[1]!)
        expect(Math.abs(value(x) - value(y))).toBeLessThanOrEqual(found * step + 1e-12 * (1 + Math.abs(value(x))))
      }
    }
    expect(found).toBeLessThan(2 * slope)
  })
  it("is Infinity where there is none", () => {
    for (const formula of ["z[1]*z[2]", "norm2(z)", "exp(z[1])", "sqrt(abs(z[1]))"])
      expect(lipschitz(node(formula), names, whole), formula).toBe(Infinity)
  })
})

describe("a reason", () => {
  const reason = (formula: string) => {
    const found = reasonFor(node(formula), names, "normal")
    if (typeof found === "string") throw new Error(found)
    return found
  }
  it("from a gradient allows for what a coordinate may be off", () => {
    const { method, slack, gap, box } = reason("softplus(z[1]) + z[2]")
    const L = lipschitz(node("softplus(z[1]) + z[2]"), names, whole)
    expect(method).toMatchObject({ kind: "sub-gaussian" })
    expect(method.kind === "sub-gaussian" && method.proxy).toBeGreaterThanOrEqual(L * L)
    expect([slack, gap, box]).toEqual([lipschitzGap("normal", 2, L), 0, Infinity])
    expect(slack).toBeGreaterThan(0)
  })
  it("from steps allows for every place where a condition may turn along a line", () => {
    expect(reason("if(z[1] < z[2], 1, 0)")).toMatchObject({ method: { kind: "betting", a: 0, b: 1 }, slack: 0, gap: boundedGap("normal", 2, 1, 3) })
    expect(reason("if(z[1]^3 < z[2], 1, 0)").gap).toBeGreaterThanOrEqual(boundedGap("normal", 2, 1, 4))
  })
  it("from a truncation allows for the coupling inside the box and for all that lies outside", () => {
    const formula = "exp(z[1] - z[2]/2)"
    const { gap, box, slack, because } = reason(formula)
    const M = box
    expect(M).toBeLessThan(Infinity)
    const g = node(formula)
    const near = lipschitzGap("normal", 2, lipschitz(g, names, on(-M, M)))
    const top = on(-M, M)(g)[1]
    expect(gap).toBeGreaterThanOrEqual(near + top * outside(2, M) + expectedOutside(envelope(g, whole)!, 2, M))
    expect(slack).toBe(0)
    expect(because).toMatch(/^inside max \|z_i\| <= \d+, the rest at most /)
  })
})
