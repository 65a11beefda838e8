/**
 * Products on several threads of WebAssembly: the same bits for every number of them, and helpers that start, fail and end as they should.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { stream } from "../../src/random/stream.ts"
import { assemble } from "../../src/tensor/assembly/module.ts"
import { crew } from "../../src/tensor/product/crew.ts"
import type { Operands } from "../../src/tensor/product/operands.ts"
import { products } from "../../src/tensor/product/product.ts"
import { matrix, type Window } from "../../src/tensor/product/window.ts"
import { arena } from "./kit/arena.ts"

const draw = (n: number, name: string): Float32Array => {
  const s = stream("threads", name)
  return Float32Array.from({ length: n }, (_, i) => 2 * s.uniform53(i) - 1)
}

/** Shared memory that grows as it is asked for, and products in it by so many threads; where there are helpers, they alone do what is done together. */
const shared = (threads: number) => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true })
  const { place, read, ...allocator } = arena(memory)
  const assembled = assemble(memory)
  const assembly = threads === 1 ? assembled.assembly : { ...assembled.assembly, work: () => {} }
  const jobs = crew(memory, { ...assembled, assembly }, allocator, threads)
  return { place, read, ...jobs, ...products(jobs) }
}

const crews = new Map([1, 2, 3].map((threads) => [threads, shared(threads)] as const))

/** [entries, m, k, n] on both sides of what several threads are worth, of one chunk of rows, of the panels of one job and of blocks packed at once. */
const SHAPES = [
  [1, 5, 7, 3],
  [1, 128, 100, 70],
  [1, 2000, 70, 13],
  [1, 30, 300, 600],
  [1, 20_000, 20, 9],
  [3, 90, 80, 90],
  [40, 30, 33, 17],
  [300, 20, 20, 20],
] as const

/** The results of all products of a shape, the first factor transposed or not, the second too. */
const everyProduct = (threads: number, [entries, m, k, n]: (typeof SHAPES)[number]): ReadonlyArray<Float32Array> => {
  const { place, read, byRows, byColumns } = crews.get(threads)!
  const [a, b] = [place(draw(entries * m * k, "a")), place(draw(entries * k * n, "b"))]
  return [false, true].flatMap((transposeA) =>
    [false, true].map((transposed) => {
      const c = place(new Float32Array(entries * m * n).fill(7))
      const operands = Array.from({ length: entries }, (_, i): Operands => {
        const right = { bases: [b + 4 * k * n * i], rows: k, pitch: transposed ? k : n, transposed }
        const [left, out] = [a + 4 * m * k * i, matrix(c + 4 * m * n * i, m, n)]
        return transposeA
          ? { left: matrix(left, k, m), count: k, depth: m, right, width: n, out }
          : { left: matrix(left, m, k), count: m, depth: k, right, width: n, out }
      })
      if (transposeA) byColumns(operands)
      else byRows(operands)
      return read(c, entries * m * n)
    }),
  )
}

/** [images, side, channels in, out, filter, stride] */
const IMAGES = [
  [3, 28, 5, 12, 3, 1],
  [16, 14, 16, 24, 4, 2],
  [20, 28, 1, 9, 5, 1],
] as const

/** A convolution and its gradient in the filter. */
const everyConvolution = (threads: number, [images, side, cin, cout, size, stride]: (typeof IMAGES)[number]): ReadonlyArray<Float32Array> => {
  const { place, read, byRows, byColumns } = crews.get(threads)!
  const grid = Math.ceil(side / stride)
  const [count, total] = [images * grid * grid, size * size * cin]
  const taps = Array.from({ length: size * size }, (_, i) => [Math.floor(i / size) - 1, (i % size) - 1] as const)
  const x = place(draw(images * side * side * cin, "x"))
  const left: Window = { base: x, height: side, width: side, depth: cin, grid: [grid, grid], strides: [stride, stride], taps }
  const [w, dy, y, dw] = [draw(total * cout, "w"), draw(count * cout, "dy"), new Float32Array(count * cout), new Float32Array(total * cout)].map(
    place,
  ) as [number, number, number, number]
  const common = { left, count, depth: cin, width: cout }
  byRows([{ ...common, right: { bases: [w], rows: total, pitch: cout, transposed: false }, out: matrix(y, count, cout) }])
  byColumns([{ ...common, right: { bases: [dy], rows: count, pitch: cout, transposed: false }, out: matrix(dw, total, cout) }])
  return [read(y, count * cout), read(dw, total * cout)]
}

