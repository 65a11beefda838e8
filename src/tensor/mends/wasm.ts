/**
 * What the WebAssembly back end lacks, gets wrong or does slowly, one file per subject. Composed from its own kernels, or loops over its memory.
 */
import { assemble } from "../assembly/module.ts"
import { type Allocator, crew } from "../product/crew.ts"
import { products } from "../product/product.ts"
import type { Tf } from "../tf.ts"
import { conv2d, convFilterGradient, convInputGradient } from "./conv.ts"
import { concat, identity, slice, splitV, unpack } from "./copies.ts"
import { depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise.ts"
import { log1p } from "./log1p.ts"
import { matMul } from "./mat-mul.ts"
import { maxPoolGradient } from "./max-pool.ts"
import { kernel, once } from "./register.ts"
import { segmentSum } from "./segment-sum.ts"
import { adam, selu, seluGradient } from "./fused.ts"
import { mean, sum } from "./sum.ts"
import { transpose } from "./transpose.ts"

/** Mends the back end that lives in this memory, for so many threads. */
export const mendWasm = (tf: Tf, memory: WebAssembly.Memory, threads: number): void =>
  once(tf, "wasm", () => {
    const allocator = (tf.backend() as unknown as { readonly wasm: Allocator }).wasm
    const assembled = assemble(memory)
    const { assembly } = assembled
    const product = products(crew(memory, assembled, allocator, threads))
    kernel(tf, "wasm", "BatchMatMul", (original) => matMul(tf, product, original!))
    kernel(tf, "wasm", "Conv2D", () => conv2d(tf, product))
    kernel(tf, "wasm", "Conv2DBackpropFilter", () => convFilterGradient(tf, product))
    kernel(tf, "wasm", "Conv2DBackpropInput", () => convInputGradient(tf, product))
    kernel(tf, "wasm", "DepthwiseConv2dNativeBackpropFilter", () => depthwiseFilterGradient(tf))
    kernel(tf, "wasm", "DepthwiseConv2dNativeBackpropInput", () => depthwiseInputGradient(tf))
    kernel(tf, "wasm", "MaxPoolGrad", () => maxPoolGradient(tf))
    kernel(tf, "wasm", "UnsortedSegmentSum", () => segmentSum)
    kernel(tf, "wasm", "Log1p", () => log1p)
    kernel(tf, "wasm", "Selu", () => selu(tf, assembly))
    kernel(tf, "wasm", "SeluGrad", () => seluGradient(tf, assembly))
    kernel(tf, "wasm", "Adam", () => adam(tf, assembly, memory, allocator._malloc(32)))
    kernel(tf, "wasm", "Identity", (original) => identity(original!))
    kernel(tf, "wasm", "SplitV", (original) => splitV(tf, original!))
    kernel(tf, "wasm", "Unpack", (original) => unpack(tf, original!))
    kernel(tf, "wasm", "Concat", (original) => concat(tf, original!))
    kernel(tf, "wasm", "Slice", (original) => slice(tf, original!))
    kernel(tf, "wasm", "Transpose", (original) => transpose(original!))
    kernel(tf, "wasm", "Sum", (original) => sum(tf, original!))
    kernel(tf, "wasm", "Mean", (original) => mean(tf, original!))
  })
