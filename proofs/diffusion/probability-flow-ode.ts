/** The probability flow: densities and distribution functions in closed form, one integral over time, and matrices of order 2. */
import { probabilityFlowOde } from "../../specs/diffusion/probability-flow-ode.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(probabilityFlowOde)
