/**
 * The decoder below follows the specification on its own; test/oracle/event-file.py decodes the same files with TensorFlow.
 */
import { crc32, inflateSync } from "node:zlib"
import { expect, test } from "vitest"
import { encodePng, imageGrid } from "../../../src/run/training/png.ts"

/** Width, height, channels and pixels of a PNG file of unfiltered rows; checks signature, chunk order and every CRC. */
const decodePng = (file: Uint8Array) => {
  const buffer = Buffer.from(file)
  expect(buffer.toString("latin1", 0, 8)).toBe("\x89PNG\r\n\x1a\n")
  const chunks: Array<{ type: string; content: Buffer }> = []
  for (let at = 8; at < buffer.length; ) {
    const length = buffer.readUInt32BE(at)
    expect(buffer.readUInt32BE(at + 8 + length)).toBe(crc32(buffer.subarray(at + 4, at + 8 + length)))
    chunks.push({ type: buffer.toString("latin1", at + 4, at + 8), content: buffer.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  expect(chunks.map(({ type }) => type)).toEqual(["IHDR", "IDAT", "IEND"])
  const [header, data] = [chunks[0]!.content, inflateSync(chunks[1]!.content)]
  expect([...header.subarray(8)]).toEqual([8, header[9], 0, 0, 0])
  const [width, height, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] === 0 ? 1 : 3]
  const pixels: Array<number> = []
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * (1 + width * channels), (y + 1) * (1 + width * channels))
    expect(row[0]).toBe(0)
    pixels.push(...row.subarray(1))
  }
  return { width, height, channels, pixels }
}

test("a raster comes back pixel by pixel", () => {
  for (const channels of [1, 3] as const) {
    const pixels = Uint8Array.from({ length: 5 * 3 * channels }, (_, i) => (i * 37) % 256)
    expect(decodePng(encodePng({ width: 5, height: 3, channels, pixels }))).toEqual({ width: 5, height: 3, channels, pixels: [...pixels] })
  }
  expect(() => encodePng({ width: 2, height: 2, channels: 1, pixels: new Uint8Array(3) })).toThrow(/3 bytes for 2 x 2/)
})

test("a grid: each image in its place, grey between, values cut to [0, 1]", () => {
  const values = Float32Array.of(0, 1, 0.5, 2, -1, Number.NaN)
  expect(imageGrid({ height: 1, width: 2, channels: 1, values })).toEqual({
    width: 5,
    height: 3,
    channels: 1,
    pixels: Uint8Array.from([0, 255, 128, 128, 255, 128, 128, 128, 128, 128, 0, 0, 128, 128, 128]),
  })
  const red = imageGrid({ height: 1, width: 1, channels: 3, values: Float32Array.of(1, 0, 0) })
  expect([...red.pixels]).toEqual([255, 0, 0])
  expect(() => imageGrid({ height: 1, width: 1, channels: 2, values })).toThrow(/not of 2/)
  expect(() => imageGrid({ height: 4, width: 1, channels: 1, values })).toThrow(/no whole number/)
})
