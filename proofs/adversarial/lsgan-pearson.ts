/** The least-squares game: finite sums and one integral each, so the default ladder decides every step. */
import { lsganPearson } from "../../specs/adversarial/lsgan-pearson.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(lsganPearson)
