/**
 * Dense optimal transport at n = 64, 256, 1000: our float network simplex and POT's emd in turns, and apart from them what the certificate costs
 * (solve to an exact gap, then the independent check). Errors are relative to the certified value.
 *
 *   node test/bench/transport.ts            LEMMATA_PYTHON names the Python that has POT; default python3
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { equals, fromNumber, rational, sub, toNumber } from "../../src/core/rational.ts"
import { transportSimplex } from "../../src/math/transport-simplex.ts"
import { checkTransport, solveTransport } from "../../src/verify/transport-certificate.ts"
import { startPeer } from "./kit/peer.ts"
import { paired, timed } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

/** Park & Miller 1988, for instances that every run repeats. */
const draws = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

export interface Instance {
  readonly name: string
  readonly cost: Float64Array
  readonly a: Float64Array
  readonly b: Float64Array
}

export const instances = (n: number): Array<Instance> => {
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

const bench = async (): Promise<void> => {
  console.log(machine(availableParallelism()))
  const peer = await startPeer("transport.py", ["POT"])
  const folder = mkdtempSync(join(tmpdir(), "transport-"))
  const costs = join(folder, "costs")
  const rows: Array<ReadonlyArray<string>> = []
  for (const n of [64, 256, 1000])
    for (const { name, cost, a, b } of instances(n)) {
      let found: number | undefined
      let theirs: number | undefined
      writeFileSync(costs, new Uint8Array(cost.buffer))
      const here = "POT" in peer.versions
      if (here) await peer.ask({ do: "load", a: [...a], b: [...b], costs })
      const times = await paired(
        () => {
          const [ms, result] = timed(() => transportSimplex(cost, a, b))
          if (result.status === "invalid") throw new Error(result.why)
          found = result.cost
          return ms
        },
        here
          ? [
              async () => {
                const answer = await peer.ask({ do: "solve" })
                theirs = answer["cost"] as number
                return answer.ms
              },
            ]
          : [],
        { warm: n === 64 ? 60 : 2 },
      )
      const exactly = (w: Float64Array) => (a === b ? Array.from(w, () => rational(1, n)) : Array.from(w, fromNumber))
      const problem = { cost, a: exactly(a), b: exactly(b) }
      const [certify, outcome] = timed(() => solveTransport(problem))
      if (!outcome.ok) throw new Error(outcome.why)
      const [check, verdict] = timed(() => checkTransport(problem, outcome.certificate))
      if (!verdict.ok) throw new Error(verdict.why)
      const exact = toNumber(verdict.upper)
      const error = (x: number | undefined): string => (x === undefined ? "-" : ((x - exact) / exact).toExponential(1))
      const gap = equals(verdict.lower, verdict.upper) ? "0 (exact)" : toNumber(sub(verdict.upper, verdict.lower)).toExponential(1)
      const pot = times.theirs[0]
      const cells = [String(n), name, short(times.ours), pot === undefined ? "-" : short(pot), times.ratios[0]?.toFixed(2) ?? "-"]
      rows.push([...cells, error(found), error(theirs), short(certify), short(check), gap])
    }
  console.log(table(["n", "instance", "ours", "POT", "ours/POT", "our error", "POT error", "certify", "check", "gap"], rows))
  console.log("POT gives no dual proof, no exact value: the last three columns are ours alone (one run each)")
  rmSync(folder, { recursive: true })
  peer.close()
}

if (import.meta.main) await bench()
