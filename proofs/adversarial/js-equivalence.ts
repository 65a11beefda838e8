/** The Jensen-Shannon form: one-dimensional integrals and finite sums on both sides. */
import { jsEquivalence } from "../../specs/adversarial/js-equivalence.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(jsEquivalence)
