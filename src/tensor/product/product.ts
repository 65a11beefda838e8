/**
 * Products of matrices in the memory of the WebAssembly back end. The left factor and the result are windows: rows anywhere, so that a convolution is a product as it
 * stands. Right factors are packed into panels, left factors that enter by their columns are transposed, a block of the depth at a time, and the blocks are
 * added up in the result. What a call needs besides lies in a workspace that grows and is used again.
 */
import type { Assembly } from "../assembly/module.ts"
import { COLUMNS, ROWS } from "../assembly/product.ts"
import { addresses, matrix, type Window } from "./window.ts"

/** Where memory comes from; addresses are bytes. */
export interface Allocator {
  readonly _malloc: (bytes: number) => number
  readonly _free: (address: number) => void
}

/** The right factor: slabs of `rows` x `width` numbers one below the other, or of `width` x `rows`, each to be transposed. */
export interface Right {
  readonly bases: ReadonlyArray<number>
  readonly rows: number
  /** Numbers from one row in memory to the next. */
  readonly pitch: number
  readonly transposed: boolean
}

export interface Operands {
  /** `count` rows of `depth` numbers for each tap. */
  readonly left: Window
  readonly count: number
  readonly depth: number
  readonly right: Right
  readonly width: number
  readonly out: Window
}

export interface Products {
  /** C[i] = sum_t A_t[i] B_t: as many rows as the left factor, whose taps meet one slab after the other. */
  readonly byRows: (operands: Operands) => void
  /** C[t depth + k] = sum_i A_t[i][k] B[i]: the rows of both factors run together. */
  readonly byColumns: (operands: Operands) => void
}

/** Rows that share one table, bytes of panels that stay in the second cache while rows pass, and numbers of a transposed block. */
const CHUNK = 256 * ROWS
const GROUP = 1 << 18
const BLOCK = 1 << 17

