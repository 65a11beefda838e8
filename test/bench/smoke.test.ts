/** What the benchmarks time gives the right values. No times here. */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import type { NormalMixture } from "../../src/math/mixture-score.ts"
import { mixtureScoreError, mixtureScores } from "../../src/math/mixture-score.ts"
import { layoutOf } from "../../src/train/packed.ts"
import { contained, MIXTURE, scattered } from "./scores.ts"
import { initialise } from "../../src/models/network.ts"
import { stream } from "../../src/random/stream.ts"
import { wasm } from "../pipelines/open.ts"
import { race, type Side } from "./quality.ts"
import { entropies } from "./quality/text.ts"
import { CASES, ends, nodeOf, TIERS } from "./quadrature.ts"
import { SAMPLINGS } from "./sampling.ts"
import { pixelcnn as pixels } from "./sampling/pixels.ts"
import { gpt as text } from "./sampling/text.ts"
import { distance, WORKLOADS } from "./workloads.ts"
import { gpt } from "./workloads/gpt.ts"
import { pixelcnn } from "./workloads/pixelcnn.ts"

/** By mpmath.quad at 60 digits, in panels of a few standard deviations as far as 20 beyond every mean; in the order of the cases. */
const REFERENCE = [
  "1.7591030178979684885211409982455524906467198985341",
  "1.9130445450013537831656639519620544894230335253988",
  "2.1355482646437029738358378289708872642393903593079",
  "0.35718682129950686708930579658002195144486649264626",
  "0.50216457581706153761202125980409050322952576126436",
  "0.084638695072290670752519005423838799756154813436468",
]

describe("quadrature", () => {
  test.each(CASES.map((item, i) => [item.name, item, REFERENCE[i]!] as const))("%s", (_, item, reference) => {
    const r = Q.parseRational(reference)!
    const node = nodeOf(item)
    for (const tier of TIERS) {
      const { lo, hi } = ends(node, tier)
      expect(Q.compare(lo, r) <= 0 && Q.compare(r, hi) <= 0).toBe(true)
      // The goal is relative to the integral of the absolute integrand, which is below 10 for all of these; tails and rounding come on top of it.
      const width = Q.toNumber(Q.sub(hi, lo))
      expect(width).toBeLessThan(10 * tier.tolerance)
      expect(width).toBeGreaterThan(0)
    }
  })
})

describe("scores", () => {
  const scoresAt = (mixture: NormalMixture, x: Float64Array): Float64Array => mixtureScores(mixture, x, new Float64Array(x.length))

  test("of one component are (m - x)/s^2 exactly where that is a double", () => {
    const one: NormalMixture = { weights: Float64Array.of(0.3), means: Float64Array.of(1), deviations: Float64Array.of(0.5) }
    const x = Float64Array.of(-1e9, -3, 0, 1, 2.5, 1e100)
    expect([...scoresAt(one, x)]).toEqual([...x.map((at) => (1 - at) * 4)])
  })

  test("lie within their error bound of the interval enclosure, and the bound is of the size of rounding", () => {
    const x = scattered(100, 40)
    const values = scoresAt(MIXTURE, x)
    expect(contained(MIXTURE, x, values)).toBe(100)
    // The quadratic forms reach (44 * 8/3)^2 / 2 < 2^13: 7 * 2^13 u and as much again for |a_k| and |a_k - A|.
    expect(Math.max(...x.map((at, i) => mixtureScoreError(MIXTURE, at) / Math.max(1, Math.abs(values[i]!))))).toBeLessThan(2 ** 17 * 2 ** -53)
  })

  test("moved by four bounds are not within them", () => {
    const x = scattered(50, 6)
    const moved = scoresAt(MIXTURE, x).map((v, i) => v + 4 * mixtureScoreError(MIXTURE, x[i]!))
    expect(contained(MIXTURE, x, moved)).toBe(0)
  })

  test("far out are those of the widest component; NaN in, NaN out; bad shapes throw", () => {
    const x = Float64Array.of(-1e6, 1e6, Number.NaN, Number.POSITIVE_INFINITY)
    const [left, right, ...rest] = scoresAt(MIXTURE, x)
    expect(left).toBe((3 + 1e6) / 4)
    expect(right).toBe((3 - 1e6) / 4)
    expect(rest.every(Number.isNaN)).toBe(true)
    expect(() => mixtureScores(MIXTURE, x, new Float64Array(1))).toThrow(RangeError)
    expect(() => mixtureScores({ ...MIXTURE, deviations: Float64Array.of(1, 1, 0, 1) }, x, x)).toThrow(RangeError)
    expect(() => mixtureScores({ ...MIXTURE, weights: Float64Array.of(1) }, x, x)).toThrow(RangeError)
  })
})

