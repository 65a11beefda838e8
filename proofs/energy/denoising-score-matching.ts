/** Denoising score matching: moments in closed form, and single integrals where the score of the noised law stands in them. */
import { denoisingScoreMatching } from "../../specs/energy/denoising-score-matching.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(denoisingScoreMatching)
