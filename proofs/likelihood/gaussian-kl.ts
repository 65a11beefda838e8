/** The divergence of two normal laws: means of quadratic forms are exact polynomials of moments, so the default ladder decides. */
import { gaussianKl } from "../../specs/likelihood/gaussian-kl.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(gaussianKl)
