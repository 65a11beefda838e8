/** Binarised images: what is drawn, what is known of them without a model, and the bounds on models whose likelihood is known. */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import type { ImageSet } from "../../src/data/image-set.ts"
import { mnist } from "../../src/data/mnist.ts"
import { judge } from "../../src/math/metric.ts"
import { autoencoder, linearAutoencoder, NOISE } from "../../src/models/autoencoder.ts"
import type { Autoencoder, Likelihood } from "../../src/models/autoencoder.ts"
import { dense } from "../../src/models/dense.ts"
import { glorotUniform } from "../../src/models/network.ts"
import type { Shape } from "../../src/models/network.ts"
import { normal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { binarisedProgram } from "../../src/train/binarised-images.ts"
import { bound, boundMetrics, weigh } from "../../src/train/measures/importance.ts"
import type { Weighed } from "../../src/train/measures/importance.ts"
import { binaryEntropy, independentPixels } from "../../src/train/measures/pixels.ts"
import { streams } from "../../src/train/recipe.ts"
import type { Streams } from "../../src/train/recipe.ts"
import { bernoulli, binarised } from "../../src/train/source.ts"
import type { Trained } from "../../src/train/trained.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const fixture = JSON.parse(readFileSync(new URL("../fixtures/binarised-images.json", import.meta.url), "utf8"))

const images = (pixels: ReadonlyArray<number>, top: number, side = 2): ImageSet => ({
  name: "small",
  description: "images of a test",
  licence: "none",
  count: pixels.length / side ** 2,
  height: side,
  width: side,
  top,
  pixels: Uint8Array.from(pixels),
  labels: new Uint8Array(pixels.length / side ** 2),
  sha256: "0".repeat(64),
})

/** Image i is white on pixel i and grey k/4 elsewhere. */
const marked = images(
  Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 4 : 2)),
  4,
)

describe("pixels", () => {
  test("are 1 with probability k/top, pixel i by word i; black and white are certain", () => {
    const n = 20_000
    const set = images(
      Array.from({ length: 4 * n }, (_, i) => [0, 4, 1, 3][i % 4]!),
      4,
    )
    const words = stream("1", "binarised")
    const drawn = bernoulli(set, words)
    const mean = (j: number) => drawn.filter((_, i) => i % 4 === j).reduce((a, b) => a + b, 0) / n
    expect([mean(0), mean(1)]).toEqual([0, 1])
    // Five standard deviations.
    for (const [j, p] of [[2, 0.25] as const, [3, 0.75] as const]) expect(Math.abs(mean(j) - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n))
    expect([...drawn.subarray(0, 400)]).toEqual(Array.from({ length: 400 }, (_, i) => Number(words.uniform53(i) < [0, 4, 1, 3][i % 4]! / 4)))
  })

  test("are drawn anew at every visit, as a function of the step alone; every image once an epoch", () => {
    const make = (data = "data") =>
      binarised(
        marked,
        { name: "small", description: "" },
        (e) => stream("1", "order", String(e)),
        (k) => stream("1", data, String(k)),
      )
    const source = make()
    const batches = Array.from({ length: 400 }, (_, k) => source.batch(k, 2))
    expect(make().batch(317, 2)).toEqual(batches[317])
    expect(make("other").batch(317, 2)).not.toEqual(batches[317])
    const rows = batches.flatMap((batch) => [batch.subarray(0, 4), batch.subarray(4)])
    for (let e = 0; e < 200; e++) {
      // The sum over an epoch of pixel i is at least 1: the image that is white there was visited.
      const epoch = rows.slice(4 * e, 4 * e + 4)
      expect([0, 1, 2, 3].every((i) => epoch.some((row) => row[i] === 1))).toBe(true)
    }
    // The three grey pixels of an image: 2400 fair coins on 800 visits, within five standard deviations.
    const greys = rows.reduce((sum, row) => sum + row[0]! + row[1]! + row[2]! + row[3]! - 1, 0)
    expect(Math.abs(greys - 1200)).toBeLessThan(5 * Math.sqrt(600))
    expect(new Set(rows.map((row) => row.join(""))).size).toBeGreaterThan(8)
  })
})

