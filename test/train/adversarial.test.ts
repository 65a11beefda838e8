/** The adversarial game: losses on extreme logits, the value of known pairs, and which weights each phase may touch. */
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { eightGaussians } from "../../src/data/laws/mixture-law.ts"
import { pointJudge, pointPlayers } from "../../src/models/adversarial.ts"
import { together } from "../../src/models/network.ts"
import type { Network, Weights } from "../../src/models/network.ts"
import { compose } from "../../src/train/compose.ts"
import { coins, ringTells, momentPair, witnessMonitors } from "../../src/train/measures/known-pair.ts"
import { softplus } from "../../src/train/measures/adversarial.ts"
import { generatorLoss, nonSaturating, witnessPhase } from "../../src/train/objectives/adversarial.ts"
import { judge } from "../../src/math/metric.ts"
import type { State } from "../../src/train/program.ts"
import { streams as streamsOf } from "../../src/train/recipe.ts"
import { trainKeys } from "../../src/train/settings.ts"
import { fromLaw } from "../../src/train/source.ts"
import type { Batch, Inputs } from "../../src/train/objective.ts"
import type { Tensor, Tf } from "../../src/tensor/tf.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const streams = streamsOf("1", "adversarial-test")
const p = eightGaussians("named")
const pair = momentPair(p)
const source = (name: string, law = pair.p) => fromLaw(law, 2, (k) => streams("data", name, String(k)))
const train = Schema.decodeUnknownSync(trainKeys({ steps: 4, batch: 16, rate: 1e-2 }))({})

const hidden = { hidden: [8], activation: "leaky-relu" } as const
const players = pointPlayers({ dimension: 2, judges: "logit", latent: 3, generator: hidden, judge: hidden })
const witness = pointJudge("witness", 2, hidden)
const model = { ...players, witness, parameters: together(players.parameters, witness.parameters) }
const phases = [witnessPhase(source("p"), source("q", pair.q as never), 16), ...nonSaturating(source("x"), 3, 16, streams).phases] as const

/** Bits of the tensors whose name, after the kind, starts with a prefix. */
const bits = (state: State, prefix: string): ReadonlyArray<string> =>
  Object.entries(state)
    .filter(([name]) => name.slice(name.indexOf("/") + 1).startsWith(prefix))
    .map(([name, { values }]) => `${name} ${Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64")}`)

describe("routing (M10)", () => {
  const prefixes = ["witness/", "judge/", "generator/"]
  test.each(prefixes)("a step of the phase that trains %s changes those weights and moments, and no other bit", async (trained) => {
    const only = phases.map((phase) => ({ ...phase, times: phase.trains === trained ? 1 : 0 }))
    const rest = { data: [], gates: [], sample: async () => [], evaluate: async () => [], monitors: () => [] }
    const program = compose({ ...rest, model, objective: { phases: only }, train }, { tf, streams })
    const before = await program.state()
    await program.step(0)
    const after = await program.state()
    for (const prefix of prefixes) {
      const [old, now] = [bits(before, prefix), bits(after, prefix)]
      expect(old.length).toBeGreaterThan(0)
      if (prefix === trained) for (const [i, line] of old.entries()) expect(now[i]).not.toBe(line)
      else expect(now).toEqual(old)
    }
    program.dispose()
  })
})

describe("losses on logits", () => {
  test("are finite with a gradient where the logarithm of a rounded probability is not", async () => {
    const logits = [-200, -1, 0, 2, 200]
    const [value, gradient] = tf.tidy(() => {
      const x = tf.tensor1d(logits)
      return [
        generatorLoss(tf, x).dataSync()[0]!,
        tf
          .grad((l: Tensor) => generatorLoss(tf, l))(x)
          .dataSync(),
      ]
    })
    // Means of five float32 numbers, the largest 200.
    expect(value).toBeCloseTo(logits.reduce((s, l) => s + softplus(-l), 0) / 5, 4)
    logits.forEach((l, i) => expect(gradient[i]).toBeCloseTo(-1 / (1 + Math.exp(l)) / 5, 6))
  })

  test("the saturating loss has the gradient -D, the non-saturating one -(1 - D): their ratio at D = 1e-3 is 999", () => {
    const l = Math.log(1e-3 / (1 - 1e-3))
    const ratio = tf.tidy(() => {
      const at = tf.scalar(l)
      const saturating = (x: Tensor) => tf.mean(tf.neg(tf.softplus(x)))
      const of = (f: (x: Tensor) => Tensor): number => tf.grad(f)(at).dataSync()[0]!
      return of((x) => generatorLoss(tf, x)) / of(saturating)
    })
    // The logit is a float32 near 7: its rounding, 2^-22, is the relative error of D.
    expect(Math.abs(ratio / 999 - 1)).toBeLessThan(1e-5)
  })
})

