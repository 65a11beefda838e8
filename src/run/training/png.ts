/**
 * PNG images: grey or RGB, 8 bits per channel, and grids of small images.
 *
 *   file  = signature, IHDR(width, height, 8, colour type, 0, 0, 0), IDAT(zlib of the rows, each behind a filter byte 0), IEND
 *   chunk = length, type, content, CRC-32 of type and content; numbers are big-endian
 *
 * Source: W3C, Portable Network Graphics (third edition), 2025.
 */
import { crc32, deflateSync } from "node:zlib"

/** `pixels` row-major, channels innermost, one byte each; 1 channel is grey, 3 are RGB. */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The bytes of a PNG file. */
export const encodePng = ({ width, height, channels, pixels }: Raster): Uint8Array => {
  const stride = width * channels
  if (pixels.length !== stride * height) throw new RangeError(`${pixels.length} bytes for ${width} x ${height} pixels of ${channels} channels`)
  const rows = new Uint8Array((stride + 1) * height)
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, channels === 1 ? 0 : 2], 8)
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))])
}

const chunk = (type: string, content: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(content.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

/** Images as a recipe samples them: NHWC, 0 is black, 1 is white; what lies outside is cut, NaN is black. */
export interface Images {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly values: Float32Array
}

const GAP = 1
const GREY = 128

/** The images side by side, about as many columns as rows, with a grey line of one pixel between them. Throws a RangeError unless 1 or 3 channels. */
export const imageGrid = ({ height, width, channels, values }: Images): Raster => {
  if (channels !== 1 && channels !== 3) throw new RangeError(`images of 1 or 3 channels can be shown, not of ${channels}`)
  const size = height * width * channels
  const n = values.length / size
  if (!Number.isSafeInteger(n) || n === 0)
    throw new RangeError(`${values.length} numbers are no whole number of ${height} x ${width} x ${channels} images`)
  const columns = Math.ceil(Math.sqrt(n))
  const full = { width: columns * (width + GAP) - GAP, height: Math.ceil(n / columns) * (height + GAP) - GAP }
  const pixels = new Uint8Array(full.width * full.height * channels).fill(GREY)
  for (let i = 0; i < n; i++) {
    const [x0, y0] = [(i % columns) * (width + GAP), Math.floor(i / columns) * (height + GAP)]
    for (let y = 0; y < height; y++) {
      const to = ((y0 + y) * full.width + x0) * channels
      const from = i * size + y * width * channels
      for (let k = 0; k < width * channels; k++) pixels[to + k] = Math.round(255 * Math.min(1, Math.max(0, values[from + k]!)))
    }
  }
  return { ...full, channels, pixels }
}
