/**
 * Product laws: independent coordinates (or blocks), p(x) = prod_i p_i(x_i).
 */
import { plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { TooLarge, Undefined } from "../value.ts"
import { LINE } from "./support.ts"

const MAX_DIMENSION = 1000

/** The law of independent blocks with the given laws; a point is the concatenation of their coordinates. */
export const product = (laws: ReadonlyArray<Law>): Law => {
  if (laws.length === 0) throw new Undefined("Product needs at least one law")
  const parts = laws.flatMap((law) => (law.kind === "Product" ? law.parts!.map((p) => p.law) : [law])).map((law) => ({ weight: N.integer(1), law }))
  if (parts.length === 1) return parts[0]!.law
  const dimension = parts.reduce((d, p) => d + p.law.dimension, 0)
  if (dimension > MAX_DIMENSION) throw new TooLarge(`a product of at most ${MAX_DIMENSION} coordinates is expected, not of ${dimension}`)
  const each = (x: ReadonlyArray<Node>, f: (law: Law, block: ReadonlyArray<Node>) => Node): ReadonlyArray<Node> =>
    blocks(
      parts.map((p) => p.law),
      x,
    ).map((block, i) => f(parts[i]!.law, block))
  return {
    kind: "Product",
    params: {},
    dimension,
    type: parts.every((p) => p.law.type === "discrete") ? "discrete" : "continuous",
    support: LINE,
    parts,
    pdf: (x) => each(x, (law, block) => law.pdf(block)).reduce(times),
    logpdf: (x) => {
      const terms = each(x, (law, block) => law.logpdf(block))
      return terms.find((t) => t.op === "infinite") ?? terms.reduce(plus)
    },
  }
}

/** A point cut into the blocks of the factors. */
export const blocks = <A>(laws: ReadonlyArray<Law>, x: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  const total = laws.reduce((d, law) => d + law.dimension, 0)
  if (x.length !== total) throw new Undefined(`shape mismatch: a point of length ${x.length} for a law in dimension ${total}`)
  let at = 0
  return laws.map((law) => x.slice(at, (at += law.dimension)))
}
