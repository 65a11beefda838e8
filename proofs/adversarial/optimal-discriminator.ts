/** The optimal discriminator: pointwise steps are closed forms, the value identities one-dimensional integrals or finite sums. */
import { optimalDiscriminator } from "../../specs/adversarial/optimal-discriminator.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(optimalDiscriminator)
