/**
 * The formulas inside a claim file: each read, looked through and complained about at its place.
 */
import { ELSEWHERE, mentions, spelled } from "./claim-names.ts"
import type { Scope } from "./claim-names.ts"
import { placeIn } from "./claim-places.ts"
import { MAX_FAULTS } from "./claim-text.ts"
import type { Entry, Read, Tree } from "./claim-text.ts"
import { DomainFault } from "./domain.ts"
import { SyntaxFault, parseFormula } from "./syntax.ts"
import { blank } from "./tokens.ts"
import type { Expr } from "./syntax.ts"

/** The nearest known text to a typed one, if any is near. */
export type Nearest = (typed: string, known: ReadonlyArray<string>) => string | undefined

/** What `look` answers about a formula that it has complained about. */
export const BROKEN: ReadonlySet<string> = new Set()

/** Comparing names takes time: the first faults of a file come with the nearest name. */
const MAX_HINTS = 20

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

  /** Complains about the first character of a value, and goes on with `result`. */
  protected failAt<A>(value: Tree, message: string, result: A): A {
    this.at(value, undefined, message)
    return result
  }

  /** The known name that is meant or nearest, as a question. */
  protected hint(typed: string, known: ReadonlyArray<string>): string {
    if (this.read.faults.length >= MAX_HINTS) return ""
    const same = ELSEWHERE.get(typed)
    if (same !== undefined && known.includes(same)) return `; did you mean "${same}"?`
    const letters = spelled(typed)
    if (letters !== typed) return `; names are of ASCII letters: ${letters}`
    // Any letter is near any other.
    const found = typed.length === 1 && !known.some((k) => k.toLowerCase() === typed.toLowerCase()) ? undefined : this.nearest(typed, known)
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

  /** A formula as it stands in the file: text, or a bracketed list, which YAML reads as one of its own. */
  protected written(value: Tree): string {
    if (value.kind === "text" && value.source.startsWith(">")) return unfolded(value.source)
    return value.kind === "text" ? value.text : value.kind === "list" && value.source.startsWith("[") ? value.source : ""
  }

  /** The same on one line, without comments. */
  protected formulaText(value: Tree): string {
    return oneLine(this.written(value))
  }

  /** The tree of the part of a value from the character `from` on. */
  protected formula(value: Tree, from = 0): Expr | undefined {
    try {
      return parseFormula(this.written(value).slice(from))
    } catch (error) {
      this.refused(error, value, from)
      return undefined
    }
  }

  /** A fault at the place inside the value where the parser stopped. */
  protected refused(error: unknown, value: Tree, from = 0): void {
    if (!(error instanceof SyntaxFault || error instanceof DomainFault)) throw error
    this.at(value, error instanceof SyntaxFault ? error.at : undefined, error.message, from)
  }

  /** A fault at the character `at` of the part of a value from `from` on; at its first character where the place is unknown. */
  protected at(value: Tree, at: number | undefined, message: string, from = 0): void {
    const text = this.written(value)
    const index = from + (at ?? Math.max(0, blank(text.slice(from)).search(/\S/)))
    const inside = value.kind === "text" ? placeIn(value.source, text, index) : Math.min(index, value.source.length)
    this.read.fault(value.at + inside, message)
  }

  /** The names that a formula depends on, or BROKEN when something is wrong with them. */
  protected look(formula: Expr, value: Tree, scope: Scope, more: Look = {}): ReadonlySet<string> {
    const { used, complaints } = mentions(formula, scope, more.hidden ?? [], more.condition ?? false)
    for (const name of used) this.used.add(name)
    for (const { at, name, message, known } of complaints.slice(0, MAX_FAULTS))
      this.at(value, at, name === undefined || known === undefined ? message : `${message}${this.hint(name, known)}`, more.from)
    return complaints.length > 0 ? BROKEN : used
  }
}

interface Look {
  /** Names of its own, the arguments of a definition. */
  readonly hidden?: ReadonlyArray<string>
  /** Whether it may be a relation itself. */
  readonly condition?: boolean
  /** The part of the value that it is begins here. */
  readonly from?: number
}

/** A folded block with its line ends, where its comments end. */
const unfolded = (source: string): string => {
  const [, ...lines] = source.split("\n")
  return lines.map((line) => line.trim()).join("\n")
}

/** A formula on one line, without the comments that `#` begins. */
export const oneLine = (text: string): string =>
  text
    .replace(/#[^\n]*/g, "")
    .replace(/\s*\n\s*/g, " ")
    .trim()