describe("a known pair", () => {
  test("JS by entropies is JS by its definition, integrated", () => {
    const { js, q, box } = pair
    const n = 400
    const h = (box.x[1] - box.x[0]) / n
    const points = Float64Array.from({ length: 2 * (n + 1) ** 2 }, (_, i) => {
      const at = i >> 1
      return i % 2 === 0 ? box.x[0] + (at % (n + 1)) * h : box.y[0] + Math.floor(at / (n + 1)) * h
    })
    const [a, b] = [p.logDensity(points), q.logDensity(points)]
    let sum = 0
    a.forEach((u, i) => {
      sum += (Math.exp(u) * (Math.LN2 - softplus(b[i]! - u)) + Math.exp(b[i]!) * (Math.LN2 - softplus(u - b[i]!))) / 2
    })
    // The square leaves out a mass of 4e-9, each unit of which counts for at most log 2.
    expect(Math.abs(sum * h * h - js().value)).toBeLessThan(js().uncertainty + 1e-8)
    expect(js().value).toBeGreaterThan(0)
    expect(js().value).toBeLessThan(Math.LN2)
  })

  test("a coarser statistic tells less", () => {
    expect(coins(0, 1)).toBeCloseTo(Math.LN2, 15)
    expect(coins(0.3, 0.3)).toBe(0)
    expect(ringTells(pair, 3)).toBeGreaterThan(0)
    expect(ringTells(pair, 3)).toBeLessThan(pair.js().value)
  })

  /** The monitors with the exact logit log p/q in the witness's place, spoilt by a factor; `spoil` makes a wrong number of the loss's V. */
  const looks = async (factor: number, spoil = (value: number) => value) => {
    const logit: Network = {
      parameters: {},
      apply: (_, __, x) => {
        const points = Float64Array.from(x.dataSync())
        const [a, b] = [p.logDensity(points), pair.q.logDensity(points)]
        return tf.tensor2d(
          Float32Array.from(a, (u, i) => factor * (u - b[i]!)),
          [a.length, 1],
        )
      },
    }
    const exact = {
      model: { ...model, witness: logit },
      version: () => "",
      compute: async (f: (tf: Tf, m: typeof model, weights: Weights, inputs: Inputs) => Tensor, inputs: Batch = {}) => {
        const values = tf.tidy(() => {
          const given = Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const)
          return f(tf, exact.model, {}, Object.fromEntries(given)).dataSync() as Float32Array
        })
        return values.map((value, i) => (i === values.length - 1 ? spoil(value) : value))
      },
    }
    const monitors = witnessMonitors(exact, pair, (law, k) => streams("evaluation", law, String(k)))
    const [game, bound] = await Promise.all(monitors.map(({ look }) => look(1)))
    return { game: judge(game!.metric, game!.bounds), bound: judge(bound!.metric, bound!.bounds), gap: bound!.metric.value, of: game!.metric }
  }
  test("the optimal judge reaches 2 JS - 2 log 2, a judge with the labels swapped does not", async () => {
    const right = await looks(1)
    expect(right.game).toBe("holds")
    // Float32 logits and a rule of 90 cells a side.
    expect(Math.abs(right.gap)).toBeLessThan(1e-3)
    const swapped = await looks(-1)
    expect(swapped.bound).toBe("holds")
    expect(swapped.gap).toBeLessThan(-1)
  })
  test.each([1, 0.3, 0, -1])(
    "V + R = 2 JS - 2 log 2 for the judge %d log p/q too, and a V of the wrong sign or summed instead of averaged shows",
    async (factor) => {
      expect((await looks(factor)).game).toBe("holds")
      expect((await looks(factor, (v) => -v)).game).toBe("violated")
      expect((await looks(factor, (v) => 512 * v)).game).toBe("violated")
    },
  )
})
