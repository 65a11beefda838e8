/**
 * M7, scale of a loss: each of its parts is, item by item, the sum over coordinates that the paper states; no mean over coordinates, no sum over items, no
 * lost factor.
 */
import { finding, worst, type Finding } from "./finding.ts"

/** Roundings of one term, in the loss and in the statement together: two exponentials and two logarithms of a few units each, and what lies between. */
const TERM = 32

/**
 * A part of the loss of n items against its statement. `sizes` are the sums of the moduli of its terms, `terms` their number: sums of float32 numbers in
 * any order differ by at most terms x 2^-24 x sizes (Higham 2002, section 4.2) for each of the two.
 */
export const scaleFinding = (part: string, given: Float32Array, stated: Float32Array, sizes: Float64Array, terms: number): Finding =>
  finding(
    `M7 ${part}`,
    worst(Array.from(given, (value, i) => (value - stated[i]!) / (1 + sizes[i]!))),
    (2 * terms + TERM) * 2 ** -24,
    "not the sum over coordinates that is stated: a mean over pixels, a sum over the batch, or a lost factor",
  )
