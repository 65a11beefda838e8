import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { add, compare, mul, neg, rational, sub, toText, type Rational } from "../../src/core/rational.ts"
import { cTransform, cTransformBack, dualProgram, dualValue, flippedDualRay, testFunctionProgram } from "../../src/math/transport-dual.ts"
import { w1OnLine } from "../../src/math/transport-line.ts"
import { checkLinearProgram, exactSimplex, type LinearProgram } from "../../src/math/transport-lp.ts"
import { distance, totalVariation } from "../../src/math/transport-problem.ts"
import { bestVertex, integers, q, qs, randomMasses } from "./transport-oracle.ts"

const value = (program: LinearProgram): string => {
  const result = exactSimplex(program)
  expect(checkLinearProgram(program, result)).toBeUndefined()
  return result.status === "optimal" ? toText(result.value) : result.status
}

const onLine = (at: ReadonlyArray<string>) => qs(at).map((x) => qs(at).map((y) => distance(x, y)))

const small = fc.integer({ min: -6, max: 6 }).map((x) => rational(x))
const shaped = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([n, m]) =>
  fc.record({
    cost: fc.array(fc.array(small, { minLength: m, maxLength: m }), { minLength: n, maxLength: n }),
    phi: fc.array(small, { minLength: n, maxLength: n }),
  }),
)

describe("c-transform", () => {
  it("is feasible, raises the value, and phi^ccc = phi^c", () => {
    fc.assert(
      fc.property(shaped, ({ cost, phi }) => {
        const psi = cTransform(cost, phi)
        const better = cTransformBack(cost, psi)
        const feasible = cost.every((row, i) => row.every((c, j) => compare(add(better[i]!, psi[j]!), c) <= 0))
        return feasible && better.every((x, i) => compare(x, phi[i]!) >= 0) && cTransform(cost, better).every((y, j) => compare(y, psi[j]!) === 0)
      }),
    )
  })

  it("negates 1-Lipschitz functions of a metric", () => {
    const d = onLine(["0", "1/2", "3", "-2"])
    const f = d.map((row) => row[1]!)
    expect(cTransform(d, f).map(toText)).toEqual(f.map(neg).map(toText))
  })
})

describe("Kantorovich's dual as a linear program", () => {
  it("equals the best vertex", () => {
    const draw = integers(31)
    for (let t = 0; t < 30; t++) {
      const [a, b] = randomMasses(draw, 1 + draw(3), 1 + draw(3))
      const cost = a.map(() => b.map(() => rational(draw(9) - 4, 1 + draw(2))))
      expect(value(dualProgram(cost, a, b))).toBe(toText(bestVertex(cost, a, b)))
    }
  })

  it("is unbounded with the inequality flipped, and the ray proves it without solving anything", () => {
    const cost = [
      ["2", "-1", "3"],
      ["0", "4", "1"],
    ].map(qs)
    const [a, b] = [qs(["1/2", "1/2"]), qs(["1/4", "1/4", "1/2"])]
    expect(value(dualProgram(cost, a, b, ">="))).toBe("unbounded")
    const proof = flippedDualRay(cost, a, b)!
    const asResult = { status: "unbounded" as const, x: [...proof.phi, ...proof.psi], ray: [...proof.rayPhi, ...proof.rayPsi] }
    expect(checkLinearProgram(dualProgram(cost, a, b, ">="), asResult)).toBeUndefined()
    expect(checkLinearProgram(dualProgram(cost, a, b, "<="), asResult)).toBeDefined()
    expect(toText(dualValue(a, b, proof.rayPhi, proof.rayPsi))).toBe("1")
    expect(flippedDualRay(cost, qs(["0", "0"]), qs(["0", "0", "0"]))).toBeUndefined()
  })

  it("detects the flipped inequality at 40 x 40 variables", () => {
    const size = 40
    const cost = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => rational((i * 7 + j * 13) % 11)))
    const a = cost.map(() => rational(1, size))
    expect(value(dualProgram(cost, a, a, ">="))).toBe("unbounded")
  })

  it("priced with the max-c-transform it leaves the feasible set unless C - phi is constant along columns", () => {
    const cost = [
      ["2", "-1"],
      ["0", "4"],
    ].map(qs)
    const psi = cost[0]!.map((_, j) => cost.map((row) => row[j]!).reduce((x, y) => (compare(x, y) >= 0 ? x : y)))
    expect(cost.every((row) => row.every((c, j) => compare(psi[j]!, c) <= 0))).toBe(false)
  })
})

describe("test functions on a finite metric space", () => {
  const dirac = (n: number, k: number): Array<Rational> => Array.from({ length: n }, (_, i) => rational(i === k ? 1 : 0))
  const difference = (p: ReadonlyArray<Rational>, r: ReadonlyArray<Rational>) => p.map((x, k) => sub(x, r[k]!))
  const apart = (d: string) => ({ distances: onLine(["0", d]), weights: difference(dirac(2, 0), dirac(2, 1)) })

  it("Diracs at distance 6: W1 = 6, Lipschitz 2 gives 12, |f| <= 1 gives 2, bounded Lipschitz 2", () => {
    const { distances, weights } = apart("6")
    const sup = (bounds: Parameters<typeof testFunctionProgram>[2]) => value(testFunctionProgram(distances, weights, bounds))
    expect(sup({ lipschitz: q("1") })).toBe("6")
    expect(sup({ lipschitz: q("2") })).toBe("12")
    expect(sup({ sup: q("1") })).toBe("2")
    expect(sup({ lipschitz: q("1"), sup: q("1") })).toBe("2")
    expect(sup({})).toBe("unbounded")
  })

  it("at distance 2 all of them but Lipschitz 2 agree", () => {
    const { distances, weights } = apart("2")
    for (const bounds of [{ lipschitz: q("1") }, { sup: q("1") }, { lipschitz: q("1"), sup: q("1") }]) {
      expect(value(testFunctionProgram(distances, weights, bounds))).toBe("2")
    }
  })

  it("squared distances are no metric: on {0, 1, 2} the supremum is 2, not the cost 4", () => {
    const squares = onLine(["0", "1", "2"]).map((row) => row.map((d) => mul(d, d)))
    expect(value(testFunctionProgram(squares, difference(dirac(3, 0), dirac(3, 2)), { lipschitz: q("1") }))).toBe("2")
  })

  it("Kantorovich-Rubinstein: Lipschitz 1 equals the integral of |F - G|, and |f| <= 1 twice the total variation", () => {
    const draw = integers(41)
    for (let t = 0; t < 20; t++) {
      const n = 2 + draw(8)
      const [p, r] = randomMasses(draw, n, n)
      const at = Array.from({ length: n }, (_, k) => rational(3 * k + draw(3), 2))
      const distances = at.map((x) => at.map((y) => distance(x, y)))
      expect(value(testFunctionProgram(distances, difference(p, r), { lipschitz: q("1") }))).toBe(toText(w1OnLine({ at, mass: p }, { at, mass: r })))
      expect(value(testFunctionProgram(distances, difference(p, r), { sup: q("1") }))).toBe(toText(mul(q("2"), totalVariation(p, r))))
    }
  })
})
