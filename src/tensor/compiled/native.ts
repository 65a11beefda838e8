/**
 * On TensorFlow's own library: the operations of one evaluation are recorded on their way to the binding, written down as a graph, and the graph runs as a
 * whole from then on. A call costs one crossing into the library instead of one per operation, which on small networks is nearly all the time there is.
 *
 * Arguments become placeholders, tensors that were made on the host become constants. The graph stands for the function only if the operations do not depend on
 * values: a function that reads a tensor back, uses a tensor that is neither argument nor made by itself, or makes other constants the second time is
 * evaluated operation by operation as before. The kernels are the same and so are the bits, provided that the library runs the graph as it is written,
 * which is tried out: its graph optimiser is not exact.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Tensor, Tf } from "../tf.ts"
import { attribute, node, savedModel, TAG, tensor } from "./graph.ts"
import type { Attribute } from "./graph.ts"
import type { Field } from "./protobuf.ts"
import type { Program, Pure, Refusal } from "./pure.ts"

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

interface Binding extends Readonly<Record<`TF_ATTR_${"STRING" | "INT" | "FLOAT" | "BOOL" | "TYPE" | "SHAPE"}`, number>> {
  readonly executeOp: (op: string, attributes: ReadonlyArray<OpAttribute>, inputs: ReadonlyArray<number>, outputs: number) => ReadonlyArray<Metadata>
  readonly createTensor: (shape: ReadonlyArray<number>, dtype: number, values: Values) => number
  readonly tensorDataSync: (id: number) => Values
  readonly loadSavedModel: (folder: string, tags: string) => number
  readonly runSavedModel: (model: number, inputs: ReadonlyArray<number>, from: string, to: string) => ReadonlyArray<Metadata>
  readonly deleteSavedModel: (model: number) => void
}

/** The back end "tensorflow" of TensorFlow.js 4.22, which the version of the package pins. */
interface Backend {
  binding: Binding
  readonly isUsingGpuDevice: boolean
  readonly getInputTensorIds: (tensors: ReadonlyArray<Tensor>) => ReadonlyArray<number>
  readonly getDTypeInteger: (dtype: string) => number
  readonly createOutputTensor: (metadata: Metadata) => Tensor
}

interface Recording {
  readonly model: Uint8Array
  readonly from: string
  readonly to: string
}

/** The function as a graph for arguments of these shapes, or why not. */
export const nativeProgram = (tf: Tf, f: Pure, inputs: ReadonlyArray<Tensor>): Program | Refusal => {
  const backend = tf.backend() as unknown as Backend
  if (backend.isUsingGpuDevice) return { refused: "arguments of a graph would pass through the host" }
  if (!runsAsWritten(tf, backend))
    return { refused: "TensorFlow's graph optimiser is on and not exact; npm run setup:native builds a binding without it" }
  return programOf(tf, backend, f, inputs)
}

const programOf = (tf: Tf, backend: Backend, f: Pure, inputs: ReadonlyArray<Tensor>): Program | Refusal => {
  const first = record(tf, backend, f, inputs)
  if ("refused" in first) return first
  const second = record(tf, backend, f, inputs)
  if ("refused" in second) return second
  if (Buffer.compare(first.model, second.model) !== 0) return { refused: "two evaluations differ in their operations or constants" }
  try {
    const model = load(backend.binding, first.model)
    return {
      run: (tensors) =>
        backend.binding
          .runSavedModel(model, backend.getInputTensorIds(tensors), first.from, first.to)
          .map((each) => backend.createOutputTensor(each)),
      dispose: () => backend.binding.deleteSavedModel(model),
    }
  } catch (error) {
    return { refused: `the graph does not load: ${String((error as Error).message).split("\n")[0]}` }
  }
}

const tried = new WeakMap<Backend, boolean>()

/**
 * Whether -2 (x - 1), the gradient of sum (d/dx sum (-x + x^2/2))^2 with its signs as taped, keeps them: TensorFlow 2.21 with its optimiser returns 2 (x - 1).
 */
