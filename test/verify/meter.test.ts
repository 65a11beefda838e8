/** Whatever a claim computes, however deep it is nested, is counted by its meter and ends with it. */
import { Effect } from "effect"
import { afterEach, describe, expect, it } from "vitest"
import { budgets } from "../../src/core/budget.ts"
import { family, step, theorem } from "../../src/core/statement.ts"
import type { Result } from "../../src/core/verdict.ts"
import { Exhausted, attempt, charge, drawing, meter, portion } from "../../src/expression/meter.ts"
import { resetNodes } from "../../src/expression/node.ts"
import type { Arithmetic } from "../../src/interval/arithmetic.ts"
import { complexArithmetic } from "../../src/interval/complex-arithmetic.ts"
import { intervalArithmetic } from "../../src/interval/interval-arithmetic.ts"
import { adaptive } from "../../src/verify/adaptive.ts"
import { prove } from "../../src/verify/prove.ts"
import { ask, verdictOf } from "./asking.ts"

describe("the meter", () => {
  it("ends what draws on it, and a part of it ends alone", () => {
    const whole = meter(100)
    drawing(whole, () => {
      const part = portion(1 / 10)
      attempt(part, () => charge(6))
      expect(attempt(part, () => charge(6) ?? "done")).toBeUndefined()
      expect(attempt(part, () => "free")).toBe("free")
      charge(80)
    })
    expect(whole.spent).toBe(92)
    expect(() => drawing(whole, () => charge(9))).toThrow(Exhausted)
    expect(drawing(whole, () => attempt(meter(1e9), () => charge(1) ?? "done"))).toBeUndefined()
  })
})

/** Each took more than 10 s at the standard budget once, or came close. */
const DEAR = [
  "E(z, Normal(0, 1), E(y, Normal(z, 1), E(x, Normal(y, 1), cos(x*y*z)))) < 1",
  "P(k, Diffused(Exponential(pi), 10, 10), gamma(k) != k^10) == 1/2",
  "P(t, Diffused(StudentT(3, 1/2, 3), 5/2, 2), tan(1) > pdf(Normal(-2, 1e-3), t)) < 1/2",
  "Entropy(Diffused(Logistic(1, 100), exp(exp(9)), 100)) >= 1",
  "inf(x, 1, 2, total(k, 1, 20, JS(Normal(k, x), Laplace(0, 1)))) > 0",
  "sup(x, 1, 2, Hellinger2(Logistic(0, x), StudentT(3, 0, 1))) <= 1/20",
  "P(z, Affine(Binomial(100, 1/2), JS(Normal(0, 1), Normal(1, 1)), Renyi(1/2, Normal(0, 1), Laplace(0, 1))), z < 3) > 0",
  "integral(y, -1, inf, PosteriorCov(Binomial(100, 9/10), y, 0.1, y)) < pi",
  "JS(Diffused(Poisson(10), 1, 1), Normal(10, 3)) < 1/2",
  "W2(Pareto(7/8, 3), Beta(0.1, 3)) > 1/10",
  "W2(Mixture([1/2, 1/2], [Normal(-1, 1), Normal(1, 2)]), Mixture([1/3, 2/3], [Normal(0, 1), Normal(2, 1/2)])) == 1",
  "Hellinger2(Diffused(Discrete([0, 1, 2, 3], [1/4, 1/4, 1/4, 1/4]), 1, 1), Normal(0, 1)) == 1/2",
  "P(z, Normal(0, 1), P(y, Normal(z, 1), P(x, Normal(y, z^2 + 1), x*y*z < 1) > 1/2) > 1/2) > 0",
]

describe("a dear claim", () => {
  const restore: Array<() => void> = []
  afterEach(() => {
    for (const put of restore.splice(0)) put()
  })
  /** Counts the operations of an arithmetic on its own: whatever is computed past the meter shows here. */
  const counting = <T>(A: Arithmetic<T>, count: () => void): void => {
    for (const op of ["add", "sub", "mul", "div"] as const) {
      const compute = A[op]
      const put = (f: typeof compute): void => void Object.assign(A, { [op]: f })
      put((a, b) => {
        count()
        return compute(a, b)
      })
      restore.push(() => put(compute))
    }
  }

  it.each(DEAR)("%s", (claim) => {
    resetNodes()
    const allowance = meter(2e6)
    let done = 0
    counting(intervalArithmetic, () => done++)
    counting(complexArithmetic, () => done++)
    const look = ask(claim, { strategy: adaptive(), meter: allowance })
    // Functions and growth take most of what is charged: additions and products of both arithmetics were a sixth of it at most when the prices were set.
    expect(done).toBeLessThan(allowance.limit / 4)
    if (allowance.spent <= allowance.limit) expect(verdictOf(look)).toMatch(/Verified|Refuted|Inconclusive/)
    else
      expect(look).toMatchObject({
        kind: "open",
        reason: "budget",
        detail: expect.stringMatching(/^the allowance of 2 million operations was used up by /),
      })
  })
})

const checked = (claim: string, domain: string, operations: number): Result => {
  const only = family("line", { parameters: { x: domain }, let: {} })
  const spec = theorem({ id: "test/meter", title: "", statement: "", symbols: {}, families: [only], steps: [step("s", claim, "")], sources: [] })
  const budget = { ...budgets.standard, operations }
  return Effect.runSync(prove(spec, {}, adaptive()).check({ kind: "step", name: "s" }, { seed: "0", alpha: 1e-6, budget }))
}

describe("a claim", () => {
  const claim = "E(z, Normal(x, 1), abs(z - 1)) >= x - 1"

  it("looks at fewer instances where they are dear, at no less than three, and else ends Inconclusive", () => {
    const counts = [1e8, 6e4].map((operations) => checked(claim, "real(-2, 2)", operations).coverage.instances)
    expect(counts[0]).toBeGreaterThan(counts[1]!)
    for (let operations = 1e4; operations < 1e5; operations += 2500) {
      const { verdict, coverage, detail } = checked(claim, "real(-2, 2)", operations)
      if (coverage.instances >= 3) expect(verdict).toEqual({ _tag: "Verified" })
      else {
        expect(verdict).toEqual({ _tag: "Inconclusive", reason: "budget" })
        expect(detail.startsWith(`the allowance of ${operations / 1e6} million operations was used up by `)).toBe(true)
      }
    }
  })

  it("is answered alike whatever was checked before it", () => {
    const alone = [3e4, 1e5, 1e6].map((operations) => checked(claim, "real(-2, 2)", operations))
    checked("E(z, Normal(x, 1), abs(z - 1)) <= E(z, Normal(x, 2), abs(z - 1))", "real(-2, 2)", 1e8)
    expect([3e4, 1e5, 1e6].map((operations) => checked(claim, "real(-2, 2)", operations))).toEqual(alone)
  })

  it("stays Refuted where the allowance ends while its counterexample is made simpler", () => {
    const wrong = "E(z, Normal(x, 1), abs(z - 1)) == sqrt(2/pi)"
    for (const operations of [1e5, 2e5, 4e5, 1e8]) {
      const { verdict, counterexample } = checked(wrong, "real(11/8, 15/8)", operations)
      expect(verdict._tag).toBe("Refuted")
      // The numbers are those of the instance that is shown.
      const x = counterexample!.parameters["x"] as string
      const again = ask(wrong, { domains: { x: "real(11/8, 15/8)" }, at: { x } })
      expect(again).toMatchObject({ kind: "seen", evidence: { left: counterexample!.left, right: counterexample!.right } })
    }
  })
})
