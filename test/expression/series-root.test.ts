/** Infinite sums and roots: known values at both tiers, slow and divergent sums, quantiles, and roots inside integrals. */
import { describe, expect, it } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { evaluate } from "../../src/expression/evaluate.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { intervalArithmetic as I } from "../../src/interval/interval-arithmetic.ts"
import { encloseText, expectMeets, nodeOf } from "./enclosing.ts"

const c = (text: string): Node => N.constant(Q.parseRational(text)!)
const [x, k] = [N.variable("x"), N.variable("k")]
const logPoisson = (rate: string): Node => N.sub(N.sub(N.mul(k, N.call("log", c(rate))), c(rate)), N.call("lgamma", N.add(k, c("1"))))
const sum = (from: number, body: Node): Node => N.series("k", from, body)
const at = (node: Node, bits = 53, evaluations = 20_000) => enclose(node, { bits, evaluations })
const quantile = (p: Node): Node => N.root("x", undefined, undefined, N.sub(N.call("normcdf", x), p))

describe("series", () => {
  const known: ReadonlyArray<readonly [name: string, node: Node, value: string]> = [
    ["mass of a Poisson law", sum(0, N.call("exp", logPoisson("3"))), "1"],
    ["geometric", sum(0, N.mul(c("1/3"), N.pow(c("2/3"), k))), "1"],
    ["mean of a geometric law", sum(0, N.mul(k, N.mul(c("1/3"), N.pow(c("2/3"), k)))), "2"],
    ["zeta(20)", sum(1, N.powi(k, -20)), "1.000000953962033872796113152038683"],
    // mpmath: -nsum(lambda k: p(k) log p(k)), p Poisson of rate 7/2
    [
      "entropy of a Poisson law",
      sum(0, N.neg(N.mul(N.call("exp", logPoisson("7/2")), logPoisson("7/2")))),
      "2.01517252251297228119170325756766848215131159",
    ],
    [
      "KL of Poisson laws: 30 log(3/2) - 10",
      sum(0, N.mul(N.call("exp", logPoisson("30")), N.sub(logPoisson("30"), logPoisson("20")))),
      "2.1639532432449314593403934639304740971597127",
    ],
  ]
  it.each(known)("%s", (name, node, value) => {
    const digits = Math.min(30, value.replace(/[-.]/g, "").length - 1)
    expectMeets(at(node), value, name, value.length < 4 ? 28 : digits, 2e-12)
    expectMeets(at(node, 160), value, name, value.length < 4 ? 40 : digits, 1e-40)
  })

  it("a divergent sum says so", () => {
    expect(at(sum(1, N.powi(k, -1)))).toMatchObject({ status: "undefined", reason: "the sum diverges to infinity" })
  })
  it("slow sums are accelerated: sum 1/k^2 = pi^2 / 6, sum 1/(1 + k^2) = (pi coth pi - 1) / 2 (DLMF 4.36)", () => {
    for (const [power, value] of [
      [N.powi(k, -2), Math.PI ** 2 / 6],
      [N.powi(N.add(c("1"), N.powi(k, 2)), -1), 1.0766740474685812],
    ] as const) {
      const slow = at(sum(1, power))
      expect(slow.lo).toBeLessThan(value + 1e-15)
      expect(slow.hi).toBeGreaterThan(value - 1e-15)
      expect(slow.hi - slow.lo).toBeLessThan(1e-12)
    }
  })
})

describe("root", () => {
  const known: ReadonlyArray<readonly [name: string, node: Node, value: string]> = [
    ["sqrt 2", N.root("x", c("0"), c("10"), N.sub(N.powi(x, 2), c("2"))), "1.4142135623730950488016887242097"],
    ["normal quantile 0.975", quantile(c("975/1000")), "1.9599639845400542355245944305205515"],
    ["normal quantile 1e-9", quantile(c("1e-9")), "-5.99780701500768687156231020491153741959512022"],
    ["far from 0", N.root("x", undefined, undefined, N.sub(N.powi(x, 3), c("1e30"))), "1e10"],
    ["half-line", N.root("x", c("0"), undefined, N.add(N.call("log", x), c("5"))), "0.0067379469990854670966360484231484"],
  ]
  it.each(known)("%s", (name, node, value) => {
    const digits = Math.min(30, value.replace(/[-.]/g, "").length - 1)
    expectMeets(at(node), value, name, name === "far from 0" ? 30 : digits, 1e-14)
    expectMeets(at(node, 160), value, name, name === "far from 0" ? 40 : digits, 1e-40)
  })

  it("with an interval parameter the enclosure holds for all its values", () => {
    const a = N.variable("a")
    const found = evaluate(N.root("x", undefined, undefined, N.sub(N.add(x, N.call("tanh", x)), a)), I, new Map([["a", I.range(1, 1.5)]]))
    for (const v of [0.5128, 0.7874]) expect(v > found.lo && v < found.hi).toBe(true)
    expect(found.hi - found.lo).toBeLessThan(2)
  })

  it("under an integral: the variance of a standard normal law from its quantiles, without the ends", () => {
    const u = N.variable("u")
    const node = N.integral("u", c("1/10"), c("9/10"), N.powi(quantile(u), 2))
    // 8/10 - 2 q phi(q) for the quantile q of 9/10.
    expectMeets(at(node, 53, 60_000), "0.350179675922911170200583752768824937281866973", "truncated second moment", 30, 1e-11)
  })

  it("a body that never changes sign has no root", () => {
    expect(at(N.root("x", undefined, undefined, N.call("exp", x)))).toMatchObject({ status: "unknown", reason: "no bracket of a root" })
  })
})

describe("sums of sums", () => {
  // The last three by mpmath: finite sums over both indices, far enough that the rest is below the last digit.
  it.each([
    ["total(k, 0, inf, total(j, 0, inf, 2^-k*3^-j))", "3"],
    ["total(k, 0, inf, total(j, 0, inf, (2/5)^(k + j)))", "2.777777777777777777777777778"],
    ["total(k, 1, inf, total(j, k, inf, 3^-j))", "0.75"],
    ["total(k, 0, inf, total(j, 0, k, 2^-k*3^-j))", "2.4"],
    ["total(k, 0, inf, 2^-k*total(j, 0, k^2, 3^-j))", "2.415120280735185524712054"],
    ["total(k, 0, inf, total(j, k, 2*k, 4^-j*3^-k))", "1.114119922630560928433269"],
    ["total(k, 0, inf, total(j, 0, inf, (j + 1)*3^(-k - 2*j)))", "1.8984375"],
  ])("%s", (formula, value) => expectMeets(encloseText(formula), value, formula, 12, 1e-3))
  it("an empty inner sum is 0", () =>
    expectMeets(encloseText("total(k, 0, inf, 2^-k*total(j, 2, k, 2^-j))"), "0.16666666666666666667", "empty", 8, 1e-3))
  it.each([
    ["total(k, 1, inf, total(j, 1, k/2, 2^-k))", /last index of total must be an integer, and it depends/],
    ["E(z, Normal(0, 1), total(j, z, inf, 2^-j))", /first index of total must be an integer, and it depends/],
    ["total(k, 1, inf, product(j, 1, k, 1/2))", /indices of product must be integers/],
  ])("%s says why not", (formula, why) => expect(() => nodeOf(formula)).toThrow(why))
  it("no bound is claimed where the inner sum diverges", () => {
    expect(encloseText("total(k, 1, inf, total(j, 1, inf, 1/(k*j)))").status).not.toBe("defined")
  })
})
