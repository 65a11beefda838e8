/** Rate and distortion: closed forms, finite sums and single integrals, so the default ladder decides. */
import { betaVaeRateDistortion } from "../../specs/variational/beta-vae-rate-distortion.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(betaVaeRateDistortion)
