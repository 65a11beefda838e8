/**
 * Measures the relative error of the double-double point functions against the bounds that their files prove.
 * A violated bound of 2^-80 would hardly ever show up in the last bit of a double; here it shows at once.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { acosPair, asinPair, atanPair } from "../../src/interval/elementary-arctangent.ts"
import { expm1Pair, expScaled } from "../../src/interval/elementary-exponential.ts"
import { acoshPair, asinhPair, atanhPair, coshPair, sinhPair, tanhPair } from "../../src/interval/elementary-hyperbolic.ts"
import { log1pPair, logPair } from "../../src/interval/elementary-logarithm.ts"
import { sigmoidPair, softplusOfNegative } from "../../src/interval/elementary-logistic.ts"
import { reduce } from "../../src/interval/elementary-reduction.ts"
import { cosPair, sinPair, tanPair } from "../../src/interval/elementary-trigonometric.ts"
import type { DoubleDouble } from "../../src/interval/double-double.ts"
import { arguments64 } from "./containment.ts"

export interface PairFunction {
  readonly name: string
  /** log2 of the proved relative error bound. */
  readonly proved: number
  readonly domain: (x: number) => boolean
  readonly at: (x: number) => DoubleDouble & { readonly k?: number }
}

const circular = (x: number, shift: number): DoubleDouble => {
  const r = reduce(x)
  const n = (r.n + shift) & 3
  const s = n & 1 ? cosPair(r.hi, r.lo) : sinPair(r.hi, r.lo)
  return n & 2 ? { hi: -s.hi, lo: -s.lo } : s
}

export const PAIRS: ReadonlyArray<PairFunction> = [
  { name: "exp", proved: -91, domain: (x) => Math.abs(x) <= 746, at: (x) => expScaled(x, 0) },
  { name: "expm1", proved: -79, domain: (x) => Math.abs(x) >= 2 ** -54 && Math.abs(x) <= 40, at: (x) => expm1Pair(x, 0) },
  { name: "log", proved: -83.5, domain: (x) => x >= 2 ** -1022 && x !== 1, at: (x) => logPair(x, 0) },
  { name: "log1p", proved: -83.5, domain: (x) => x > -1 && Math.abs(x) >= 2 ** -54 && x < 2 ** 1000, at: (x) => log1pPair(x, 0) },
  { name: "sin", proved: -88, domain: (x) => Math.abs(x) >= 2 ** -27, at: (x) => circular(x, 0) },
  { name: "cos", proved: -88, domain: (x) => Math.abs(x) >= 2 ** -27, at: (x) => circular(x, 1) },
  { name: "tan", proved: -88, domain: (x) => Math.abs(x) >= 2 ** -27, at: (x) => tanPair(reduce(x)) },
  { name: "sinh", proved: -89, domain: (x) => x >= 0.35 && x <= 40, at: sinhPair },
  { name: "sinh", proved: -78, domain: (x) => x >= 2 ** -27 && x < 0.35, at: sinhPair },
  { name: "cosh", proved: -89, domain: (x) => x >= 2 ** -27 && x <= 40, at: coshPair },
  { name: "tanh", proved: -78, domain: (x) => x >= 2 ** -27 && x <= 22, at: tanhPair },
  { name: "asinh", proved: -83, domain: (x) => x >= 2 ** -27 && x <= 2 ** 60, at: asinhPair },
  { name: "acosh", proved: -83, domain: (x) => x > 1 && x <= 2 ** 60, at: acoshPair },
  { name: "atanh", proved: -83, domain: (x) => x >= 2 ** -27 && x < 1, at: atanhPair },
  { name: "asin", proved: -86, domain: (x) => x >= 2 ** -27 && x < 1, at: asinPair },
  { name: "acos", proved: -86, domain: (x) => Math.abs(x) < 1, at: acosPair },
  { name: "sigmoid", proved: -89, domain: (x) => Math.abs(x) <= 64, at: sigmoidPair },
  { name: "softplus", proved: -83, domain: (x) => x <= 0 && x >= -64, at: softplusOfNegative },
  { name: "atan", proved: -87, domain: (x) => x >= 2 ** -27 && x <= 2 ** 110, at: (x) => atanPair({ hi: x, lo: 0 }) },
]

const SCRIPT = fileURLToPath(new URL("containment.py", import.meta.url))

export interface Accuracy {
  readonly count: number
  readonly log2: number
  readonly at: string
}

/** The largest relative error over `count` arguments (those inside the domain), as judged with 200 bits. */
export const accuracy = (python: string, f: PairFunction, count: number, seed: number): Accuracy => {
  const xs = arguments64(count, seed).filter(f.domain)
  const rows = new Float64Array(4 * xs.length)
  xs.forEach((x, i) => {
    const y = f.at(x)
    rows.set([x, y.hi, y.lo, y.k ?? 0], 4 * i)
  })
  const reply = spawnSync(python, [SCRIPT, "--accuracy", f.name], { input: new Uint8Array(rows.buffer), encoding: "utf8" })
  if (reply.status !== 0) throw new Error(`oracle failed for ${f.name}: ${reply.stderr}`)
  return JSON.parse(reply.stdout) as Accuracy
}
