/**
 * Rows of numbers by address. A window slides over images that lie in memory one after the other: its row (b, i, j) for tap (k, l) is the pixel
 *
 *   (b, s i + k, s' j + l)        at        base + 4 depth ((b height + s i + k) width + s' j + l),
 *
 * and `outside` where the image has no such pixel. A matrix is an image of width 1 whose pixels are its rows.
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

/**
 * Writes the addresses of rows `from` to `to` into the table at index `at`: in tiles of so many rows, [tile][tap][row], where the last tile may be short.
 * What is outside of the image has the address `outside`.
 */
export const addresses = (window: Window, outside: number, from: number, to: number, table: Int32Array, at: number, tile: number): void => {
  const { base, height, width, depth, grid, strides, taps } = window
  const [down, across] = grid
  // A matrix, which every product has two of.
  if (width === 1 && across === 1 && down === height && taps.length === 1 && taps[0]![0] === 0 && taps[0]![1] === 0 && strides[0] === 1) {
    for (let row = from, place = at; row < to; row++, place++) table[place] = base + 4 * depth * row
    return
  }
  let image = Math.floor(from / (down * across))
  let i = Math.floor(from / across) - image * down
  let j = from % across
  for (let row = from, place = at, inTile = 0; row < to; row++) {
    for (let t = 0; t < taps.length; t++) {
      const tap = taps[t]!
      const [r, c] = [i * strides[0] + tap[0], j * strides[1] + tap[1]]
      const inside = r >= 0 && r < height && c >= 0 && c < width
      table[place + tile * t] = inside ? base + 4 * depth * ((image * height + r) * width + c) : outside
    }
    place++
    if (++inTile === tile) {
      inTile = 0
      place += tile * (taps.length - 1)
    }
    if (++j === across) {
      j = 0
      if (++i === down) {
        i = 0
        image++
      }
    }
  }
}
