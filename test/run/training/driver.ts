/**
 * The command line with the fake recipe and proofs in its catalogue, in a process of its own: node driver.ts run fake ...
 */
import { Effect, Layer } from "effect"
import { start } from "../../../src/cli/start.ts"
import { BackendError, TensorBackend } from "../../../src/tensor/backend.ts"
import { fakeRecipe } from "./fake-recipe.ts"

const backend = (choice: string): Layer.Layer<TensorBackend, BackendError> =>
  choice === "cuda"
    ? Layer.effect(TensorBackend, new BackendError({ code: "absent", backend: choice, why: "no card was found", remedy: "use --backend wasm" }))
    : Layer.succeed(TensorBackend, {
        name: "cpu",
        device: "no device",
        summary: "back end cpu (no device)",
        tf: {} as TensorBackend["Service"]["tf"],
        scoped: () => Effect.die(new Error("the fake recipe has no tensors")),
      })

const recipes = [fakeRecipe("fake"), fakeRecipe("fake-missing", [{ id: "fake/nothing", grade: "statistical", because: "nothing stands on it" }])].map(
  (recipe) => ({ name: recipe.name, load: async () => recipe }),
)

start(
  {
    version: "0.0.0-test",
    registry: [],
    recipes,
    backend,
    spawn: () => {
      throw new Error("no theorem is checked here")
    },
  },
  process.argv.slice(2),
)