describe("without a model", () => {
  test("entropy and independent pixels are NumPy's", () => {
    const { train, test, top, entropy, independent } = fixture.small
    expect(binaryEntropy(images(test, top))).toBeCloseTo(entropy, 12)
    expect(independentPixels(images(train, top), images(test, top))).toBeCloseTo(independent, 12)
  })

  test("on MNIST too", () => {
    const [train, held] = (["train", "test"] as const).map((part) => Effect.runSync(mnist(part, process.cwd())))
    // NumPy adds 7.8 million numbers of size 1: relative errors of some 1e-13.
    expect(binaryEntropy(held!)).toBeCloseTo(fixture.mnist.entropy, 10)
    expect(independentPixels(train!, held!)).toBeCloseTo(fixture.mnist.independent, 10)
  })
})

/** A model with these numbers. */
const trained = <L extends Likelihood>(
  model: Autoencoder<Shape, L>,
  numbers: Readonly<Record<string, ReadonlyArray<number>>>,
): Trained<Autoencoder<Shape, L>> => ({
  model,
  version: () => "",
  compute: async (f, inputs = {}) => {
    const weights = Object.fromEntries(
      Object.entries(model.parameters).map(([name, { shape }]) => [name, tf.tensor(numbers[name]!, [...shape])] as const),
    )
    const given = Object.fromEntries(Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])] as const))
    const out = tf.tidy(() => f(tf, model, weights, given))
    const values = (await out.data()) as Float32Array
    tf.dispose([out, weights, given])
    return values
  },
})

describe("weights", () => {
  test("of an exact posterior are log p(x), draw by draw, in however many blocks", async () => {
    const { w, b, v, x, logp } = fixture.linear as Record<"w" | "b" | "x" | "logp", ReadonlyArray<number>> & { readonly v: number }
    const m = w.reduce((sum, a) => sum + a * a, v)
    const model = trained(linearAutoencoder(3, 1), {
      "encoder/kernel": w.map((a) => a / m),
      "encoder/bias": [-w.reduce((sum, a, i) => sum + a * b[i]!, 0) / m],
      "encoder/log-variance": [Math.log(v / m)],
      "decoder/kernel": w,
      "decoder/bias": b,
      [NOISE]: [Math.log(v)],
    })
    // 1500 draws: blocks of two items, the last of one.
    for (const draws of [10, 1500]) {
      const weighed = await weigh(model, Float64Array.from(x), draws, stream("1", "exact"))
      // Float32: log p(x) is a sum of terms of up to 40.
      for (const [i, value] of weighed.logWeights.entries()) expect(Math.abs(value - logp[i % 5]!)).toBeLessThan(40 * 8 * 2 ** -24)
    }
  })

  test("of another posterior use word (i n + j) q + l for draw i of item j", async () => {
    const [n, q, draws] = [5, 2, 1500]
    const kernel = [0.3, -0.2, 0.4, 0.1, -0.5, 0.25, 0.2, -0.3]
    const model = trained(
      autoencoder({
        item: [2],
        latent: q,
        likelihood: "bernoulli",
        encoder: dense("encoder", 2, 4, { kernel: glorotUniform }),
        decoder: dense("decoder", 2, 2, { kernel: glorotUniform }),
      }) as Autoencoder<Shape, "bernoulli">,
      { "encoder/kernel": kernel, "encoder/bias": [0.1, 0.2, -0.1, -0.4], "decoder/kernel": [1, -1, 0.5, 2], "decoder/bias": [0.2, -0.3] },
    )
    const x = [0, 0, 1, 1, 0, 1, 1, 0, 0, 1]
    const noise = stream("1", "words")
    const { logWeights, kl } = await weigh(model, Float64Array.from(x), draws, noise)
    const gaussian = (z: number, mean: number, variance: number) => -0.5 * ((z - mean) ** 2 / variance + Math.log(2 * Math.PI * variance))
    for (const [i, j] of [[0, 0] as const, [0, 4] as const, [1, 2] as const, [777, 3] as const, [1499, 4] as const]) {
      const out = [0.1, 0.2, -0.1, -0.4].map((c, a) => c + x[2 * j]! * kernel[a]! + x[2 * j + 1]! * kernel[4 + a]!)
      const [z0, z1] = [0, 1].map((l) => out[l]! + Math.exp(out[2 + l]! / 2) * normal(noise, (i * n + j) * q + l)) as [number, number]
      const p = [0.2 + z0 + 0.5 * z1, -0.3 - z0 + 2 * z1].map((f) => 1 / (1 + Math.exp(-f)))
      const fit = p.reduce((sum, a, c) => sum + Math.log(x[2 * j + c] === 1 ? a : 1 - a), 0)
      const prior = [z0, z1].reduce((sum, z) => sum + gaussian(z, 0, 1), 0)
      const posterior = [z0, z1].reduce((sum, z, l) => sum + gaussian(z, out[l]!, Math.exp(out[2 + l]!)), 0)
      // Float32 sums of a dozen terms below 10.
      expect(Math.abs(logWeights[i * n + j]! - (fit + prior - posterior))).toBeLessThan(10 * 12 * 2 ** -24)
      const exact = [0, 1].reduce((sum, l) => sum + 0.5 * (Math.exp(out[2 + l]!) + out[l]! ** 2 - 1 - out[2 + l]!), 0)
      expect(Math.abs(kl[j]! - exact)).toBeLessThan(10 * 12 * 2 ** -24)
    }
  })
})

