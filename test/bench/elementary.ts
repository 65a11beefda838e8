/**
 * Elementary functions per second, one argument at a time: our double intervals (tightest bounds) and 128-bit balls against FLINT's arb and mpmath,
 * both called from Python as their users call them, and against NumPy's whole arrays without bounds.
 *
 *   node test/bench/elementary.ts           LEMMATA_PYTHON names the Python that has the peers; default python3
 */
import { availableParallelism } from "node:os"
import type { Arithmetic, Elementary } from "../../src/interval/arithmetic.ts"
import type { Ball } from "../../src/interval/ball.ts"
import { exact } from "../../src/interval/ball.ts"
import { ballArithmetic } from "../../src/interval/ball-arithmetic.ts"
import { fromDouble } from "../../src/interval/ball-convert.ts"
import { intervalArithmetic } from "../../src/interval/interval-arithmetic.ts"
import { point } from "../../src/interval/interval.ts"
import { startPeer } from "./kit/peer.ts"
import { paired, timed } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

export const BITS = 128
/** More points than any function of ours remembers. */
const COUNT = 8192

/** n numbers in ]1/8, 8[ of full precision, as dyadic numbers of 53 or 128 bits. */
export const doubles = (n: number): ReadonlyArray<Ball> =>
  Array.from({ length: n }, (_, i) => fromDouble(2 ** -3 + ((i * 0.6180339887498949) % 1) * (8 - 2 ** -3)))
const WIDE = 0x9e3779b97f4a7c15f39cc0605cedc835n
export const longer = (n: number): ReadonlyArray<Ball> =>
  Array.from({ length: n }, (_, i) => exact((1n << 125n) + (BigInt.asUintN(128, BigInt(i + 1) * WIDE) >> 1n), -125))

/** Milliseconds of processor time for one function on every point, and a checksum so that nothing is optimised away. */
const sweep = <T>(A: Arithmetic<T>, f: Elementary | "mul", xs: ReadonlyArray<T>): readonly [ms: number, checksum: number] =>
  timed(() => {
    let sum = 0
    for (let i = 0; i < xs.length; i++) {
      const value = f === "mul" ? A.mul(xs[i]!, xs[(i + 1) % xs.length]!) : A.call(f, xs[i]!)
      sum += A.status(value) === "defined" ? 1 : 0
    }
    return sum
  })

const FUNCTIONS: ReadonlyArray<Elementary | "mul"> = ["mul", "exp", "log", "sin", "tanh", "erf"]
/** Not every peer has every function. */
const ONLY = {
  flint: FUNCTIONS,
  mpmath: FUNCTIONS,
  "mpmath.iv": ["mul", "exp", "log", "sin"],
  numpy: ["mul", "exp", "log", "sin", "tanh"],
} as const satisfies Readonly<Record<string, ReadonlyArray<string>>>

const bench = async (): Promise<void> => {
  console.log(machine(availableParallelism()))
  const peer = await startPeer("elementary.py", ["python-flint", "mpmath", "numpy"])
  const rows: Array<ReadonlyArray<string>> = []
  const perSecond = (ms: number): string => short(COUNT / ms / 1000)
  const run = async <T>(A: Arithmetic<T>, dyadic: ReadonlyArray<Ball>, xs: ReadonlyArray<T>, repeats: number): Promise<void> => {
    if (Object.keys(peer.versions).length > 0) await peer.ask({ do: "load", points: dyadic.map(({ m, e }) => [m.toString(), e]) })
    for (const f of FUNCTIONS) {
      const has = (tool: keyof typeof ONLY, name: string): boolean => name in peer.versions && (ONLY[tool] as ReadonlyArray<string>).includes(f)
      const tools = [
        ...(has("flint", "python-flint") ? (["flint"] as const) : []),
        ...(has(A.bits === 53 ? "mpmath.iv" : "mpmath", "mpmath") ? (["mpmath"] as const) : []),
        ...(A.bits === 53 && has("numpy", "numpy") ? (["numpy"] as const) : []),
      ]
      const { ours, theirs, ratios } = await paired(
        () => {
          let total = 0
          for (let k = 0; k < repeats; k++) total += sweep(A, f, xs)[0]
          return total / repeats
        },
        tools.map((tool) => async () => (await peer.ask({ do: tool, function: f, bits: A.bits, times: 50 })).ms),
        { warm: 3 },
      )
      const cell = (tool: (typeof tools)[number]): ReadonlyArray<string> => {
        const i = tools.indexOf(tool)
        return i < 0 ? ["-", "-"] : [perSecond(theirs[i]!), ratios[i]!.toFixed(2)]
      }
      rows.push([`${f}, ${A.bits} bits`, perSecond(ours), ...cell("flint"), ...cell("mpmath"), ...cell("numpy")])
    }
  }
  const thin = doubles(COUNT)
  await run(
    intervalArithmetic,
    thin,
    thin.map(({ m, e }) => point(Number(m) * 2 ** e)),
    4,
  )
  const long = longer(COUNT)
  await run(ballArithmetic(BITS), long, long, 1)
  console.log("millions per second; ratios are times, ours/theirs")
  console.log(table(["function", "ours", "FLINT", "ratio", "mpmath", "ratio", "NumPy", "ratio"], rows))
  console.log("FLINT and mpmath at 53 bits give bounds, too; mpmath beyond 53 bits and NumPy give none")
  peer.close()
}

if (import.meta.main) await bench()
