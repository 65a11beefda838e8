/** Data processing: finite sums and integrals of named divergences, so the default ladder decides every step. */
import { dataProcessing } from "../../specs/likelihood/data-processing.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(dataProcessing)
