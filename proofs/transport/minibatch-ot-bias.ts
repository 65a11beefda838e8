/** Minibatch transport: all batches are enumerated in exact rationals, so the default ladder decides every step. */
import { minibatchOtBias } from "../../specs/transport/minibatch-ot-bias.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(minibatchOtBias)
