/**
 * A claim file becomes a spec: one family with the file's parameters, assumptions and definitions; one step per claim and per derivation line.
 * Everything that can be wrong in it is found here, before anything runs.
 */
import type { Spec, Step } from "../core/statement.ts"
import { BROKEN, Formulas, textOf } from "./claim-formulas.ts"
import type { Nearest } from "./claim-formulas.ts"
import { cycle } from "./claim-names.ts"
import type { Scope } from "./claim-names.ts"
import { misfit, probeDomains } from "./claim-probe.ts"
import { decode, literate, readYaml, shown } from "./claim-text.ts"
import type { Entry, Fault, Tree } from "./claim-text.ts"
import { parseDomain } from "./domain.ts"
import type { Domain } from "./domain.ts"
import type { Definition } from "./environment.ts"
import { parseClaim } from "./syntax.ts"

export type { Fault } from "./claim-text.ts"

const KEYS = ["lemmata", "title", "source", "parameters", "assume", "let", "claims", "derivations"]
/** More entries than this in one section are a mistake. */
const MAX_PARAMETERS = 200
const MAX_ENTRIES = 1000
const NAME = /^[A-Za-z]\w*$/
const SIGNATURE = /^\s*([A-Za-z]\w*)\s*(?:\(([^()]*)\))?\s*$/

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
  const read = readYaml(/\.md$/i.test(file) ? literate(decoded.text) : decoded.text)
  if (read.faults.length > 0) return { faults: read.faults }
  const spec = new Reader(read, nearest).spec(file)
  if (read.faults.length > 0 || spec === undefined) return { faults: [...read.faults].sort((a, b) => a.line - b.line || a.column - b.column) }
  return { spec }
}

interface Relation {
  readonly name: string
  readonly claim: string
  readonly at: number
}

class Reader extends Formulas {
  private readonly parameters = new Map<string, Domain>()
  private readonly definitions = new Map<string, Definition>()
  private readonly places = new Map<string, Tree>()
  private readonly relations: Array<Relation> = []
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
    for (const [name, entry] of domains) this.parameter(name, entry)
    const lets = this.entries(top.get("let"), "let", "name: formula", MAX_ENTRIES)
    const heads = new Map([...lets].flatMap(([key, entry]) => this.head(key, entry)))
    const scope: Scope = { parameters: new Set(domains.keys()), lets: heads }
    const bodies = this.lets(heads, scope)
    const assume = this.assumptions(top.get("assume"), scope)
    const steps = [...this.claims(top.get("claims"), scope), ...this.derivations(top.get("derivations"), scope)]
    if (steps.length === 0 && this.read.faults.length === 0) fault(tree.at, "claims or derivations are expected: there is nothing to check")
    for (const [name, { key }] of domains) if (!this.used.has(name)) fault(key.at, `the parameter ${name} is never used`)
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

  private parameter(name: string, { key, value }: Entry): void {
    if (!NAME.test(name)) {
      this.read.fault(key.at, `"${shown(name)}" is no name of a parameter: letters, digits and _ are expected, a letter first`)
      return
    }
    this.places.set(name, value)
    try {
      const domain = parseDomain(this.formulaText(value))
      const earlier: Scope = { parameters: new Set(this.parameters.keys()), lets: new Map() }
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
      uses.set(name, this.look(body, value, scope, parameters, true))
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
      const condition = this.formula(item)
      if (condition === undefined) return []
      if (condition.kind !== "compare") this.read.fault(item.at, "an assumption must be a condition such as s > 0")
      this.look(condition, item, scope, [], true)
      return [this.formulaText(item)]
    })
  }

  private claims(entry: Entry | undefined, scope: Scope): ReadonlyArray<Step> {
    return [...this.entries(entry, "claims", "name: left == right", MAX_ENTRIES)].flatMap(([name, { key, value }]) => {
      this.title(name, key.at)
      if (value.kind !== "map")
        return this.relation(name, value, this.formulaText(value), scope) ? [{ name, claim: this.formulaText(value), because: "" }] : []
      for (const [k, e] of value.entries)
        if (!CLAIM_KEYS.includes(k))
          this.read.fault(e.key.at, `unknown key "${shown(k)}"${this.hint(k, CLAIM_KEYS)}; expected ${CLAIM_KEYS.join(", ")}`)
      const claim = value.entries.get("claim")
      if (claim === undefined) return this.fail(value.at, 'the key "claim" is expected, with a relation', [])
      if (!this.relation(name, claim.value, this.formulaText(claim.value), scope)) return []
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
      return value.items.flatMap((item, i) => {
        const typed = this.formulaText(item)
        const [written, ...comment] = typed.split("#")
        const m = LINE.exec(written!)!
        const left = before
        const right = m[2]!.trim()
        const line = { before: typedBefore, typed }
        before = right
        typedBefore = typed
        if (i === 0) {
          if (m[1] !== undefined) return this.fail(item.at, `the first line is a formula alone; ${m[1]} has nothing before it`, [])
          const first = this.formula(item, right)
          if (first !== undefined) this.look(first, item, scope)
          return []
        }
        if (m[1] === undefined) return this.fail(item.at, "a line of a derivation must begin with =, <=, >=, < or >", [])
        const claim = `${left} ${m[1] === "=" ? "==" : m[1]} ${right}`
        const body = this.formula(item, right)
        if (body === undefined || this.look(body, item, scope) === BROKEN) return []
        this.relations.push({ name: `${name}/${i + 1}`, claim, at: item.at })
        return [{ name: `${name}/${i + 1}`, claim, because: comment.join("#").trim(), line }]
      })
    })
  }

  /** Claim names stand in ids, `<file>#<name>`, where `#` and `/` have a meaning. */
  private title(name: string, at: number): void {
    if (name.trim() === "" || /[#/\p{Cc}]/u.test(name) || name.length > 200 || name === "__proto__")
      this.read.fault(at, `"${shown(name)}" is no name of a claim: up to 200 characters other than # and / are expected`)
  }

  private relation(name: string, value: Tree, text: string, scope: Scope): boolean {
    const tree = this.formula(value)
    if (tree === undefined) return false
    if (tree.kind !== "compare" || tree.rel === "!=") return this.fail(value.at, "exactly one relation is expected: ==, <=, >=, < or >", false)
    this.look(tree, value, scope, [], true)
    this.relations.push({ name, claim: text, at: value.at })
    return true
  }

  private probe(): void {
    const probed = probeDomains(this.parameters)
    if ("message" in probed) {
      this.read.fault(this.places.get(probed.name)!.at, probed.message)
      return
    }
    for (const { claim, at } of this.relations) {
      const { left, right } = parseClaim(claim)
      const why = misfit(left, right, probed.point, this.definitions)
      if (why !== undefined) this.read.fault(at, why)
    }
  }
}

interface Head {
  readonly key: string
  readonly parameters: ReadonlyArray<string>
  readonly value: Tree
}

const CLAIM_KEYS = ["claim", "tolerance", "note"]
const LINE = /^\s*(==|=|<=|>=|<|>)?(.*)$/s

const sourceOf = (text: string | undefined): Spec["sources"] => {
  if (text === undefined) return []
  const m = /^(.+?),?\s+(\d{4})\b[,:]?\s*(.*)$/s.exec(text)
  return m === null ? [{ authors: text, where: "" }] : [{ authors: m[1]!, year: Number(m[2]), where: m[3]! }]
}
