/** The convolutional players: the paper's rules, shapes, and statistics that belong to the population. */
import { describe, expect, test } from "vitest"
import { breaches, dcgan, dcganBlocks } from "../../src/models/dcgan.ts"
import type { Block } from "../../src/models/dcgan.ts"
import { initialise, size } from "../../src/models/network.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import type { Tensor } from "../../src/tensor/tf.ts"
import { wasm } from "../pipelines/open.ts"

const tf = await wasm()
const normals = (name: string, count: number): Float32Array => {
  const out = new Float64Array(count)
  fillNormal(stream("dcgan", name), out, 0)
  return Float32Array.from(out)
}

describe("the rules", () => {
  const { generator, judge } = dcganBlocks(16, 8)
  test("hold for the blocks of every side", () => {
    for (const side of [8, 16, 32]) {
      const blocks = dcganBlocks(side, 4)
      expect(breaches(blocks.generator, blocks.judge)).toEqual([])
    }
  })

  const change = (blocks: ReadonlyArray<Block>, at: number, what: Partial<Block>): ReadonlyArray<Block> =>
    blocks.map((block, i) => (i === at ? { ...block, ...what } : block))
  test.each([
    ["pooling in the judge", generator, change(judge, 1, { kind: "pool" }), "judge, block 1: strided"],
    ["a hidden dense layer", change(generator, 1, { kind: "dense" }), judge, "generator, block 1: strided"],
    ["normalised images", change(generator, 3, { normalised: true }), judge, "generator, block 3: batch normalisation"],
    ["a normalised first block", generator, change(judge, 0, { normalised: true }), "judge, block 0: batch normalisation"],
    ["a block that is not normalised", generator, change(judge, 1, { normalised: false }), "judge, block 1: batch normalisation"],
    ["no tanh", change(generator, 3, { activation: "relu" }), judge, "generator, block 3: ReLU"],
    ["ReLU in the judge", generator, change(judge, 0, { activation: "relu" }), "judge, block 0: leaky ReLU"],
  ] as const)("%s is named", (_, g, j, words) => {
    const found = breaches(g, j)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(words)
  })

  test("a side that is no power of two is refused", () => expect(() => dcganBlocks(12, 8)).toThrow("side 12: a power of two, 8 at least"))
})

describe("players on 8 x 8", () => {
  const players = dcgan({ side: 8, width: 4, latent: 3 })
  const weights = () =>
    Object.fromEntries(
      Object.entries(initialise(players.parameters, (name) => stream("dcgan", name))).map(([name, values]) => [
        name,
        tf.tensor(values, [...players.parameters[name]!.shape]),
      ]),
    )
  const [latents, images] = [normals("z", 24 * 3), normals("x", 24 * 64)]
  const compute = (n: number, pinned?: number): readonly [Tensor, Tensor] => {
    const [made, logits] = [
      players.generate(tf, weights(), tf.tensor(latents.subarray(0, 3 * n), [n, 3]), pinned),
      players.judge(tf, weights(), tf.tensor(images.subarray(0, 64 * n), [n, 8, 8, 1]), pinned),
    ]
    return [made, logits]
  }

  test("shapes, the range of an image, and the number of parameters of the formula", () =>
    tf.tidy(() => {
      const [made, logits] = compute(6)
      expect([made.shape, logits.shape]).toEqual([
        [6, 8, 8, 1],
        [6, 1],
      ])
      for (const value of made.dataSync()) expect(Math.abs(value)).toBeLessThan(1)
      const count = Object.values(players.parameters).reduce((sum, { shape }) => sum + size(shape), 0)
      // Generator: 3 x 32 dense with 8 scales and biases, 4 x 4 x 8 x 4 with 4 of each, 4 x 4 x 4 + 1. Judge: 4 x 4 x 4 + 4, 4 x 4 x 4 x 8 with 8 of each, 32 + 1.
      expect(count).toBe(96 + 16 + 512 + 8 + 65 + 68 + 512 + 16 + 33)
    }))

  test("with the statistics pinned an item does not see its neighbours; without, it does", () =>
    tf.tidy(() => {
      for (const side of [0, 1] as const) {
        const of = (n: number, pinned?: number) => compute(n, pinned)[side].dataSync()
        const [alone, joined, free, crowd] = [of(12, 8), of(24, 8), of(12), of(24)]
        const defect = (a: ArrayLike<number>, b: ArrayLike<number>) =>
          Array.from(a, (v, i) => Math.abs(v - b[i]!)).reduce((x, y) => Math.max(x, y), 0)
        const scale = Array.from(alone, Math.abs).reduce((x, y) => Math.max(x, y), 0)
        // Float32 sums of 128 terms at most, perhaps in another order.
        expect(defect(alone, joined)).toBeLessThanOrEqual(128 * 2 ** -24 * scale)
        expect(defect(free, crowd)).toBeGreaterThan(0.01 * scale)
      }
    }))
})
