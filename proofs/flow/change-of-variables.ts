/** Both sides are closed forms or one integral: the default ladder decides every step. */
import { changeOfVariables } from "../../specs/flow/change-of-variables.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(changeOfVariables)
