/** Classifier-free guidance: scores and their derivatives in closed form, so the default ladder decides every step. */
import { classifierFreeGuidance } from "../../specs/diffusion/classifier-free-guidance.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(classifierFreeGuidance)
