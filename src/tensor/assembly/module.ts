/**
 * All functions of this folder as one module in the memory of the WebAssembly back end.
 */
import { adam, selu, seluGrad } from "./elementwise.ts"
import { moduleOf } from "./emit.ts"
import { pack, product, transpose } from "./product.ts"
import { addresses, fill, gather, ladder, scatter } from "./rows.ts"
import { strip } from "./strip.ts"
import { team } from "./team.ts"

/** Addresses and sizes; what they mean is said where each is defined. */
type Call = (...args: ReadonlyArray<number>) => void

/** What a job may call, by number. */
export const FUNCTIONS = ["product", "pack", "transpose", "addresses", "ladder", "fill", "scatter", "gather", "strip"] as const
export type Name = (typeof FUNCTIONS)[number]

export type Assembly = Readonly<Record<Name | "adam" | "selu" | "seluGrad" | "perform" | "work" | "finish", Call>>

/** The functions for this memory, with fused multiply-add where the engine takes it. */
export const assemble = (memory: WebAssembly.Memory): { readonly module: WebAssembly.Module; readonly assembly: Assembly } => {
  const functions = (relaxed: boolean) =>
    team([product(relaxed), pack, transpose, addresses, ladder, fill, scatter, gather, strip(3, 2, 0)]).concat(adam, selu, seluGrad)
  const bytes = (relaxed: boolean) => moduleOf(functions(relaxed), memory.buffer instanceof SharedArrayBuffer)
  const fused = bytes(true)
  const module = new WebAssembly.Module(WebAssembly.validate(fused) ? fused : bytes(false))
  return { module, assembly: new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Assembly }
}
