/**
 * The strategy of claims: the ladder, and where the written-out relation holds an expectation that only sampling reaches, a confidence sequence.
 */
import { ladder } from "./examine.ts"
import type { Strategy } from "./examine.ts"
import { sampled, samples } from "./sampled.ts"

export const adaptive = (): Strategy => ({
  name: "ladder, then samples",
  statistical: true,
  gather: (q) => {
    const found = ladder().gather(q)
    if (found.verdict._tag !== "Inconclusive" || found.verdict.reason === "undefined" || !(samples(q.left) || samples(q.right))) return found
    const looked = sampled().gather(q)
    return { ...looked, evaluations: looked.evaluations + found.evaluations }
  },
})
