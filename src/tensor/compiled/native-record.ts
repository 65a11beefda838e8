/**
 * One evaluation on TensorFlow's own library, recorded as a graph instead of computed: on their way to the binding, arguments become placeholders, tensors that
 * were made on the host become constants, and an operation becomes a node whose outputs are names with a shape and a type,
 *
 *   shapes(operation, attributes, shapes of what it uses, constants that it uses),
 *
 * which one call of the operation on zeros gives, made for the first operation of its kind alone. So a recording takes the time of the tape and the memory of
 * one operation, not of the hundreds that a tape holds on to.
 *
 * The graph stands for the function only if the operations do not depend on values: a function that reads a tensor back, or uses a tensor that is neither argument
 * nor made by itself, is refused.
 */
import type { Tensor, Tf } from "../tf.ts"
import { attribute, node, savedModel, tensor } from "./graph.ts"
import type { Attribute } from "./graph.ts"
import type { Field } from "./protobuf.ts"
import type { Pure, Refusal } from "./pure.ts"

interface Metadata {
  readonly id: number
  readonly shape: ReadonlyArray<number>
  readonly dtype: number
}

interface OpAttribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

type Values = Float32Array | Int32Array | Uint8Array

export interface Binding extends Readonly<Record<`TF_ATTR_${"STRING" | "INT" | "FLOAT" | "BOOL" | "TYPE" | "SHAPE"}`, number>> {
  readonly executeOp: (op: string, attributes: ReadonlyArray<OpAttribute>, inputs: ReadonlyArray<number>, outputs: number) => ReadonlyArray<Metadata>
  readonly createTensor: (shape: ReadonlyArray<number>, dtype: number, values: Values) => number
  readonly deleteTensor: (id: number) => void
  readonly tensorDataSync: (id: number) => Values
  readonly loadSavedModel: (folder: string, tags: string) => number
  readonly runSavedModel: (model: number, inputs: ReadonlyArray<number>, from: string, to: string) => ReadonlyArray<Metadata>
  readonly deleteSavedModel: (model: number) => void
}

/** The back end "tensorflow" of TensorFlow.js 4.22, which the version of the package pins. */
export interface Backend {
  binding: Binding
  readonly isUsingGpuDevice: boolean
  readonly getInputTensorIds: (tensors: ReadonlyArray<Tensor>) => ReadonlyArray<number>
  readonly getDTypeInteger: (dtype: string) => number
  readonly createOutputTensor: (metadata: Metadata) => Tensor
}

export interface Recording {
  readonly model: Uint8Array
  readonly from: string
  readonly to: string
}

/** What is known of a tensor of a recording: its place in the graph, and a tensor of the library that can stand for it. */
interface Known {
  readonly place: string
  /** Shape and type, and the values where they are constant and few enough to be sizes, axes or bounds. */
  readonly kind: string
  readonly stand: number
}

interface Shapes {
  readonly of: (
    op: string,
    attributes: ReadonlyArray<OpAttribute>,
    inputs: ReadonlyArray<Known>,
    count: number,
  ) => ReadonlyArray<Omit<Metadata, "id"> & Omit<Known, "place">>
  readonly dispose: () => void
}

/** The outputs of operations by shape and type, and zeros that stand for them. */
export const shapesOf = (binding: Binding): Shapes => {
  const known = new Map<string, ReturnType<Shapes["of"]>>()
  const zeros = new Map<string, number>()
  const standing = ({ id, shape, dtype }: Metadata): ReturnType<Shapes["of"]>[number] => {
    const kind = `${dtype}[${shape}]`
    const stand = zeros.get(kind) ?? binding.executeOp("ZerosLike", [{ name: "T", type: binding.TF_ATTR_TYPE, value: dtype }], [id], 1)[0]!.id
    zeros.set(kind, stand)
    binding.deleteTensor(id)
    return { shape, dtype, kind, stand }
  }
  return {
    of: (op, attributes, inputs, count) => {
      const key = JSON.stringify([op, attributes, inputs.map(({ kind }) => kind), count])
      const stands = inputs.map(({ stand }) => stand)
      const outputs = known.get(key) ?? binding.executeOp(op, attributes, stands, count).map(standing)
      known.set(key, outputs)
      return outputs
    },
    dispose: () => {
      for (const id of zeros.values()) binding.deleteTensor(id)
    },
  }
}

