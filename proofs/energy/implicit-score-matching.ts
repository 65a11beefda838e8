/** Implicit score matching: polynomial moments in closed form, and single integrals where the score stands in them. */
import { implicitScoreMatching } from "../../specs/energy/implicit-score-matching.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(implicitScoreMatching)
