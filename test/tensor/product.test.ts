/**
 * Products and convolutions on WebAssembly against float64, entry by entry. A sum of n products, each rounded at most twice, in any order, is within
 * (n + 1) u sum |a| |b| of its value to first order, u = 2^-24 (Higham 2002, section 3.1); one unit more covers the second order and the comparison's own rounding.
 */
import { Effect } from "effect"
import { afterEach, describe, expect, test, vi } from "vitest"
import { stream } from "../../src/random/stream.ts"
import { outOfMemory } from "../../src/run/training/asked.ts"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { assemble } from "../../src/tensor/assembly/module.ts"
import { type Allocator, crew } from "../../src/tensor/product/crew.ts"
import { products } from "../../src/tensor/product/product.ts"
import { matrix } from "../../src/tensor/product/window.ts"
import type { Tensor, Tensor4D } from "../../src/tensor/tf.ts"
import { arena } from "./kit/arena.ts"

const { tf } = await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend("wasm"))))
const U = 2 ** -24

/** Products in memory of their own. */
const productsIn = (memory: WebAssembly.Memory, allocator: Allocator, threads = 1) => products(crew(memory, assemble(memory), allocator, threads))

const draw = (n: number, ...names: ReadonlyArray<string>): Float32Array => {
  const s = stream("product", ...names)
  return Float32Array.from({ length: n }, (_, i) => 2 * s.uniform53(i) - 1)
}

/** Fails unless every number is the sum of its terms a b within their bound; `term(i, k)` is a and b, or nothing. */
const expectSums = (
  got: ArrayLike<number>,
  count: number,
  length: number,
  term: (i: number, k: number) => readonly [number, number] | undefined,
): void => {
  expect(got.length).toBe(count)
  for (let i = 0; i < count; i++) {
    let [sum, size, n] = [0, 0, 2]
    for (let k = 0; k < length; k++) {
      const factors = term(i, k)
      if (factors === undefined) continue
      sum += factors[0] * factors[1]
      size += Math.abs(factors[0] * factors[1])
      n++
    }
    const off = Math.abs(got[i]! - sum)
    if (!(off <= n * U * size)) expect.fail(`entry ${i} is ${got[i]}, the sum ${sum}, off by ${off} > ${n * U * size}`)
  }
}

/** Sizes on both sides of every tile (6 x 8), of the four numbers of a vector, of a block of the depth and of a chunk of rows. */
const SHAPES = [
  [1, 1, 1],
  [5, 7, 3],
  [6, 8, 8],
  [7, 9, 9],
  [13, 17, 20],
  [64, 30, 16],
  [3, 600, 2],
  [12, 70, 2100],
  [1540, 5, 9],
  [2000, 70, 3],
] as const
const ALL = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const))

