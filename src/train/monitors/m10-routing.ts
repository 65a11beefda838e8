/**
 * M10, routing: what is trained is reached by its loss. Adam's second moment of a number whose gradients were g_0, g_1, ... is
 *
 *   v = (1 - b2) sum_j b2^(k - 1 - j) g_j^2,     so v = 0 for a whole tensor means that every gradient it ever had was exactly 0:
 *
 * it was detached, or a layer after it is dead. The state holds v, so that looking costs no evaluation of the loss.
 */
import { finding } from "./finding.ts"
import type { Finding } from "./finding.ts"

/** Steps by which a gradient has passed every layer that starts at 0: through L of them in a row it comes in step L + 1. */
export const SETTLED = 10

/** The finding about the second moments of each trained tensor, all of them or their largest, by name. */
export const routingFindings = (moments: ReadonlyArray<readonly [name: string, v: ArrayLike<number>]>): ReadonlyArray<Finding> => {
  const missed = moments.filter(([, v]) => Array.prototype.every.call(v, (x) => x === 0)).map(([name]) => name)
  return [finding("M10 reach", missed.length, 0, `no gradient has reached ${missed.join(", ")}: detached from the loss, or behind a dead layer`)]
}
