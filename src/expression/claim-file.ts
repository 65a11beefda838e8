/**
 * A claim file becomes a spec: one family with the file's parameters, assumptions and definitions; one step per claim and per derivation line.
 * Everything that can be wrong in it is found here, before anything runs.
 */
import type { Spec, Step } from "../core/statement.ts"
import { BROKEN, Formulas, oneLine, textOf } from "./claim-formulas.ts"
import type { Nearest } from "./claim-formulas.ts"
import { cycle, spelled } from "./claim-names.ts"
import type { Scope } from "./claim-names.ts"
import { attempts, probeDomains } from "./claim-probe.ts"
import type { Misfit } from "./claim-probe.ts"
import { decode, literate, readYaml, shown } from "./claim-text.ts"
import type { Entry, Fault, Tree } from "./claim-text.ts"
import { parseDomain } from "./domain.ts"
import type { Domain } from "./domain.ts"
import type { Definition } from "./environment.ts"
import type { Expr } from "./syntax.ts"
import { blank } from "./tokens.ts"

export type { Fault } from "./claim-text.ts"

const KEYS = ["lemmata", "title", "source", "parameters", "assume", "let", "claims", "derivations"]
/** More entries than this in one section are a mistake. */
const MAX_PARAMETERS = 200
const MAX_ENTRIES = 1000
const NAME = /^[A-Za-z]\w{0,99}$/
const SIGNATURE = /^\s*([A-Za-z]\w{0,99})\s*(?:\(([^()]*)\))?\s*$/

/**
 * The spec of a claim file whose id is the file's name as typed, or all faults in it, sorted by place.
 * A name that ends in `.md` is Markdown, and its fenced `claims` blocks together are the YAML.
 */
export const readClaimFile = (
  bytes: Uint8Array,
  file: string,
  nearest: Nearest,
): { readonly spec: Spec } | { readonly faults: ReadonlyArray<Fault> } => {
  const decoded = decode(bytes)
  if (!("text" in decoded)) return { faults: [decoded] }
  const isLiterate = /\.md$/i.test(file)
  const text = isLiterate ? literate(decoded.text) : decoded.text
  if (isLiterate && text.trim() === "")
    return { faults: [{ line: 1, column: 1, message: "a fenced block that begins with ```claims is expected; here is none" }] }
  const read = readYaml(text)
  if (read.faults.length > 0) return { faults: read.faults }
  const spec = new Reader(read, nearest).spec(file)
  if (read.faults.length > 0 || spec === undefined) return { faults: [...read.faults].sort((a, b) => a.line - b.line || a.column - b.column) }
  return { spec }
}

/** A formula of the file, to be tried at a point. */
interface Part {
  readonly formula: Expr
  readonly value: Tree
  /** Where it begins in the text of its value. */
  readonly from: number
}

class Reader extends Formulas {
  private readonly parameters = new Map<string, Domain>()
  private readonly definitions = new Map<string, Definition>()
  private readonly places = new Map<string, Tree>()
  /** Both sides of every relation, and conditions alone. */
  private readonly relations: Array<ReadonlyArray<Part>> = []
  spec(file: string): Spec | undefined {
    const { tree, fault } = this.read
    if (tree.kind !== "map") return this.fail(tree.at, `a claim file begins with "lemmata: 1" and holds ${KEYS.slice(3).join(", ")}`, undefined)
    const top = tree.entries
    for (const [key, entry] of top)
      if (!KEYS.includes(key)) fault(entry.key.at, `unknown key "${shown(key)}"${this.hint(key, KEYS)}; expected one of ${KEYS.join(", ")}`)
    const version = top.get("lemmata")
    if (version === undefined) fault(tree.at, '"lemmata: 1" is expected, the version of the format')
    else if (textOf(version.value) !== "1") fault(version.value.at, `format 1 is expected, "lemmata: 1", not ${shown(version.value.source)}`)
    const title = this.prose(top.get("title"), "title")
    const source = this.prose(top.get("source"), "source")

    const domains = this.entries(top.get("parameters"), "parameters", "name: domain", MAX_PARAMETERS)
    for (const [name, entry] of domains) this.parameter(name, entry, new Set(domains.keys()))
    const lets = this.entries(top.get("let"), "let", "name: formula", MAX_ENTRIES)
    const heads = new Map([...lets].flatMap(([key, entry]) => this.head(key, entry)))
    const scope: Scope = { parameters: new Set(domains.keys()), lets: heads }
    const bodies = this.lets(heads, scope)
    const assume = this.assumptions(top.get("assume"), scope)
    const steps = [...this.claims(top.get("claims"), scope), ...this.derivations(top.get("derivations"), scope)]
    if (steps.length === 0 && this.read.faults.length === 0) fault(tree.at, "claims or derivations are expected: there is nothing to check")
    // A formula with a fault may have been about to use it.
    const sound = this.read.faults.length === 0
    for (const [name, { key }] of domains) if (sound && !this.used.has(name)) fault(key.at, `the parameter ${name} is never used`)
    if (this.read.faults.length === 0) this.probe()
    return {
      id: file,
      title: title ?? file,
      statement: "",
      symbols: {},
      hypotheses: [],
      families: [
        {
          name: "claims",
          parameters: Object.fromEntries([...this.parameters].map(([name, { text }]) => [name, text])),
          assume,
          let: Object.fromEntries(bodies),
        },
      ],
      steps,
      mutants: [],
      edges: [],
      sources: sourceOf(source),
    }
  }

