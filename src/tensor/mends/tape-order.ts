/**
 * Second-order gradients through operations whose gradient uses their own output: exp, tanh, sigmoid, softmax, elu, max, pow, ...
 *
 * For y = f(x) the library saves a copy y' of y for the backward pass and writes the copy to the tape *before* the operation itself:
 * (y -> y'), (x -> y). A tape is read forward to find what depends on x, so y' seems not to: d/dx of the first gradient f'(y') dy then lacks
 * its term, silently where another path from x exists (x tanh x: the second derivative is off by 0.6), with an error where none does.
 *
 * The mend writes the operation before the copies of what it saved: (x -> y), (y -> y'). Nothing is computed twice.
 * Upstream: tensorflow/tfjs issue 3252.
 */
import type { Tensor, Tf } from "../tf.ts"

interface TapeNode {
  readonly outputs: ReadonlyArray<Tensor>
  readonly saved?: ReadonlyArray<Tensor>
}

/** The private part of the engine that the mend replaces; the package is pinned, and the second-order laws fail when it changes. */
interface Engine {
  state: { readonly activeTape: Array<TapeNode> }
  addTapeNode: (
    name: string,
    inputs: unknown,
    outputs: ReadonlyArray<Tensor>,
    gradient: unknown,
    saved: ReadonlyArray<Tensor>,
    attrs: unknown,
  ) => void
}

/** From now on every operation is taped before the copies of its saved tensors. */
export const mendTapeOrder = (tf: Tf): void => {
  const engine = tf.engine() as unknown as Engine
  const add = engine.addTapeNode
  engine.addTapeNode = function (this: Engine, name, inputs, outputs, gradient, saved, attrs) {
    add.call(this, name, inputs, outputs, gradient, saved, attrs)
    if (saved.length === 0) return
    const tape = this.state.activeTape
    const node = tape[tape.length - 1]!
    let i = tape.length - 1
    for (; i > 0 && tape[i - 1]!.outputs.length === 1 && saved.includes(tape[i - 1]!.outputs[0]!); i--) tape[i] = tape[i - 1]!
    tape[i] = node
  }
}
