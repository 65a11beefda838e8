/** Gradients of expectations: derivatives of closed forms against single integrals, so the default ladder decides. */
import { reparameterizationGradient } from "../../specs/variational/reparameterization-gradient.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(reparameterizationGradient)
