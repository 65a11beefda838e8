/**
 * The same programs without our mends: each must fail, else the mend is not needed any more and should go.
 */
import { createRequire } from "node:module"
import { dirname } from "node:path"
import { expect, test } from "vitest"
import type { Tf } from "../../src/tensor/tf.ts"
import { findings, miss } from "./kit/findings.ts"

const load = createRequire(import.meta.url)
const tf = load("@tensorflow/tfjs") as Tf
const wasm = load("@tensorflow/tfjs-backend-wasm") as { setWasmPaths: (folder: string) => void }
wasm.setWasmPaths(`${dirname(load.resolve("@tensorflow/tfjs-backend-wasm/package.json"))}/dist/`)
tf.env().set("PROD", true)
tf.env().set("WASM_HAS_SIMD_SUPPORT", true)
tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false)

for (const engine of ["wasm", "cpu"] as const)
  for (const finding of findings.filter((f) => f.engines.includes(engine)))
    test(`${finding.id} is wrong on ${engine} as shipped`, async () => {
      expect(await tf.setBackend(engine)).toBe(true)
      const error = miss(tf, finding)
      if (process.env["LEMMATA_FINDINGS"] !== undefined) console.log(`${finding.id}\t${engine}\t${error.toPrecision(2)}`)
      expect(error).toBeGreaterThan(10 * finding.tolerance)
    })
