/**
 * The strategy of claims: the ladder, and a confidence sequence where the relation holds an expectation that only sampling reaches, or nested quadrature in
 * the plane that doubles could not finish.
 */
import { depth } from "../expression/enclose.ts"
import { ladder } from "./examine.ts"
import type { Question, Strategy } from "./examine.ts"
import type { Evidence } from "./ladder.ts"
import { sampled, samples } from "./sampled.ts"

export const adaptive = (): Strategy => ({
  name: "ladder, then samples",
  statistical: true,
  gather: (q) => {
    const nested = Math.max(depth(q.left), depth(q.right)) > 1
    const doubles = { ...q, budget: { ...q.budget, bits: q.budget.bits.slice(0, 1) } }
    const found = ladder().gather(nested ? doubles : q)
    if (!isOpen(found)) return found
    const looked = bySampling(q, nested)
    if (looked !== undefined && (!isOpen(looked) || !nested)) return { ...looked, evaluations: looked.evaluations + found.evaluations }
    if (!nested) return found
    const last = ladder().gather(q)
    return { ...last, evaluations: last.evaluations + found.evaluations + (looked?.evaluations ?? 0) }
  },
})

const isOpen = ({ verdict }: Evidence): boolean => verdict._tag === "Inconclusive" && verdict.reason !== "undefined"

const bySampling = (q: Question, nested: boolean): Evidence | undefined => {
  const [left, right] = (nested ? q.sampled?.() : undefined) ?? [q.left, q.right]
  return samples(left) || samples(right) ? sampled().gather({ ...q, left, right }) : undefined
}
