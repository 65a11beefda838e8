/**
 * A function of tensors alone, run as a whole.
 */
import type { Tensor, Tf } from "./tf.ts"

/** A function of tensors whose shapes, and whose operations, depend on the shapes of its arguments alone. */
export type Pure = (inputs: ReadonlyArray<Tensor>) => ReadonlyArray<Tensor>

export interface Compiled {
  /** The values of the function; the caller disposes them. */
  readonly run: Pure
  readonly dispose: () => void
}

export const compiled = (tf: Tf, f: Pure): Compiled => ({
  run: (inputs) => tf.tidy(() => [...f(inputs)]),
  dispose: () => {},
})
