/** What a claim computes is counted: work that one node does many times over is charged as often. */
import { expect, test } from "vitest"
import { evaluate } from "../../src/expression/evaluate.ts"
import { drawing, meter } from "../../src/expression/meter.ts"
import * as N from "../../src/expression/node.ts"
import { GROWTH } from "../../src/expression/price.ts"
import { tailFrom } from "../../src/expression/tail.ts"
import { complexArithmetic } from "../../src/interval/complex-arithmetic.ts"

const RAY = { end: "far", side: 1 } as const
const constant = (node: N.Node) => evaluate(node, complexArithmetic, new Map())
const spent = (build: () => unknown): number => {
  const count = meter(Infinity)
  drawing(count, build)
  return count.spent
}

test("a power costs a product for every squaring", () => {
  const power = (n: number) =>
    spent(() => tailFrom(N.mul(N.call("exp", N.neg(N.variable("x"))), N.powi(N.variable("x"), n)), "x", RAY, constant, 1e5))
  // 2^10 takes 8 squarings more than 2^2.
  expect(power(1024) - power(4)).toBeGreaterThanOrEqual(8 * GROWTH)
})

test("every node of a formula costs its bounds at infinity", () => {
  // A chain of n logarithms under the decay: each is a node of its own.
  const chain = (n: number): N.Node => (n === 0 ? N.variable("x") : N.call("log", N.add(N.integer(2), chain(n - 1))))
  const tail = (n: number) => spent(() => tailFrom(N.mul(N.call("exp", N.neg(N.variable("x"))), chain(n)), "x", RAY, constant, 1e5))
  expect(tail(12) - tail(2)).toBeGreaterThanOrEqual(10 * GROWTH)
})
