/**
 * An explanation as plain data, for `lemmata explain --json`.
 */
import type { Explanation } from "../verify/explain.ts"
import type { Evidence } from "../verify/ladder.ts"
import { boundsData } from "./json.ts"
import type { Json } from "./json.ts"
import { claimLatex } from "./latex.ts"

/** The fields of the explanation, with intervals as `[lo, hi]`. */
export const explainData = ({ rungs, look, definitions, writtenOut, assumptions, methods, ...e }: Explanation): Json => ({
  id: e.id,
  claim: e.claim,
  latex: claimLatex(e.claim),
  writtenOut: writtenOut ?? null,
  definitions: definitions.map((d) => ({ ...d, writtenOut: d.writtenOut ?? null })),
  family: e.family,
  parameters: { ...e.where.parameters },
  chosen: e.chosen,
  assumptions: assumptions.map(({ text, holds }) => ({ text, holds: holds ?? null })),
  methods: methods.map((m) => ({ ...m })),
  strategy: e.strategy,
  relation: e.relation,
  tolerance: e.tolerance,
  rungs: rungs.map(({ tier, allowed, evidence, note }) => ({
    tier,
    allowed,
    ...(evidence === undefined ? {} : seen(evidence)),
    note: note ?? null,
  })),
  decision: look.kind === "seen" ? { kind: look.kind, ...seen(look.evidence) } : { kind: look.kind, detail: look.detail },
})

const seen = ({ verdict, estimate, left, right, evaluations, detail }: Evidence): { readonly [key: string]: Json } => ({
  verdict: verdict._tag,
  reason: verdict._tag === "Inconclusive" ? verdict.reason : null,
  grade: estimate.grade,
  left: boundsData(left),
  right: boundsData(right),
  difference: boundsData([estimate.lo, estimate.hi]),
  evaluations,
  detail,
})
