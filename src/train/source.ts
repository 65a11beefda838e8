/**
 * Where the items of a batch come from, as a pure function of the step: nothing to save, nothing to shift.
 *
 *   a law        n fresh points per step, from a stream of that step;
 *   a data set   positions k n .. k n + n - 1 of an endless order: a uniform permutation of the items per epoch, each keyed by the epoch's number
 */
import { chosen } from "../data/image-set.ts"
import type { ImageSet } from "../data/image-set.ts"
import { title } from "../data/laws/law.ts"
import type { Law } from "../data/laws/law.ts"
import { size } from "../models/network.ts"
import type { Shape } from "../models/network.ts"
import type { Stream } from "../random/stream.ts"
import type { Provenance } from "./program.ts"

export interface Source<X extends Shape> {
  /** The shape of one item. */
  readonly item: X
  readonly provenance: Provenance
  /** The n items of draw k, flat. Draws are numbered over the whole run. */
  readonly batch: (k: number, n: number) => Float64Array
}

/** Fresh points of a law in dimension D; `streamOf(k)` is the stream of draw k. Throws a TypeError when the law has another dimension. */
export const fromLaw = <const D extends number>(law: Law, dimension: D, streamOf: (k: number) => Stream): Source<readonly [D]> => {
  if (law.dimension !== dimension) throw new TypeError(`${title(law)} has dimension ${law.dimension}, not ${dimension}`)
  return {
    item: [dimension],
    provenance: { name: law.name, description: `${title(law)}; ${law.source}` },
    batch: (k, n) => law.sample(streamOf(k), n),
  }
}

export interface Items<X extends Shape> {
  readonly item: X
  readonly provenance: Provenance
  /** All items, flat. */
  readonly values: Float64Array
}

/** Items in a new order every epoch; `streamOf(e)` is the stream of epoch e. */
export const fromItems = <const X extends Shape>({ item, provenance, values }: Items<X>, streamOf: (epoch: number) => Stream): Source<X> => {
  const width = size(item)
  const rowAt = endless(values.length / width, streamOf)
  return {
    item,
    provenance,
    batch: (k, n) => {
      const out = new Float64Array(n * width)
      for (let i = 0; i < n; i++) {
        const row = rowAt(k * n + i)
        out.set(values.subarray(row * width, (row + 1) * width), i * width)
      }
      return out
    },
  }
}

/** Images in a new order every epoch, each pixel drawn as Bernoulli(k/top) at every visit; `drawOf(k)` is the stream of the pixels of draw k. */
export const binarised = (
  images: ImageSet,
  provenance: Provenance,
  orderOf: (epoch: number) => Stream,
  drawOf: (k: number) => Stream,
): Source<readonly [number]> => {
  const width = images.height * images.width
  const rowAt = endless(images.count, orderOf)
  return {
    item: [width],
    provenance,
    batch: (k, n) =>
      bernoulli(
        chosen(
          images,
          Array.from({ length: n }, (_, i) => rowAt(k * n + i)),
        ),
        drawOf(k),
      ),
  }
}

/** Pixels drawn as Bernoulli(k/top), pixel i by word i of the stream. */
export const bernoulli = ({ pixels, top }: ImageSet, { uniform53 }: Stream): Float64Array => {
  const out = new Float64Array(pixels.length)
  for (let i = 0; i < out.length; i++) {
    const k = pixels[i]!
    // A uniform lies strictly between 0 and 1: black and white need none.
    if (k > 0 && (k === top || uniform53(i) < k / top)) out[i] = 1
  }
  return out
}

/** The item at each position of an endless order of 0 .. n - 1: a uniform permutation per epoch. */
const endless = (n: number, streamOf: (epoch: number) => Stream): ((at: number) => number) => {
  let held: readonly [epoch: number, order: Int32Array] = [-1, new Int32Array(0)]
  return (at) => {
    const epoch = Math.floor(at / n)
    if (held[0] !== epoch) held = [epoch, permutation(n, streamOf(epoch))]
    return held[1][at % n]!
  }
}

/** A uniform permutation of 0 .. n - 1 (Fisher and Yates). */
const permutation = (n: number, stream: Stream): Int32Array => {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = stream.integer(0, i)
    const held = order[i]!
    order[i] = order[j]!
    order[j] = held
  }
  return order
}
