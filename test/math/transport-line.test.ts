import { describe, expect, it } from "vitest"
import { add, compare, mul, rational, sub, toText, type Rational } from "../../src/core/rational.ts"
import { costMatrix, distance, sqrtCost } from "../../src/math/transport-problem.ts"
import { cramerOnLine, meanOnLine, quantileCost, quantileCoupling, w1OnLine, type LineLaw } from "../../src/math/transport-line.ts"
import { bestVertex, integers, q, qs, randomMasses } from "./transport-oracle.ts"

const law = (at: ReadonlyArray<string>, mass: ReadonlyArray<string>): LineLaw => ({ at: qs(at), mass: qs(mass) })
const square = (x: Rational, y: Rational): Rational => mul(sub(x, y), sub(x, y))

describe("transport on the line", () => {
  it("W1 and convex costs equal the minimum over all vertices, for unsorted and repeated atoms and zero masses", () => {
    const draw = integers(23)
    for (let t = 0; t < 60; t++) {
      const [n, m] = [1 + draw(3), 1 + draw(3)]
      const [a, b] = randomMasses(draw, n, m)
      const atoms = (k: number): Array<Rational> => Array.from({ length: k }, () => rational(draw(9) - 4, 1 + draw(2)))
      const [p, r] = [
        { at: atoms(n), mass: a },
        { at: atoms(m), mass: b },
      ]
      const best = bestVertex(
        p.at.map((x) => r.at.map((y) => distance(x, y))),
        a,
        b,
      )
      expect(toText(w1OnLine(p, r))).toBe(toText(best))
      expect(toText(quantileCost(p, r, distance).lo)).toBe(toText(best))
      expect(toText(quantileCost(p, r, square).hi)).toBe(
        toText(
          bestVertex(
            p.at.map((x) => r.at.map((y) => square(x, y))),
            a,
            b,
          ),
        ),
      )
    }
  })

  it("couples marginals exactly", () => {
    const [p, r] = [law(["3", "0", "1"], ["1/4", "1/2", "1/4"]), law(["2", "1"], ["1/2", "1/2"])]
    const plan = quantileCoupling(p, r)
    expect(plan.map(({ row, column, mass }) => [row, column, toText(mass)])).toEqual([
      [1, 1, "1/2"],
      [2, 0, "1/4"],
      [0, 0, "1/4"],
    ])
    expect(quantileCoupling({ at: [], mass: [] }, { at: [], mass: [] })).toEqual([])
  })

  it("is 6 between Diracs at 0 and 6, while Cramer's distance is 6 too and the means differ by 6", () => {
    const [p, r] = [law(["0"], ["1"]), law(["6"], ["1"])]
    expect([w1OnLine(p, r), cramerOnLine(p, r), sub(meanOnLine(r), meanOnLine(p))].map(toText)).toEqual(["6", "6", "6"])
    expect(toText(cramerOnLine(law(["0", "1"], ["1/2", "1/2"]), law(["1"], ["1"])))).toBe("1/4")
  })

  it("the monotone coupling is not optimal for sqrt|x - y|: 1 against sqrt(2)/2 on {0,1}, {1,2}, closer by 1.25e-4 on {100,101}", () => {
    const root = sqrtCost(120)
    const c = (x: Rational, y: Rational) => root(distance(x, y))
    const half = ["1/2", "1/2"]
    const monotone = quantileCost(law(["0", "1"], half), law(["1", "2"], half), c)
    expect([monotone.lo, monotone.hi].map(toText)).toEqual(["1", "1"])
    const anti = (at: ReadonlyArray<string>) => {
      const C = costMatrix(qs(["0", "1"]), qs(at), c)
      const ends = (k: "lo" | "hi") => mul(rational(1, 2), [C[0]![1]!, C[1]![0]!].map((e) => ("lo" in e ? e[k] : e)).reduce(add))
      return { lo: ends("lo"), hi: ends("hi") }
    }
    expect(compare(anti(["1", "2"]).lo, q("0.7071067811865475"))).toBe(1)
    expect(compare(anti(["1", "2"]).hi, q("0.7071067811865476"))).toBe(-1)
    const far = sub(quantileCost(law(["0", "1"], half), law(["100", "101"], half), c).lo, anti(["100", "101"]).hi)
    expect(compare(far, q("0.000124"))).toBe(1)
    expect(compare(far, q("0.000126"))).toBe(-1)
  })
})
