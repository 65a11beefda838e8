/** Marginals of DDIM: normal integrals, algebra, and products of one factor per step, so the default ladder decides every step. */
import { ddimMarginals } from "../../specs/diffusion/ddim-marginals.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(ddimMarginals)
