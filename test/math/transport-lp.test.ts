import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { rational, toText, type Rational } from "../../src/core/rational.ts"
import { checkLinearProgram, exactSimplex, type LinearProgram, type Relation } from "../../src/math/transport-lp.ts"
import { qs } from "./transport-oracle.ts"

const solve = (program: LinearProgram) => {
  const result = exactSimplex(program)
  expect(checkLinearProgram(program, result)).toBeUndefined()
  return result
}

const program = (
  objective: Array<string>,
  rows: Array<Array<string>>,
  relations: Array<Relation>,
  rhs: Array<string>,
  free?: Array<boolean>,
): LinearProgram => ({ objective: qs(objective), rows: rows.map(qs), relations, rhs: qs(rhs), ...(free === undefined ? {} : { free }) })

describe("exact simplex", () => {
  it("textbook optimum with fractions", () => {
    const result = solve(
      program(
        ["3", "5"],
        [
          ["1", "0"],
          ["0", "2"],
          ["3", "2"],
        ],
        ["<=", "<=", "<="],
        ["4", "12", "18"],
      ),
    )
    if (result.status !== "optimal") throw new Error("expected an optimum")
    expect([result.value, ...result.x, ...result.y].map(toText)).toEqual(["36", "2", "6", "0", "3/2", "1"])
  })

  it("equations, free variables, >= rows and redundant equations", () => {
    const result = solve(
      program(
        ["-1", "-1/2"],
        [
          ["1", "1"],
          ["2", "2"],
          ["1", "-1"],
        ],
        ["=", "=", ">="],
        ["1/3", "2/3", "5"],
        [true, true],
      ),
    )
    expect(result.status === "optimal" && [toText(result.value), ...result.x.map(toText)]).toEqual(["-3/2", "8/3", "-7/3"])
  })

  it("infeasible: contradictory equations, and inequalities", () => {
    expect(solve(program(["1"], [["1"], ["1"]], ["=", "="], ["1", "2"], [true])).status).toBe("infeasible")
    expect(solve(program(["0"], [["0"]], ["="], ["-1"])).status).toBe("infeasible")
    expect(
      solve(
        program(
          ["1", "1"],
          [
            ["1", "1"],
            ["1", "1"],
          ],
          [">=", "<="],
          ["2", "1"],
        ),
      ).status,
    ).toBe("infeasible")
    expect(solve(program(["1"], [["1"]], ["<="], ["-1"])).status).toBe("infeasible")
  })

  it("unbounded: a ray in a signed, and in a free lineality direction", () => {
    expect(solve(program(["1", "0"], [["1", "-1"]], ["<="], ["3"])).status).toBe("unbounded")
    expect(solve(program(["-1"], [["0"]], ["<="], ["1"], [true])).status).toBe("unbounded")
    expect(solve(program(["0"], [["0"]], ["<="], ["1"], [true])).status).toBe("optimal")
    expect(solve(program(["1", "1"], [], [], [])).status).toBe("unbounded")
    expect(solve(program(["1"], [["1"], ["1"]], [">=", "<="], ["2", "1"])).status).toBe("infeasible")
  })

  it("does not cycle on Beale's example", () => {
    const result = solve(
      program(
        ["3/4", "-150", "1/50", "-6"],
        [
          ["1/4", "-60", "-1/25", "9"],
          ["1/2", "-90", "-1/50", "3"],
          ["0", "0", "1", "0"],
        ],
        ["<=", "<=", "<="],
        ["0", "0", "1"],
      ),
    )
    expect(result.status === "optimal" && toText(result.value)).toBe("1/20")
  })

  it("refuses disagreeing shapes", () => {
    expect(() => exactSimplex(program(["1"], [["1", "2"]], ["<="], ["1"]))).toThrow(RangeError)
  })

  const small = fc.integer({ min: -3, max: 3 })
  const anyProgram = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 5 }))
    .chain(([n, k]) =>
      fc.record({
        objective: fc.array(small, { minLength: n, maxLength: n }),
        rows: fc.array(fc.array(small, { minLength: n, maxLength: n }), { minLength: k, maxLength: k }),
        relations: fc.array(fc.constantFrom<Relation>("<=", "=", ">="), { minLength: k, maxLength: k }),
        rhs: fc.array(small, { minLength: k, maxLength: k }),
        free: fc.array(fc.boolean(), { minLength: n, maxLength: n }),
      }),
    )
    .map(({ objective, rows, relations, rhs, free }): LinearProgram => {
      const fractions = (v: Array<number>): Array<Rational> => v.map((x, k) => rational(x, 1 + (k % 3)))
      return { objective: fractions(objective), rows: rows.map(fractions), relations, rhs: fractions(rhs), free }
    })

  it("proves its answer on every small program, whatever the status", () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(anyProgram, (lp) => {
        const result = exactSimplex(lp)
        seen.add(result.status)
        return checkLinearProgram(lp, result) === undefined
      }),
      { numRuns: 2000, seed: 1 },
    )
    expect([...seen].sort()).toEqual(["infeasible", "optimal", "unbounded"])
  })

  it("the checker refuses false proofs", () => {
    const lp = program(
      ["1", "1"],
      [
        ["1", "2"],
        ["3", "1"],
      ],
      ["<=", "<="],
      ["4", "6"],
    )
    const result = solve(lp)
    if (result.status !== "optimal") throw new Error("expected an optimum")
    const off = rational(1, 10n ** 30n)
    const bump = (v: ReadonlyArray<Rational>, k: number, s: bigint) => v.map((x, i) => (i === k ? rational(x.n * off.d + s * x.d, x.d * off.d) : x))
    for (const k of [0, 1])
      for (const s of [1n, -1n]) {
        expect(checkLinearProgram(lp, { ...result, x: bump(result.x, k, s) })).toBeDefined()
        expect(checkLinearProgram(lp, { ...result, y: bump(result.y, k, s) })).toBeDefined()
      }
    expect(checkLinearProgram(lp, { ...result, value: off })).toMatch(/values differ/)
    expect(checkLinearProgram(lp, { ...result, x: [] })).toMatch(/not feasible/)
    expect(checkLinearProgram(lp, { ...result, x: qs(["-1", "5/2"]) })).toMatch(/not feasible/)
    expect(checkLinearProgram(lp, { ...result, y: qs(["-1", "2"]) })).toMatch(/not dual feasible/)
    expect(checkLinearProgram({ ...lp, free: [true, true] }, { ...result, y: qs(["1", "1"]) })).toMatch(/not dual feasible/)
    const atLeast = program(["1"], [["1"], ["1"]], ["<=", ">="], ["1", "0"])
    expect(checkLinearProgram(atLeast, { status: "optimal", value: rational(1), x: qs(["1"]), y: qs(["1", "0"]) })).toBeUndefined()
    expect(checkLinearProgram(atLeast, { status: "optimal", value: rational(1), x: qs(["1"]), y: qs(["1", "1"]) })).toMatch(/not dual feasible/)
    expect(checkLinearProgram(lp, { status: "infeasible", y: qs(["0", "0"]) })).toMatch(/no contradiction/)
    expect(checkLinearProgram(lp, { status: "infeasible", y: qs(["-1", "0"]) })).toMatch(/no contradiction/)
    expect(checkLinearProgram(lp, { status: "unbounded", x: result.x, ray: qs(["1", "0"]) })).toMatch(/without end/)
    expect(checkLinearProgram(lp, { status: "unbounded", x: result.x, ray: qs(["0", "0"]) })).toMatch(/without end/)
  })
})
