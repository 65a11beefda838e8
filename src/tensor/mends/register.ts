/**
 * Replacing what the library has registered under a name.
 */
import type { GradConfig, KernelFunc, Tensor, Tf } from "../tf.ts"

/** Registers a gradient in place of the one that is there, if any. */
export const gradient = (tf: Tf, config: GradConfig): void => {
  if (tf.getGradient(config.kernelName) !== undefined) tf.unregisterGradient(config.kernelName)
  tf.registerGradient(config)
}

/** Registers a kernel in place of the one that is there, which `make` receives so that it may call it. */
export const kernel = (tf: Tf, backendName: string, kernelName: string, make: (original: KernelFunc | undefined) => KernelFunc): void => {
  const original = tf.getKernel(kernelName, backendName)
  if (original !== undefined) tf.unregisterKernel(kernelName, backendName)
  tf.registerKernel({ ...original, kernelName, backendName, kernelFunc: make(original?.kernelFunc) })
}

/** Runs a kernel as an operation that the tape sees. */
export const run = (tf: Tf, kernelName: string, inputs: Readonly<Record<string, Tensor>>, attrs: Readonly<Record<string, unknown>>): Tensor =>
  tf.engine().runKernel(kernelName, inputs, attrs as never) as Tensor

/** What has been mended already, by library object; a process has one library, and opens back ends more than once. */
const done = new WeakMap<object, Set<string>>()

/** Runs `mend` the first time that it is asked for under this name. */
export const once = (tf: Tf, name: string, mend: () => void): void => {
  const engine = tf.engine()
  const names = done.get(engine) ?? new Set<string>()
  done.set(engine, names)
  if (names.has(name)) return
  names.add(name)
  mend()
}