const runsAsWritten = (tf: Tf, backend: Backend): boolean => {
  const known = tried.get(backend)
  if (known !== undefined) return known
  const once = (x: Tensor): Tensor =>
    tf.grad((at: Tensor) => {
      const y = tf.neg(at)
      return tf.sum(tf.add(y, tf.mul(0.5, tf.square(y))))
    })(x)
  const x = tf.tensor1d([2, 3])
  const program = programOf(tf, backend, ([at]) => [tf.grad((z: Tensor) => tf.sum(tf.square(once(z))))(at!)], [x])
  let right = false
  if (!("refused" in program)) {
    const [y] = program.run([x])
    right = y!.dataSync().join() === "2,4"
    y!.dispose()
    program.dispose()
  }
  x.dispose()
  tried.set(backend, right)
  return right
}

const load = (binding: Binding, model: Uint8Array): number => {
  const folder = mkdtempSync(join(tmpdir(), "lemmata-graph-"))
  try {
    writeFileSync(join(folder, "saved_model.pb"), model)
    return binding.loadSavedModel(folder, TAG)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One evaluation, whose values are thrown away. */
const record = (tf: Tf, backend: Backend, f: Pure, inputs: ReadonlyArray<Tensor>): Recording | Refusal => {
  const { binding } = backend
  const nodes: Array<Field> = []
  /** Where in the graph the tensor with this id comes from. */
  const places = new Map<number, string>()
  const constants = new Set<number>()
  let refused: string | undefined
  const add = (op: string, from: ReadonlyArray<number>, attributes: Readonly<Record<string, Attribute>>, ids: ReadonlyArray<number>): void => {
    const name = `n${nodes.length}`
    const sources = from.map((id) => places.get(id) ?? refuse(`${op} uses a tensor that is not an argument`))
    nodes.push(node(name, op, sources, attributes))
    for (const [i, id] of ids.entries()) places.set(id, `${name}:${i}`)
  }
  const refuse = (why: string): string => (refused ??= why)
  const recorder: Binding = Object.create(binding, {
    executeOp: {
      value: (op: string, attributes: ReadonlyArray<OpAttribute>, from: ReadonlyArray<number>, count: number) => {
        const outputs = binding.executeOp(op, attributes, from, count)
        const written = Object.fromEntries(attributes.map(({ name, type, value }) => [name, attribute(kindOf(binding, type), value)]))
        // The back end leaves this one attribute to be inferred.
        if (op === "ExpandDims") written["T"] = attribute("type", outputs[0]!.dtype)
        const ids = outputs.map(({ id }) => id)
        add(op, from, written, ids)
        return outputs
      },
    },
    createTensor: {
      value: (shape: ReadonlyArray<number>, dtype: number, values: Values) => {
        const id = binding.createTensor(shape, dtype, values)
        if (ArrayBuffer.isView(values)) {
          add("Const", [], { dtype: attribute("type", dtype), value: tensor(dtype, shape, values) }, [id])
          constants.add(id)
        } else refuse("it makes a tensor of texts")
        return id
      },
    },
    tensorDataSync: {
      value: (id: number) => {
        refuse("it reads a tensor back")
        return binding.tensorDataSync(id)
      },
    },
  })
  const given = backend.getInputTensorIds(inputs)
  for (const [i, id] of given.entries()) {
    const { dtype, shape } = inputs[i]!
    add("Placeholder", [], { dtype: attribute("type", backend.getDTypeInteger(dtype)), shape: attribute("shape", shape) }, [id])
  }
  if (places.size < inputs.length) return { refused: "two arguments are one tensor" }
  const from = given.map((id) => places.get(id)!).join()
  backend.binding = recorder
  try {
    const outputs = tf.tidy(() => [...f(inputs)])
    const ids = backend.getInputTensorIds(outputs)
    // A graph does not give back what it was fed; a constant would come back as the same memory every time.
    for (const id of ids) if (given.includes(id) || constants.has(id)) refuse("it returns an argument or a constant")
    const to = ids.map((id) => places.get(id) ?? refuse("it returns a tensor that it did not make")).join()
    tf.dispose(outputs)
    return refused === undefined ? { model: savedModel(nodes), from, to } : { refused }
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
