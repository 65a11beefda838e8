/**
 * NumPy's .npy format, version 1.0: float32 or float64, row-major, little-endian; the header padded so that the data begin at a multiple of 64 bytes.
 *
 * Source: NumPy, numpy/lib/format.py.
 */

/** The bytes of a .npy file of the given shape. */
export const encodeNpy = (values: Float32Array | Float64Array, shape: ReadonlyArray<number>): Uint8Array => {
  const type = values instanceof Float32Array ? "<f4" : "<f8"
  const literal = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`
  const header = `${literal.padEnd(Math.ceil((literal.length + 11) / 64) * 64 - 11)}\n`
  const preamble = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length % 256, Math.floor(header.length / 256)])
  return Buffer.concat([preamble, Buffer.from(header, "latin1"), Buffer.from(values.buffer, values.byteOffset, values.byteLength)])
}
