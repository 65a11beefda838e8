/**
 * A million scores of a four-component normal mixture in float64: our typed-array kernel and our compiled formula against vectorised NumPy.
 * The two agree up to rounding, and on a thousand points our value is within its derived error bound of our interval enclosure.
 *
 *   node test/bench/scores.ts               LEMMATA_PYTHON names the Python that has NumPy; default python3
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import * as Q from "../../src/core/rational.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import { compile } from "../../src/expression/float64.ts"
import type { Node } from "../../src/expression/node.ts"
import * as N from "../../src/expression/node.ts"
import { substitute } from "../../src/expression/substitute.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { scalar } from "../../src/expression/value.ts"
import type { NormalMixture } from "../../src/math/mixture-score.ts"
import { mixtureScoreError, mixtureScores } from "../../src/math/mixture-score.ts"
import { startPeer } from "./kit/peer.ts"
import { paired, timed } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

/** Dyadic parameters: the doubles of the kernel and the rationals of the formula are the same numbers. */
export const MIXTURE: NormalMixture = {
  weights: Float64Array.of(1 / 8, 3 / 8, 1 / 4, 1 / 4),
  means: Float64Array.of(-4, -1, 1, 3),
  deviations: Float64Array.of(3 / 8, 1, 1 / 2, 2),
}

const X = "x"

/** The score as a node in the free variable x. */
export const scoreNode = ({ weights, means, deviations }: NormalMixture): Node => {
  const list = (xs: Iterable<string>): string => `[${[...xs].join(", ")}]`
  const text = (x: number): string => Q.toText(Q.fromNumber(x))
  const laws = Array.from(means, (m, k) => `Normal(${text(m)}, ${text(deviations[k]!)})`)
  const formula = `score(Mixture(${list(Array.from(weights, text))}, ${list(laws)}), x)`
  const value = elaborate(parseFormula(formula), environment(new Map([[X, scalar(N.variable(X))]])))
  if (value.kind !== "scalar") throw new Error("the score is no number")
  return value.node
}

/** How many of the points have a kernel value within its error bound of the interval enclosure. */
export const contained = (mixture: NormalMixture, points: Float64Array, values: Float64Array): number => {
  const node = scoreNode(mixture)
  let count = 0
  points.forEach((x, i) => {
    const at = substitute(node, new Map([[X, N.constant(Q.fromNumber(x))]]))
    const { lo, hi } = enclose(at, { bits: 128, evaluations: 1 })
    const slack = mixtureScoreError(mixture, x)
    if (lo - slack <= values[i]! && values[i]! <= hi + slack) count++
  })
  return count
}

/** n points from -width to width in a scattered order: multiples of the golden ratio. */
export const scattered = (n: number, width: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => (((i * 0.6180339887498949) % 1) - 0.5) * 2 * width)

const bench = async (): Promise<void> => {
  console.log(machine(availableParallelism()))
  const peer = await startPeer("scores.py", ["numpy"])
  const folder = mkdtempSync(join(tmpdir(), "scores-"))
  const [points, saved] = [join(folder, "points"), join(folder, "scores")]
  // Ten deviations beyond the outermost means: tails, where every density underflows in the product form, are in.
  const x = scattered(1_000_000, 40)
  const out = new Float64Array(x.length)
  writeFileSync(points, new Uint8Array(x.buffer))
  const law = { weights: [...MIXTURE.weights], means: [...MIXTURE.means], deviations: [...MIXTURE.deviations] }
  const here = "numpy" in peer.versions
  if (here) await peer.ask({ do: "load", points, ...law })
  const theirs = here ? [async () => (await peer.ask({ do: "run" })).ms] : []

  const kernel = await paired(() => timed(() => mixtureScores(MIXTURE, x, out))[0], theirs)
  const f = compile(scoreNode(MIXTURE), [X])
  const one = new Float64Array(1)
  const byFormula = new Float64Array(x.length)
  const everywhere = (): void => {
    for (let i = 0; i < x.length; i++) {
      one[0] = x[i]!
      byFormula[i] = f(one)
    }
  }
  const formula = await paired(() => timed(everywhere)[0], theirs, { rounds: 3, warm: 1 })
  const rows = (
    [
      ["kernel", kernel],
      ["compiled formula", formula],
    ] as const
  ).map(([name, { ours, theirs: numpy, ratios }]) => [
    name,
    short(ours),
    numpy[0] === undefined ? "-" : short(numpy[0]),
    ratios[0]?.toFixed(2) ?? "-",
    "no error bound, no enclosure",
  ])
  console.log(table(["a million scores by our", "ours ms", "NumPy ms", "ours/NumPy", "NumPy does not give"], rows))

  const relative = (a: Float64Array, b: Float64Array): number =>
    a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!) / Math.max(Math.abs(b[i]!), Number.MIN_VALUE)), 0)
  // Near a zero of the score relative differences are unbounded: those are measured against the error bound instead.
  const bounds = x.map((at) => mixtureScoreError(MIXTURE, at))
  const inBounds = (a: Float64Array, b: Float64Array): number =>
    a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!) / (2 * bounds[i]!)), 0)
  if (here) {
    await peer.ask({ do: "run", save: saved })
    const other = new Float64Array(new Uint8Array(readFileSync(saved)).buffer)
    console.log(
      `kernel and NumPy differ by at most ${relative(out, other).toExponential(1)} relative, ${inBounds(out, other).toFixed(3)} of both error bounds`,
    )
  }
  console.log(`kernel and formula differ by at most ${relative(out, byFormula).toExponential(1)} relative`)
  const few = x.subarray(0, 1000)
  console.log(`${contained(MIXTURE, few, out.subarray(0, 1000))} of 1000 kernel values are within their error bound of the interval enclosure`)
  rmSync(folder, { recursive: true })
  peer.close()
}

if (import.meta.main) await bench()
