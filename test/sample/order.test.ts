import { describe, expect, it } from "vitest"
import { levelAt } from "../../src/math/schedule.ts"
import { vp } from "../../src/math/schedules/vp.ts"
import { uniformLambda } from "../../src/math/time-grid.ts"
import { ddim, ddimSample } from "../../src/sample/ddim.ts"
import { dopri5, dopri5Sample } from "../../src/sample/dopri5.ts"
import { dpmSolver, dpmSolverSample } from "../../src/sample/dpm-solver.ts"
import { dpmSolverMultistep, dpmSolverMultistepSample } from "../../src/sample/dpm-solver-multistep.ts"
import { probabilityFlow } from "../../src/sample/probability-flow.ts"
import { rungeKutta, rungeKuttaSample } from "../../src/sample/runge-kutta.ts"
import { drive, driveAsync, type Method, type Query, type Sampler } from "../../src/sample/sampler.ts"
import { orderFinding } from "../../src/train/monitors/m06-order.ts"
import { exactModel, gaussian, threeModes } from "./support.ts"

const schedule = vp()
const law = gaussian(0.7, 0.5)
const x = Float64Array.of(-1.3, 0.2, 1.9)
const [from, to] = [1, 0.05]

/** The probability flow of a Gaussian keeps (x - alpha m)/sqrt(alpha^2 s^2 + sigma^2). */
const exact = (() => {
  const at = (t: number): readonly [number, number] => {
    const { alpha, sigma } = levelAt(schedule, t)
    return [alpha * 0.7, Math.hypot(alpha * 0.5, sigma)]
  }
  const [[m1, s1], [m0, s0]] = [at(from), at(to)]
  return x.map((v) => m0 + (s0 * (v - m1)) / s1)
})()

const error = (out: Float64Array): number => Math.max(...out.map((v, i) => Math.abs(v - exact[i]!)))

const check = (method: Method, first: number, sampler: (n: number) => Sampler): void => {
  // Five halvings of the step; the first is where the asymptotic regime has been reached.
  const steps = Array.from({ length: 6 }, (_, k) => first * 2 ** k)
  const model = exactModel(law, "eps", schedule)
  const errors = steps.map((n) => {
    let asked = 0
    const out = drive(sampler(n), (query) => {
      asked++
      return model(query)
    })
    expect(asked).toBe(method.evaluations(n))
    return error(out)
  })
  const halves = steps.map((n) => 1 / n)
  expect(orderFinding(halves, errors, method.order)).toMatchObject({ verdict: "holds" })
}

describe("order of accuracy on a Gaussian, five halvings", () => {
  const levels = (n: number) => uniformLambda(schedule, from, to, n)
  const times = (n: number) => Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n)
  it("DDIM is of order 1", () => check(ddim, 16, (n) => ddimSample({ levels: levels(n), prediction: "eps", x })))
  for (const order of [1, 2, 3] as const)
    it(`DPM-Solver-${order} is of order ${order}`, () =>
      check(dpmSolver(order), 16, (n) => dpmSolverSample({ order, levels: levels(n), schedule, prediction: "eps", x })))
  it("DPM-Solver++(2M) is of order 2", () =>
    check(dpmSolverMultistep, 64, (n) => dpmSolverMultistepSample({ levels: levels(n), prediction: "eps", x })))
  for (const name of ["euler", "midpoint", "heun", "rk4"] as const)
    it(`${name} on the probability flow`, () =>
      check(rungeKutta(name), 32, (n) => probabilityFlow(rungeKuttaSample(name, { times: times(n), x }), schedule, "eps")))

  it("Dormand-Prince: the error follows the tolerance, n steps cost 6n + 2", () => {
    const run = (tolerance: number): readonly [number, number] => {
      let asked = 0
      const model = exactModel(law, "eps", schedule)
      const out = drive(probabilityFlow(dopri5Sample({ from, to, x, rtol: tolerance, atol: tolerance }), schedule, "eps"), (query) => {
        asked++
        return model(query)
      })
      return [error(out), asked]
    }
    const [[e1, n1], [e2, n2]] = [run(1e-4), run(1e-9)]
    // An accepted step errs by at most sqrt(3) (atol + 1.9 rtol) in each of 3 coordinates of size below 1.9, and the flow contracts.
    const bound = (tolerance: number, n: number): number => ((n - 2) / 6) * Math.sqrt(3) * 2.9 * tolerance
    expect(e1).toBeLessThan(bound(1e-4, n1))
    expect(e2).toBeLessThan(bound(1e-9, n2))
    expect(n2).toBeGreaterThan(n1)
    expect((n1 - dopri5.evaluations(0)) % 6).toBe(0)
  })

  it("Dormand-Prince gives up on a field that is not finite", () => {
    const blowUp = ({ x: at }: Query): Float64Array => at.map((v) => 1 / (v - v))
    expect(() => drive(dopri5Sample({ from: 0, to: 1, x: Float64Array.of(1), rtol: 1e-6, atol: 1e-6 }), blowUp)).toThrow("dopri5 stopped at t = 0")
  })
})

describe("identities", () => {
  it("DDIM at eta = 0 is DPM-Solver-1, to 1e-12", async () => {
    for (const n of [1, 2, 7, 50]) {
      const levels = [...uniformLambda(schedule, 1, 0.001, n), { t: 0, alpha: 1, sigma: 0 }]
      const start = Float64Array.from({ length: 40 }, (_, i) => (i - 20) / 7)
      const model = exactModel(threeModes, "eps", schedule)
      const a = drive(ddimSample({ levels, prediction: "eps", x: start }), model)
      const b = await driveAsync(dpmSolverSample({ order: 1, levels, prediction: "eps", x: start }), async (query) => model(query))
      a.forEach((v, i) => expect(Math.abs(v - b[i]!)).toBeLessThan(1e-12))
    }
  })

  it("every parametrisation gives the same samples", () => {
    const levels = uniformLambda(schedule, 1, 0.01, 20)
    const start = Float64Array.from({ length: 40 }, (_, i) => (i - 20) / 7)
    const run = (prediction: "eps" | "x0" | "v" | "score") =>
      drive(dpmSolverMultistepSample({ levels, prediction, x: start }), exactModel(threeModes, prediction, schedule))
    const reference = run("eps")
    // 20 steps, each with conversions that divide by alpha(1) = 0.0066: eps/alpha is about 3e-14 per step.
    for (const kind of ["x0", "v", "score"] as const) run(kind).forEach((v, i) => expect(Math.abs(v - reference[i]!)).toBeLessThan(1e-10))
  })
})