  private parameter(name: string, { key, value }: Entry, all: ReadonlySet<string>): void {
    if (!NAME.test(name)) {
      const letters = spelled(name)
      const such = NAME.test(letters) ? `, such as ${letters}` : ""
      this.read.fault(key.at, `"${shown(name)}" is no name of a parameter: up to 100 ASCII letters, digits and _ are expected, a letter first${such}`)
      return
    }
    this.places.set(name, value)
    try {
      const domain = parseDomain(this.written(value))
      const earlier: Scope = { parameters: new Set(this.parameters.keys()), lets: new Map(), later: all }
      for (const arg of domain.args) this.look(arg, value, earlier)
      this.parameters.set(name, domain)
    } catch (error) {
      this.refused(error, value)
    }
  }

  private head(key: string, entry: Entry): ReadonlyArray<readonly [string, Head]> {
    const m = SIGNATURE.exec(key)
    const args = m?.[2]?.split(",").map((a) => a.trim()) ?? []
    const bad = m === null || args.some((a) => !NAME.test(a)) || new Set(args).size < args.length
    if (bad) return this.fail(entry.key.at, `"${shown(key)}" is no definition: a name, or a name with arguments such as f(z), is expected`, [])
    const name = m[1]!
    if (this.parameters.has(name) || this.places.has(name)) return this.fail(entry.key.at, `the name ${name} is taken already`, [])
    this.places.set(name, entry.value)
    return [[name, { key, parameters: args, value: entry.value }]]
  }

  private lets(heads: ReadonlyMap<string, Head>, scope: Scope): ReadonlyArray<readonly [string, string]> {
    const uses = new Map<string, ReadonlySet<string>>()
    const bodies = [...heads].flatMap(([name, { key, parameters, value }]) => {
      const body = this.formula(value)
      if (body === undefined) return []
      uses.set(name, this.look(body, value, scope, { hidden: parameters, condition: true }))
      this.definitions.set(name, { parameters, body })
      return [[key, this.formulaText(value)] as const]
    })
    const around = cycle(uses)
    if (around !== undefined) this.read.fault(this.places.get(around[0]!)!.at, `a cycle in let: ${shown(around.join(" -> "))}`)
    return bodies
  }

  private assumptions(entry: Entry | undefined, scope: Scope): ReadonlyArray<string> {
    if (entry === undefined || entry.value.kind === "empty") return []
    const items = entry.value.kind === "list" ? entry.value.items : [entry.value]
    return items.flatMap((item) => {
      if (item.kind === "map") return this.failAt(item, "an assumption is a condition alone, without a name: - s > 0", [])
      const condition = this.formula(item)
      if (condition === undefined) return []
      if (condition.kind !== "compare") this.at(item, undefined, "an assumption must be a condition such as s > 0")
      this.look(condition, item, scope, { condition: true })
      this.relations.push([{ formula: condition, value: item, from: 0 }])
      return [this.formulaText(item)]
    })
  }

  private claims(entry: Entry | undefined, scope: Scope): ReadonlyArray<Step> {
    return [...this.entries(entry, "claims", "name: left == right", MAX_ENTRIES)].flatMap(([name, { key, value }]) => {
      this.title(name, key.at)
      if (value.kind !== "map") return this.relation(value, scope) ? [{ name, claim: this.formulaText(value), because: "" }] : []
      for (const [k, e] of value.entries)
        if (!CLAIM_KEYS.includes(k))
          this.read.fault(e.key.at, `unknown key "${shown(k)}"${this.hint(k, CLAIM_KEYS)}; expected ${CLAIM_KEYS.join(", ")}`)
      const claim = value.entries.get("claim")
      if (claim === undefined) return this.fail(value.at, 'the key "claim" is expected, with a relation', [])
      if (!this.relation(claim.value, scope)) return []
      const tolerance = this.tolerance(value.entries.get("tolerance"))
      const note = this.prose(value.entries.get("note"), "note")
      return [{ name, claim: this.formulaText(claim.value), because: note ?? "", ...(tolerance === undefined ? {} : { tolerance }) }]
    })
  }

