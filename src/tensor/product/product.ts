/**
 * Products of matrices in the memory of the WebAssembly back end. The left factor and the result are windows: rows anywhere, so that a convolution is a product as it
 * stands. Right factors are packed into panels, left factors that enter by their columns are transposed, a block of the depth at a time, and the blocks are
 * added up in the result.
 *
 * Every entry of the result is one sum in an order that depends on the shapes alone, and belongs to one job: the bits are the same for every number of threads.
 */
import { COLUMNS, ROWS } from "../assembly/product.ts"
import type { Crew } from "./crew.ts"
import type { Operands, Right } from "./operands.ts"
import { isMatrix, type Window, wordsOf } from "./window.ts"

export interface Products {
  /** C[i] = sum_t A_t[i] B_t: as many rows as the left factor, whose taps meet one slab after the other. All of these, which write to different places. */
  readonly byRows: (all: ReadonlyArray<Operands>) => void
  /** C[t depth + k] = sum_i A_t[i][k] B[i]: the rows of both factors run together. */
  readonly byColumns: (all: ReadonlyArray<Operands>) => void
}

/** Rows that share one table, bytes of panels that stay in the second cache while rows pass, numbers of a transposed block, bytes of panels packed at once. */
const CHUNK = 256 * ROWS
const GROUP = 1 << 18
const BLOCK = 1 << 17
const PACKED = 1 << 21

/** Products of fewer multiply-adds are done by the calling thread, and jobs of a batch have at least half as many. */
const FEW = 1 << 19
/** Numbers of the right factor from which several threads pack it. */
const LARGE = 1 << 15

const upTo = (unit: number, n: number): number => Math.ceil(n / unit) * unit

/** A part of the result: rows from `from`, panels `p` to `q`. */
interface Part {
  readonly from: number
  readonly height: number
  readonly p: number
  readonly q: number
}

/** Addresses of what a product needs besides its factors; all but the zeros and, mostly, the panels are each thread's own. */
interface Places {
  readonly zeros: number
  readonly panels: number
  readonly rows: number
  readonly outs: number
  readonly finals: number
  readonly padded: number
  readonly spill: number
  readonly list: number
  readonly turned: number
}

interface Sizes {
  /** Rows and panels of a part, taps, the longest row, and rows of a panel. */
  readonly height: number
  readonly panels: number
  readonly taps: number
  readonly longest: number
  readonly total: number
  readonly list: number
  readonly turned: number
  /** Whether each thread packs for itself. */
  readonly apart: boolean
}

