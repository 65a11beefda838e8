/** The conditional bound: moments, finite sums and single integrals, so the default ladder decides. */
import { conditionalElbo } from "../../specs/variational/conditional-elbo.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(conditionalElbo)
