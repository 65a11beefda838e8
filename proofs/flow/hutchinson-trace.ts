/** Expectations of polynomials are exact: the default ladder decides every step. */
import { hutchinsonTrace } from "../../specs/flow/hutchinson-trace.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(hutchinsonTrace)
