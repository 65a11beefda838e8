/**
 * Soundness on a small scale: a few hundred of the claims of test/oracle/soundness.ts, and claims that once got a wrong answer.
 */
import { describe, expect, it } from "vitest"
import { decide } from "../../src/core/verdict.ts"
import { ladder } from "../../src/verify/examine.ts"
import type { Strategy } from "../../src/verify/examine.ts"
import { judge } from "../oracle/soundness/judge.ts"
import type { Judged } from "../oracle/soundness/judge.ts"
import type { Claim, Truth } from "../oracle/soundness/kind.ts"
import { generate } from "../oracle/soundness/kinds.ts"

const COUNT = 400
const SEED = "test"

const run = (count: number, strategy?: Strategy): ReadonlyArray<Judged> =>
  Array.from({ length: count }, (_, i) => judge(generate(SEED, i), "quick", strategy))

/** The ladder with enclosures shrunk to their middle: rounding errors and quadrature bounds forgotten. */
const careless: Strategy = {
  ...ladder(),
  gather: (q) => {
    const evidence = ladder().gather(q)
    const { lo, hi } = evidence.estimate
    const estimate = { ...evidence.estimate, lo: lo / 2 + hi / 2, hi: lo / 2 + hi / 2 }
    return { ...evidence, estimate, verdict: decide(q.relation, estimate, evidence.scale, q.tolerance) ?? evidence.verdict }
  },
}

const stated = (truth: Truth, text: string, at: Claim["at"] = {}, lets: Claim["let"] = {}): Judged =>
  judge({ index: 0, kind: "stated", truth, text, relation: "==", at, let: lets, tolerance: 1e-9, error: undefined }, "quick")

describe("generated claims", () => {
  it("get no wrong answer, and nearly all of those that mean something get one", { timeout: 60_000 }, () => {
    const all = run(COUNT)
    expect(all.filter((j) => j.wrong || j.verdict === "Faulted")).toEqual([])
    const meaningful = all.filter((j) => j.claim.truth !== "undefined")
    const decided = meaningful.filter((j) => j.verdict !== "Inconclusive").length
    // One false claim in ten is a strict inequality at equality, which no enclosure of positive width decides.
    expect(decided).toBeGreaterThan(0.9 * meaningful.length)
  })
  it("catch a verifier that forgets the width of its enclosures", { timeout: 60_000 }, () => {
    expect(run(60, careless).filter((j) => j.wrong).length).toBeGreaterThan(10)
  })
})

describe("claims that once got a wrong answer", () => {
  const f = { "f(y)": "E(z, Normal(0, 1), (y - z)^2)" }
  const noisy = "Diffused(Laplace(0, 1), 1, 1)"
  const [p, q] = ["MvNormal([0, 0], [[4, 0], [0, 1]])", "MvNormal([0, 0], [[1, 0], [0, 4]])"]
  it.each<[what: string, text: string, at?: Claim["at"], lets?: Claim["let"]]>([
    ["the variable of D named like one bound inside", "D(P(z, Normal(0, 1), z > x), x) == -pdf(Normal(0, 1), x)", { x: "1" }],
    ["a bound variable named like one bound in a let", "integral(x, 0, 1, f(x)) == 4/3", {}, f],
    ["ends of an integral in decreasing order beside a kink", "integral(x, sqrt(2), -sqrt(2), abs(x)) == -2"],
    ["different covariances with equal determinants", `Hellinger2(${p}, ${q}) == 1/5`],
    ["a discrete coordinate against a continuous one", "TV(Product(Bernoulli(1/2), Normal(0, 1)), Product(Normal(0, 1), Normal(0, 1))) == 1"],
    ["counts on another lattice", "KL(Affine(Poisson(2), 2, 1), Affine(Poisson(3), 2, 1)) == KL(Poisson(2), Poisson(3))"],
    ["the distribution function of a reflected law", `D(cdf(Affine(${noisy}, a, 0), 1), a) == pdf(${noisy}, 1)`, { a: "-1" }],
  ])("%s: true", (_, text, at, lets) => {
    expect(stated("true", text, at, lets).verdict, text).toBe("Verified")
  })
  it.each<[what: string, text: string, at?: Claim["at"]]>([
    ["0 times an undefined number in a dot product", "dot([0, 1], [log(-1), 2]) == 2"],
    ["0 times an undefined number under an expectation", "E(x, Normal(0, 1), 0*log(x)) == 0"],
    ["undefined terms that cancel", "E(x, Normal(0, 1), log(x) - log(x)) == 0"],
    ["a scale that is 0 in disguise", "Mean(Normal(1, log(2) + log(3) - log(6))) == 1"],
    ["a scale that is negative for some values of a bound variable", "E(s, Normal(0, 1), Var(Normal(0, s))) == 1"],
    ["a kink under an integral, in the parameter alone", "D(integral(z, 0, 1, abs(x)*z), x) == 0", { x: "0" }],
    ["a kink under an integral, all along the range", "1 + D(E(z, Normal(0, 1), abs(x*z)), x) == 1", { x: "0" }],
    ["the derivative of an undefined function under an expectation", "E(x, Normal(0, 1), x*D(log(x), x)) == 1"],
    ["a divergence on supports that do not contain each other", "Fisher(MvNormal([0, 0], identity(2)), Product(Exponential(1), Normal(0, 1))) == 1"],
    ["counts between the integers", "Hellinger2(Affine(Poisson(2), 1/2, 1), Poisson(3)) == 1/2"],
  ])("%s: no answer", (_, text, at) => {
    expect(stated("undefined", text, at).verdict, text).toBe("Inconclusive")
  })
})
