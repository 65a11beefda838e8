/** Closed forms on both sides: the default ladder decides every step. */
import { prove } from "lemmata"
import { gaussianTail } from "./spec.ts"

export const proof = prove(gaussianTail)
