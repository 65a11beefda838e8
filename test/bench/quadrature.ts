/**
 * Entropies, KL and Jensen-Shannon divergences of normal mixtures: our proved enclosures over the whole line, at relative 1e-12 in double intervals
 * and at 1e-30 in 128-bit balls, against FLINT's proved integrals over a finite range and the heuristic ones of mpmath and SciPy.
 *
 *   node test/bench/quadrature.ts           LEMMATA_PYTHON names the Python that has the peers; default python3
 */
import { availableParallelism } from "node:os"
import type { Rational } from "../../src/core/rational.ts"
import * as Q from "../../src/core/rational.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import { enclose } from "../../src/expression/enclose.ts"
import type { Node } from "../../src/expression/node.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import type { Answer } from "./kit/peer.ts"
import { startPeer } from "./kit/peer.ts"
import { paired, timed } from "./kit/rounds.ts"
import { machine, short, table } from "./kit/table.ts"

export type Mixture = { readonly w: ReadonlyArray<string>; readonly m: ReadonlyArray<string>; readonly s: ReadonlyArray<string> }
export interface Case {
  readonly kind: "entropy" | "kl" | "js"
  readonly name: string
  readonly p: Mixture
  readonly q?: Mixture
}

const TWO: Mixture = { w: ["3/10", "7/10"], m: ["-2", "1"], s: ["1/2", "1"] }
const THREE: Mixture = { w: ["1/5", "3/10", "1/2"], m: ["-3", "0", "2"], s: ["1/2", "1", "3/4"] }
const FOUR: Mixture = { w: ["1/10", "2/5", "3/10", "1/5"], m: ["-4", "-1", "1", "3"], s: ["1/3", "1", "1/2", "2"] }
export const CASES: ReadonlyArray<Case> = [
  { kind: "entropy", name: "entropy, 2 components", p: TWO },
  { kind: "entropy", name: "entropy, 3 components", p: THREE },
  { kind: "entropy", name: "entropy, 4 components", p: FOUR },
  { kind: "kl", name: "KL, 2 from 3 components", p: TWO, q: THREE },
  { kind: "kl", name: "KL, 3 from 4 components", p: THREE, q: FOUR },
  { kind: "js", name: "JS, 2 and 3 components", p: TWO, q: THREE },
]

const law = ({ w, m, s }: Mixture): string => `Mixture([${w.join(", ")}], [${m.map((mean, k) => `Normal(${mean}, ${s[k]})`).join(", ")}])`
const FORMS = { entropy: "Entropy", kl: "KL", js: "JS" } as const

/** The case as a closed node. */
export const nodeOf = ({ kind, p, q }: Case): Node => {
  const value = elaborate(parseFormula(`${FORMS[kind]}(${law(p)}${q === undefined ? "" : `, ${law(q)}`})`), environment(new Map()))
  if (value.kind !== "scalar") throw new Error(`${kind} is no number`)
  return value.node
}

export interface Tier {
  readonly bits: number
  readonly tolerance: number
}
export const TIERS: ReadonlyArray<Tier> = [
  { bits: 53, tolerance: 1e-12 },
  { bits: 128, tolerance: 1e-30 },
]

/** Our enclosure: [lo, hi] as exact rationals. */
export const ends = (node: Node, { bits, tolerance }: Tier): { readonly lo: Rational; readonly hi: Rational } => {
  const found = enclose(node, { bits, tolerance, evaluations: 1_000_000 })
  if (found.status !== "defined" || found.exact === undefined) throw new Error(found.reason ?? "no enclosure")
  return found.exact
}

interface Tool {
  readonly tool: "flint" | "mpmath" | "scipy"
  readonly package: string
  readonly label: string
  readonly proves: string
  readonly settings: { readonly [name: string]: number | string }
}

/** Ranges that reach so many standard deviations out that what they leave off is below the tolerance: exp(-8.5^2/2) = 2e-16, exp(-13^2/2) = 2e-37. */
const TOOLS: ReadonlyArray<ReadonlyArray<Tool>> = [
  [
    {
      tool: "flint",
      package: "python-flint",
      label: "FLINT, 64 bits",
      proves: "finite range only",
      settings: { bits: 64, tolerance: "1e-12", widths: "17/2" },
    },
    { tool: "mpmath", package: "mpmath", label: "mpmath.quad, 15 digits", proves: "nothing", settings: { digits: 15, widths: "17/2" } },
    { tool: "scipy", package: "scipy", label: "scipy quad, 1e-12", proves: "nothing", settings: { widths: "17/2" } },
  ],
  [
    {
      tool: "flint",
      package: "python-flint",
      label: "FLINT, 128 bits",
      proves: "finite range only",
      settings: { bits: 128, tolerance: "1e-30", widths: "13" },
    },
    { tool: "mpmath", package: "mpmath", label: "mpmath.quad, 30 digits", proves: "nothing", settings: { digits: 30, widths: "13" } },
  ],
]

const bench = async (): Promise<void> => {
  console.log(machine(availableParallelism()))
  const peer = await startPeer("quadrature.py", ["python-flint", "mpmath", "scipy"])
  const rows: Array<ReadonlyArray<string>> = []
  for (const [t, tier] of TIERS.entries())
    for (const item of CASES) {
      const node = nodeOf(item)
      const best = ends(node, { bits: 192, tolerance: 1e-40 })
      const truth = Q.div(Q.add(best.lo, best.hi), Q.rational(2))
      const size = Math.abs(Q.toNumber(truth))
      const relative = (a: Rational): string => (Math.abs(Q.toNumber(a)) / size).toExponential(0)
      const tools = TOOLS[t]!.filter((tool) => tool.package in peer.versions)
      const answers: Array<Answer | undefined> = tools.map(() => undefined)
      let own = { lo: Q.ZERO, hi: Q.ZERO }
      const { ours, theirs, ratios } = await paired(
        () => {
          const [ms, value] = timed(() => ends(node, tier))
          own = value
          return ms
        },
        tools.map(({ tool, settings }, i) => async () => {
          const { name, ...rest } = item
          const answer = await peer.ask({ do: tool, ...rest, ...settings })
          answers[i] = answer
          return answer.ms
        }),
        { warm: tier.bits === 53 ? 10 : 2 },
      )
      const error = Q.sub(Q.div(Q.add(own.lo, own.hi), Q.rational(2)), truth)
      rows.push([
        item.name,
        `ours, ${tier.bits} bits`,
        short(ours),
        "",
        relative(error),
        relative(Q.div(Q.sub(own.hi, own.lo), Q.rational(2))),
        "whole line",
      ])
      for (const [i, { label, proves }] of tools.entries()) {
        const { value, radius } = answers[i]!
        const off = Q.sub(Q.parseRational(String(value))!, truth)
        const proved = typeof radius === "number" ? (radius / size).toExponential(0) : "-"
        rows.push(["", label, short(theirs[i]!), ratios[i]!.toFixed(2), relative(off), proved, proves])
      }
    }
  console.log(table(["integral", "by", "ms", "ours/theirs", "error", "radius", "proves"], rows))
  peer.close()
}

if (import.meta.main) await bench()
