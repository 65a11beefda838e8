/** Gibbs, Pinsker and the chain rule: closed forms, finite sums and single integrals, so the default ladder decides. */
import { klNonnegativity } from "../../specs/likelihood/kl-nonnegativity.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(klNonnegativity)
