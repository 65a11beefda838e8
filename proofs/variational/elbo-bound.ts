/**
 * The evidence lower bound: closed forms, finite sums and single integrals throughout, so the default ladder decides. Monotonicity in the number of
 * draws at K = 4 in the linear-Gaussian model is an expectation over five latents; it is sampled with common random numbers, and log-sum-exp is Lipschitz.
 */
import { elboBound } from "../../specs/variational/elbo-bound.ts"
import { prove } from "../../src/verify/prove.ts"
import { sampled } from "../../src/verify/sampled.ts"

export const proof = prove(elboBound, { "iwae-sampled": sampled({ instances: 1 }) })
