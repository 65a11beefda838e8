/** Brenier's map: rational matrices, closed quantiles and exact plans, so the default ladder decides every step. */
import { brenierMongeMap } from "../../specs/transport/brenier-monge-map.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(brenierMongeMap)
