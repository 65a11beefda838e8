/** Labelled images as bytes, pinned by a hash. */
import { createHash } from "node:crypto"

export interface ImageSet {
  readonly name: string
  readonly description: string
  readonly licence: string
  readonly count: number
  readonly height: number
  readonly width: number
  /** The largest pixel value: pixel/top lies in [0, 1]. */
  readonly top: number
  /** count * height * width, row-major, one channel. */
  readonly pixels: Uint8Array
  /** count. */
  readonly labels: Uint8Array
  /** sha256 of the file or bytes that it was read from. */
  readonly sha256: string
}

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

/** The images of a set at the given places. */
export const chosen = (set: ImageSet, places: ReadonlyArray<number>): ImageSet => {
  const size = set.height * set.width
  const pixels = new Uint8Array(places.length * size)
  places.forEach((from, i) => pixels.set(set.pixels.subarray(from * size, (from + 1) * size), i * size))
  return { ...set, count: places.length, pixels, labels: Uint8Array.from(places, (i) => set.labels[i]!) }
}
