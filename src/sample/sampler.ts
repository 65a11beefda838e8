/**
 * A sampler is a generator: it yields points and times at which it wants the model, receives the answers and returns the final batch.
 *
 * The same sampler therefore runs on an exact float64 model at once (`drive`) and on a network that answers later (`driveAsync`).
 * A batch of n points in dimension d is a Float64Array of length n*d, row-major.
 */
export interface Query {
  /** The batch, n*d; the sampler may change it after the answer. */
  readonly x: Float64Array
  readonly t: number
  /** With m directions of shape n*d the answer is 1 + m blocks: the value, then its derivative along each (or the transposed derivative applied to each). */
  readonly directions?: ReadonlyArray<Float64Array>
}

export type Sampler = Generator<Query, Float64Array, Float64Array>

/** A named method: its order of accuracy in the step (of the mean for stochastic ones), and model evaluations for n steps. */
export interface Method {
  readonly name: string
  readonly order: number
  readonly evaluations: (steps: number) => number
}

/** Runs a sampler on a model that answers at once. */
export const drive = (sampler: Sampler, model: (query: Query) => Float64Array): Float64Array => {
  let state = sampler.next()
  while (state.done !== true) state = sampler.next(model(state.value))
  return state.value
}

/** Runs a sampler on a model that answers later. */
export const driveAsync = async (sampler: Sampler, model: (query: Query) => Promise<Float64Array>): Promise<Float64Array> => {
  let state = sampler.next()
  while (state.done !== true) state = sampler.next(await model(state.value))
  return state.value
}

/** The same sampler with its questions and answers translated: it asks for what it needs, the model answers what it knows. */
export function* translated(inner: Sampler, answered: (answer: Float64Array, query: Query) => Float64Array): Sampler {
  let state = inner.next()
  while (state.done !== true) state = inner.next(answered(yield state.value, state.value))
  return state.value
}
