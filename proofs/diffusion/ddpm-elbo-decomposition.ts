/** The bound of DDPM: moments of normal laws, finite tables and single integrals, so the default ladder decides every step. */
import { ddpmElboDecomposition } from "../../specs/diffusion/ddpm-elbo-decomposition.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(ddpmElboDecomposition)
