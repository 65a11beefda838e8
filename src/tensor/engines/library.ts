/**
 * Loads TensorFlow.js on demand. `require` and not `import`: its Node files are CommonJS, and a bundler leaves a name that is computed at run time alone.
 */
import { createRequire } from "node:module"
import type { Tf } from "../tf.ts"

const load = createRequire(import.meta.url)

/** The module of that name, or `undefined` when it is not installed; a module that is there and fails throws. */
export const optional = <A>(name: string): A | undefined => {
  try {
    load.resolve(name)
  } catch {
    return undefined
  }
  return load(name) as A
}

/** The file of a package, as a path. */
export const resolve = (specifier: string): string => load.resolve(specifier)

/** TensorFlow.js without a back end chosen, its advertising lines silenced. */
export const library = (): Tf => {
  const tf = load("@tensorflow/tfjs") as Tf
  tf.env().set("PROD", true)
  return tf
}
