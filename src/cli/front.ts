/**
 * What the front door hands to the commands: the catalogue and how to start a worker, as values.
 */
import { Context, Effect } from "effect"
import type { Layer } from "effect"
import type { Worker } from "node:worker_threads"
import type { RecipeEntry, Registry } from "../run/registry.ts"
import type { BackendError, TensorBackend } from "../tensor/backend.ts"
import { InputError } from "../run/input-error.ts"

export class Front extends Context.Service<
  Front,
  {
    readonly version: string
    /** The SHA-256 of the running program. */
    readonly code: () => string
    readonly registry: Registry
    readonly recipes: ReadonlyArray<RecipeEntry>
    /** What the tensors of a run live on, by name or "auto". */
    readonly backend: (choice: string) => Layer.Layer<TensorBackend, BackendError>
    /** A thread that serves the catalogue and the given user files. */
    readonly spawn: (files: ReadonlyArray<string>) => Worker
  }
>()("lemmata/cli/Front") {}

/** Loads a module of the catalogue or of a user; what is wrong with it stays an InputError, anything else is a defect of ours. */
export const loading = <A>(load: () => Promise<A>): Effect.Effect<A, InputError> =>
  Effect.tryPromise({ try: load, catch: (error) => error }).pipe(
    Effect.catch((error) => (error instanceof InputError ? Effect.fail(error) : Effect.die(error))),
  )
