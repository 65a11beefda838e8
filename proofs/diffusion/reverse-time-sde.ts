/**
 * The reverse-time SDE: closed forms and single integrals for the ladder, with three exceptions. The two equations for densities hold on whole boxes of
 * place and time; the probability flow is integrated with enclosures, which is dear, so fewer starts are looked at; one step is a true simulation.
 */
import { reverseTimeSde } from "../../specs/diffusion/reverse-time-sde.ts"
import { box } from "../../src/verify/box-strategy.ts"
import { ladder } from "../../src/verify/examine.ts"
import { prove } from "../../src/verify/prove.ts"
import { sampled } from "../../src/verify/sampled.ts"

const boxes = box({ x: "1/32", t: "1/64" }, { instances: 3 })

export const proof = prove(reverseTimeSde, {
  "fokker-planck-on-boxes": boxes,
  "continuity-on-boxes": boxes,
  quantile: { ...ladder(), instances: 2 },
  simulation: sampled({ instances: 1 }),
})
