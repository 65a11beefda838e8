/** Finite sums and closed forms: the default ladder decides every step. */
import { autoregressiveChainRule } from "../../specs/likelihood/autoregressive-chain-rule.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(autoregressiveChainRule)
