/** Rational matrices: the default ladder decides every step. */
import { glowLuLogdet } from "../../specs/flow/glow-lu-logdet.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(glowLuLogdet)
