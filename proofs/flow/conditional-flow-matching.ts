/** Conditional flow matching: PDE residuals from closed-form marginals, losses by quadrature, flow maps as quantiles, schemes in the ladder's own arithmetic. */
import { conditionalFlowMatching } from "../../specs/flow/conditional-flow-matching.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(conditionalFlowMatching)