export const products = (memory: WebAssembly.Memory, { product, pack, transpose }: Assembly, allocator: Allocator): Products => {
  let [workspace, held] = [0, 0]

  /** Addresses of parts of the workspace of these sizes in bytes; what was there before is lost. */
  const parts = (sizes: ReadonlyArray<number>): ReadonlyArray<number> => {
    const spaced = sizes.map((size) => Math.ceil(size / 64) * 64)
    const total = spaced.reduce((sum, size) => sum + size, 64)
    if (total > held) {
      if (held > 0) allocator._free(workspace)
      held = 0
      const size = Math.ceil(1.25 * total)
      workspace = allocator._malloc(size) >>> 0
      if (workspace === 0) throw new Error(`no memory for ${size} bytes of workspace`)
      held = size
    }
    let at = Math.ceil(workspace / 64) * 64
    return spaced.map((size) => (at += size) - size)
  }
  let [numbers, words] = [new Float32Array(0), new Int32Array(0)]
  /** The memory as it is now: it moves when it grows. */
  const look = (): void => {
    if (numbers.buffer !== memory.buffer) [numbers, words] = [new Float32Array(memory.buffer), new Int32Array(memory.buffer)]
  }

  /** Rows `first` to `last` of the right factor as panels of `total` rows at `to`. */
  const packed = ({ bases, rows, pitch, transposed }: Right, width: number, first: number, last: number, to: number, list: number): void => {
    const depth = last - first
    const total = bases.length * depth
    const across = Math.ceil(width / COLUMNS)
    if (transposed && width % COLUMNS > 0) numbers.fill(0, (to >>> 2) + (across - 1) * total * COLUMNS, (to >>> 2) + across * total * COLUMNS)
    for (let slab = 0; slab < bases.length; slab++) {
      const base = bases[slab]!
      if (transposed) {
        addresses(matrix(base + 4 * first, width, pitch), 0, 0, width, words, list >>> 2, width)
        for (let j = 0; j < across; j++)
          transpose(list + 32 * j, Math.min(COLUMNS, width - COLUMNS * j), depth, to + 32 * (j * total + slab * depth), 32)
      } else addresses(matrix(base, rows, pitch), 0, first, last, words, (list >>> 2) + slab * depth, depth)
    }
    if (!transposed) pack(list, total, width, to)
  }

  /** All rows of the left factor times packed panels; `onto` adds to the result. */
  const multiply = ({ left, count, depth, width, out }: Omit<Operands, "right">, panels: number, onto: boolean, places: Places): void => {
    const { zeros, spill, rows, outs, finals, padded } = places
    const taps = left.taps.length
    const across = Math.ceil(width / COLUMNS)
    const pitch = across * COLUMNS
    const ragged = pitch > width
    const group = Math.max(1, Math.floor(GROUP / (32 * taps * depth)))
    for (let from = 0; from < count; from += CHUNK) {
      const height = Math.min(count - from, CHUNK)
      const down = Math.ceil(height / ROWS)
      words.fill(zeros, (rows >>> 2) + (down - 1) * taps * ROWS, (rows >>> 2) + down * taps * ROWS)
      addresses(left, zeros, from, from + height, words, rows >>> 2, ROWS)
      addresses(out, spill, from, from + height, words, (ragged ? finals : outs) >>> 2, height)
      if (ragged) addresses(matrix(padded, height, pitch), spill, 0, height, words, outs >>> 2, height)
      words.fill(spill, (outs >>> 2) + height, (outs >>> 2) + down * ROWS)
      if (ragged && onto) copyRows(finals >>> 2, padded >>> 2, pitch, width, height, true)
      for (let j = 0; j < across; j += group)
        product(rows, taps, depth, panels + 32 * taps * depth * j, outs, down, Math.min(group, across - j), 32 * j, onto ? 1 : 0)
      if (ragged) copyRows(finals >>> 2, padded >>> 2, pitch, width, height, false)
    }
  }

  /** Rows of `width` numbers between their own places, listed at `list`, and a matrix at `at`; `into` the matrix or out of it. */
  const copyRows = (list: number, at: number, pitch: number, width: number, count: number, into: boolean): void => {
    for (let i = 0; i < count; i++)
      for (let k = 0, place = words[list + i]! >>> 2, own = at + i * pitch; k < width; k++, place++, own++)
        if (into) numbers[own] = numbers[place]!
        else numbers[place] = numbers[own]!
  }

  /** A workspace for `count` rows on the left, right factors of `list` rows, `panels` and `more` bytes; zeros as long as a row. */
  const places = (count: number, taps: number, depth: number, width: number, list: number, panels: number, more: number): Places => {
    const chunk = Math.ceil(Math.min(CHUNK, count) / ROWS) * ROWS
    const pitch = Math.ceil(width / COLUMNS) * COLUMNS
    const ragged = pitch > width ? 4 * chunk : 0
    const at = parts([4 * depth, 4 * pitch, 4 * chunk * taps, 4 * chunk, ragged, ragged * pitch, 4 * Math.max(list, width), panels, more])
    look()
    const zeros = at[0]!
    numbers.fill(0, zeros >>> 2, (zeros >>> 2) + depth)
    return { zeros, spill: at[1]!, rows: at[2]!, outs: at[3]!, finals: at[4]!, padded: at[5]!, list: at[6]!, panels: at[7]!, more: at[8]! }
  }

  return {
    byRows: (operands) => {
      const { left, count, depth, right, width } = operands
      if (count === 0 || width === 0) return
      const total = right.bases.length * right.rows
      const at = places(count, left.taps.length, depth, width, total, 32 * Math.ceil(width / COLUMNS) * total, 0)
      packed(right, width, 0, right.rows, at.panels, at.list)
      multiply(operands, at.panels, false, at)
    },
    byColumns: ({ left, count, depth, right, width, out }) => {
      const taps = left.taps.length
      const columns = taps * depth
      if (columns === 0 || width === 0) return
      const block = Math.min(Math.max(1, count), Math.max(64, Math.floor(BLOCK / columns / 4) * 4))
      // Not a power of two: rows that lie so fall into few sets of the cache.
      const pitch = Math.ceil(block / 16) * 16 + 16
      const longest = Math.max(block, depth)
      const at = places(columns, 1, longest, width, block * taps, 32 * Math.ceil(width / COLUMNS) * block, 4 * columns * pitch)
      const transposed = matrix(at.more, columns, pitch)
      for (let from = 0; from < count || from === 0; from += block) {
        const here = Math.min(count - from, block)
        packed(right, width, from, from + here, at.panels, at.list)
        addresses(left, at.zeros, from, from + here, words, at.list >>> 2, here)
        for (let t = 0; t < taps; t++) transpose(at.list + 4 * t * here, here, depth, at.more + 4 * t * depth * pitch, 4 * pitch)
        multiply({ left: transposed, count: columns, depth: here, width, out }, at.panels, from > 0, at)
      }
    },
  }
}

type Places = Readonly<Record<"zeros" | "spill" | "rows" | "outs" | "finals" | "padded" | "list" | "panels" | "more", number>>
