/**
 * A function of tensors alone, evaluated as a whole where the back end can: the values are those of evaluating operation by operation, up to rounding, and
 * the same bits every time. It is prepared at the first call for arguments of some shapes, without using values of that preparation, so that no call differs from
 * the others.
 */
import type { Tensor, Tf } from "./tf.ts"
import { nativeProgram } from "./compiled/native.ts"
import { wasmProgram } from "./compiled/wasm.ts"
import type { Program, Pure, Refusal } from "./compiled/pure.ts"

export interface Compiled extends Program {
  /** Why the last call went operation by operation; undefined where it did not. */
  readonly refused: () => string | undefined
}

const PREPARED: Readonly<Record<string, (tf: Tf, f: Pure, inputs: ReadonlyArray<Tensor>) => Program | Refusal>> = {
  tensorflow: nativeProgram,
  wasm: wasmProgram,
}

export const compiled = (tf: Tf, f: Pure): Compiled => {
  const programs = new Map<string, Program>()
  let refused: string | undefined
  const eager: Program = { run: (inputs) => tf.tidy(() => [...f(inputs)]), dispose: () => {} }
  const prepare = (inputs: ReadonlyArray<Tensor>): Program => {
    const made = (PREPARED[tf.getBackend()] ?? (() => ({ refused: "this back end runs operations" })))(tf, f, inputs)
    if (!("refused" in made)) return made
    refused = made.refused
    return eager
  }
  return {
    run: (inputs) => {
      const key = inputs.map(({ dtype, shape }) => `${dtype}[${shape}]`).join()
      const program = programs.get(key) ?? prepare(inputs)
      programs.set(key, program)
      return program.run(inputs)
    },
    refused: () => refused,
    dispose: () => {
      for (const program of programs.values()) program.dispose()
      programs.clear()
    },
  }
}
