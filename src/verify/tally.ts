/**
 * What the looks at a claim add up to.
 */
import { weakest } from "../core/estimate.ts"
import type { Grade } from "../core/estimate.ts"
import { faulted, inconclusive, vacuous, verified } from "../core/verdict.ts"
import type { Exclusion, Verdict, Where } from "../core/verdict.ts"
import { parameterText } from "../expression/domain.ts"
import { detectable } from "./examine.ts"
import type { Look } from "./examine.ts"
import type { Instance, Problem } from "./problem.ts"

/** Running totals over the looks of one unit. */
export class Tally {
  instances = 0
  evaluations = 0
  alpha = 0
  detectable = 0
  grade: Grade | null = null
  open: { verdict: Verdict; detail: string; where: Where } | undefined
  fault: string | undefined
  private readonly excluded = new Map<string, Exclusion>()
  add(look: Look, p: Problem, instance: Instance): void {
    const here = (): Where => where(p, instance)
    if (look.kind === "skipped") {
      const before = this.excluded.get(look.detail)
      this.excluded.set(look.detail, { hypothesis: look.detail, instances: (before?.instances ?? 0) + 1, first: before?.first ?? here() })
    } else if (look.kind === "fault") this.fault ??= `${look.detail} at ${describe(p, instance)}`
    else if (look.kind === "open") this.open ??= { verdict: inconclusive(look.reason), detail: look.detail, where: here() }
    else {
      const { evidence } = look
      this.instances++
      this.evaluations += evidence.evaluations
      this.alpha += evidence.estimate.alpha
      this.grade = this.grade === null ? evidence.estimate.grade : weakest(this.grade, evidence.estimate.grade)
      if (evidence.verdict._tag === "Verified") this.detectable = Math.max(this.detectable, detectable(evidence))
      else if (evidence.verdict._tag !== "Refuted") this.open ??= { verdict: evidence.verdict, detail: evidence.detail, where: here() }
    }
  }
  get exclusions(): ReadonlyArray<Exclusion> {
    return [...this.excluded.values()]
  }
  /** No more instance can make it Verified. */
  get undecided(): boolean {
    return this.open !== undefined
  }
  verdict(): Verdict {
    if (this.fault !== undefined) return faulted(this.fault)
    if (this.open !== undefined) return this.open.verdict
    return this.instances === 0 ? vacuous : verified
  }
}

/** The instance, for people. */
export const where = (p: Problem, instance: Instance): Where => ({
  parameters: Object.fromEntries([...instance].map(([name, value]) => [name, parameterText(value)])),
  family: p.family,
})

/** The instance in one line, with its family. */
export const describe = (p: Problem, instance: Instance): string =>
  `${p.family}(${[...instance].map(([name, value]) => `${name} = ${JSON.stringify(parameterText(value)).replaceAll('"', "")}`).join(", ")})`
