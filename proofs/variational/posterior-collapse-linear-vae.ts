/** The linear VAE: means of quadratic forms under the data law, so the default ladder decides. */
import { posteriorCollapseLinearVae } from "../../specs/variational/posterior-collapse-linear-vae.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(posteriorCollapseLinearVae)
