/**
 * log(1 + x). The WebAssembly kernel rounds 1 + x first and loses every digit of a small x (error 6e-8 where the value is 1e-7); Math.log1p does not.
 */
import { hostKernel } from "./host.ts"

export const log1p = hostKernel({
  inputs: ["x"],
  shape: ([x]) => x!.shape,
  fill: (out, [x]) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.log1p(x![i]!)
  },
})
