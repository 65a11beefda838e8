/** Dual form of f-divergences: closed forms, finite sums and moments, so the default ladder decides every step. */
import { fganDual } from "../../specs/adversarial/fgan-dual.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(fganDual)