describe("products", () => {
  afterEach(() => void vi.restoreAllMocks())

  for (const fused of [true, false])
    for (const [m, k, n] of SHAPES)
      test(`${m} x ${k} x ${n} ${fused ? "as the engine has it" : "without fused multiply-add"}`, () => {
        if (!fused) vi.spyOn(WebAssembly, "validate").mockReturnValue(false)
        const memory = new WebAssembly.Memory({ initial: 1 })
        const { place, ...allocator } = arena(memory)
        const { byRows, byColumns } = productsIn(memory, allocator)
        const [a, b] = [draw(m * k, "a"), draw(k * n, "b")]
        const [left, right] = [place(a), place(b)]
        const guarded = m * n + 16
        for (const [transposeA, transposeB] of ALL) {
          const c = place(new Float32Array(guarded).fill(7))
          const factor = { bases: [right], rows: k, pitch: transposeB ? k : n, transposed: transposeB }
          const out = matrix(c + 32, m, n)
          if (transposeA) byColumns([{ left: matrix(left, k, m), count: k, depth: m, right: factor, width: n, out }])
          else byRows([{ left: matrix(left, m, k), count: m, depth: k, right: factor, width: n, out }])
          const all = new Float32Array(memory.buffer, c, guarded)
          expect([...all.slice(0, 8), ...all.slice(-8)], "numbers before and after the result").toEqual(new Array(16).fill(7))
          expectSums(all.subarray(8, -8), m * n, k, (i, l) => {
            const [r, s] = [Math.floor(i / n), i % n]
            return [a[transposeA ? l * m + r : r * k + l]!, b[transposeB ? s * k + l : l * n + s]!]
          })
        }
      })

  test("beyond two gigabytes, where addresses are negative as signed numbers", () => {
    const memory = new WebAssembly.Memory({ initial: 32768 + 16 })
    let top = 2 ** 31 + 64
    const { byRows, byColumns } = productsIn(memory, {
      _malloc: (bytes) => (top += Math.ceil(bytes / 16) * 16) - Math.ceil(bytes / 16) * 16,
      _free: () => {},
    })
    const [a, b] = [draw(20 * 30, "a"), draw(30 * 11, "b")]
    const [left, right, c] = [2 ** 31 + 2 ** 19, 2 ** 31 + 2 ** 19 + 4096, 2 ** 31 + 2 ** 19 + 8192]
    new Float32Array(memory.buffer, left, 600).set(a)
    new Float32Array(memory.buffer, right, 330).set(b)
    for (const transposed of [false, true]) {
      const common = { right: { bases: [right], rows: 30, pitch: transposed ? 30 : 11, transposed }, width: 11, out: matrix(c, 20, 11) }
      const term = (i: number, l: number, at: number): readonly [number, number] => [a[at]!, b[transposed ? (i % 11) * 30 + l : l * 11 + (i % 11)]!]
      byRows([{ ...common, left: matrix(left, 20, 30), count: 20, depth: 30 }])
      expectSums(new Float32Array(memory.buffer, c, 220), 220, 30, (i, l) => term(i, l, Math.floor(i / 11) * 30 + l))
      byColumns([{ ...common, left: matrix(left, 30, 20), count: 30, depth: 20 }])
      expectSums(new Float32Array(memory.buffer, c, 220), 220, 30, (i, l) => term(i, l, l * 20 + Math.floor(i / 11)))
    }
  })

  test("without memory it says so, and does not go on with what it does not have", () => {
    const memory = new WebAssembly.Memory({ initial: 1 })
    // The words that threads share are had, and nothing after them.
    let given = 0
    const { byRows } = productsIn(memory, { _malloc: () => (given++ === 0 ? 1024 : 0), _free: () => {} })
    const operands = {
      left: matrix(0, 9, 9),
      count: 9,
      depth: 9,
      right: { bases: [0], rows: 9, pitch: 9, transposed: false },
      width: 9,
      out: matrix(0, 9, 9),
    }
    for (let i = 0; i < 2; i++) {
      expect(() => byRows([operands])).toThrow(/^no memory for \d+ bytes of workspace$/)
      expect(() => byRows([operands])).toThrow(expect.toSatisfy(outOfMemory))
    }
  })

  test("batches are repeated along axes of size 1", () => {
    const [a, b] = [draw(2 * 3 * 14 * 15, "batch a"), draw(3 * 15 * 16, "batch b")]
    const [x, y] = [tf.tensor(a, [2, 3, 14, 15]), tf.tensor(b, [1, 3, 15, 16])]
    const before = tf.memory().numTensors
    for (const [p, q, from] of [
      [x, y, (e: number) => [e, e % 3]],
      [tf.slice(x, [0, 0, 0, 0], [2, 1, 14, 15]), y, (e: number) => [3 * Math.floor(e / 3), e % 3]],
    ] as const) {
      const z = tf.matMul(p, q)
      expect(z.shape).toEqual([2, 3, 14, 16])
      expectSums(z.dataSync(), 2 * 3 * 14 * 16, 15, (i, l) => {
        const [e, r, s] = [Math.floor(i / 224), Math.floor(i / 16) % 14, i % 16]
        const [ea, eb] = from(e) as [number, number]
        return [a[ea * 210 + r * 15 + l]!, b[eb * 240 + l * 16 + s]!]
      })
      z.dispose()
      if (p !== x) p.dispose()
    }
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose([x, y])
  })

  test("nothing times nothing is zeros of the right shape", () => {
    const product = (a: [number, number], b: [number, number]) => tf.matMul(tf.zeros(a), tf.zeros(b))
    expect([product([0, 3], [3, 4]), product([3, 4], [4, 0])].map((z) => z.shape)).toEqual([
      [0, 4],
      [3, 0],
    ])
    expect([...product([2, 0], [0, 3]).dataSync()]).toEqual([0, 0, 0, 0, 0, 0])
    const memory = new WebAssembly.Memory({ initial: 64 })
    let top = 64
    const { byRows, byColumns } = productsIn(memory, { _malloc: (bytes) => (top += bytes) - bytes, _free: () => {} })
    const numbers = new Float32Array(memory.buffer, 2 ** 20, 2 * 10).fill(7)
    const common = { right: { bases: [0], rows: 0, pitch: 5, transposed: false }, width: 5 }
    byRows([{ ...common, left: matrix(0, 2, 0), count: 2, depth: 0, out: matrix(2 ** 20, 2, 5) }])
    byColumns([{ ...common, left: matrix(0, 0, 2), count: 0, depth: 2, out: matrix(2 ** 20 + 40, 2, 5) }])
    expect([...numbers]).toEqual(new Array(20).fill(0))
  })

  test("infinities and NaN go where their row or column goes, and nowhere else", () => {
    const [a, b] = [draw(20 * 30, "a"), draw(30 * 20, "b")]
    a[4 * 30 + 7] = Number.NaN
    b[8 * 20 + 19] = Number.POSITIVE_INFINITY
    const z = tf.tidy(() => tf.matMul(tf.tensor2d(a, [20, 30]), tf.tensor2d(b, [30, 20])).dataSync())
    for (let i = 0; i < 400; i++) expect([i, Number.isFinite(z[i]!)]).toEqual([i, Math.floor(i / 20) !== 4 && i % 20 !== 19])
  })
})

