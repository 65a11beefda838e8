/** Marginals of linear SDEs: single integrals over time or over the data against closed forms, so the default ladder decides every step. */
import { sdeMarginals } from "../../specs/diffusion/sde-marginals.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(sdeMarginals)
