/** The inception score: finite sums, so the default ladder decides. */
import { inceptionScore } from "../../specs/metrics/inception-score.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(inceptionScore)
