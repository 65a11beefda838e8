/** Finite formulas on both sides: the default ladder decides every step. */
import { affineCoupling } from "../../specs/flow/affine-coupling.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(affineCoupling)
