import { expect, test } from "vitest"
import { Effect } from "effect"
import { TensorBackend, tensorBackend } from "../../src/tensor/backend.ts"
import { findings, miss } from "./kit/findings.ts"

for (const engine of ["wasm", "cpu"] as const) {
  const { tf } = await Effect.runPromise(TensorBackend.pipe(Effect.provide(tensorBackend(engine))))
  for (const finding of findings.filter((f) => f.engines.includes(engine)))
    test(`${finding.id} is right on ${engine}`, async () => {
      await tf.setBackend(engine)
      expect(miss(tf, finding)).toBeLessThanOrEqual(finding.tolerance)
    })
}
