/**
 * Dense optimal transport at n = 64, 256, 1000: our float network simplex, our certificate (solve to exact gap, then the independent check),
 * and POT's emd in the same run; errors are relative to the certified value. Best of five runs or more for the float solvers, one run for
 * the certificate.
 *
 *   node test/bench/transport.ts            LEMMATA_PYTHON names the Python that has POT; default python3
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { equals, fromNumber, rational, sub, toNumber } from "../../src/core/rational.ts"
import { transportSimplex } from "../../src/math/transport-simplex.ts"
import { checkTransport, solveTransport } from "../../src/verify/transport-certificate.ts"

const repeats = (n: number): number => Math.max(5, Math.floor(3200 / n))

/** Park & Miller 1988, for instances that every run repeats. */
const draws = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

interface Instance {
  readonly name: string
  readonly cost: Float64Array
  readonly a: Float64Array
  readonly b: Float64Array
}

const instances = (n: number): Array<Instance> => {
  const u = draws(n)
  const uniform = new Float64Array(n).fill(1 / n)
  // Integers of total n 2^20: they add up exactly, so the certificate sees the same problem as the float solvers.
  const weights = (): Float64Array => {
    const w = Float64Array.from({ length: n }, () => 1 + Math.floor(u() * 2 ** 20))
    const missing = n * 2 ** 20 - w.reduce((s, x) => s + x, 0)
    return w.map((x, k) => x + Math.floor((missing + k) / n))
  }
  const points = (shift: number): Array<readonly [number, number]> =>
    Array.from({ length: n }, () => [u() + u() + u() + shift, u() + u() + u() + shift])
  const [x, y] = [points(0), points(0.5)]
  const squares = Float64Array.from(x.flatMap((p) => y.map((q) => (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2)))
  return [
    { name: "random costs, uniform weights", cost: new Float64Array(n * n).map(u), a: uniform, b: uniform },
    { name: "random costs, random weights", cost: new Float64Array(n * n).map(u), a: weights(), b: weights() },
    { name: "squared distances, uniform weights", cost: squares, a: uniform, b: uniform },
    { name: "squared distances, random weights", cost: squares, a: weights(), b: weights() },
  ]
}

const timed = <A>(f: () => A): [number, A] => {
  const start = performance.now()
  const value = f()
  return [performance.now() - start, value]
}

const folder = mkdtempSync(join(tmpdir(), "transport-"))
const all = [64, 256, 1000].flatMap((n) => instances(n).map((instance, k) => ({ n, costs: join(folder, `${n}-${k}`), ...instance })))
const python = process.env["LEMMATA_PYTHON"] ?? "python3"
all.forEach(({ costs, cost }) => writeFileSync(costs, new Uint8Array(cost.buffer)))
const input = all.map(({ n, a, b, costs }) => JSON.stringify({ a: [...a], b: [...b], costs, repeats: repeats(n) })).join("\n")
const peer = spawnSync(python, [fileURLToPath(new URL("transport.py", import.meta.url))], { input, encoding: "utf8" })
const [header, ...theirs] = peer.status === 0 ? peer.stdout.trim().split("\n").map((line) => JSON.parse(line)) : []
if (peer.status !== 0 && peer.stderr) console.log(peer.stderr)
console.log(header === undefined ? `POT is absent from ${python}: set LEMMATA_PYTHON to a Python that has it` : `POT ${header.version}`)
const headings = ["    n", "instance".padEnd(36), "ours ms", " POT ms", "ours/POT", "our error", "POT error", "certify ms", "check ms", "gap"]
console.log(headings.join("  "))

all.forEach(({ n, name, cost, a, b }, k) => {
  const runs = Array.from({ length: repeats(n) }, () => timed(() => transportSimplex(cost, a, b)))
  const ours = Math.min(...runs.map(([ms]) => ms))
  const result = runs[0]![1]
  if (result.status === "invalid") throw new Error(result.why)
  const exactly = (w: Float64Array) => (a === b ? Array.from(w, () => rational(1, n)) : Array.from(w, fromNumber))
  const problem = { cost, a: exactly(a), b: exactly(b) }
  const [certify, outcome] = timed(() => solveTransport(problem))
  if (!outcome.ok) throw new Error(outcome.why)
  const [check, verdict] = timed(() => checkTransport(problem, outcome.certificate))
  if (!verdict.ok) throw new Error(verdict.why)
  const exact = toNumber(verdict.upper)
  const pot = theirs[k] as { ms: number; cost: number } | undefined
  const error = (x: number | undefined): string => (x === undefined ? "-" : ((x - exact) / exact).toExponential(1))
  const gap = equals(verdict.lower, verdict.upper) ? "0 (exact)" : toNumber(sub(verdict.upper, verdict.lower)).toExponential(1)
  const ratio = pot === undefined ? "-" : (ours / pot.ms).toFixed(2)
  const times = [ours.toFixed(2), pot?.ms.toFixed(2) ?? "-", ratio]
  const cells = [String(n), name, ...times, error(result.cost), error(pot?.cost), certify.toFixed(0), check.toFixed(0), gap]
  console.log(cells.map((cell, c) => (c === 1 ? cell.padEnd(36) : cell.padStart(headings[c]!.length))).join("  "))
})
rmSync(folder, { recursive: true })
