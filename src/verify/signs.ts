/**
 * Signs that a claim has to be looked at with: of every real parameter whose domain has both. sqrt(x^2) == x holds at half of all draws.
 */
import * as Q from "../core/rational.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import { asNode } from "../expression/value.ts"
import type { Instance, Problem } from "./problem.ts"

/** What is still to be seen: parameter name and sign, as "x+" and "x-". */
export class Signs {
  private readonly open = new Set<string>()
  constructor(p: Problem, instance: Instance) {
    for (const [name, { kind, args }] of p.domains) {
      if (kind !== "real" && kind !== "integer") continue
      const [lo, hi] = args.map((e) => asNode(elaborate(e, environment(instance)), name))
      if (lo?.op === "const" && hi?.op === "const" && lo.value.n < 0n && hi.value.n > 0n) for (const sign of ["-", "+"]) this.open.add(name + sign)
    }
  }
  get complete(): boolean {
    return this.open.size === 0
  }
  /** Whether the instance shows a sign that is still open. */
  adds(instance: Instance): boolean {
    return shown(instance).some((s) => this.open.has(s))
  }
  see(instance: Instance): void {
    for (const s of shown(instance)) this.open.delete(s)
  }
}

const shown = (instance: Instance): ReadonlyArray<string> =>
  [...instance].flatMap(([name, value]) => {
    const sign = value.kind === "scalar" && value.node.op === "const" ? Q.sign(value.node.value) : 0
    return sign === 0 ? [] : [name + (sign < 0 ? "-" : "+")]
  })
