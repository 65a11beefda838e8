/**
 * The float64 core as a library: laws, schedules, paths, parametrisations, samplers, solvers, metrics and the findings of the monitors, each usable alone.
 * Nothing here touches a tensor; whatever is random comes from a `stream`, a pure function of a seed and names.
 *
 * ```ts
 * import { ddimSample, drive, eightGaussians, exactAnswer, fillNormal, levelAt, levels, stream, uniformTimes, vp } from "lemmata/sampling"
 *
 * const [law, schedule] = [eightGaussians("ffjord"), vp()]
 * const x = new Float64Array(2 * 1000)
 * fillNormal(stream("0", "noise"), x, 0)
 * const sampler = ddimSample({ levels: levels(schedule, uniformTimes(1, 1e-3, 50)), prediction: "eps", x })
 * drive(sampler, (query) => exactAnswer(law.mixture, "eps", query.x, levelAt(schedule, query.t))) // 1000 points of the law, two numbers each
 * ```
 */

// Randomness
export { stream } from "./random/stream.ts"
export type { Stream } from "./random/stream.ts"
export { fillNormal, normal } from "./random/normal.ts"

// Laws
export type { Entropy, Law } from "./data/laws/law.ts"
export { eightGaussians, gaussianLaw, mixtureEntropy, mixtureLaw, sampleMixture, twoModes } from "./data/laws/mixture-law.ts"
export type { EightGaussians, MixtureLaw } from "./data/laws/mixture-law.ts"
export { moons } from "./data/laws/moons.ts"
export type { Moons } from "./data/laws/moons.ts"
export { shiftMoons } from "./data/laws/shift-moons.ts"
export { circles } from "./data/laws/circles.ts"
export type { Circles } from "./data/laws/circles.ts"
export { sCurve } from "./data/laws/s-curve.ts"
export { swissRoll } from "./data/laws/swiss-roll.ts"
export { pinwheel } from "./data/laws/pinwheel.ts"
export { checkerboard } from "./data/laws/checkerboard.ts"
export {
  covarianceMixture,
  exactAnswer,
  isotropicMixture,
  mixtureLogDensity,
  mixtureMoments,
  mixtureScore,
  mixtureScoreDerivative,
  noised,
} from "./math/gaussian-mixture.ts"
export type { Component, GaussianMixture } from "./math/gaussian-mixture.ts"

// Schedules, grids, paths, parametrisations
export { halfLogSnr, levelAt, snr } from "./math/schedule.ts"
export type { Level, Schedule } from "./math/schedule.ts"
export { vp } from "./math/schedules/vp.ts"
export { ve } from "./math/schedules/ve.ts"
export { subVp } from "./math/schedules/sub-vp.ts"
export { chain, cosine, levelOf, linear, scaledLinear, zeroTerminal } from "./math/schedules/discrete.ts"
export type { Chain } from "./math/schedules/discrete.ts"
export { chainGrid, chainLevels, karrasSigmas, levels, preserving, stepOfRatio, uniformLambda, uniformTimes } from "./math/time-grid.ts"
export type { Spacing } from "./math/time-grid.ts"
export { conditionalPath, pathPoints } from "./math/conditional-path.ts"
export type { ConditionalPath, PathName, PathPoints } from "./math/conditional-path.ts"
export { convert, dataWeight, denoised, minSnrWeight, predicted } from "./math/parametrisation.ts"
export type { Denoised, Prediction } from "./math/parametrisation.ts"
export { forwardKernel, posterior, remainingVariance } from "./math/posterior.ts"
export type { Posterior } from "./math/posterior.ts"
export { optimalPairing } from "./math/coupling.ts"
export type { Pairing } from "./math/coupling.ts"

// Samplers and solvers
export { drive, driveAsync, translated } from "./sample/sampler.ts"
export type { Method, Query, Sampler } from "./sample/sampler.ts"
export { ancestral, ancestralSample } from "./sample/ancestral.ts"
export type { AncestralOptions } from "./sample/ancestral.ts"
export { ddim, ddimSample } from "./sample/ddim.ts"
export type { DdimOptions } from "./sample/ddim.ts"
export { dpmSolver, dpmSolverSample } from "./sample/dpm-solver.ts"
export type { DpmSolverOptions } from "./sample/dpm-solver.ts"
export { dpmSolverMultistep, dpmSolverMultistepSample } from "./sample/dpm-solver-multistep.ts"
export type { MultistepOptions } from "./sample/dpm-solver-multistep.ts"
export { rungeKutta, rungeKuttaSample } from "./sample/runge-kutta.ts"
export type { OdeOptions, RungeKuttaName } from "./sample/runge-kutta.ts"
export { dopri5, dopri5Sample } from "./sample/dopri5.ts"
export type { Dopri5Options } from "./sample/dopri5.ts"
export { flowLikelihood, probabilityFlow } from "./sample/probability-flow.ts"
export type { Divergence } from "./sample/probability-flow.ts"
export { reverseSde, reverseSdeSample } from "./sample/reverse-sde.ts"
export type { SdeOptions } from "./sample/reverse-sde.ts"
export { predictorCorrector, predictorCorrectorSample } from "./sample/predictor-corrector.ts"
export type { CorrectorOptions } from "./sample/predictor-corrector.ts"
export { langevin, langevinSample } from "./sample/langevin.ts"
export type { LangevinOptions } from "./sample/langevin.ts"

// Metrics
export { judge } from "./math/metric.ts"
export type { Bounds, Judgement, Metric } from "./math/metric.ts"
export { meanOf, meanOfRepeats } from "./math/metrics/mean.ts"
export { nllGap } from "./math/metrics/nll-gap.ts"
export { wasserstein, wassersteinSquared } from "./math/metrics/wasserstein.ts"
export { carry, normalisedPathEnergy } from "./math/metrics/path-energy.ts"
export type { Carried } from "./math/metrics/path-energy.ts"
export { frechetDistance, frechetExtrapolated, frechetOfMoments } from "./math/metrics/frechet.ts"
export type { Moments } from "./math/metrics/frechet.ts"
export { mmdSquared } from "./math/metrics/mmd.ts"
export type { Kernel } from "./math/metrics/mmd.ts"
export { precisionRecall } from "./math/metrics/precision-recall.ts"
export type { PrecisionRecall } from "./math/metrics/precision-recall.ts"
export { modeScores } from "./math/metrics/modes.ts"
export type { ModeScores } from "./math/metrics/modes.ts"
export { sampleMoments } from "./math/statistics.ts"
export { ppca } from "./math/ppca.ts"
export type { Ppca } from "./math/ppca.ts"
