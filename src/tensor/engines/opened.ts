/**
 * What every engine answers when it is opened: the library set to one back end, or why that cannot be.
 */
import { Data } from "effect"
import type { Tf } from "../tf.ts"

/** `cuda` and `native` are TensorFlow's own library with and without a GPU. */
export const BACKENDS = ["cuda", "native", "webgpu", "wasm", "cpu"] as const
export type BackendName = (typeof BACKENDS)[number]

export interface Opened {
  readonly name: BackendName
  /** The device in words: "WebAssembly SIMD, 1 thread". */
  readonly device: string
  readonly tf: Tf
}

/** No back end of that name, or one that is not here: `message` says what is missing, `remedy` what to do about it. */
export class BackendError extends Data.TaggedError("BackendError")<{
  readonly code: "unknown" | "absent" | "broken"
  readonly backend: string
  readonly why: string
  readonly remedy: string
}> {
  override get message() {
    return `back end "${this.backend}": ${this.why}; ${this.remedy}`
  }
}
