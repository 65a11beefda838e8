/**
 * Rows of numbers by address. A window slides over images that lie in memory one after the other: its row (b, i, j) for tap (k, l) is the pixel
 *
 *   (b, s i + k, s' j + l)        at        base + 4 depth ((b height + s i + k) width + s' j + l),
 *
 * and outside where the image has no such pixel. A matrix is an image of width 1 whose pixels are its rows.
 */
export interface Window {
  readonly base: number
  /** Size of an image in pixels, and numbers per pixel. */
  readonly height: number
  readonly width: number
  readonly depth: number
  /** Positions per image, down and across, and the pixels between two of them. */
  readonly grid: readonly [number, number]
  readonly strides: readonly [number, number]
  readonly taps: ReadonlyArray<readonly [number, number]>
}

/** The rows of a matrix, `pitch` numbers apart. */
export const matrix = (base: number, rows: number, pitch: number): Window => ({
  base,
  height: rows,
  width: 1,
  depth: pitch,
  grid: [rows, 1],
  strides: [1, 1],
  taps: [[0, 0]],
})

/** Whether its rows are equally spaced. */
export const isMatrix = ({ height, width, grid, strides, taps }: Window): boolean =>
  width === 1 && grid[1] === 1 && grid[0] === height && strides[0] === 1 && taps.length === 1 && taps[0]![0] === 0 && taps[0]![1] === 0

/** As `addresses` of the assembly reads it. */
export const wordsOf = ({ base, height, width, depth, grid, strides, taps }: Window): ReadonlyArray<number> => [
  ...[base, height, width, 4 * depth, ...grid, ...strides, taps.length],
  ...taps.flat(),
]
