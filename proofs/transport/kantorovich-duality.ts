/** Kantorovich duality: exact linear programs and their certificates, and single integrals on the line, so the default ladder decides every step. */
import { kantorovichDuality } from "../../specs/transport/kantorovich-duality.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(kantorovichDuality)
