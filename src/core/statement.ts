/**
 * A spec: a theorem as a value. Pure: no Effect, no randomness, no tensors.
 *
 * Formulas are text in the claim language (docs/claims.md); what that language cannot say (linear programs, schemes) enters as a typed function
 * under a name of its own, so that steps stay formulas that a reader compares with the paper.
 */
/** A named function in TypeScript, callable from formulas. Made by `typedFunction` in expression/value.ts, which knows the value type. */
export interface TypedFunction {
  readonly arity: number
  readonly apply: (args: ReadonlyArray<never>) => unknown
}

/** One relation of a derivation. */
export interface Step {
  readonly name: string
  /** `left == right`, `left <= right`, ... in the claim language. */
  readonly claim: string
  /** The justification, a few words: "Jensen". */
  readonly because: string
  /** Families in which the step is checked; all when absent. */
  readonly families?: ReadonlyArray<string>
  /** Relative tolerance tau of Verified; the default of the run when absent. */
  readonly tolerance?: number
  /** The step that says when equality holds: without it a weakened inequality could not be refuted. */
  readonly sharpness?: string
  /** A line of a claim file's derivation as typed, with the line before it. */
  readonly line?: { readonly before: string; readonly typed: string }
}

/** A parametric setting in which both sides can be evaluated. */
export interface Family {
  readonly name: string
  readonly title?: string
  /** Name to domain, `real(-4, 4)`, in the domain language of claims. */
  readonly parameters: Readonly<Record<string, string>>
  /** Conditions; an instance that fails one is skipped and counted. */
  readonly assume?: ReadonlyArray<string>
  /** Ordered definitions, `name` or `name(arguments)` to formula. */
  readonly let: Readonly<Record<string, string>>
  /** Stated instances, checked besides the drawn ones: extremes and the points of the literature. */
  readonly points?: ReadonlyArray<Readonly<Record<string, Literal>>>
}
export type Literal = string | number | ReadonlyArray<Literal>

/** A subtly false variant of a step that the verifier must refute. */
export interface Mutant {
  readonly name: string
  readonly step: string
  /** The false relation; the step's own when only `let` changes. */
  readonly claim?: string
  /** Definitions replaced in every family. */
  readonly let?: Readonly<Record<string, string>>
  /** Families in which it is tried; those of the step when absent. */
  readonly families?: ReadonlyArray<string>
  /** Where it is most visible (V), and an unlucky point (U) where the remaining deviation is stated by the literature. */
  readonly visible?: Point
  readonly unlucky?: Point
}
export interface Point {
  readonly family: string
  readonly parameters: Readonly<Record<string, Literal>>
}

/** A named hypothesis with the condition that certifies it at an instance, where the claim language can say it. */
export interface Hypothesis {
  readonly name: string
  readonly statement: string
  readonly condition?: string
}

export const CLASSES = ["holds", "holds-with-note", "outside-hypotheses", "undefined", "divergent", "refuted-as-exact"] as const
/** What the catalogue expects at a degenerate point. */
export type EdgeClass = (typeof CLASSES)[number]

/** A degenerate point and the answer it must get. */
export interface Edge {
  readonly name: string
  readonly family: string
  readonly step: string
  /** The relation looked at; that of the step when absent. */
  readonly claim?: string
  /** A usual reading of the statement that is false here: its refutation turns "holds" into "holds-with-note". */
  readonly companion?: string
  readonly parameters: Readonly<Record<string, Literal>>
  readonly expected: EdgeClass
  readonly note: string
}

export interface Source {
  readonly authors: string
  /** Absent in a claim file's source that names none. */
  readonly year?: number
  readonly where: string
}

export interface Spec {
  /** `topic/kebab-case-name`. */
  readonly id: string
  readonly title: string
  /** LaTeX. */
  readonly statement: string
  readonly symbols: Readonly<Record<string, string>>
  readonly hypotheses: ReadonlyArray<Hypothesis>
  readonly families: ReadonlyArray<Family>
  readonly steps: ReadonlyArray<Step>
  readonly mutants: ReadonlyArray<Mutant>
  readonly edges: ReadonlyArray<Edge>
  readonly sources: ReadonlyArray<Source>
  readonly functions?: Readonly<Record<string, TypedFunction>>
}

/** Whether the spec is a user's claim file, which states its formulas and nothing else. */
export const isClaimFile = (spec: Spec): boolean => spec.statement === ""

/** A spec as written: what may be left out is filled in; names that point nowhere throw a TypeError when the module loads. */
export const theorem = (spec: Omit<Spec, "edges" | "mutants" | "hypotheses"> & Partial<Pick<Spec, "edges" | "mutants" | "hypotheses">>): Spec => {
  const full: Spec = { hypotheses: [], mutants: [], edges: [], ...spec }
  const steps = new Set(full.steps.map((s) => s.name))
  const families = new Set(full.families.map((f) => f.name))
  const known = (set: ReadonlySet<string>, name: string, where: string): void => {
    if (!set.has(name)) throw new TypeError(`${full.id}: ${where} names "${name}", which is none of ${[...set].join(", ")}`)
  }
  if (steps.size !== full.steps.length) throw new TypeError(`${full.id}: two steps share a name`)
  for (const s of full.steps) {
    s.families?.forEach((f) => known(families, f, `step ${s.name}`))
    if (s.sharpness !== undefined) known(steps, s.sharpness, `step ${s.name}`)
  }
  for (const m of full.mutants) {
    known(steps, m.step, `mutant ${m.name}`)
    m.families?.forEach((f) => known(families, f, `mutant ${m.name}`))
    for (const p of [m.visible, m.unlucky]) if (p !== undefined) known(families, p.family, `mutant ${m.name}`)
  }
  for (const e of full.edges) {
    known(families, e.family, `edge ${e.name}`)
    known(steps, e.step, `edge ${e.name}`)
  }
  return full
}

export const step = (name: string, claim: string, because: string, more: Omit<Step, "name" | "claim" | "because"> = {}): Step => ({
  name,
  claim,
  because,
  ...more,
})
export const family = (name: string, setting: Omit<Family, "name">): Family => ({ name, ...setting })
export const mutant = (name: string, ofStep: string, claim: string, more: Omit<Mutant, "name" | "step" | "claim"> = {}): Mutant => ({
  name,
  step: ofStep,
  claim,
  ...more,
})
