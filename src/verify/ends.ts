/**
 * Ends that a claim has to be looked at with: of every number among the parameters, both. x > 0 holds at all points of [0, 1] but one, and sqrt(x^2) == x on
 * half of [-1, 1].
 */
import { draw, parameterText } from "../expression/domain.ts"
import { elaborate, environment } from "../expression/elaborate.ts"
import type { Expr } from "../expression/syntax.ts"
import type { Value } from "../expression/value.ts"
import type { Instance, Problem } from "./problem.ts"

const ENDS = ["lo", "hi"] as const

/** What is still to be seen: parameter name and end, as "x lo" and "x hi". */
export class Ends {
  private readonly open: Set<string>
  private readonly p: Problem
  constructor(p: Problem) {
    this.p = p
    const ended = p.domains.filter(([name, { kind }]) => p.mentioned.has(name) && ["real", "positive", "integer"].includes(kind))
    this.open = new Set(ended.flatMap(([name]) => ENDS.map((end) => `${name} ${end}`)))
  }
  get complete(): boolean {
    return this.open.size === 0
  }
  /** Whether the instance shows an end that is still open. */
  adds(instance: Instance): boolean {
    return this.shown(instance).length > 0
  }
  see(instance: Instance): void {
    for (const end of this.shown(instance)) this.open.delete(end)
  }
  private shown(instance: Instance): ReadonlyArray<string> {
    const bound = (e: Expr): Value => elaborate(e, environment(instance))
    return this.p.domains.flatMap(([name, domain]) =>
      ENDS.filter((end) => {
        if (!this.open.has(`${name} ${end}`)) return false
        return parameterText(instance.get(name)!) === parameterText(draw(domain, bound, NONE, end))
      }).map((end) => `${name} ${end}`),
    )
  }
}

// An end is no draw.
const NONE = { below: () => 0 }
