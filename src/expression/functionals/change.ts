/**
 * Changes of variable that remove what quadrature does not like, before an integral is written:
 *
 *   log-normal          X = exp(Y), Y normal
 *   Diffused, no density in closed form:  E f(a X + s e) over e, then over X
 */
import { plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { normal } from "../laws/normal.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { substitute } from "../substitute.ts"
import type { Settle } from "./space.ts"

/** An equal expectation under a simpler law, if there is one. */
export const change = (settle: Settle, law: Law, x: string, body: Node): { readonly law: Law; readonly body: Node } | undefined => {
  const p = law.params
  if (law.kind === "LogNormal") return { law: normal(p["m"]!, p["s"]!), body: substitute(body, new Map([[x, N.call("exp", N.variable(x))]])) }
  if (law.kind === "Diffused") {
    const noise = x.replace(/^[^~]*/, "noise")
    const at = plus(times(p["a"]!, N.variable(x)), times(p["s"]!, N.variable(noise)))
    return { law: law.parts![0]!.law, body: settle(normal(N.integer(0), N.integer(1)), [noise], substitute(body, new Map([[x, at]]))) }
  }
  return undefined
}