export const products = (crew: Crew): Products => {
  const { threads, call, job, note, run } = crew

  const places = ({ width }: Operands, sizes: Sizes): Places => {
    const height = upTo(ROWS, sizes.height)
    const pitch = COLUMNS * sizes.panels
    const panels = 32 * Math.ceil(width / COLUMNS) * sizes.total
    const ragged = width % COLUMNS > 0 ? 4 * height : 0
    const [zeros, shared, rows, outs, finals, padded, spill, list, turned, separate] = crew.room(
      [4 * sizes.longest, sizes.apart ? 0 : panels],
      [4 * height * sizes.taps, 4 * height, ragged, ragged * pitch, 4 * pitch, 4 * sizes.list, sizes.turned, sizes.apart ? panels : 0],
    ) as [number, number, number, number, number, number, number, number, number, number]
    crew.clear(zeros, sizes.longest)
    return { zeros, panels: sizes.apart ? separate : shared, rows, outs, finals, padded, spill, list, turned }
  }

  /** Calls that list the rows of a window. */
  const lister = (window: Window, shift = 0) => {
    const base = window.base + shift
    if (isMatrix(window)) {
      const step = 4 * window.depth
      return (_outside: number, from: number, count: number, table: number) => call("ladder", base + step * from, step, count, table)
    }
    const words = note(wordsOf({ ...window, base }))
    return (outside: number, from: number, count: number, table: number, tile: number) => call("addresses", words, outside, from, count, table, tile)
  }

  /** Calls that pack rows `first` to `last` of each slab, panels `p` to `q`, into panels of `total` rows at `to`. */
  const pack = ({ bases, pitch, transposed }: Right, width: number, [first, last]: Range, [p, q]: Range, to: number, total: number, list: number) => {
    const depth = last - first
    const columns = Math.min(width, COLUMNS * q) - COLUMNS * p
    if (!transposed) {
      bases.forEach((base, slab) => call("ladder", base + 4 * (pitch * first + COLUMNS * p), 4 * pitch, depth, list + 4 * slab * depth))
      return call("pack", list, bases.length * depth, columns, to + 32 * total * p, 32 * (total - bases.length * depth))
    }
    bases.forEach((base, slab) => {
      call("ladder", base + 4 * (first + pitch * COLUMNS * p), 4 * pitch, columns, list)
      for (let j = p; j < q; j++) {
        const [place, height] = [to + 32 * (j * total + slab * depth), Math.min(COLUMNS, width - COLUMNS * j)]
        if (height < COLUMNS) call("fill", place, 0, COLUMNS * depth)
        call("transpose", list + 32 * (j - p), height, depth, place, 32)
      }
    })
  }

  /** Calls between `rows` listed at `outs` and the result: where its width is not that of panels, by way of a matrix that is. */
  const result = ({ out, width }: Operands, at: Places, { from, height, p, q }: Part) => {
    const columns = Math.min(width, COLUMNS * q) - COLUMNS * p
    const pitch = 4 * upTo(COLUMNS, columns)
    const ragged = 4 * columns < pitch
    lister(out, 32 * p)(at.spill, from, height, ragged ? at.finals : at.outs, height)
    if (ragged) call("ladder", at.padded, pitch, height, at.outs)
    if (height % ROWS > 0) call("fill", at.outs + 4 * height, at.spill, upTo(ROWS, height) - height)
    const move = (name: "scatter" | "gather") => () => void (ragged && call(name, at.finals, at.padded, pitch, columns, height))
    return { begin: move("gather"), end: move("scatter") }
  }

  /** Calls that multiply rows of the left factor with packed panels. */
  const rowsTimes = (operands: Operands, at: Places, list: ReturnType<typeof lister>, part: Part): void => {
    const { left, depth } = operands
    const { from, height, p, q } = part
    const total = left.taps.length * depth
    const down = Math.ceil(height / ROWS)
    if (height % ROWS > 0) call("fill", at.rows + 4 * (down - 1) * left.taps.length * ROWS, at.zeros, left.taps.length * ROWS)
    list(at.zeros, from, height, at.rows, ROWS)
    const { end } = result(operands, at, part)
    const group = Math.max(1, Math.floor(GROUP / (32 * total)))
    for (let j = p; j < q; j += group)
      call("product", at.rows, left.taps.length, depth, at.panels + 32 * total * j, at.outs, down, Math.min(group, q - j), 32 * (j - p), 0, 0)
    end()
  }

  const rowsOfOne = (operands: Operands): void => {
    const { left, count, depth, right, width } = operands
    const total = left.taps.length * depth
    const across = Math.ceil(width / COLUMNS)
    const many = threads > 1 && count * total * width >= FEW
    const tasks = many ? 4 * threads : 1
    const height = many ? Math.min(CHUNK, upTo(ROWS, Math.max(8 * ROWS, count / tasks))) : Math.min(CHUNK, count)
    const panels = many ? Math.ceil(across / Math.ceil(tasks / Math.ceil(count / height))) : across
    const list = Math.max(total, width)
    const at = places(operands, { height, panels, taps: left.taps.length, longest: depth, total, list, turned: 0, apart: false })
    const apart = many && total * width >= LARGE
    const each = apart ? Math.ceil(across / tasks) : across
    for (let p = 0; p < across; p += each) {
      pack(right, width, [0, right.rows], [p, Math.min(across, p + each)], at.panels, total, at.list)
      job()
    }
    if (many) run(apart)
    const rows = lister(left)
    for (let from = 0; from < count; from += height)
      for (let p = 0; p < across; p += panels) {
        rowsTimes(operands, at, rows, { from, height: Math.min(height, count - from), p, q: Math.min(across, p + panels) })
        job()
      }
    run(many)
  }

  const rowsOfMany = (all: ReadonlyArray<Operands>): void => {
    const { left, count, depth, width } = all[0]!
    const total = left.taps.length * depth
    const [height, panels] = [Math.min(CHUNK, count), Math.ceil(width / COLUMNS)]
    const list = Math.max(total, width)
    const at = places(all[0]!, { height, panels, taps: left.taps.length, longest: depth, total, list, turned: 0, apart: true })
    inJobs(all, count * total * width, (operands) => {
      const { left, right, width } = operands
      pack(right, width, [0, right.rows], [0, panels], at.panels, total, at.list)
      const rows = lister(left)
      for (let from = 0; from < count; from += height)
        rowsTimes(operands, at, rows, { from, height: Math.min(height, count - from), p: 0, q: panels })
    })
  }

  /** Jobs of several entries where one of them is small. */
  const inJobs = (all: ReadonlyArray<Operands>, size: number, write: (operands: Operands) => void): void => {
    const each = Math.ceil(FEW / 2 / Math.max(1, size))
    all.forEach((operands, i) => {
      write(operands)
      if ((i + 1) % each === 0 || i + 1 === all.length) job()
    })
    run(size * all.length >= FEW)
  }

  /** How the depth of a product by columns is cut. Each block goes on from the sums of the last, so the bits do not depend on it. */
  const blocksOf = (count: number, columns: number): { readonly block: number; readonly pitch: number } => {
    const block = Math.min(Math.max(1, count), Math.max(64, Math.floor(BLOCK / columns / 4) * 4))
    // Not a power of two: rows that lie so fall into few sets of the cache.
    return { block, pitch: upTo(16, block) + 16 }
  }

  /** Calls that add A^T B over rows `from` to `to` to a part of the result, whose rows are columns of the left factor; `fresh` tables are not there yet. */
  const strip = (operands: Operands, at: Places, part: Part, [from, to]: Range, fresh: boolean): void => {
    const { left, depth, count } = operands
    const { block, pitch } = blocksOf(count, left.taps.length * depth)
    const [begin, end] = [part.from, part.from + part.height]
    if (fresh) {
      call("ladder", at.turned, 4 * pitch, part.height, at.rows)
      if (part.height % ROWS > 0) call("fill", at.rows + 4 * part.height, at.zeros, upTo(ROWS, part.height) - part.height)
    }
    const { begin: load, end: save } = result(operands, at, part)
    const segments: Array<number> = []
    let parts = 0
    for (let t = Math.floor(begin / depth); t * depth < end; t++, parts++) {
      const [first, last] = [Math.max(begin, t * depth), Math.min(end, (t + 1) * depth)]
      const window = wordsOf({ ...left, base: left.base + 4 * (first - t * depth), taps: [left.taps[t]!] })
      segments.push(last - first, 4 * pitch * (first - begin), ...window)
    }
    const [down, across] = [Math.ceil(part.height / ROWS), part.q - part.p]
    const head = [parts, at.zeros, from, to - from, block, to - from, down, across, from > 0 ? 1 : 0, 4 * pitch]
    if (from > 0) load()
    call("strip", note([...head, ...segments]), at.list, at.turned, at.rows, at.outs, at.panels + 32 * (to - from) * part.p)
    save()
  }

  const columnsOfOne = (operands: Operands): void => {
    const { left, count, depth, right, width } = operands
    const columns = left.taps.length * depth
    const across = Math.ceil(width / COLUMNS)
    const { block, pitch } = blocksOf(count, columns)
    const many = threads > 1 && count * columns * width >= FEW
    const tasks = many ? 4 * threads : 1
    const height = many ? ROWS * Math.ceil(columns / ROWS / tasks) : columns
    const total = many ? Math.min(upTo(block, count), block * Math.max(1, Math.floor(PACKED / (32 * across * block)))) : block
    const [longest, list, turned] = [Math.max(block, depth), Math.max(total, width), 4 * upTo(ROWS, height) * pitch]
    const at = places(operands, { height, panels: across, taps: 1, longest, total, list, turned, apart: false })
    for (let from = 0; from < count || from === 0; from += total) {
      const to = Math.min(count, from + total)
      const each = many ? upTo(16, Math.max(64, (to - from) / tasks)) : total
      for (let first = from; first < to; first += each) {
        pack(right, width, [first, Math.min(to, first + each)], [0, across], at.panels + 32 * (first - from), to - from, at.list)
        job()
      }
      if (many) run(true)
      for (let c = 0; c < columns; c += height) {
        strip(operands, at, { from: c, height: Math.min(height, columns - c), p: 0, q: across }, [from, to], many || from === 0)
        job()
      }
      if (many) run(true)
    }
    run(false)
  }

  const columnsOfMany = (all: ReadonlyArray<Operands>): void => {
    const { left, count, depth, width } = all[0]!
    const columns = left.taps.length * depth
    const panels = Math.ceil(width / COLUMNS)
    const { block, pitch } = blocksOf(count, columns)
    const [longest, list, turned] = [Math.max(block, depth), Math.max(block, width), 4 * upTo(ROWS, columns) * pitch]
    const at = places(all[0]!, { height: columns, panels, taps: 1, longest, total: block, list, turned, apart: true })
    inJobs(all, count * columns * width, (operands) => {
      for (let from = 0; from < count || from === 0; from += block) {
        const to = Math.min(count, from + block)
        pack(operands.right, width, [from, to], [0, panels], at.panels, to - from, at.list)
        strip(operands, at, { from: 0, height: columns, p: 0, q: panels }, [from, to], from === 0)
      }
    })
  }

  /** Whether entries are jobs, rather than parts of entries. */
  const whole = (all: ReadonlyArray<Operands>): boolean => all.length > 1 && (threads === 1 || all.length >= 4 * threads)
  const something = ({ left, count, depth, width }: Operands, columns: boolean): boolean =>
    width > 0 && (columns ? left.taps.length * depth : count) > 0

  return {
    byRows: (all) => {
      if (all.length === 0 || !something(all[0]!, false)) return
      if (whole(all)) rowsOfMany(all)
      else all.forEach(rowsOfOne)
    },
    byColumns: (all) => {
      if (all.length === 0 || !something(all[0]!, true)) return
      if (whole(all)) columnsOfMany(all)
      else all.forEach(columnsOfOne)
    },
  }
}

/** From the first to before the last. */
type Range = readonly [number, number]