/** [images, height, width, channels in, out, filter, stride, padding, dilation] */
const IMAGES = [
  [2, 9, 7, 5, 10, 3, 1, "same", 1],
  [3, 8, 9, 8, 3, 3, 2, "same", 1],
  [2, 11, 10, 3, 8, 4, 3, "valid", 1],
  [1, 10, 10, 6, 9, 3, 1, 2, 1],
  [2, 7, 6, 9, 17, 1, 1, "valid", 1],
  [2, 9, 9, 4, 8, 2, 3, "valid", 1],
  [2, 10, 9, 5, 7, 3, 1, "same", 2],
  [2, 40, 44, 1, 2, 5, 1, "same", 1],
] as const

describe("convolutions", () => {
  for (const [images, height, width, cin, cout, size, stride, pad, dilation] of IMAGES)
    test(`${images} x ${height} x ${width} x ${cin}, ${size} x ${size} to ${cout}, stride ${stride}, ${pad}, dilation ${dilation}`, () => {
      const { padInfo, outHeight, outWidth } = tf.backend_util.computeConv2DInfo(
        [images, height, width, cin],
        [size, size, cin, cout],
        stride,
        dilation,
        pad,
      )
      const outputs = images * outHeight * outWidth * cout
      const [x, w, dy] = [draw(images * height * width * cin, "x"), draw(size * size * cin * cout, "w"), draw(outputs, "dy")]
      /** Index of x that tap (k, l) meets at position (i, j). */
      const pixel = (b: number, i: number, j: number, k: number, l: number, c: number): number => {
        const [r, s] = [stride * i + dilation * k - padInfo.top, stride * j + dilation * l - padInfo.left]
        return r >= 0 && r < height && s >= 0 && s < width ? ((b * height + r) * width + s) * cin + c : -1
      }
      const before = tf.memory().numTensors
      const [X, W, G] = [tf.tensor4d(x, [images, height, width, cin]), tf.tensor4d(w, [size, size, cin, cout]), tf.tensor(dy)] as const
      const y = tf.conv2d(X, W, stride, pad, "NHWC", dilation)
      expectSums(y.dataSync(), outputs, size * size * cin, (o, t) => {
        const [d, j, i, b] = [
          o % cout,
          Math.floor(o / cout) % outWidth,
          Math.floor(o / cout / outWidth) % outHeight,
          Math.floor(o / cout / outWidth / outHeight),
        ]
        const at = pixel(b, i, j, Math.floor(t / cin / size), Math.floor(t / cin) % size, t % cin)
        return at < 0 ? undefined : [x[at]!, w[t * cout + d]!]
      })
      // The library differentiates convolutions without dilation alone.
      if (dilation === 1) {
        const [dx, dw] = tf.grads((x: Tensor, w: Tensor) => tf.sum(tf.mul(tf.conv2d(x as Tensor4D, w as Tensor4D, stride, pad), G.reshape(y.shape))))(
          [X, W],
        )
        const terms = (at: number, tap: boolean): ReadonlyArray<readonly [number, number]> => {
          const found: Array<readonly [number, number]> = []
          for (let o = 0; o < images * outHeight * outWidth; o++)
            for (let t = 0; t < size * size; t++) {
              const [j, i, b] = [o % outWidth, Math.floor(o / outWidth) % outHeight, Math.floor(o / outWidth / outHeight)]
              const c = tap ? Math.floor(at / cout) % cin : at % cin
              if (tap && t !== Math.floor(at / cout / cin)) continue
              const met = pixel(b, i, j, Math.floor(t / size), t % size, c)
              if (met < 0) continue
              if (tap) found.push([x[met]!, dy[o * cout + (at % cout)]!])
              else if (met === at) for (let d = 0; d < cout; d++) found.push([dy[o * cout + d]!, w[(t * cin + c) * cout + d]!])
            }
          return found
        }
        for (const [got, tap] of [
          [dx!, false],
          [dw!, true],
        ] as const) {
          const values = got.dataSync()
          // Thirteen entries, spread so that all residues and edges are met.
          for (let e = 0; e < 13; e++) {
            const at = Math.floor((e * (values.length - 1)) / 12)
            const sum = terms(at, tap)
            expectSums([values[at]!], 1, sum.length, (_, k) => sum[k])
          }
        }
        tf.dispose([dx!, dw!])
      }
      tf.dispose([X, W, G, y])
      expect(tf.memory().numTensors).toBe(before)
    })
})
