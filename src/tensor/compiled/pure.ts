/**
 * Functions of tensors that can be run as a whole.
 */
import type { Tensor } from "../tf.ts"

/** A function of tensors whose operations depend on the shapes of its arguments alone: it reads nothing back and uses no other tensors than it makes. */
export type Pure = (inputs: ReadonlyArray<Tensor>) => ReadonlyArray<Tensor>

/** A function prepared for arguments of certain shapes; the caller disposes the values. */
export interface Program {
  readonly run: Pure
  readonly dispose: () => void
}

/** Why a function cannot be prepared. */
export interface Refusal {
  readonly refused: string
}