/** The smallest program. */
const small = (from: Streams) => {
  const train = {
    steps: 4,
    batch: 2,
    rate: 1e-3,
    schedule: "constant",
    warmup: 0,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    decay: 0,
    clip: 0,
    average: 0,
  } as const
  return binarisedProgram({ training: marked, test: marked, latent: 1, hidden: [2], train, watched: 4 }, { tf, streams: from })
}

test("step k reads the order of its epoch, the pixels of draw k and the noise of step k; the test has pixels of its own, drawn once", async () => {
  const read: Array<string> = []
  const take = () => read.splice(0).sort()
  const program = small((purpose, ...names) => {
    read.push([purpose, ...names].join("/"))
    return streams("1", "test")(purpose, ...names)
  })
  expect(take().filter((name) => !name.startsWith("init/"))).toEqual(["evaluation/binarisation"])
  await program.step(1)
  expect(take()).toEqual(["data/1", "noise/1", "order/0"])
  await program.step(2)
  expect(take()).toEqual(["data/2", "noise/2", "order/1"])
  const first = await program.evaluate()
  expect(await program.evaluate()).toEqual(first)
  expect(take()).toEqual(["evaluation/draws", "evaluation/draws"])
  program.dispose()
})

describe("bounds", () => {
  const weighed: Weighed = {
    items: 3,
    draws: 50,
    logWeights: Float64Array.from(fixture.bounds.weights as ReadonlyArray<number>),
    logRatios: new Float64Array(150),
    kl: new Float64Array(3),
  }
  const { gates } = small(streams("1", "test"))

  test.each([1, 5, 50])("IWAE-%i is SciPy's logsumexp", (k) => {
    for (const [i, b] of bound(weighed, k).entries()) expect(b).toBeCloseTo(fixture.bounds[k][i], 10)
  })

  test("come in their order, and the gates say so; in another order they are violated", () => {
    const metrics = boundMetrics(weighed, "items")
    const swapped = metrics.map((metric) => (/ - /.test(metric.name) ? { ...metric, value: -metric.value } : metric))
    const verdicts = (found: typeof metrics) =>
      gates.flatMap(({ metric, bounds }) => found.filter(({ name }) => name === metric).map((value) => judge(value, bounds)))
    expect(verdicts(metrics)).toEqual(["holds", "holds"])
    expect(verdicts(swapped)).toEqual(["violated", "violated"])
  })
})
