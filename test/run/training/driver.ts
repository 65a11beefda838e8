/**
 * The command line with fake recipes and proofs in its catalogue, in a process of its own: node driver.ts run fake ...
 */
import { isMainThread, Worker } from "node:worker_threads"
import { Effect, Layer } from "effect"
import { start } from "../../../src/cli/start.ts"
import type { Proof } from "../../../src/verify/proof.ts"
import { summaryOf } from "../../../src/run/registry.ts"
import type { Entry } from "../../../src/run/registry.ts"
import { serve } from "../../../src/run/worker.ts"
import { BackendError, TensorBackend } from "../../../src/tensor/backend.ts"
import { fakeProof } from "../../fake-proof.ts"
import { fakeRecipe } from "./fake-recipe.ts"

const backend = (choice: string): Layer.Layer<TensorBackend, BackendError> =>
  choice === "cuda"
    ? Layer.effect(TensorBackend, new BackendError({ code: "absent", backend: choice, why: "no card was found", remedy: "use --backend wasm" }))
    : Layer.succeed(TensorBackend, {
        name: "cpu",
        device: "no device",
        summary: "back end cpu (no device)",
        tf: { memory: () => ({ numTensors: 7, numBytes: 64 }) } as TensorBackend["Service"]["tf"],
        scoped: () => Effect.die(new Error("the fake recipe has no tensors")),
      })

const entry = (proof: Proof): Entry => ({
  id: proof.spec.id,
  summary: async () => summaryOf(proof.spec),
  spec: async () => proof.spec,
  proof: async () => proof,
})
const registry = [
  fakeProof("fake/true", { first: "verified", second: "verified" }),
  fakeProof("fake/false", { first: "verified", second: "refuted" }),
  fakeProof("fake/open", { first: "undecided" }),
  fakeProof("fake/broken", { first: "faulted" }),
].map(entry)

const on = (id: string, grade: "enclosed" | "exact" = "enclosed") => [{ id: `fake/${id}`, grade, because: "its loss is derived from it" }]
const recipes = [
  fakeRecipe("fake", on("true")),
  fakeRecipe("on-false", on("false")),
  fakeRecipe("on-open", on("open")),
  fakeRecipe("on-broken", on("broken")),
  fakeRecipe("on-weak", on("true", "exact")),
  fakeRecipe("on-nothing", on("tru")),
].map((recipe) => ({ name: recipe.name, load: async () => recipe }))

if (isMainThread) {
  const spawn = (): Worker => new Worker(new URL(import.meta.url))
  start({ version: "0.0.0-test", code: () => process.env["FAKE_CODE"] ?? "", registry, recipes, backend, spawn }, process.argv.slice(2))
} else serve(registry)
