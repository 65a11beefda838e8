/**
 * Gradients of activations in one pass, by operations of TensorFlow's own library that TensorFlow.js does not name. From y = f(x),
 *
 *   sigmoid    dx = dy y (1 - y),      d/dy: ddx dy (1 - 2 y);
 *   tanh       dx = dy (1 - y^2),      d/dy: -2 ddx dy y;
 *   relu       dx = dy [x > 0],        d/dx: 0.
 *
 * The library's own are two to six passes. On a back end without these kernels they stay.
 */
import type { Tensor, Tf } from "../tf.ts"
import { gradient, once, run } from "./register.ts"

interface Slope {
  readonly of: string
  /** Whether it is computed from y rather than x. */
  readonly output: boolean
  /** Its own gradient in y or x. */
  readonly again: (tf: Tf, ddx: Tensor, dy: Tensor, at: Tensor) => Tensor
}

/** By the names of the library's operations; both their arguments are called dy and at here. */
export const SLOPES: Readonly<Record<string, Slope>> = {
  SigmoidGrad: { of: "Sigmoid", output: true, again: (tf, ddx, dy, y) => tf.mul(tf.mul(ddx, dy), tf.sub(1, tf.mul(2, y))) },
  TanhGrad: { of: "Tanh", output: true, again: (tf, ddx, dy, y) => tf.mul(tf.mul(ddx, dy), tf.mul(-2, y)) },
  ReluGrad: { of: "Relu", output: false, again: (tf, _, __, x) => tf.zerosLike(x) },
}

export const mendSlopes = (tf: Tf): void =>
  once(tf, "slopes", () => {
    for (const [name, { of, output, again }] of Object.entries(SLOPES)) {
      const original = tf.getGradient(of)
      gradient(tf, {
        ...original,
        gradFunc: (dy, saved, attrs) =>
          tf.getKernel(name, tf.getBackend()) === undefined
            ? original.gradFunc(dy, saved, attrs)
            : { x: () => run(tf, name, { dy: dy as Tensor, at: saved[0]! }, {}) },
        ...(output ? { outputsToSave: [true] } : { inputsToSave: ["x"] }),
      })
      gradient(tf, {
        kernelName: name,
        inputsToSave: ["dy", "at"],
        gradFunc: (ddx, [dy, at]) => ({
          dy: () => run(tf, name, { dy: ddx as Tensor, at: at! }, {}),
          at: () => again(tf, ddx as Tensor, dy!, at!),
        }),
      })
    }
  })
