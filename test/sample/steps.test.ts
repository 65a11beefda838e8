/** What the samplers do between two levels with an estimate of x_0 outside the range of the data, against their formulas written out. */
import { describe, expect, it } from "vitest"
import { denoised } from "../../src/math/parametrisation.ts"
import { forwardKernel, posterior } from "../../src/math/posterior.ts"
import { linear, levelOf } from "../../src/math/schedules/discrete.ts"
import { stream } from "../../src/random/stream.ts"
import { ancestralSample } from "../../src/sample/ancestral.ts"
import { ddimSample } from "../../src/sample/ddim.ts"
import { dpmSolverMultistepSample } from "../../src/sample/dpm-solver-multistep.ts"
import { noiseAt } from "../../src/sample/noise.ts"
import { drive } from "../../src/sample/sampler.ts"

const [t, s, data] = [300, 100, 0].map((k) => levelOf(linear(), k)) as [
  ReturnType<typeof levelOf>,
  ReturnType<typeof levelOf>,
  ReturnType<typeof levelOf>,
]
const x = Float64Array.of(0.3, -1.2, 2)
// Noise that puts x_0 far outside, inside, and far outside on the other side.
const answer = Float64Array.of(-4, -1.2, 5)
const { x0 } = denoised("eps", answer, x, t)
const close = (found: Float64Array, wanted: ReadonlyArray<number>): void => found.forEach((v, i) => expect(v).toBeCloseTo(wanted[i]!, 12))

it("the estimates are as the cases want them", () => {
  expect(x0[0]).toBeGreaterThan(1)
  expect(Math.abs(x0[1]!)).toBeLessThan(1)
  expect(x0[2]).toBeLessThan(-1)
})

describe("clip", () => {
  const cut = Array.from(x0, (v) => Math.max(-1, Math.min(1, v)))
  it("cuts the data estimate of DDIM and leaves the noise as predicted", () => {
    const one = drive(ddimSample({ levels: [t, s], prediction: "eps", x, clip: 1 }), () => answer)
    close(
      one,
      cut.map((v, i) => s.alpha * v + s.sigma * answer[i]!),
    )
    close(
      drive(ddimSample({ levels: [t, s], prediction: "eps", x }), () => answer),
      Array.from(x0, (v, i) => s.alpha * v + s.sigma * answer[i]!),
    )
    expect([...drive(ddimSample({ levels: [t, data], prediction: "eps", x, clip: 1 }), () => answer)]).toEqual(cut)
  })
  it.each(["small", "large"] as const)("cuts the data estimate of ancestral sampling, whose noise has the %s variance", (variance) => {
    const noise = stream("0", "test", "clip")
    const { onState, onData, variance: small } = posterior(s, t)
    const w = variance === "small" ? small : forwardKernel(s, t).variance
    const z = noiseAt(noise, 0, 3)
    close(
      drive(ancestralSample({ levels: [t, s], prediction: "eps", x, clip: 1, variance, stream: noise }), () => answer),
      cut.map((v, i) => onState * x[i]! + onData * v + Math.sqrt(w) * z[i]!),
    )
    expect(forwardKernel(s, t).variance).toBeGreaterThan(1.05 * small)
    // No noise is added on the way to the data.
    close(
      drive(ancestralSample({ levels: [t, data], prediction: "eps", x, clip: 1, variance, stream: noise }), () => answer),
      cut,
    )
  })
})

it("DPM-Solver++(2M) ends at the data with its last estimate: the step in lambda is infinite", () => {
  const end = drive(dpmSolverMultistepSample({ levels: [t, s, data], prediction: "x0", x }), ({ t: at }) => (at === t.t ? x0 : x0.map((v) => v / 2)))
  expect([...end]).toEqual(Array.from(x0, (v) => v / 2))
})
