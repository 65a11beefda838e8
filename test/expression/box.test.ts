/** Boxes: identities seen through their dependency, ranges that meet their extremes, kinks and undefined parts. */
import { describe, expect, it } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { encloseOnBox } from "../../src/expression/box.ts"
import { derivative } from "../../src/expression/derivative.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"

const c = (text: string): Node => N.constant(Q.parseRational(text)!)
const [x, t, s] = [N.variable("x"), N.variable("t"), N.variable("s")]
const log = (a: Node): Node => N.call("log", a)
const exp = (a: Node): Node => N.call("exp", a)
const box = (sides: Record<string, readonly [number, number]>) => new Map(Object.entries(sides))

/** A density of variance v around m. */
const density = (m: Node, v: Node): Node =>
  N.div(exp(N.neg(N.div(N.powi(N.sub(x, m), 2), N.mul(c("2"), v)))), N.call("sqrt", N.mul(N.mul(c("2"), N.pi()), v)))
const mixture = N.add(N.mul(c("2/5"), density(c("1"), N.add(c("1"), t))), N.mul(c("3/5"), density(c("-2"), N.add(c("1/4"), t))))
const heat = N.sub(derivative(mixture, "t"), N.mul(c("1/2"), derivative(derivative(mixture, "x"), "x")))

describe("identities", () => {
  it("the heat equation of a mixture holds on a whole box, to 1e-10 of its terms", () => {
    const found = encloseOnBox(heat, box({ x: [-1, 2], t: [0.5, 1] }))
    expect(found.status).toBe("defined")
    expect(found.reason).toBeUndefined()
    expect(found.lo).toBeLessThanOrEqual(0)
    expect(found.hi).toBeGreaterThanOrEqual(0)
    expect(found.hi - found.lo).toBeLessThan(1e-10 * found.size)
  })

  it("a wrong factor is seen on the same box", () => {
    const wrong = N.sub(derivative(mixture, "t"), N.mul(c("499/1000"), derivative(derivative(mixture, "x"), "x")))
    const found = encloseOnBox(wrong, box({ x: [0.5, 1], t: [0.5, 0.75] }))
    expect(found.lo > 0 || found.hi < 0 || found.hi - found.lo > 1e-6).toBe(true)
  })

  it("a Gaussian integral with two parameters equals its closed form on a box", () => {
    const z = N.variable("z~1")
    const second = N.integral("z~1", undefined, undefined, N.mul(exp(N.neg(N.div(N.powi(N.sub(z, x), 2), N.mul(c("2"), t)))), N.powi(z, 2)))
    const closed = N.mul(N.add(N.powi(x, 2), t), N.call("sqrt", N.mul(N.mul(c("2"), N.pi()), t)))
    const found = encloseOnBox(N.sub(second, closed), box({ x: [0.25, 0.5], t: [0.75, 1] }), { evaluations: 60_000 })
    expect(found.status).toBe("defined")
    expect(found.hi - found.lo).toBeLessThan(1e-9 * found.size)
    expect(found.lo).toBeLessThanOrEqual(0)
    expect(found.hi).toBeGreaterThanOrEqual(0)
  })
})

describe("ranges", () => {
  it("x - 1 - log x on [1/2, 4]", () => {
    const found = encloseOnBox(N.sub(N.sub(x, c("1")), log(x)), box({ x: [0.5, 4] }))
    expect(found.lo).toBeLessThanOrEqual(0)
    expect(found.lo).toBeGreaterThan(-0.2)
    expect(found.hi).toBeGreaterThanOrEqual(3 - Math.log(4))
    expect(found.hi).toBeLessThan(1.9)
  })

  it("halves until an inequality is decided: log x <= x - 0.999 on [0.1, 4]", () => {
    const found = encloseOnBox(N.sub(N.sub(x, c("999/1000")), log(x)), box({ x: [0.1, 4] }), { accept: (lo) => lo > 0 })
    expect(found.reason).toBeUndefined()
    expect(found.lo).toBeGreaterThan(0)
    expect(found.lo).toBeLessThanOrEqual(0.001)
  })

  it("contains the values at random points, in three variables", () => {
    const node = N.call("sin", N.add(N.mul(x, t), exp(N.mul(c("1/2"), s))))
    const found = encloseOnBox(node, box({ x: [0, 0.5], t: [1, 1.5], s: [-1, 0] }))
    for (let i = 0; i < 200; i++) {
      const [u, v, w] = [(i % 6) / 10, 1 + (i % 7) / 12, -((i % 5) / 4)]
      const y = Math.sin(Math.min(u, 0.5) * v + Math.exp(w / 2))
      expect(y >= found.lo && y <= found.hi).toBe(true)
    }
    expect(found.hi - found.lo).toBeLessThan(1.4)
  })

  it("a kink is met by halving", () => {
    const found = encloseOnBox(N.sub(N.abs(x), x), box({ x: [-1, 1] }))
    expect(found.lo).toBeLessThanOrEqual(0)
    expect(found.lo).toBeGreaterThan(-1e-10)
    expect(found.hi).toBeGreaterThanOrEqual(2)
    expect(found.hi).toBeLessThan(2 + 1e-10)
  })
})

describe("limits", () => {
  it("an undefined part makes the whole undefined or unknown", () => {
    expect(encloseOnBox(log(x), box({ x: [-2, -1] })).status).toBe("undefined")
    expect(encloseOnBox(log(x), box({ x: [-1, 1] }), { evaluations: 500 }).status).not.toBe("defined")
  })

  it("a small budget gives a wide enclosure and the reason", () => {
    const found = encloseOnBox(heat, box({ x: [-3, 3], t: [0.5, 1] }), { evaluations: 40 })
    expect(found.reason).toContain("budget")
    expect(found.lo).toBeLessThanOrEqual(0)
    expect(found.hi).toBeGreaterThanOrEqual(0)
  })

  it("a missing side and too many variables are refused", () => {
    expect(() => encloseOnBox(N.add(x, t), box({ x: [0, 1] }))).toThrow("no side for t")
    expect(() => encloseOnBox(["a", "b", "c", "d"].map(N.variable).reduce(N.add), box({}))).toThrow(RangeError)
  })
})
