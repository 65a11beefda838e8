/**
 * On TensorFlow's own library: the operations of one evaluation are recorded (native-record.ts) as a graph, and the graph runs as a whole from then on. A call
 * costs one crossing into the library instead of one per operation, which on small networks is nearly all the time there is.
 *
 * The kernels are the same and so are the bits, provided that the library runs the graph as it is written, which is tried out: its graph optimiser is not exact.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Tensor, Tf } from "../tf.ts"
import { TAG } from "./graph.ts"
import { record, shapesOf } from "./native-record.ts"
import type { Backend, Binding } from "./native-record.ts"
import type { Program, Pure, Refusal } from "./pure.ts"

/** The function as a graph for arguments of these shapes, or why not. */
export const nativeProgram = (tf: Tf, f: Pure, inputs: ReadonlyArray<Tensor>): Program | Refusal => {
  const backend = tf.backend() as unknown as Backend
  if (backend.isUsingGpuDevice) return { refused: "arguments of a graph would pass through the host" }
  if (!runsAsWritten(tf, backend))
    return { refused: "TensorFlow's graph optimiser is on and not exact; npm run setup:native builds a binding without it" }
  return programOf(tf, backend, f, inputs)
}

const programOf = (tf: Tf, backend: Backend, f: Pure, inputs: ReadonlyArray<Tensor>): Program | Refusal => {
  const shapes = shapesOf(backend.binding)
  try {
    const first = record(tf, backend, shapes, f, inputs)
    if ("refused" in first) return first
    const second = record(tf, backend, shapes, f, inputs)
    if ("refused" in second) return second
    if (Buffer.compare(first.model, second.model) !== 0) return { refused: "two evaluations differ in their operations or constants" }
    const model = load(backend.binding, first.model)
    return {
      run: (tensors) =>
        backend.binding
          .runSavedModel(model, backend.getInputTensorIds(tensors), first.from, first.to)
          .map((each) => backend.createOutputTensor(each)),
      dispose: () => backend.binding.deleteSavedModel(model),
    }
  } catch (error) {
    return { refused: `no graph: ${String((error as Error).message).split("\n")[0]}` }
  } finally {
    shapes.dispose()
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
