/** The optimal critic: exact plans and closed forms, so the default ladder decides every step. */
import { wganGpGradientNorm } from "../../specs/adversarial/wgan-gp-gradient-norm.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(wganGpGradientNorm)
