/**
 * The safetensors format: named arrays in one file that a reader can trust before it has looked at a single number.
 *
 *   8 bytes       n, the length of the header, little-endian, n <= 100 000 000
 *   n bytes       UTF-8 JSON: {"__metadata__": {text: text}, name: {"dtype": d, "shape": [s_1, ...], "data_offsets": [a, b]}, ...}, padded with spaces
 *   the rest      the arrays, little-endian, row-major; array `name` fills the bytes a to b, and b - a = size(d) s_1 s_2 ...
 *
 * The intervals [a, b) cover the rest exactly: no gap, no overlap, nothing behind. Written as the reference implementation writes it: arrays sorted by dtype
 * (widest first) and name, the header padded to a multiple of 8. Five dtypes are read and written; others are refused by name.
 *
 * Source: the format's description and reference implementation, https://github.com/huggingface/safetensors.
 */
import { Data, Result } from "effect"

export type TensorValues = BigInt64Array | Float64Array | Float32Array | Int32Array | Uint8Array

/** A named array: `values` holds the product of `shape` numbers, row-major; the shape of a scalar is []. */
export interface NamedArray {
  readonly shape: ReadonlyArray<number>
  readonly values: TensorValues
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedArray>
  readonly metadata: Readonly<Record<string, string>>
}

/** What is wrong with the bytes; the sentence names the array and what was expected. */
export class MalformedTensors extends Data.TaggedError("MalformedTensors")<{ readonly message: string }> {}

export const MAX_HEADER = 100_000_000
const METADATA = "__metadata__"

// Widest first: the order in which the arrays are written, so that each starts aligned.
const DTYPES = [
  { dtype: "I64", bytes: 8, array: BigInt64Array },
  { dtype: "F64", bytes: 8, array: Float64Array },
  { dtype: "F32", bytes: 4, array: Float32Array },
  { dtype: "I32", bytes: 4, array: Int32Array },
  { dtype: "U8", bytes: 1, array: Uint8Array },
] as const

const rank = (values: TensorValues): number => DTYPES.findIndex(({ array }) => values instanceof array)

/** The safetensors name of an array's type: "F32" for a Float32Array. */
export const dtypeOf = (values: TensorValues): string => DTYPES[rank(values)]!.dtype

