/**
 * Convolutions on TensorFlow's own library, whose binding refuses padding by a number. With P padding x by p on each side and "valid" convolution:
 *
 *   conv(x, w; p) = conv(P x, w; 0),      dW(x, dy; p) = dW(P x, dy; 0),      dx(dy, w; p) = P^T dx(dy, w; 0),  P^T cuts the padding off.
 *
 * step(x) = sign(relu(x)), NaN where x is NaN: the binding makes two tensors of constants on the host and selects twice, fifteen times slower than relu; every
 * gradient of relu asks for it.
 *
 * The gradients of SELU, sigmoid, tanh and relu, operations of the library that TensorFlow.js does not name.
 *
 * Rows picked by index, which the back end reads back to see whether they exist; on the CPU the library looks for itself.
 */
import type { KernelFunc, Tensor4D, TensorInfo, Tf } from "../tf.ts"
import { kernel, once } from "./register.ts"
import { SLOPES } from "./slopes.ts"

type Explicit = ReadonlyArray<readonly [number, number]>
type Shape = [number, number, number, number]

export const mendNative = (tf: Tf): void =>
  once(tf, "native", () => {
    kernel(tf, "tensorflow", "Conv2D", (original) => padded(tf, original!, "x"))
    kernel(tf, "tensorflow", "Conv2DBackpropFilter", (original) => padded(tf, original!, "x"))
    kernel(tf, "tensorflow", "Conv2DBackpropInput", (original) => cut(tf, original!))
    kernel(tf, "tensorflow", "GatherV2", (original) => unread(original!))
    kernel(tf, "tensorflow", "SeluGrad", () => named("SeluGrad", "dy", "y"))
    for (const [name, { output }] of Object.entries(SLOPES))
      kernel(tf, "tensorflow", name, () => (output ? named(name, "at", "dy") : named(name, "dy", "at")))
    kernel(tf, "tensorflow", "Step", (original) => step(tf, original!))
  })

const step =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) =>
    params.attrs?.["alpha"] === 0 ? tf.tidy(() => tf.sign(tf.relu(params.inputs["x"] as Tensor4D))) : original(params)

/** An operation that the library has and the binding's JavaScript does not, with the names of its arguments in their order. */
const named =
  (operation: string, ...given: ReadonlyArray<string>): KernelFunc =>
  ({ inputs, backend }) => {
    const { binding, executeSingleOutput } = backend as unknown as Operations
    const type = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }
    return executeSingleOutput.call(
      backend,
      operation,
      [type],
      given.map((name) => inputs[name] as TensorInfo),
    )
  }

interface Operations {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number }
  readonly executeSingleOutput: (op: string, attributes: ReadonlyArray<object>, inputs: ReadonlyArray<TensorInfo>) => TensorInfo
}

const unread =
  (original: KernelFunc): KernelFunc =>
  (params) => {
    const backend = params.backend as { readonly isUsingGpuDevice: boolean }
    if (backend.isUsingGpuDevice) return original(params)
    return original({ ...params, backend: Object.create(backend, { readSync: { value: () => [] } }) })
  }

/** The kernel on the padded image where the padding is a number. */
const padded =
  (tf: Tf, original: KernelFunc, image: string): KernelFunc =>
  (params) => {
    const pads = explicit(params.attrs?.["pad"])
    if (pads === undefined) return original(params)
    return tf.tidy(() => {
      const x = tf.pad(params.inputs[image] as Tensor4D, pads as Array<[number, number]>)
      // The kernels of this back end answer with tensors.
      return original({ ...params, inputs: { ...params.inputs, [image]: x }, attrs: { ...params.attrs, pad: "valid" } }) as Tensor4D
    })
  }

const cut =
  (tf: Tf, original: KernelFunc): KernelFunc =>
  (params) => {
    const pads = explicit(params.attrs?.["pad"])
    if (pads === undefined) return original(params)
    const shape = params.attrs!["inputShape"] as Shape
    const inputShape = shape.map((d, i) => d + pads[i]![0] + pads[i]![1])
    return tf.tidy(() => {
      const whole = original({ ...params, attrs: { ...params.attrs, pad: "valid", inputShape } }) as Tensor4D
      return tf.slice(whole, pads.map(([before]) => before) as Shape, shape)
    })
  }

/** The padding of each axis when it is given in numbers. */
const explicit = (pad: unknown): Explicit | undefined => {
  if (typeof pad === "number")
    return [
      [0, 0],
      [pad, pad],
      [pad, pad],
      [0, 0],
    ]
  return Array.isArray(pad) ? (pad as Explicit) : undefined
}