  private tolerance(entry: Entry | undefined): number | undefined {
    if (entry === undefined) return undefined
    const text = textOf(entry.value) ?? ""
    const value = /^\s*[\d.]+([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
    if (value >= 0 && value <= 1) return value
    this.read.fault(entry.value.at, `a tolerance from 0 to 1 such as 1e-9 is expected, not ${shown(entry.value.source)}`)
    return undefined
  }

  private derivations(entry: Entry | undefined, scope: Scope): ReadonlyArray<Step> {
    return [...this.entries(entry, "derivations", "name: list of lines", MAX_ENTRIES)].flatMap(([name, { key, value }]) => {
      this.title(name, key.at)
      if (value.kind !== "list" || value.items.length < 2 || value.items.length > MAX_ENTRIES)
        return this.fail(value.at, "a derivation is a list: a formula, then at least one line that begins with =, <=, >=, < or >", [])
      let before: string | undefined
      let typedBefore = ""
      let above: Part | undefined
      return value.items.flatMap((item, i) => {
        const written = this.written(item)
        const typed = written.trim()
        const [relation, from] = begin(written)
        const left = before
        const right = oneLine(written.slice(from))
        const line = { before: typedBefore, typed }
        before = right
        typedBefore = typed
        if (i === 0) {
          if (relation !== undefined) return this.failAt(item, `the first line is a formula alone; ${relation} has nothing before it`, [])
          const first = this.formula(item)
          if (first !== undefined) this.look(first, item, scope)
          above = first && { formula: first, value: item, from: 0 }
          return []
        }
        if (relation === undefined) return this.failAt(item, "a line of a derivation must begin with =, <=, >=, < or >", [])
        const claim = `${left} ${relation === "=" ? "==" : relation} ${right}`
        const body = this.formula(item, from)
        if (body === undefined || this.look(body, item, scope, { from }) === BROKEN) return []
        const here: Part = { formula: body, value: item, from }
        this.relations.push(above === undefined ? [here] : [above, here])
        above = here
        return [{ name: `${name}/${i + 1}`, claim, because: comments(written), line }]
      })
    })
  }

  /** Claim names stand in ids, `<file>#<name>`, where `#` and `/` have a meaning. */
  private title(name: string, at: number): void {
    if (name.trim() === "" || /[#/\p{Cc}]/u.test(name) || name.length > 200 || name === "__proto__")
      this.read.fault(at, `"${shown(name)}" is no name of a claim: up to 200 characters other than # and / are expected`)
  }

  private relation(value: Tree, scope: Scope): boolean {
    const tree = this.formula(value)
    if (tree === undefined) return false
    if (tree.kind !== "compare" || tree.rel === "!=") return this.failAt(value, "exactly one relation is expected: ==, <=, >=, < or >", false)
    this.look(tree, value, scope, { condition: true })
    this.relations.push([tree.a, tree.b].map((formula) => ({ formula, value, from: 0 })))
    return true
  }

  private probe(): void {
    const probed = probeDomains(this.parameters)
    if ("message" in probed) {
      this.at(this.places.get(probed.name)!, undefined, probed.message)
      return
    }
    const attempt = attempts(probed.point, this.definitions, new Set(this.parameters.keys()))
    const complain = (part: Part, why: Misfit): void => {
      const inside = why.definition === undefined ? undefined : this.places.get(why.definition)
      this.at(inside ?? part.value, why.at, why.message, inside === undefined ? part.from : 0)
    }
    for (const parts of this.relations) {
      const shapes = parts.map((part) => {
        const tried = attempt(part.formula, parts.length === 2)
        if (tried?.misfit !== undefined) complain(part, tried.misfit)
        return tried?.shape
      })
      const [left, right] = shapes
      if (left !== undefined && right !== undefined && left !== right)
        this.at(parts[1]!.value, undefined, `shape mismatch: ${left} on the left, ${right} on the right`)
    }
  }
}

interface Head {
  readonly key: string
  readonly parameters: ReadonlyArray<string>
  readonly value: Tree
}

const CLAIM_KEYS = ["claim", "tolerance", "note"]

/** The relation that a line of a derivation begins with, and where its formula begins. */
const begin = (line: string): readonly [relation: string | undefined, from: number] => {
  const [all, relation] = /^\s*(==|=|<=|>=|<|>)?/.exec(blank(line))!
  return [relation, relation === undefined ? 0 : all.length]
}
/** What `#` says in a line of a derivation. */
const comments = (line: string): string => [...line.matchAll(/#([^\n]*)/g)].map((m) => m[1]!.trim()).join(" ")

const sourceOf = (text: string | undefined): Spec["sources"] => {
  if (text === undefined) return []
  const m = /^(.+?),?\s+(\d{4})\b[,:]?\s*(.*)$/s.exec(text)
  return m === null ? [{ authors: text, where: "" }] : [{ authors: m[1]!, year: Number(m[2]), where: m[3]! }]
}
