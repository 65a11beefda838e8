import { reverseTimeSde } from "../../specs/diffusion/reverse-time-sde.ts"
import { box } from "../../src/verify/box-strategy.ts"
import { ladder } from "../../src/verify/examine.ts"
import { sampled } from "../../src/verify/sampled.ts"
import { prove } from "../../src/verify/prove.ts"

const boxes = box({ x: "1/16", t: "1/64" })

export const proof = prove(reverseTimeSde, {
  simulation: sampled({ instances: 1 }),
  quantile: { ...ladder(), instances: 3 },
  "fokker-planck-on-boxes": boxes,
  "continuity-on-boxes": boxes,
})