/** The order of code points, which is the order of UTF-8 bytes. */
const byCodePoint = (a: string, b: string): number => {
  const [p, q] = [[...a], [...b]]
  for (let i = 0; i < Math.min(p.length, q.length); i++) if (p[i] !== q[i]) return p[i]!.codePointAt(0)! - q[i]!.codePointAt(0)!
  return p.length - q.length
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/**
 * The bytes of a safetensors file. Throws a RangeError for an array whose length is not the product of its shape, a name that is not well-formed Unicode
 * or is "__metadata__", and on a big-endian machine.
 */
export const encodeTensors = (tensors: ReadonlyMap<string, NamedArray>, metadata: Readonly<Record<string, string>> = {}): Uint8Array => {
  if (!littleEndian) throw new RangeError("tensors are written on little-endian machines only")
  const sorted = [...tensors].sort(([a, p], [b, q]) => rank(p.values) - rank(q.values) || byCodePoint(a, b))
  let at = 0
  const entries = sorted.map(([name, { shape, values }]) => {
    if (name === METADATA || !name.isWellFormed()) throw new RangeError(`${JSON.stringify(name)} is no name of a tensor`)
    if (values.length !== shape.reduce((n, s) => n * s, 1))
      throw new RangeError(`tensor "${name}" holds ${values.length} numbers, its shape is [${shape}]`)
    const offsets = [at, (at += values.byteLength)]
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: dtypeOf(values), shape, data_offsets: offsets })}`
  })
  const words = Object.entries(metadata).sort(([a], [b]) => byCodePoint(a, b))
  const about = words.length === 0 ? [] : [`"${METADATA}":{${words.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(",")}}`]
  const header = new TextEncoder().encode(`{${[...about, ...entries].join(",")}}`)
  const padded = Math.ceil(header.length / 8) * 8
  const bytes = new Uint8Array(8 + padded + at)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.set(header, 8)
  bytes.fill(0x20, 8 + header.length, 8 + padded)
  let to = 8 + padded
  for (const [, { values }] of sorted) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), to)
    to += values.byteLength
  }
  return bytes
}

/** The arrays of a safetensors file, copied out of `bytes`. Fails with MalformedTensors for anything that the format does not allow, before it copies. */
export const decodeTensors = (bytes: Uint8Array): Result.Result<TensorFile, MalformedTensors> => {
  try {
    return Result.succeed(decode(bytes))
  } catch (error) {
    if (error instanceof MalformedTensors) return Result.fail(error)
    throw error
  }
}

const refuse = (message: string): never => {
  throw new MalformedTensors({ message })
}

interface Placed {
  readonly name: string
  readonly kind: (typeof DTYPES)[number]
  readonly shape: ReadonlyArray<number>
  readonly from: number
  readonly to: number
}

const decode = (given: Uint8Array): TensorFile => {
  if (!littleEndian) refuse("tensors are read on little-endian machines only")
  // A Buffer's slice would share the memory of the file.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.length)
  const { header, start } = headerOf(bytes)
  const metadata = metadataOf(header[METADATA])
  const placed = Object.entries(header).flatMap(([name, entry]) => (name === METADATA ? [] : [place(name, entry)]))
  let end = 0
  for (const { name, from, to } of [...placed].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end)
      refuse(
        `tensor "${name}" begins at byte ${from} of the data, ${from < end ? "inside the tensor before it" : "after a gap"}; ${end} was expected`,
      )
    end = to
  }
  const held = bytes.length - start
  if (end !== held) refuse(`the header describes ${end} bytes of data, the file holds ${held}`)
  const tensors = new Map<string, NamedArray>()
  for (const { name, kind, shape, from, to } of placed)
    tensors.set(name, { shape, values: new kind.array(bytes.slice(start + from, start + to).buffer) })
  return { tensors, metadata }
}

type Json = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

const headerOf = (bytes: Uint8Array): { readonly header: Json; readonly start: number } => {
  if (bytes.length < 8) return refuse(`a safetensors file has at least 8 bytes; this one has ${bytes.length}`)
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
  if (length > BigInt(MAX_HEADER)) return refuse(`the header would have ${length} bytes; at most ${MAX_HEADER} are allowed`)
  const start = 8 + Number(length)
  if (start > bytes.length) return refuse(`the header would have ${length} bytes; the file has ${bytes.length - 8} after its first 8`)
  const text = utf8(bytes.subarray(8, start))
  if (!text.startsWith("{")) return refuse('the header does not begin with "{"')
  const twice = duplicate(text)
  const header = json(text)
  if (!isRecord(header)) return refuse("the header is no JSON object")
  if (twice !== undefined) return refuse(`the header holds the key ${twice.slice(0, 200)} twice`)
  return { header, start }
}

const utf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse("the header is not UTF-8")
  }
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return refuse("the header is no JSON")
  }
}

/** The first key that stands twice in one object of a JSON text, which JSON.parse would pass over. */
const duplicate = (text: string): string | undefined => {
  const open: Array<Set<string> | undefined> = []
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/gs)) {
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : undefined)
    else if (token === "}" || token === "]") open.pop()
    else if (token.endsWith(":")) {
      // Two spellings of one key, with and without escapes, are the same key.
      const key = token.slice(0, token.lastIndexOf('"') + 1)
      const name = key.includes("\\") ? JSON.stringify(json(key)) : key
      const keys = open.at(-1)
      if (keys?.has(name) === true) return name
      keys?.add(name)
    }
  }
  return undefined
}

const metadataOf = (value: unknown): Readonly<Record<string, string>> => {
  if (value === undefined) return {}
  if (!isRecord(value)) return refuse("__metadata__ is no object of texts")
  const wrong = Object.keys(value).find((key) => typeof value[key] !== "string")
  if (wrong !== undefined) return refuse(`__metadata__ holds "${wrong.slice(0, 200)}", which is no text`)
  return value as Readonly<Record<string, string>>
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const place = (name: string, entry: unknown): Placed => {
  const title = `tensor "${name.slice(0, 200)}"`
  if (!isRecord(entry)) return refuse(`${title} is no object with dtype, shape and data_offsets`)
  const extra = Object.keys(entry).find((key) => !["dtype", "shape", "data_offsets"].includes(key))
  if (extra !== undefined) return refuse(`${title} has the unknown key "${extra.slice(0, 200)}"`)
  const { dtype, shape, data_offsets: offsets } = entry
  const kind = DTYPES.find((known) => known.dtype === dtype)
  if (kind === undefined) {
    const known = DTYPES.map((k) => k.dtype).join(", ")
    return refuse(`${title} has the dtype ${String(JSON.stringify(dtype)).slice(0, 200)}; one of ${known} was expected`)
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) return refuse(`${title}: its shape is no list of sizes from 0`)
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    return refuse(`${title}: its data_offsets are no two positions from 0`)
  const [from, to] = offsets as [number, number]
  let size: number = kind.bytes
  // Checked at every factor: a size of 0 at the end excuses no overflow before it.
  for (const s of shape) if (!Number.isSafeInteger((size *= s))) return refuse(`${title}: its shape [${shape.slice(0, 10)}] is larger than any file`)
  if (to - from !== size)
    return refuse(`${title}: its shape [${shape.slice(0, 10)}] in ${kind.dtype} takes ${size} bytes, its data_offsets hold ${to - from}`)
  return { name, kind, shape, from, to }
}
