/**
 * All functions of this folder as one module in the memory of the WebAssembly back end.
 */
import { adam, selu, seluGrad } from "./elementwise.ts"
import { moduleOf } from "./emit.ts"
import { pack, product, transpose } from "./product.ts"

/** Addresses and sizes; what they mean is said where each is defined. */
type Call = (...args: ReadonlyArray<number>) => void

export type Assembly = Readonly<Record<"product" | "pack" | "transpose" | "adam" | "selu" | "seluGrad", Call>>

/** The functions over this memory, with fused multiply-add where the engine takes it. */
export const assemble = (memory: WebAssembly.Memory): Assembly => {
  const bytes = (relaxed: boolean) => moduleOf([product(relaxed), pack, transpose, adam, selu, seluGrad], memory.buffer instanceof SharedArrayBuffer)
  const fused = bytes(true)
  const module = new WebAssembly.Module(WebAssembly.validate(fused) ? fused : bytes(false))
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Assembly
}
