/** The bound of a chain of latents: means of quadratic forms and finite sums, so the default ladder decides. */
import { hierarchicalElbo } from "../../specs/variational/hierarchical-elbo.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(hierarchicalElbo)