describe("workloads", () => {
  const groups = WORKLOADS.flatMap(({ name, groups: parts }) => Object.entries(parts).map(([part, group]) => [`${name}/${part}`, group] as const))

  test.each(groups)("%s has as many parameters as its architecture", (_, { parameters, count }) => {
    expect(layoutOf(parameters).length).toBe(count)
  })

  test("every group is moved once in a step", () => {
    for (const { groups: parts, phases } of WORKLOADS) expect(phases.map(({ group }) => group).sort()).toEqual(Object.keys(parts).sort())
  })

  test("a gradient that lacks one of four equal entries is half its norm away", () => {
    expect(distance([1, 1, 0, 1], [1, 1, 1, 1])).toBe(0.5)
    expect(distance([1, 2], [1, 2])).toBe(0)
  })
})

describe("sampling", async () => {
  const tf = await wasm()

  test.each(SAMPLINGS.map((task) => [task.name, task] as const))("%s: noise and weights are the same every time", (_, task) => {
    expect(task.noise()).toEqual(task.noise())
    expect(layoutOf(task.parameters).length).toBeGreaterThan(0)
    expect(task.tolerance).toBeLessThan(0.01)
  })

  // [place, item, ..] of what was drawn is [item, place, ..] to the whole network.
  const cases = [
    {
      name: "pixels one after the other",
      task: pixels(2),
      whole: (values: Float32Array) => {
        const x = tf.transpose(tf.tensor3d(values, [28, 28, 2]), [2, 0, 1])
        return (weights: Parameters<typeof pixelcnn.forward>[1]) =>
          tf.transpose(pixelcnn.forward(tf, weights, { x: tf.reshape(x, [2, 28, 28, 1]) }), [1, 2, 0, 3])
      },
    },
    {
      name: "characters one after the other",
      task: text(2),
      whole: (values: Float32Array) => {
        const drawn = Int32Array.from([...(text(2).noise()["first"]!.values as Int32Array), ...values.subarray(0, 127 * 2)])
        const x = tf.transpose(tf.tensor2d(drawn, [128, 2], "int32"))
        return (weights: Parameters<typeof gpt.forward>[1]) => tf.transpose(gpt.forward(tf, weights, { x }), [1, 0, 2])
      },
    },
  ]
  test.each(cases)("$name are those that the whole network decides for", ({ task, whole }) => {
    const before = tf.memory().numTensors
    const initial = initialise(task.parameters, (path) => stream("bench", path))
    const weights = Object.fromEntries(Object.entries(task.parameters).map(([path, { shape }]) => [path, tf.tensor(initial[path]!, [...shape])]))
    const [sampler, noise] = [task.sampler(tf, weights, task.noise()), task.noise()]
    const { values, logits } = sampler.draw()
    expect(sampler.draw()).toEqual({ values, logits })
    const want = tf.tidy(() => whole(values)(weights).dataSync<"float32">())
    expect(distance(logits!, want)).toBeLessThan(task.tolerance)
    const slack = task.tolerance * Math.sqrt(want.reduce((sum, l) => sum + l * l, 0) / want.length)
    expect(task.contradictions!(values, want, noise, slack)).toBe(0)
    // Other noise decides for other values.
    const other = Object.fromEntries(Object.entries(noise).map(([name, { values: v, ...rest }]) => [name, { ...rest, values: v.toReversed() }]))
    expect(task.contradictions!(values, want, other, slack)).toBeGreaterThan(values.length / 10)
    sampler.dispose()
    tf.dispose(weights)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe("quality", () => {
  /** A side whose looks read these numbers and whose steps take 1 ms. */
  const side = (...numbers: ReadonlyArray<number>): Side => {
    let at = 0
    return { step: async () => 1, look: async () => [Float32Array.of(numbers[Math.min(at++, numbers.length - 1)]!)] }
  }
  const task = {
    batch: () => ({ inputs: {} }),
    looks: [],
    score: ([answer]: ReadonlyArray<Float32Array>) => answer![0]!,
    threshold: 1,
    every: 10,
    steps: 60,
  }

  test("a time is that of the first of the looks in a row below the threshold; a relapse starts anew", async () => {
    const [steady, late, never] = await race({ ...task, inARow: 2 }, [side(2, 0.5, 0.5), side(0.5, 2, 2, 0.5, 0.5, 3), side(1)], () => {})
    expect(steady!.at).toEqual({ steps: 20, ms: 20 })
    expect(late!.at).toEqual({ steps: 40, ms: 40 })
    expect(never!.at).toBe(undefined)
    expect(never!.last).toBe(1)
  })

  test("a character after two is less uncertain than after one, and no more uncertain than its two sources", () => {
    const { rate, pairs } = entropies()
    // log 2 for the source, half the entropy 7/4 log 2 of four weights where the last character decides; less where the two agree.
    expect(rate).toBeLessThan(Math.LN2 + (7 / 8) * Math.LN2)
    expect(rate).toBeGreaterThan((7 / 8) * Math.LN2)
    expect(pairs).toBeGreaterThan(rate)
    expect(pairs).toBeLessThan(Math.log(64))
  })
})

test("an unknown benchmark is refused with the names there are", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), "nothing"], { encoding: "utf8" })
  expect(status).toBe(2)
  for (const name of ["cli", "elementary", "quadrature", "scores", "transport"]) expect(stderr).toContain(name)
  expect(stderr).not.toContain("smoke")
})
