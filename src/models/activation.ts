/**
 * Activations, with the initialiser that keeps variance through them. SiLU(x) = x sigmoid(x); leakyReLU has slope 0.2 below 0 (Radford et al. 2016).
 */
import type { Tensor, Tf } from "../tensor/tf.ts"
import { glorotUniform, heNormal, lecunNormal } from "./network.ts"
import type { Scheme } from "./network.ts"

const ACTIVATIONS = ["selu", "silu", "relu", "leaky-relu", "tanh"] as const
export type Activation = (typeof ACTIVATIONS)[number]

export const activate = (tf: Tf, activation: Activation, x: Tensor): Tensor => {
  switch (activation) {
    case "selu":
      return tf.selu(x)
    case "silu":
      return tf.mul(x, tf.sigmoid(x))
    case "relu":
      return tf.relu(x)
    case "leaky-relu":
      return tf.leakyRelu(x, 0.2)
    case "tanh":
      return tf.tanh(x)
  }
}

/** The usual initialiser of a layer that this activation follows. */
export const schemeFor: Readonly<Record<Activation, Scheme>> = {
  selu: lecunNormal,
  silu: heNormal,
  relu: heNormal,
  "leaky-relu": heNormal,
  tanh: glorotUniform,
}
