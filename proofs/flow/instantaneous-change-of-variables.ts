/** Derivatives, and one integral along a known path: the default ladder decides every step. */
import { instantaneousChangeOfVariables } from "../../specs/flow/instantaneous-change-of-variables.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(instantaneousChangeOfVariables)
