/**
 * The parameters that a formula depends on: every parameter whose name stands in it, in a definition that it uses, or in an assumption. Read off the
 * text, so a bound variable of the same name counts too: never too few.
 */
import type { Family, Spec } from "./statement.ts"

const namesOf = (text: string): ReadonlySet<string> => new Set(text.match(/[A-Za-z_]\w*/g))

/** The names of the parameters of all families that `formula` depends on. */
export const mentioned = (spec: Pick<Spec, "families" | "hypotheses">, formula: string): ReadonlySet<string> => {
  const conditions = spec.hypotheses.flatMap((h) => h.condition ?? [])
  return new Set(spec.families.flatMap((family) => [...inFamily(family, [formula, ...conditions, ...(family.assume ?? [])])]))
}

const inFamily = (family: Family, formulas: ReadonlyArray<string>): ReadonlySet<string> => {
  const bodies = new Map([
    ...Object.entries(family.parameters),
    ...Object.entries(family.let).map(([head, body]) => [head.split("(")[0]!.trim(), body] as const),
  ])
  const found = new Set<string>()
  const follow = (text: string): void => {
    for (const name of namesOf(text)) {
      if (found.has(name)) continue
      found.add(name)
      follow(bodies.get(name) ?? "")
    }
  }
  formulas.forEach(follow)
  return new Set(Object.keys(family.parameters).filter((name) => found.has(name)))
}
