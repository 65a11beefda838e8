/**
 * TensorFlow graphs as bytes: nodes with attributes, wrapped as the SavedModel that the binding of TensorFlow.js loads.
 *
 *   SavedModel { meta_graphs = 2: MetaGraphDef { meta_info_def = 1 { tags = 4 }, graph_def = 2: GraphDef { node = 1, versions = 4 } } }
 *   NodeDef { name = 1, op = 2, input = 3, attr = 5 }
 *
 * Numbers of fields: tensorflow/core/protobuf/saved_model.proto, meta_graph.proto; tensorflow/core/framework/graph.proto, node_def.proto,
 * attr_value.proto, tensor.proto.
 */
import { bytes, type Field, float, integer, message, text } from "./protobuf.ts"

export const TAG = "serve"

/** The format of TensorFlow 2.9, the oldest library that the back end meets; later ones read it. */
const PRODUCER = 1087

/** The fields of an AttrValue. */
export type Attribute = ReadonlyArray<Field>

type Kind = "text" | "integer" | "float" | "truth" | "type" | "shape"

const FIELDS: Readonly<Record<Kind, number>> = { text: 2, integer: 3, float: 4, truth: 5, type: 6, shape: 7 }

const sizes = (field: number, shape: ReadonlyArray<number>): Field => message(field, ...shape.map((size) => message(2, integer(1, size))))

const single = (kind: Kind, value: unknown): Field => {
  const field = FIELDS[kind]
  switch (kind) {
    case "text":
      return text(field, value as string)
    case "float":
      return float(field, value as number)
    case "shape":
      return sizes(field, value as ReadonlyArray<number>)
    default:
      return integer(field, Number(value))
  }
}

/** One value, or a list of values of one kind. */
export const attribute = (kind: Kind, value: unknown): Attribute => {
  const list = kind === "shape" ? Array.isArray((value as ReadonlyArray<unknown>)[0]) : Array.isArray(value)
  return list ? [message(1, ...(value as ReadonlyArray<unknown>).map((each) => single(kind, each)))] : [single(kind, value)]
}

const FLOAT = 1

/** A tensor; numbers that are all the same are written once. */
export const tensor = (dtype: number, shape: ReadonlyArray<number>, values: Float32Array | Int32Array | Uint8Array): Attribute => {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const one = dtype === FLOAT && values.length > 1 && allSame(new Uint32Array(values.buffer, values.byteOffset, values.length))
  return [message(8, integer(1, dtype), sizes(2, shape), one ? bytes(5, raw.subarray(0, 4)) : bytes(4, raw))]
}

const allSame = (words: Uint32Array): boolean => words.every((word) => word === words[0])

export const node = (name: string, op: string, inputs: ReadonlyArray<string>, attributes: Readonly<Record<string, Attribute>>): Field =>
  message(
    1,
    text(1, name),
    text(2, op),
    ...inputs.map((input) => text(3, input)),
    ...Object.entries(attributes).map(([key, value]) => message(5, text(1, key), message(2, ...value))),
  )

export const savedModel = (nodes: ReadonlyArray<Field>): Uint8Array =>
  Buffer.concat([integer(1, 1), message(2, message(1, text(4, TAG)), message(2, ...nodes, message(4, integer(1, PRODUCER))))])
