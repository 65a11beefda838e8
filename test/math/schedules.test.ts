import { describe, expect, it } from "vitest"
import { conditionalPath, pathPoints, type PathName } from "../../src/math/conditional-path.ts"
import { levelAt } from "../../src/math/schedule.ts"
import { chain, cosine, levelOf, linear, scaledLinear, zeroTerminal } from "../../src/math/schedules/discrete.ts"
import { subVp } from "../../src/math/schedules/sub-vp.ts"
import { ve } from "../../src/math/schedules/ve.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { chainGrid, chainLevels, uniformLambda, uniformTimes, type Spacing } from "../../src/math/time-grid.ts"
import { violations } from "../../src/train/monitors/finding.ts"
import { gridFindings, stepsOf } from "../../src/train/monitors/m01-grid.ts"
import { chainFindings, scheduleFindings } from "../../src/train/monitors/m02-schedule.ts"

describe("continuous schedules", () => {
  const B = 10.05
  it("VP, sub-VP and VE are what they say", () => {
    expect(violations(scheduleFindings(vp(), { preserving: true, start: [1, 0], end: [Math.exp(-B / 2), Math.sqrt(-Math.expm1(-B))] }))).toEqual([])
    expect(violations(scheduleFindings(subVp(), { preserving: false, start: [1, 0], end: [Math.exp(-B / 2), -Math.expm1(-B)] }))).toEqual([])
    expect(violations(scheduleFindings(ve(), { preserving: false, start: [1, 0.01], end: [1, 50] }))).toEqual([])
  })
  it("the variance of sub-VP is the square of VP's", () => {
    for (const t of [0.01, 0.3, 0.9]) expect(Math.abs(subVp().sigma(t) - vp().sigma(t) ** 2)).toBeLessThan(1e-15)
  })
  it("refuses parameters out of range", () => {
    expect(() => vp(1, 0.5)).toThrow("VP needs 0 <= beta0 < beta1, got 1 and 0.5")
    expect(() => ve(0, 1)).toThrow("VE needs 0 < sigma0 < sigma1, got 0 and 1")
  })
})

describe("chains", () => {
  it("tables follow from beta", () => {
    for (const c of [linear(), scaledLinear(), cosine()]) expect(violations(chainFindings(c, { terminalSnr: 0.005 }))).toEqual([])
    expect(violations(chainFindings(zeroTerminal(linear()), { terminalSnr: 0 }))).toEqual([])
    expect(Math.abs(zeroTerminal(linear()).abar[1]! - linear().abar[1]!)).toBeLessThan(1e-15)
  })
  it("noise keeps its digits at the first step", () => {
    expect(levelOf(linear(), 1).sigma).toBe(Math.sqrt(1e-4))
    expect(() => levelOf(linear(), 1001)).toThrow("no step 1001 in a chain of 1000")
    expect(() => chain("mine", Float64Array.of(0.1, 1.5))).toThrow("mine: beta_2 = 1.5 of 2 is outside (0, 1]")
  })
  it("grids of every spacing telescope for every n up to 60, and at n = T", () => {
    const c = linear()
    for (const spacing of ["leading", "trailing", "linspace"] as ReadonlyArray<Spacing>)
      for (const n of [...Array.from({ length: 60 }, (_, i) => i + 1), 1000]) {
        const ks = chainGrid(1000, n, spacing)
        expect(
          violations(gridFindings(stepsOf(chainLevels(c, ks)), { steps: n, first: ks[0]!, last: 0, noise: 0, range: [0, 1000] })),
          `${spacing} ${n}`,
        ).toEqual([])
        if (spacing !== "leading") expect(ks[0]).toBe(1000)
      }
  })
  it("continuous grids end exactly where they are told", () => {
    const levels = uniformLambda(vp(), 1, 0.01, 33)
    expect([levels[0]!.t, levels[33]!.t, uniformTimes(1, 0.01, 7)[7]]).toEqual([1, 0.01, 0.01])
    expect(violations(gridFindings(stepsOf(levels), { steps: 33, first: 1, last: 0.01, noise: levelAt(vp(), 0.01).sigma, range: [0, 1] }))).toEqual(
      [],
    )
  })
})

describe("conditional paths", () => {
  const [x0, x1, e] = [Float64Array.of(0.3, -1.2), Float64Array.of(2, 0.7), Float64Array.of(-0.4, 1.1)]
  const at = (name: PathName, t: number, noise = e) => pathPoints(conditionalPath(name, 0.5), x0, x1, Float64Array.of(t), noise)
  it("u is the time derivative of x_t along a path of fixed noise", () => {
    for (const name of ["independent", "target", "bridge", "vp"] as const)
      for (const t of [0.2, 0.5, 0.83]) {
        const h = 1e-5
        const [left, right] = [at(name, t - h).x, at(name, t + h).x]
        // Central differences: h^2 x''' with x''' below 1e3 away from the ends, and eps/h.
        at(name, t).u.forEach((u, i) => expect(Math.abs((right[i]! - left[i]!) / (2 * h) - u)).toBeLessThan(1e-7))
      }
  })
  it("torchcfm's formulas", () => {
    const t = 0.3
    const bridge = at("bridge", t)
    bridge.u.forEach((u, i) => {
      const mean = (1 - t) * x0[i]! + t * x1[i]!
      expect(Math.abs(u - (((1 - 2 * t) / (2 * t * (1 - t))) * (bridge.x[i]! - mean) + x1[i]! - x0[i]!))).toBeLessThan(1e-14)
    })
    const target = at("target", t)
    target.u.forEach((u, i) => expect(Math.abs(u - (x1[i]! - 0.5 * target.x[i]!) / (1 - 0.5 * t))).toBeLessThan(1e-14))
    const circle = at("vp", t)
    circle.u.forEach((u, i) =>
      expect(Math.abs(u - (Math.PI / 2) * (Math.cos(0.15 * Math.PI) * x1[i]! - Math.sin(0.15 * Math.PI) * x0[i]!))).toBeLessThan(1e-14),
    )
    const straight = at("independent", t)
    straight.u.forEach((u, i) => expect(u).toBe(x1[i]! - x0[i]!))
    straight.x.forEach((x, i) => expect(Math.abs(x - (0.7 * x0[i]! + 0.3 * x1[i]! + 0.5 * e[i]!))).toBeLessThan(1e-15))
  })
  it("every row has its own time", () => {
    const both = pathPoints(
      conditionalPath("target", 0.5),
      Float64Array.of(...x0, ...x0),
      Float64Array.of(...x1, ...x1),
      Float64Array.of(0.2, 0.9),
      Float64Array.of(...e, ...e),
    )
    expect(both.x).toEqual(Float64Array.of(...at("target", 0.2).x, ...at("target", 0.9).x))
  })
  it("refuses a bridge without noise", () => {
    expect(() => conditionalPath("bridge", 0)).toThrow("path bridge with sigma = 0")
    expect(() => conditionalPath("vp", -1)).toThrow("path vp with sigma = -1")
  })
})
