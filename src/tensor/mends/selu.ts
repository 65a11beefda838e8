/**
 * The gradient of SELU from its output, in one pass. With y = s x for x >= 0 and s a (e^x - 1) below,
 *
 *   dx = dy (y < 0 ? y + s a : s),      d/d(dy): the same factor on ddx;      d/dy: ddx dy [y < 0].
 *
 * The library computes it from x in six passes, an exponential among them. Klambauer et al. 2017, equation 14.
 */
import type { Tensor, Tf } from "../tf.ts"
import { SCALE, SCALE_ALPHA } from "../assembly/elementwise.ts"
import { hostKernel } from "./host.ts"
import { gradient, once, run } from "./register.ts"

const NAME = "SeluGrad"

/** The kernel for the back end in plain JavaScript. */
export const seluGradient = hostKernel({
  inputs: ["dy", "y"],
  shape: ([, y]) => y!.shape,
  fill: (dx, [dy, y]) => {
    for (let i = 0; i < dx.length; i++) dx[i] = dy![i]! * (y![i]! < 0 ? y![i]! + SCALE_ALPHA : SCALE)
  },
})

/** Where a back end has no kernel for it, the gradient stays the library's. */
export const mendSelu = (tf: Tf): void =>
  once(tf, NAME, () => {
    const original = tf.getGradient("Selu")
    gradient(tf, {
      kernelName: "Selu",
      inputsToSave: ["x"],
      outputsToSave: [true],
      gradFunc: (dy, [x, y], attrs) =>
        tf.getKernel(NAME, tf.getBackend()) === undefined
          ? original.gradFunc(dy, [x!], attrs)
          : { x: () => run(tf, NAME, { dy: dy as Tensor, y: y! }, {}) },
    })
    gradient(tf, {
      kernelName: NAME,
      inputsToSave: ["dy", "y"],
      gradFunc: (ddx, [dy, y]) => ({
        dy: () => run(tf, NAME, { dy: ddx as Tensor, y: y! }, {}),
        y: () => tf.mul(tf.mul(ddx as Tensor, dy!), tf.cast(tf.less(y!, 0), "float32")),
      }),
    })
  })
