/**
 * IDX files (LeCun's format of MNIST): two zero bytes, a type (8 = unsigned byte), the number of axes, each axis as 4 bytes big-endian, then the data.
 */
import { DataError } from "./data-error.ts"

export interface Idx {
  readonly shape: ReadonlyArray<number>
  readonly data: Uint8Array
}

/** Reads bytes of the given name. Throws a DataError on another magic, type or length. */
export const parseIdx = (name: string, bytes: Uint8Array): Idx => {
  const fail = (why: string): never => {
    throw new DataError({ code: "syntax", message: `${name}: ${why}` })
  }
  if (bytes.length < 4) fail(`${bytes.length} bytes, an IDX header has at least 4`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint16(0) !== 0 || bytes[2] !== 8)
    fail(`starts with 0x${view.getUint32(0).toString(16).padStart(8, "0")}, expected 0x000008nn (unsigned bytes)`)
  const axes = bytes[3]!
  const start = 4 + 4 * axes
  if (bytes.length < start) fail(`${bytes.length} bytes, the header of ${axes} axes has ${start}`)
  const shape = Array.from({ length: axes }, (_, i) => view.getUint32(4 + 4 * i))
  const size = shape.reduce((a, b) => a * b, 1)
  if (bytes.length - start !== size) fail(`${bytes.length - start} bytes of data, expected ${shape.join(" x ")} = ${size}`)
  return { shape, data: bytes.subarray(start) }
}
