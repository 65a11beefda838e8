/**
 * Bytes equal to those of the reference implementation; everything else that the format forbids is refused by name, and nothing but that is thrown.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { MAX_HEADER, decodeTensors, dtypeOf, encodeTensors } from "../../src/train/safetensors.ts"
import type { NamedArray } from "../../src/train/safetensors.ts"

// Written by test/oracle/tensor-file.py with safetensors 0.8.0.
const reference = new Uint8Array(readFileSync(join(import.meta.dirname, "../fixtures/training/reference.safetensors")))

const file = (header: string | Uint8Array, data = 0, length?: bigint): Uint8Array => {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + text.length + data)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}
const why = (bytes: Uint8Array): string => {
  const decoded = decodeTensors(bytes)
  return Result.isFailure(decoded) ? decoded.failure.message : "accepted"
}

describe("the reference implementation", () => {
  test("its file is read", () => {
    const { tensors, metadata } = Result.getOrThrow(decodeTensors(reference))
    expect(metadata).toEqual({ format: "safetensors 0.8.0" })
    expect([...tensors.keys()].sort()).toEqual(["labels", "model/b", "model/w", "optimiser/step", "pixels", "state/loss", "é"])
    expect(tensors.get("model/w")).toEqual({ shape: [2, 3], values: Float32Array.of(1.5, -2.25, 3e-40, Math.PI, 0, -0) })
    expect(tensors.get("model/b")).toEqual({ shape: [0, 3], values: new Float32Array(0) })
    expect(tensors.get("optimiser/step")).toEqual({ shape: [], values: BigInt64Array.of(7n) })
    expect(tensors.get("state/loss")).toEqual({ shape: [3], values: Float64Array.of(Math.PI, -1e300, 5e-324) })
    expect(tensors.get("labels")).toEqual({ shape: [3], values: Int32Array.of(1, -2, 2147483647) })
    expect(tensors.get("pixels")).toEqual({ shape: [3], values: Uint8Array.of(0, 127, 255) })
  })

  test("written again, it is the same file to the last byte", () => {
    const { tensors, metadata } = Result.getOrThrow(decodeTensors(reference))
    expect(Buffer.from(encodeTensors(tensors, metadata)).equals(Buffer.from(reference))).toBe(true)
  })
})

const entry = (dtype: string, shape: string, offsets: string): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`

describe("what the format forbids", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /at least 8 bytes/],
    ["a header that is too long", file("{}", 0, BigInt(MAX_HEADER) + 1n), /100000001 bytes; at most 100000000/],
    ["a header length of 2^64 - 1", file("{}", 0, 2n ** 64n - 1n), /at most 100000000/],
    ["a header that passes the end", file("{}", 0, 3n), /the file has 2 after/],
    ["no UTF-8", file(Uint8Array.of(0x7b, 0xff, 0x7d)), /not UTF-8/],
    ["a byte order mark", file("\ufeff{}"), /does not begin with "\{"/],
    ["a list", file("[]"), /does not begin/],
    ["no JSON", file("{"), /no JSON/],
    ["a duplicate name", file(`{"a":${entry("U8", "[1]", "[0,1]")},"a":${entry("U8", "[1]", "[0,1]")}}`, 1), /the key "a" twice/],
    ["a duplicate name, spelt differently", file(`{"a":${entry("U8", "[1]", "[0,1]")},"\\u0061":${entry("U8", "[0]", "[1,1]")}}`, 1), /"a" twice/],
    ["a duplicate field", file(`{"a":{"dtype":"U8","dtype":"F32","shape":[1],"data_offsets":[0,1]}}`, 1), /"dtype" twice/],
    ["an unknown field", file(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}}`, 1), /unknown key "x"/],
    ["an unknown dtype", file(`{"a":${entry("BF16", "[1]", "[0,2]")}}`, 2), /"BF16"; one of I64, F64, F32, I32, U8/],
    ["metadata that is no text", file(`{"__metadata__":{"a":1}}`), /"a", which is no text/],
    ["metadata that is a list", file(`{"__metadata__":["a"]}`), /no object of texts/],
    ["a negative size", file(`{"a":${entry("U8", "[-1]", "[0,1]")}}`, 1), /no list of sizes/],
    ["a fraction", file(`{"a":${entry("U8", "[0.5]", "[0,1]")}}`, 1), /no list of sizes/],
    ["a shape that overflows", file(`{"a":${entry("F32", "[4503599627370496,4503599627370496,0]", "[0,0]")}}`), /larger than any file/],
    ["a shape that does not fit", file(`{"a":${entry("F32", "[2]", "[0,4]")}}`, 4), /takes 8 bytes, its data_offsets hold 4/],
    ["offsets backwards", file(`{"a":${entry("U8", "[1]", "[1,0]")}}`, 1), /hold -1/],
    ["a gap", file(`{"a":${entry("U8", "[1]", "[0,1]")},"b":${entry("U8", "[1]", "[2,3]")}}`, 3), /"b" begins at byte 2 .* after a gap/],
    ["an overlap", file(`{"a":${entry("U8", "[2]", "[0,2]")},"b":${entry("U8", "[2]", "[1,3]")}}`, 3), /inside the tensor before it/],
    ["a gap at the front", file(`{"a":${entry("U8", "[1]", "[1,2]")}}`, 2), /begins at byte 1/],
    ["bytes behind the end", file(`{"a":${entry("U8", "[1]", "[0,1]")}}`, 2), /describes 1 bytes of data, the file holds 2/],
    ["a file cut short", reference.subarray(0, reference.length - 1), /the file holds 74/],
  ])("%s", (_, bytes, message) => expect(why(bytes)).toMatch(message))

  test("names of every object's own are only names", () => {
    const tensors = new Map(["__proto__", "constructor", "toString"].map((name, i) => [name, { shape: [1], values: Uint8Array.of(i) }]))
    const read = Result.getOrThrow(decodeTensors(encodeTensors(tensors)))
    expect(read.tensors).toEqual(tensors)
  })

  test("what would not be a file is not written", () => {
    expect(() => encodeTensors(new Map([["__metadata__", { shape: [], values: Uint8Array.of(1) }]]))).toThrow(/no name of a tensor/)
    expect(() => encodeTensors(new Map([["\ud800", { shape: [], values: Uint8Array.of(1) }]]))).toThrow(/no name of a tensor/)
    expect(() => encodeTensors(new Map([["a", { shape: [2], values: Uint8Array.of(1) }]]))).toThrow(/holds 1 numbers, its shape is \[2\]/)
  })
})

const array: fc.Arbitrary<NamedArray> = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }).map((shape) => ({ shape, n: shape.reduce((a, b) => a * b, 1) })),
    fc.constantFrom("I64", "F64", "F32", "I32", "U8"),
  )
  .chain(([{ shape, n }, dtype]) =>
    fc.uint8Array({ minLength: 8 * n, maxLength: 8 * n }).map(({ buffer }): NamedArray => {
      const bytes = buffer.slice(0, 8 * n) as ArrayBuffer
      if (dtype === "I64") return { shape, values: new BigInt64Array(bytes) }
      if (dtype === "F64") return { shape, values: new Float64Array(bytes) }
      if (dtype === "F32") return { shape, values: new Float32Array(bytes, 0, n) }
      return { shape, values: dtype === "I32" ? new Int32Array(bytes, 0, n) : new Uint8Array(bytes, 0, n) }
    }),
  )
const tensorFile = fc
  .array(fc.tuple(fc.string({ unit: "binary" }), array), { maxLength: 5 })
  .map((entries) => new Map(entries.filter(([name]) => name !== "__metadata__" && name.isWellFormed())))

const bits = (tensors: ReadonlyMap<string, NamedArray>): ReadonlyArray<unknown> =>
  [...tensors]
    .map(([name, { shape, values }]) => [name, shape, dtypeOf(values), [...new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]])
    .sort()

test("what is written is read back, bit for bit, NaN payloads too", () => {
  fc.assert(
    fc.property(tensorFile, (tensors) => {
      const read = Result.getOrThrow(decodeTensors(Buffer.from(encodeTensors(tensors))))
      expect(bits(read.tensors)).toEqual(bits(tensors))
    }),
    { numRuns: 300, seed: 1 },
  )
})

test("a reader of hostile bytes refuses or reads; it never throws, and never reads what is not there", () => {
  const change = fc.tuple(fc.nat({ max: reference.length - 1 }), fc.nat({ max: 255 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat({ max: reference.length }), (changes, cut) => {
      const bytes = Uint8Array.from(reference)
      for (const [at, value] of changes) bytes[at] = value
      const decoded = decodeTensors(bytes.subarray(0, Math.max(cut, 500)))
      if (Result.isFailure(decoded)) return
      let total = 0
      for (const { shape, values } of decoded.success.tensors.values()) {
        expect(values.length).toBe(shape.reduce((n, s) => n * s, 1))
        total += values.byteLength
      }
      expect(total).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns: 2000, seed: 2 },
  )
})