const bits = (results: ReadonlyArray<Float32Array>): ReadonlyArray<Buffer> => results.map(({ buffer }) => Buffer.from(buffer))

describe("the same bits on one thread, on one helper alone and on two", () => {
  for (const shape of SHAPES)
    test(`${shape[0]} of ${shape.slice(1).join(" x ")}`, () => {
      const one = bits(everyProduct(1, shape))
      for (const threads of [2, 3])
        expect(bits(everyProduct(threads, shape)).map((result, i) => result.equals(one[i]!))).toEqual([true, true, true, true])
    })
  for (const images of IMAGES)
    test(`convolution ${images.join(", ")}`, () => {
      const one = bits(everyConvolution(1, images))
      for (const threads of [2, 3]) expect(bits(everyConvolution(threads, images)).map((result, i) => result.equals(one[i]!))).toEqual([true, true])
    })
})

test("more jobs than a ticket counts are all done, each of them once", () => {
  const { place, read, call, job, run } = crews.get(3)!
  const at = place(new Float32Array(2500))
  for (let i = 0; i < 2500; i++) {
    call("fill", at + 4 * i, i + 1, 1)
    job()
  }
  run(true)
  expect([...new Int32Array(read(at, 2500).buffer)]).toEqual(Array.from({ length: 2500 }, (_, i) => i + 1))
})

test("a helper that fails is an error of the kernel, now and afterwards", () => {
  const { place, byRows } = shared(2)
  const base = place(new Float32Array(10_000))
  const right = { bases: [base], rows: 100, pitch: 100, transposed: false }
  const outside = { left: matrix(2 ** 31, 600, 100), count: 600, depth: 100, right, width: 100, out: matrix(base, 600, 100) }
  for (let i = 0; i < 2; i++) expect(() => byRows([outside])).toThrow("a thread of the WebAssembly back end has failed")
})

const child = (threads: number, ...args: ReadonlyArray<string>) =>
  spawn(process.execPath, [join(import.meta.dirname, "kit/threads-run.ts"), ...args], {
    env: { ...process.env, LEMMATA_THREADS: String(threads) },
    stdio: ["ignore", "pipe", "inherit"],
  })

describe("training", () => {
  test("weights are the same to the last bit with 1, 2 and 3 threads, no tensor is left, and the process ends", async () => {
    const runs: Array<{ device: string; hash: string; finite: boolean; refused: string; left: number }> = []
    for (const threads of [1, 2, 3]) {
      const process = child(threads)
      let text = ""
      process.stdout.on("data", (chunk) => (text += chunk))
      expect(await once(process, "close")).toEqual([0, null])
      runs.push(JSON.parse(text))
    }
    expect(runs.map(({ hash: _, ...rest }) => rest)).toEqual(
      ["1 thread", "2 threads", "3 threads"].map((threads) => ({ device: `WebAssembly SIMD, ${threads}`, finite: true, refused: "", left: 0 })),
    )
    expect(new Set(runs.map(({ hash }) => hash)).size).toBe(1)
  })

  test("a signal ends the process in the middle of a step", async () => {
    const process = child(3, "on")
    await once(process.stdout, "data")
    process.kill("SIGTERM")
    expect(await once(process, "exit")).toEqual([null, "SIGTERM"])
  })
})
