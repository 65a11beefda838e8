/**
 * Handwritten digits, 1797 images of 8 x 8 pixels with values 0 .. 16 (Alpaydin, Kaynak 1998; shipped with this package).
 *
 * Split 1400 training and 397 test images by a permutation keyed by the name of the split: the same on every machine, whatever seed a run has.
 */
import type { Effect } from "effect"
import { readFileSync } from "node:fs"
import { gunzipSync } from "node:zlib"
import { stream } from "../random/stream.ts"
import { DataError, reading } from "./data-error.ts"
import { chosen, sha256Of, type ImageSet } from "./image-set.ts"
import { shipped } from "./package-files.ts"

const FILE = "digits.csv.gz"
const SHA256 = "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a"
export const DIGITS = { count: 1797, train: 1400, test: 397 } as const

/** All digits. Fails with a DataError when the file is missing or not the pinned one. */
export const digits: Effect.Effect<ImageSet, DataError> = reading(FILE, () => {
  const path = shipped(FILE)
  const bytes = readFileSync(path)
  const sha256 = sha256Of(bytes)
  if (sha256 !== SHA256) throw new DataError({ code: "corrupt", message: `${path}: sha256 ${sha256}, expected ${SHA256}` })
  const [pixels, labels] = [new Uint8Array(DIGITS.count * 64), new Uint8Array(DIGITS.count)]
  gunzipSync(bytes)
    .toString("latin1")
    .trimEnd()
    .split("\n")
    .forEach((line, i) => {
      const fields = line.split(",").map(Number)
      pixels.set(fields.slice(0, 64), i * 64)
      labels[i] = fields[64]!
    })
  return {
    name: "digits-8x8",
    description: "Optical Recognition of Handwritten Digits, 1797 images of 8 x 8 pixels of 0 .. 16",
    licence: "UCI Machine Learning Repository; file as distributed by scikit-learn, BSD-3-Clause",
    count: DIGITS.count,
    height: 8,
    width: 8,
    top: 16,
    pixels,
    labels,
    sha256,
  }
})

/** The two parts of the fixed split. */
export const splitDigits = (all: ImageSet): { readonly train: ImageSet; readonly test: ImageSet } => {
  const order = permutation(all.count, "digits-8x8/split")
  return { train: chosen(all, order.slice(0, DIGITS.train)), test: chosen(all, order.slice(DIGITS.train)) }
}

/** A uniform permutation of 0 .. n-1, keyed by a name (Fisher-Yates). */
export const permutation = (n: number, name: string): ReadonlyArray<number> => {
  const draw = stream("data", name)
  const order = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = draw.integer(0, i)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/**
 * Pixels as points: (k + u)/(top + 1) with u uniform on (0, 1) for every pixel of every item, or k/top without a stream.
 * Uniform dequantisation makes a density on [0, 1]^d of which the model's log-likelihood is a bound for the discrete data (Theis et al. 2016).
 */
export const asPoints = ({ pixels, top }: ImageSet, noise?: { readonly uniform53: (index: number) => number }): Float64Array =>
  Float64Array.from(pixels, (k, i) => (noise === undefined ? k / top : (k + noise.uniform53(i)) / (top + 1)))
