/**
 * All kinds of claims, and the claim number i of a seed.
 */
import { drawFrom } from "./draw.ts"
import { arithmetic } from "./algebra.ts"
import { derivatives } from "./derivatives.ts"
import { closedDivergences } from "./divergences-closed.ts"
import { hostileNumbers } from "./hostile-numbers.ts"
import { knownIntegrals } from "./integrals.ts"
import { spatial } from "./linear.ts"
import { mixed } from "./mixtures.ts"
import { transports } from "./transport.ts"
import { divergences } from "./divergences.ts"
import { elementary } from "./elementary.ts"
import { hostile } from "./hostile.ts"
import { laws } from "./laws.ts"
import { nested } from "./nested.ts"
import { nothing } from "./nothing.ts"
import { rewriting } from "./rewriting.ts"
import { special } from "./special.ts"
import { claimOf } from "./kind.ts"
import type { Claim, Kind, Truth } from "./kind.ts"

const GROUPS: Readonly<Record<string, ReadonlyArray<Kind>>> = {
  elementary: [...arithmetic, ...elementary, ...special],
  laws: [...laws, ...mixed],
  divergences: [...closedDivergences, ...divergences],
  calculus: [...derivatives, ...knownIntegrals],
  geometry: [...spatial, ...transports],
  hostile: [...hostileNumbers, ...hostile],
  rewriting,
  nested,
}
export const KINDS: ReadonlyArray<Kind> = Object.values(GROUPS).flat()
/** Kinds whose claims denote nothing. */
const NOTHING = nothing

const groups = new Map(Object.entries({ ...GROUPS, undefined: nothing }).flatMap(([group, kinds]) => kinds.map((k) => [k.name, group] as const)))
export const groupOf = (kind: string): string => groups.get(kind) ?? "other"

/** One claim in this many denotes nothing; it comes on top of the halves that are true and false. */
const RARE = 20

export const generate = (seed: string, index: number, part = ""): Claim => {
  const d = drawFrom(seed, "soundness", String(index))
  const nothing = NOTHING.filter((k) => k.name.includes(part))
  const kinds = KINDS.filter((k) => k.name.includes(part))
  if (nothing.length > 0 && (kinds.length === 0 || index % RARE === RARE - 1)) return claimOf(index, d.pick(nothing), "undefined", d)
  const truth: Truth = index % 2 === 0 ? "true" : "false"
  return claimOf(index, weighted(kinds, d.int(0, 999_999) / 1_000_000), truth, d)
}

const weighted = (kinds: ReadonlyArray<Kind>, u: number): Kind => {
  let left = u * kinds.reduce((s, k) => s + (k.weight ?? 1), 0)
  return kinds.find((k) => (left -= k.weight ?? 1) < 0) ?? kinds[kinds.length - 1]!
}
