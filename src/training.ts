/**
 * The composable training core as a library: what a recipe of one's own is made of. A file that exports `recipe` is run by `lemmata run ./my-recipe.ts`; in a program,
 *
 * ```ts
 * import { Effect, TensorBackend, tensorBackend } from "lemmata/training"
 * import { recipe } from "./my-recipe.ts"
 *
 * const train = Effect.gen(function* () {
 *   const { tf } = yield* TensorBackend
 *   const { program } = yield* Effect.fromResult(recipe.open({ train: { steps: 100 } }))
 *   return yield* Effect.promise(async () => {
 *     const trained = await program({ tf, seed: "0" })
 *     for (let k = 0; k < trained.steps; k++) await trained.step(k)
 *     return trained.evaluate()
 *   })
 * })
 * await Effect.runPromise(Effect.provide(train, tensorBackend("wasm")))
 * ```
 *
 * Laws, schedules, samplers and metrics are in `lemmata/sampling`.
 */

// A configuration is a Schema, and what reads data or opens a back end an Effect: of the same library that checks and runs them.
export { Effect, Schema } from "effect"

// Recipes and their stages
export { group, key, recipe } from "./train/recipe.ts"
export type { Definition, Environment, Opened, Preset, Purpose, Recipe, Reliance, Streams, Tree, Workshop } from "./train/recipe.ts"
export { Count, Decay, Depth, NotNegative, Paired, Points, Positive, trainKeys } from "./train/settings.ts"
export type { TrainSettings } from "./train/settings.ts"
export { compose } from "./train/compose.ts"
export type { Stages } from "./train/compose.ts"
export { Diverged, StateMismatch } from "./train/program.ts"
export type { Gate, HostTensor, Monitor, Program, Provenance, Reading, Samples, Scalars, State } from "./train/program.ts"
export type { Trained } from "./train/trained.ts"
export type { Batch, Inputs, Loss, Model, Objective, Phase } from "./train/objective.ts"

// Back ends
export { BACKENDS, BackendError, TensorBackend, tensorBackend } from "./tensor/backend.ts"
export type { BackendName } from "./tensor/backend.ts"
export type { Tensor, Tf } from "./tensor/tf.ts"

// Data
export { DataError } from "./data/data-error.ts"
export { asPoints, digits, splitDigits } from "./data/digits.ts"
export { mnist } from "./data/mnist.ts"
export type { ImageSet } from "./data/image-set.ts"
export { table, TablePath } from "./data/table.ts"
export type { Table } from "./data/table.ts"
export { rowsOf } from "./data/rows.ts"
export type { Rows } from "./data/rows.ts"
export { binarised, fromItems, fromLaw } from "./train/source.ts"
export type { Items, Source } from "./train/source.ts"

// Models
export { glorotUniform, heNormal, lecunNormal, together, uniformFanIn, zeros } from "./models/network.ts"
export type { Initialiser, Network, Parameters, Scheme, Shape, Weights } from "./models/network.ts"
export type { Activation } from "./models/activation.ts"
export { mlp } from "./models/mlp.ts"
export type { MlpOptions } from "./models/mlp.ts"
export { pointField } from "./models/field.ts"
export type { Field, FieldPrediction } from "./models/field.ts"
export { residualField } from "./models/residual-field.ts"
export { autoencoder, linearAutoencoder } from "./models/autoencoder.ts"
export type { Autoencoder, Likelihood } from "./models/autoencoder.ts"
export { pointPlayers } from "./models/adversarial.ts"
export type { Adversarial } from "./models/adversarial.ts"
export { dcgan } from "./models/dcgan.ts"
export { realNvp } from "./models/realnvp.ts"
export type { Flow, Moved } from "./models/flow.ts"

// Objectives
export { denoising } from "./train/objectives/denoising.ts"
export { elbo } from "./train/objectives/elbo.ts"
export { flowMatching } from "./train/objectives/flow-matching.ts"
export type { CouplingName } from "./train/objectives/flow-matching.ts"
export { likelihood } from "./train/objectives/likelihood.ts"
export { nonSaturating } from "./train/objectives/adversarial.ts"
export { wasserstein } from "./train/objectives/wasserstein.ts"

// Measurements and monitors
export { densities, generate, jacobianMonitor } from "./train/measures/flow.ts"
export { energyMonitor, transportMetrics } from "./train/measures/transport.ts"
export { generated } from "./train/measures/adversarial.ts"
export { pointSamples } from "./train/measures/modes.ts"
export { criticMetrics, criticMonitors } from "./train/measures/critic.ts"
export { bound, boundMetrics, weigh } from "./train/measures/importance.ts"
export { boundMonitors } from "./train/measures/bound-monitors.ts"
export { priorImages } from "./train/measures/prior-images.ts"
export { orthogonalityMonitor, pairs, predictNoise } from "./train/measures/denoising.ts"
export { answers, onGrid } from "./train/answers.ts"
export { decodeTensors, encodeTensors, MalformedTensors } from "./train/safetensors.ts"
export type { NamedArray, TensorFile } from "./train/safetensors.ts"
