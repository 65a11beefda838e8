/**
 * TensorBoard event files: scalars and images of a run for `tensorboard --logdir`. A derived view; metrics.jsonl is what counts.
 *
 *   file   = records;  record = length (8 bytes), masked CRC of the length, data, masked CRC of the data;  numbers are little-endian
 *   masked = ((crc >>> 15 | crc << 17) + 0xa282ead8) mod 2^32,  crc = CRC-32C (Castagnoli, reflected polynomial 0x82f63b78)
 *   data   = protocol buffer Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5 }
 *            Summary { repeated Value value = 1 },  Value { string tag = 1; float simple_value = 2; Image image = 4 }
 *            Image { int32 height = 1; int32 width = 2; int32 colorspace = 3; bytes encoded_image_string = 4 }
 *
 * Source: TensorFlow, core/lib/io/record_writer.cc, core/util/event.proto and core/framework/summary.proto.
 */

export interface EventImage {
  readonly height: number
  readonly width: number
  /** 1 grey, 3 RGB. */
  readonly channels: number
  readonly png: Uint8Array
}

/** The first record of every event file; `seconds` is the time since 1970. */
export const versionRecord = (seconds: number): Uint8Array => record(concat([double(1, seconds), text(3, "brain.Event:2")]))

/** The scalars of a step. */
export const scalarRecord = (seconds: number, step: number, scalars: Readonly<Record<string, number>>): Uint8Array =>
  event(
    seconds,
    step,
    Object.entries(scalars).map(([tag, value]) => concat([text(1, tag), float(2, value)])),
  )

/** An image at a step. */
export const imageRecord = (seconds: number, step: number, tag: string, { height, width, channels, png }: EventImage): Uint8Array =>
  event(seconds, step, [concat([text(1, tag), bytes(4, concat([int(1, height), int(2, width), int(3, channels), bytes(4, png)]))])])

const event = (seconds: number, step: number, values: ReadonlyArray<Uint8Array>): Uint8Array =>
  record(concat([double(1, seconds), int(2, step), bytes(5, concat(values.map((value) => bytes(1, value))))]))

/** A record as TensorFlow frames it. */
export const record = (data: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(16 + data.length)
  const view = new DataView(whole.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, masked(whole.subarray(0, 8)), true)
  whole.set(data, 12)
  view.setUint32(12 + data.length, masked(data), true)
  return whole
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc
})

/** CRC-32C of the bytes. */
export const crc32c = (data: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of data) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const masked = (data: Uint8Array): number => {
  const crc = crc32c(data)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

// Protocol buffers: a field is its number and wire type (0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes), then its value.
const varint = (n: number): Uint8Array => {
  const out: Array<number> = []
  for (let left = n; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...out, left])
    out.push((left % 128) + 128)
  }
}
const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
const int = (field: number, value: number): Uint8Array => concat([varint(field * 8), varint(value)])
const bytes = (field: number, value: Uint8Array): Uint8Array => concat([varint(field * 8 + 2), varint(value.length), value])
const text = (field: number, value: string): Uint8Array => bytes(field, new TextEncoder().encode(value))
const double = (field: number, value: number): Uint8Array => concat([varint(field * 8 + 1), new Uint8Array(Float64Array.of(value).buffer)])
const float = (field: number, value: number): Uint8Array => concat([varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)])
