/** Gradients of the generator: both sides are derivatives of one integral, so the default ladder decides every step. */
import { generatorGradients } from "../../specs/adversarial/generator-gradients.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(generatorGradients)
