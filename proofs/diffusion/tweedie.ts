/** Tweedie's formula: both sides are closed forms or one integral, so the default ladder decides every step. */
import { tweedie } from "../../specs/diffusion/tweedie.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(tweedie)
