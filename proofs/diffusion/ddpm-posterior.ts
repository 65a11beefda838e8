/** The posterior of the forward chain: closed forms, Bayes in a normal channel and one normal integral, so the default ladder decides every step. */
import { ddpmPosterior } from "../../specs/diffusion/ddpm-posterior.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(ddpmPosterior)
