/**
 * The two factors of a product and where its result goes.
 */
import type { Window } from "./window.ts"

/** The right factor: slabs of `rows` x `width` numbers one below the other, or of `width` x `rows`, each to be transposed. */
export interface Right {
  readonly bases: ReadonlyArray<number>
  readonly rows: number
  /** Numbers from one row in memory to the next. */
  readonly pitch: number
  readonly transposed: boolean
}

export interface Operands {
  /** `count` rows of `depth` numbers for each tap. */
  readonly left: Window
  readonly count: number
  readonly depth: number
  readonly right: Right
  readonly width: number
  readonly out: Window
}
