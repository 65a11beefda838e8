/** Inequalities that fail in a thousandth of their domain or less, around the point where they are tight, at every seed. */
import { describe, expect, it, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import type { Result } from "../../src/core/verdict.ts"
import { simplestIn } from "../../src/verify/coordinates.ts"
import { checked } from "./asking.ts"

const check = (claim: string, parameters: Readonly<Record<string, string>>, seed: number): Result => checked(claim, parameters, seed, "standard")
const tags = (claim: string, parameters: Readonly<Record<string, string>>): ReadonlyArray<string> => [
  ...new Set(Array.from({ length: 6 }, (_, seed) => check(claim, parameters, seed).verdict._tag)),
]

const Q_AND_M = { m: "real(-1, 1)", s: "positive(1/3, 2)" }
const MEASURE = { w: "simplex(4)" }
const TWO_LAWS = { m: "real(-5, 5)", g: "real(-5, 5)", s: "positive(1/10, 10)", r: "positive(1/10, 10)" }
const BERNOULLIS = { a: "real(1/100, 99/100)", b: "real(1/100, 99/100)" }
const MATRICES = { S: "spd(3, 1/20, 20)", R: "spd(3, 1/20, 20)" }
const FOUR = { x: "real(-4, 4)", y: "real(-4, 4)", z: "real(-4, 4)", u: "real(-4, 4)" }

// The share of the domain where each fails; draws alone verified all but the last of them at most seeds.
test.each<[string, Readonly<Record<string, string>>]>([
  ["KL(Normal(m, s), Normal(1/3, 2/3)) >= 1/1000", Q_AND_M],
  ["KL(Normal(m, s), Normal(1/3, 2/3)) > 0", Q_AND_M],
  ["1 - 2*exp(-200*(x - 3/2)^2) > 0", { x: "real(0, 4)" }],
  ["Var(Bernoulli(c)) < 1/4 - 1/1000000", { c: "real(1/10, 9/10)" }],
  ["Entropy(Categorical(w)) <= log(4) - 1/1000000", MEASURE],
  ["TV(Categorical(w), Categorical([1/4, 1/4, 1/4, 1/4])) <= 5/8", MEASURE],
  ["(r + 2/3)/2 > sqrt(2*r/3)", { r: "positive(1/10, 3)" }],
  ["norm2(v - [1/3, 1/2, -1/7]) + norm2(v) > 1/5", { v: "vector(3, -1, 1)" }],
  ["norm2(v - [1/3, 1/2, -1/7]) >= 1/1000000", { v: "vector(3, -1, 1)" }],
  ["(n - 617)^2 > 0", { n: "integer(1, 1000)" }],
  // Where the two laws are one, and where they nearly are.
  ["KL(Normal(m, s), Normal(g, r)) > 0", TWO_LAWS],
  ["W2(MvNormal([0, 0, 0], S), MvNormal([0, 0, 0], R)) > 0", MATRICES],
  ["trace(inv(S)*R) - logdet(inv(S)*R) > 3", MATRICES],
  ["KL(Bernoulli(a), Bernoulli(b)) >= 2*(a - b)^2 + 45/100*(a - b)^4", BERNOULLIS],
  // Along valleys, and on one hill of many.
  ["(1 - x)^2 + 100*(y - x^2)^2 + (1 - z)^2 + 100*(u - z^2)^2 > 1/10000", FOUR],
  ["(x - y)^2 + (y - z)^2 + (z - u)^2 + (u - 1/3)^2 > 0", FOUR],
  ["(s/r - 7)^2 + (s - 3)^2/9 >= 1/1000", { s: "positive(1/1000, 1000)", r: "positive(1/1000, 1000)" }],
  ["sin(25*x)*sin(31*y) <= 998/1000", { x: "real(-4, 4)", y: "real(-4, 4)" }],
])("%s is Refuted", (claim, parameters) => expect(tags(claim, parameters)).toEqual(["Refuted"]))

test.each<[string, Readonly<Record<string, string>>]>([
  ["KL(Normal(m, s), Normal(1/3, 2/3)) >= 0", Q_AND_M],
  ["KL(Normal(m, s), Normal(g, r)) >= 0", TWO_LAWS],
  ["trace(inv(S)*R) - logdet(inv(S)*R) >= 3", MATRICES],
  ["KL(Bernoulli(a), Bernoulli(b)) >= 2*(a - b)^2 + 44/100*(a - b)^4", BERNOULLIS],
  ["(1 - x)^2 + 100*(y - x^2)^2 + (1 - z)^2 + 100*(u - z^2)^2 >= 0", FOUR],
  ["cosh(x) > 1 - 1/10^9", { x: "real(-2, 2)" }],
  ["exp(-x^2) > 0", { x: "real(-6, 6)" }],
  ["tanh(10*x) < 1", { x: "real(-2, 2)" }],
  ["softplus(20*x) > max(20*x, 0)", { x: "real(-2, 2)" }],
  ["Entropy(Categorical(w)) <= log(4)", MEASURE],
  ["-total(i, 1, 4, w[i]*log(w[i])) >= 0", MEASURE],
])("%s stays Verified", (claim, parameters) => expect(tags(claim, parameters)).toEqual(["Verified"]))

describe("a strict inequality whose sides meet", () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ["Entropy(Categorical(w)) < log(4)", MEASURE],
    ["x^4 + 4 > 4*x^2", { x: "real(0, 3)" }],
    ["exp(x)*exp(-2*x) + exp(x) > 2", { x: "real(-1, 2)" }],
  ])("%s is not Verified", (claim, parameters) => expect(tags(claim, parameters)).not.toContain("Verified"))
  it("says where", () => {
    const { verdict, detail, where } = check("x^4 + 4 > 4*x^2", { x: "real(0, 3)" }, 0)
    expect(verdict).toEqual({ _tag: "Inconclusive", reason: "immovable" })
    expect(detail).toContain("seem to be equal")
    expect(Q.toNumber(Q.parseRational(String(where?.parameters["x"]))!)).toBeCloseTo(Math.SQRT2, 4)
  })
})

it("shows counterexamples in simple numbers", () =>
  expect(check("1 - 2*exp(-200*(x - 3/2)^2) > 0", { x: "real(0, 4)" }, 0).counterexample?.parameters).toEqual({ x: "3/2" }))

test.each<[string, string, string]>([
  ["1/3", "1/2", "1/2"],
  ["314/100", "315/100", "22/7"],
  ["-2/3", "-3/5", "-2/3"],
  ["-1/9", "1/7", "0"],
  ["17/8", "17/8", "17/8"],
])("the simplest rational in [%s, %s] is %s", (lo, hi, x) => expect(Q.toText(simplestIn(Q.parseRational(lo)!, Q.parseRational(hi)!))).toBe(x))
