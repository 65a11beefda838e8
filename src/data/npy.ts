/**
 * NumPy's .npy format (versions 1 to 3): "\x93NUMPY", version, header length (2 or 4 bytes, little-endian), a Python literal
 * {'descr': '<f8', 'fortran_order': False, 'shape': (n, d), }, then the data. Real and integer types of one to eight bytes, half precision among them; one axis means one column.
 */
import { DataError } from "./data-error.ts"

type Read = (view: DataView, at: number, little: boolean) => number

const TYPES: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  f8: [8, (view, at, little) => view.getFloat64(at, little)],
  f2: [2, (view, at, little) => half(view.getUint16(at, little))],
  f4: [4, (view, at, little) => view.getFloat32(at, little)],
  i8: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  u8: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  i4: [4, (view, at, little) => view.getInt32(at, little)],
  u4: [4, (view, at, little) => view.getUint32(at, little)],
  i2: [2, (view, at, little) => view.getInt16(at, little)],
  u2: [2, (view, at, little) => view.getUint16(at, little)],
  i1: [1, (view, at) => view.getInt8(at)],
  u1: [1, (view, at) => view.getUint8(at)],
  b1: [1, (view, at) => view.getUint8(at)],
}

/** The number of an IEEE half: (-1)^s 2^(e - 15) (1 + f/1024), subnormal at e = 0, not finite at e = 31. */
const half = (bits: number): number => {
  const [sign, e, f] = [bits >> 15 === 0 ? 1 : -1, (bits >> 10) & 31, bits & 1023]
  if (e === 31) return f === 0 ? sign * Infinity : Number.NaN
  return sign * (e === 0 ? f * 2 ** -24 : (1 + f / 1024) * 2 ** (e - 15))
}

/** Reads bytes of the given name; further axes are flattened into columns. Throws a DataError naming what the header has and what was expected. */
export const parseNpy = (name: string, bytes: Uint8Array): { readonly rows: number; readonly columns: number; readonly values: Float64Array } => {
  const fail = (why: string): never => {
    throw new DataError({ code: "syntax", message: `${name}: ${why}` })
  }
  const magic = String.fromCharCode(...bytes.subarray(0, 6))
  if (magic !== "\x93NUMPY" || bytes.length < 12) fail(`does not start with \\x93NUMPY and a header: not a .npy file`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = bytes[6]!
  if (version < 1 || version > 3) fail(`format version ${version}, expected 1, 2 or 3`)
  const [length, from] = version === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12]
  const start = from + length
  if (bytes.length < start) fail(`${bytes.length} bytes, the header alone has ${start}`)
  const header = new TextDecoder("latin1").decode(bytes.subarray(from, start))
  const descr = /'descr':\s*'([<>|=]?)([a-z]\d+)'/.exec(header) ?? fail(`header ${header.trim()} has no simple 'descr'`)
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1] ?? fail(`header ${header.trim()} has no 'shape'`)
  const type = TYPES[descr[2]!] ?? fail(`type '${descr[1]}${descr[2]}', expected one of ${Object.keys(TYPES).join(", ")}`)
  const shape = shapeText
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(Number)
  if (shape.length === 0) fail("a scalar, expected rows")
  const [rows, columns] = [shape[0]!, shape.slice(1).reduce((a, b) => a * b, 1)]
  const size = rows * columns
  if (bytes.length - start !== size * type[0])
    fail(`${bytes.length - start} bytes of data, expected ${shape.join(" x ")} x ${type[0]} = ${size * type[0]}`)
  if (size === 0) fail(`shape (${shape.join(", ")}) holds no numbers`)
  const fortran = /'fortran_order':\s*True/.test(header)
  if (fortran && shape.length > 2) fail(`column-major order of ${shape.length} axes, expected at most 2`)
  const values = Float64Array.from({ length: size }, (_, k) => {
    const place = fortran ? (k % columns) * rows + Math.floor(k / columns) : k
    const value = type[1](view, start + place * type[0], descr[1] !== ">")
    if (!Number.isFinite(value)) fail(`row ${Math.floor(k / columns) + 1}, column ${(k % columns) + 1}: ${value} is not a finite number`)
    return value
  })
  return { rows, columns, values }
}
