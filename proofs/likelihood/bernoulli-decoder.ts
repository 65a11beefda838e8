/** Losses and likelihoods: finite sums, moments and one integral over (0, 1), so the default ladder decides. */
import { bernoulliDecoder } from "../../specs/likelihood/bernoulli-decoder.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(bernoulliDecoder)
