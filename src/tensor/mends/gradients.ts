/**
 * Gradients that the library lacks on every back end.
 *
 * Comparisons are piecewise constant: their gradient is 0 wherever it exists. Without it `where(x > 0, ..)` fails, and so does leakyRelu at second order.
 *
 * Backward kernels that the library cannot differentiate again. For v = A^T dy (A linear) the gradient in dy is A:
 *   average pool, bilinear and nearest resize:  d/d(dy) = the forward operation;
 *   convolution, dW = C(x, dy) bilinear:        d/dx = dx(dy, ddW),  d/d(dy) = conv(x, ddW);
 *   elu, dx = dy (y > 0 ? 1 : y + 1):           d/d(dy) = the same factor,  d/dy = ddx dy [y <= 0].
 *
 * Operations whose operands are repeated to a common shape: the gradient of a repeated operand is summed over the repetitions, which the library forgets
 * for maximum, minimum, squaredDifference and for the product of a batch with one matrix (shapes [b, m, k] and [k, n]).
 */
import type { Tensor, Tensor4D, Tf } from "../tf.ts"
import { mendAveragePool } from "./average-pool.ts"
import { gradient, once, run } from "./register.ts"
import { mendSelu } from "./selu.ts"
import { mendSlopes } from "./slopes.ts"
import { mendTapeOrder } from "./tape-order.ts"

const COMPARISONS = ["Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual", "LogicalAnd", "LogicalOr"] as const

const REPEATED = ["Maximum", "Minimum", "SquaredDifference", "BatchMatMul"] as const

/** Installs all that concerns gradients and no single back end. */
export const mendGradients = (tf: Tf): void =>
  once(tf, "gradients", () => {
    mendTapeOrder(tf)
    mendComparisons(tf)
    mendAveragePool(tf)
    for (const kernelName of REPEATED) mendRepeated(tf, kernelName)
    mendBackwardKernels(tf)
    mendSelu(tf)
    mendSlopes(tf)
  })

const mendComparisons = (tf: Tf): void => {
  for (const kernelName of COMPARISONS)
    gradient(tf, {
      kernelName,
      inputsToSave: ["a", "b"],
      gradFunc: (_, [a, b]) => ({ a: () => tf.zeros(a!.shape), b: () => tf.zeros(b!.shape) }),
    })
  gradient(tf, { kernelName: "LogicalNot", inputsToSave: ["x"], gradFunc: (_, [x]) => ({ x: () => tf.zeros(x!.shape) }) })
}

const mendRepeated = (tf: Tf, kernelName: string): void => {
  const original = tf.getGradient(kernelName)
  const summed = (g: Tensor, shape: ReadonlyArray<number>): Tensor => {
    const axes = tf.broadcast_util.getReductionAxes([...shape], g.shape)
    return axes.length === 0 ? g : tf.reshape(tf.sum(g, axes), [...shape])
  }
  gradient(tf, {
    ...original,
    gradFunc: (dy, saved, attrs) => {
      const gradients = original.gradFunc(dy, saved, attrs)
      return { a: () => summed(gradients["a"]!(), saved[0]!.shape), b: () => summed(gradients["b"]!(), saved[1]!.shape) }
    },
  })
}

const mendBackwardKernels = (tf: Tf): void => {
  gradient(tf, {
    kernelName: "EluGrad",
    inputsToSave: ["dy", "y"],
    gradFunc: (ddx, [dy, y]) => ({
      dy: () => run(tf, "EluGrad", { dy: ddx as Tensor, y: y! }, {}),
      y: () => tf.mul(tf.mul(ddx as Tensor, dy!), tf.cast(tf.lessEqual(y!, 0), "float32")),
    }),
  })
  gradient(tf, {
    kernelName: "ResizeBilinearGrad",
    inputsToSave: ["dy", "images"],
    gradFunc: (ddx, [dy, images], attrs) => ({
      dy: () => run(tf, "ResizeBilinear", { images: ddx as Tensor }, { ...attrs, size: dy!.shape.slice(1, 3) }),
      images: () => tf.zerosLike(images!),
    }),
  })
  gradient(tf, {
    kernelName: "ResizeNearestNeighborGrad",
    inputsToSave: ["dy", "images"],
    gradFunc: (ddx, [dy, images], attrs) => ({
      dy: () => run(tf, "ResizeNearestNeighbor", { images: ddx as Tensor }, { ...attrs, size: dy!.shape.slice(1, 3) }),
      images: () => tf.zerosLike(images!),
    }),
  })
  gradient(tf, {
    kernelName: "Conv2DBackpropFilter",
    inputsToSave: ["x", "dy"],
    gradFunc: (ddw, [x, dy], attrs) => ({
      x: () => run(tf, "Conv2DBackpropInput", { dy: dy!, filter: ddw as Tensor }, { ...attrs, inputShape: x!.shape }),
      dy: () => run(tf, "Conv2D", { x: x as Tensor4D, filter: ddw as Tensor }, { ...attrs, dilations: 1 }),
    }),
  })
}
