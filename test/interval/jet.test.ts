/** Jets against Taylor coefficients from mpmath, against each other when nested, and where choices are open. */
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { evaluate } from "../../src/expression/evaluate.ts"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import { ballArithmetic } from "../../src/interval/ball-arithmetic.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"
import type { Interval } from "../../src/interval/interval.ts"
import { jetArithmetic } from "../../src/interval/jet.ts"
import * as N from "../../src/expression/node.ts"

const { cases } = JSON.parse(readFileSync(new URL("../fixtures/jets.json", import.meta.url), "utf8")) as {
  cases: ReadonlyArray<{ f: Elementary; x: number; c: ReadonlyArray<string> }>
}
const ORDER = 10
const J = jetArithmetic(I, ORDER)
const thin = (x: number): Interval => I.range(x, x)
const x = J.variable(thin(0.5))

/** A decimal, rounded once to a double, within the interval. */
const holds = (v: Interval, text: string): boolean => {
  const t = Number(text)
  const ulp = Math.abs(t) * 2 ** -52
  return v.lo <= t + ulp && v.hi >= t - ulp
}

describe("elementary functions", () => {
  it.each(cases)("$f at $x", ({ f, x: at, c }) => {
    const y = J.call(f, { c: [thin(at), thin(0.25), thin(0.125)], status: "defined" })
    expect(J.status(y)).toBe("defined")
    c.forEach((text, k) => {
      const v = J.coefficient(y, k)
      expect(holds(v, text), `coefficient ${k}: [${v.lo}, ${v.hi}] misses ${text}`).toBe(true)
      // Every recurrence loses a few ulps of its largest term per step, and those terms are below 1 here except for lognormcdf and exp far out.
      expect(v.hi - v.lo).toBeLessThan(1e-11 * Math.max(1, Math.abs(Number(c[0]))))
    })
  })

  it("balls carry the digits through", () => {
    const B = ballArithmetic(200)
    const K = jetArithmetic(B, 3)
    const y = K.call("lognormcdf", K.variable(B.range(-0.5, -0.5)))
    const [lo, hi] = B.bounds(B.sub(K.coefficient(y, 3), K.coefficient(y, 3)))
    expect(hi - lo).toBeLessThan(1e-50)
  })
})

describe("ring and powers", () => {
  const same = (a: ReturnType<typeof J.add>, b: ReturnType<typeof J.add>): void => {
    for (let k = 0; k <= ORDER; k++) {
      const d = I.sub(J.coefficient(a, k), J.coefficient(b, k))
      expect(d.lo <= 0 && d.hi >= 0, `coefficient ${k}: [${d.lo}, ${d.hi}]`).toBe(true)
      expect(d.hi - d.lo).toBeLessThan(1e-7)
    }
  }
  const sin = J.call("sin", x)
  const shifted = J.add(sin, J.lift(thin(2)))
  it("quotients, roots and powers agree with their definitions", () => {
    same(J.mul(J.div(sin, shifted), shifted), sin)
    same(J.powi(shifted, -3), J.div(J.lift(thin(1)), J.mul(shifted, J.mul(shifted, shifted))))
    same(J.pow(shifted, J.lift(thin(2.5))), J.call("exp", J.mul(J.lift(thin(2.5)), J.call("log", shifted))))
    same(J.pow(shifted, sin), J.call("exp", J.mul(sin, J.call("log", shifted))))
    same(J.logsumexp([sin, shifted, J.lift(thin(1))]), J.call("log", [sin, shifted, J.lift(thin(1))].map((a) => J.call("exp", a)).reduce(J.add)))
    same(J.sub(J.powi(J.call("cosh", x), 2), J.powi(J.call("sinh", x), 2)), J.lift(thin(1)))
  })
  it("logsumexp does not overflow", () => {
    const y = J.logsumexp([J.add(x, J.lift(thin(2000))), J.lift(thin(-2000))])
    expect(J.bounds(y)[1]).toBeLessThan(2000.5 + 1e-9)
    expect(J.status(y)).toBe("defined")
  })
  it("constants stay constant and cheap", () => {
    expect(J.call("exp", J.mul(J.pi(), J.rational({ n: 1n, d: 3n }))).c.length).toBe(1)
  })
})

describe("choices", () => {
  it("are made by the constant coefficient, or are unknown", () => {
    expect(J.abs(J.neg(x)).c[1]).toMatchObject({ lo: 1, hi: 1 })
    expect(J.coefficient(J.max(x, J.lift(thin(3))), 1)).toMatchObject({ lo: 0, hi: 0 })
    expect(J.coefficient(J.min(x, J.lift(thin(3))), 1)).toMatchObject({ lo: 1, hi: 1 })
    expect(J.status(J.abs(J.variable(I.range(-1, 1))))).toBe("unknown")
    expect(J.status(J.max(x, x))).toBe("unknown")
    expect(J.status(J.sign(x))).toBe("defined")
    expect(J.status(J.floor(J.variable(thin(2))))).toBe("unknown")
    expect(J.status(J.floor(J.variable(thin(2.5))))).toBe("defined")
    expect(J.status(J.call("sqrt", J.variable(thin(0))))).not.toBe("defined")
    expect(J.status(J.call("log", J.variable(thin(-1))))).toBe("undefined")
    expect(J.status(J.call("lgamma", x))).toBe("unknown")
    expect(J.status(J.call("lgamma", J.lift(thin(3))))).toBe("defined")
  })
})

describe("nested and under the integral", () => {
  it("jets of jets hold mixed derivatives: exp(x y) at (1, 2)", () => {
    const inner = jetArithmetic(I, 2)
    const outer = jetArithmetic(inner, 2)
    const p = outer.call("exp", outer.mul(outer.variable(inner.lift(thin(1))), outer.lift(inner.variable(thin(2)))))
    // d^3/dx^2 dy exp(xy) / 2! = (2 y + x y^2) e^(xy) / 2 = 4 e^2
    expect(holds(inner.coefficient(outer.coefficient(p, 2), 1), `${4 * Math.E ** 2}`)).toBe(true)
  })

  it("derivatives of an integral in an outer variable", () => {
    const node = N.integral("z~1", undefined, undefined, body())
    const K = jetArithmetic(I, 4)
    const y = evaluate(node, K, new Map([["x", K.variable(thin(0.5))]]))
    expect(K.status(y)).toBe("defined")
    // mpmath: taylor(lambda x: quad(lambda z: exp(-(z-x)**2/2)*tanh(z), ...), 0.5, 4)
    const known = ["0.740590535438961567", "1.40870741225519837", "-0.210667902425707752", "-0.118455164810682191", "0.0311984440625095443"]
    known.forEach((text, k) => {
      const v = K.coefficient(y, k)
      expect(holds(v, text), `${k}: [${v.lo}, ${v.hi}]`).toBe(true)
      expect(v.hi - v.lo).toBeLessThan(1e-8)
    })
  })
})

const body = (): N.Node => {
  const [z, at] = [N.variable("z~1"), N.variable("x")]
  return N.mul(N.call("exp", N.neg(N.div(N.powi(N.sub(z, at), 2), N.integer(2)))), N.call("tanh", z))
}
