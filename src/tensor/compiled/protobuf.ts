/**
 * Protocol buffers, as far as a TensorFlow graph needs them: a message is the concatenation of its fields, a field is (number, wire type) and a value.
 *
 *   wire types   0 varint, seven bits per byte, least significant first;   2 length and bytes;   5 four bytes, little-endian
 *
 * Source: "Encoding", protobuf.dev.
 */
export type Field = Uint8Array

const varint = (value: number | bigint): Uint8Array => {
  const bytes: Array<number> = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

const tag = (field: number, wire: number): Uint8Array => varint(field * 8 + wire)

/** An integer, an enumeration or a truth value. */
export const integer = (field: number, value: number): Field => Buffer.concat([tag(field, 0), varint(value)])

export const float = (field: number, value: number): Field => Buffer.concat([tag(field, 5), new Uint8Array(Float32Array.of(value).buffer)])

export const bytes = (field: number, value: Uint8Array): Field => Buffer.concat([tag(field, 2), varint(value.length), value])

export const text = (field: number, value: string): Field => bytes(field, Buffer.from(value))

export const message = (field: number, ...fields: ReadonlyArray<Field>): Field => bytes(field, Buffer.concat(fields))
