/** The forward chain: finite products and sums, closed forms and one normal integral, so the default ladder decides every step. */
import { ddpmForwardMarginal } from "../../specs/diffusion/ddpm-forward-marginal.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(ddpmForwardMarginal)
