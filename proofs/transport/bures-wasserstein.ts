/** Distance of normal laws: rational matrices and closed forms, so the default ladder decides every step. */
import { buresWasserstein } from "../../specs/transport/bures-wasserstein.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(buresWasserstein)