class Refused extends Error {}

const refuse = (why: string): never => {
  throw new Refused(why)
}

/** Sizes, axes and bounds of a tensor have fewer numbers than this; no operation takes the shape of its output from more. */
const FEW = 4096

/** The back end releases tensors with ids from 0 on; -1 it has for those that are still on the host. */
const FIRST = -2

export const record = (tf: Tf, backend: Backend, shapes: Shapes, f: Pure, inputs: ReadonlyArray<Tensor>): Recording | Refusal => {
  const { binding } = backend
  const nodes: Array<Field> = []
  const known = new Map<number, Known>()
  const constants = new Set<number>()
  let next = FIRST
  const add = (op: string, from: ReadonlyArray<Known>, attributes: Readonly<Record<string, Attribute>>): string => {
    const name = `n${nodes.length}`
    const sources = from.map(({ place }) => place)
    nodes.push(node(name, op, sources, attributes))
    return name
  }
  const recorder: Binding = Object.create(binding, {
    executeOp: {
      value: (op: string, attributes: ReadonlyArray<OpAttribute>, from: ReadonlyArray<number>, count: number): ReadonlyArray<Metadata> => {
        const used = from.map((id) => known.get(id) ?? refuse(`${op} uses a tensor that is not an argument`))
        const outputs = shapes.of(op, attributes, used, count)
        const written = Object.fromEntries(attributes.map(({ name, type, value }) => [name, attribute(kindOf(binding, type), value)]))
        // The back end leaves this one attribute to be inferred.
        if (op === "ExpandDims") written["T"] = attribute("type", outputs[0]!.dtype)
        const name = add(op, used, written)
        return outputs.map(({ shape, dtype, kind, stand }, i) => {
          const id = next--
          known.set(id, { place: `${name}:${i}`, kind, stand })
          return { id, shape, dtype }
        })
      },
    },
    createTensor: {
      value: (shape: ReadonlyArray<number>, dtype: number, values: Values): number => {
        if (!ArrayBuffer.isView(values)) return refuse("it makes a tensor of texts")
        const id = binding.createTensor(shape, dtype, values)
        const name = add("Const", [], { dtype: attribute("type", dtype), value: tensor(dtype, shape, values) })
        known.set(id, { place: `${name}:0`, kind: `${dtype}[${shape}]${values.length <= FEW ? values.join() : ""}`, stand: id })
        constants.add(id)
        return id
      },
    },
    tensorDataSync: { value: () => refuse("it reads a tensor back") },
  })
  const given = backend.getInputTensorIds(inputs)
  for (const [i, id] of given.entries()) {
    const { dtype, shape } = inputs[i]!
    const type = backend.getDTypeInteger(dtype)
    const name = add("Placeholder", [], { dtype: attribute("type", type), shape: attribute("shape", shape) })
    known.set(id, { place: `${name}:0`, kind: `${type}[${shape}]`, stand: id })
  }
  if (known.size < inputs.length) return { refused: "two arguments are one tensor" }
  const from = given.map((id) => known.get(id)!.place).join()
  backend.binding = recorder
  try {
    const outputs = tf.tidy(() => [...f(inputs)])
    try {
      const ids = backend.getInputTensorIds(outputs)
      // A graph does not give back what it was fed; a constant would come back as the same memory every time.
      if (ids.some((id) => given.includes(id) || constants.has(id))) refuse("it returns an argument or a constant")
      const to = ids.map((id) => known.get(id)?.place ?? refuse("it returns a tensor that it did not make")).join()
      return { model: savedModel(nodes), from, to }
    } finally {
      tf.dispose(outputs)
    }
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message }
    throw error
  } finally {
    backend.binding = binding
  }
}

const kindOf = (binding: Binding, type: number): Parameters<typeof attribute>[0] => {
  switch (type) {
    case binding.TF_ATTR_STRING:
      return "text"
    case binding.TF_ATTR_INT:
      return "integer"
    case binding.TF_ATTR_FLOAT:
      return "float"
    case binding.TF_ATTR_BOOL:
      return "truth"
    case binding.TF_ATTR_TYPE:
      return "type"
    case binding.TF_ATTR_SHAPE:
      return "shape"
    default:
      throw new TypeError(`an attribute of type ${type} is not known`)
  }
}
