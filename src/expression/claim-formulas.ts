/**
 * The formulas inside a claim file: each read, looked through and complained about at its place.
 */
import { mentions } from "./claim-names.ts"
import type { Scope } from "./claim-names.ts"
import type { Entry, Read, Tree } from "./claim-text.ts"
import { DomainFault } from "./domain.ts"
import { SyntaxFault, parseFormula } from "./syntax.ts"
import type { Expr } from "./syntax.ts"

/** The nearest known text to a typed one, if any is near. */
export type Nearest = (typed: string, known: ReadonlyArray<string>) => string | undefined

/** What `look` answers about a formula that it has complained about. */
export const BROKEN: ReadonlySet<string> = new Set()

export const textOf = (value: Tree | undefined): string | undefined => (value?.kind === "text" ? value.text : undefined)

export abstract class Formulas {
  /** Every name that some formula depends on. */
  protected readonly used = new Set<string>()
  protected readonly read: Read
  private readonly nearest: Nearest
  constructor(read: Read, nearest: Nearest) {
    this.read = read
    this.nearest = nearest
  }

  /** Complains, and goes on with `result`. */
  protected fail<A>(at: number, message: string, result: A): A {
    this.read.fault(at, message)
    return result
  }

  protected hint(typed: string, known: ReadonlyArray<string>): string {
    const found = this.nearest(typed, known)
    return found === undefined ? "" : `; did you mean "${found}"?`
  }

  protected prose(entry: Entry | undefined, key: string): string | undefined {
    if (entry === undefined || entry.value.kind === "text") return textOf(entry?.value)
    this.read.fault(entry.value.at, `${key} must be text`)
    return undefined
  }

  protected entries(entry: Entry | undefined, section: string, form: string, most: number): ReadonlyMap<string, Entry> {
    if (entry === undefined || entry.value.kind === "empty") return new Map()
    if (entry.value.kind === "map" && entry.value.entries.size <= most) return entry.value.entries
    this.read.fault(
      entry.value.at,
      entry.value.kind === "map" ? `at most ${most} entries are expected in ${section}` : `${section} must hold lines "${form}"`,
    )
    return new Map()
  }

  /** A formula as typed: text, or a bracketed list, which YAML reads as one of its own. */
  protected formulaText(value: Tree): string {
    return value.kind === "text" ? value.text.trim() : value.kind === "list" && value.source.startsWith("[") ? value.source.trim() : ""
  }

  protected formula(value: Tree, text = this.formulaText(value)): Expr | undefined {
    try {
      if (text === "") throw new SyntaxFault("a formula is expected")
      return parseFormula(text)
    } catch (error) {
      this.refused(error, value, text)
      return undefined
    }
  }

  /** A fault at the place inside the value where the parser stopped. */
  protected refused(error: unknown, value: Tree, text = this.formulaText(value)): void {
    if (!(error instanceof SyntaxFault || error instanceof DomainFault)) throw error
    const at = error instanceof SyntaxFault ? error.at : undefined
    const sentence = /a chain of comparisons/.test(error.message)
      ? "exactly one relation is expected: ==, <=, >=, < or >; here are two"
      : error.message
    const from = value.source.indexOf(text)
    this.read.fault(value.at + (at === undefined || from < 0 ? 0 : Math.min(from + at, value.source.length)), sentence)
  }

  protected look(formula: Expr, value: Tree, scope: Scope, hidden: ReadonlyArray<string> = [], condition = false): ReadonlySet<string> {
    const { used, complaints } = mentions(formula, scope, hidden, condition)
    for (const name of used) this.used.add(name)
    for (const { name, message, known } of complaints) {
      const found = value.source.search(new RegExp(/^\w+$/.test(name) ? `\\b${name}\\b` : name.replace(/[<>=!]/g, "\\$&")))
      this.read.fault(value.at + Math.max(0, found), known === undefined ? message : `${message}${this.hint(name, known)}`)
    }
    return complaints.length > 0 ? BROKEN : used
  }
}
