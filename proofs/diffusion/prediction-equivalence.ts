/** Predictions of noise, data and velocity: rational algebra, posterior means and moments, so the default ladder decides every step. */
import { predictionEquivalence } from "../../specs/diffusion/prediction-equivalence.ts"
import { prove } from "../../src/verify/prove.ts"

export const proof = prove(predictionEquivalence)
