/**
 * A claim file as text, and as a tree of YAML values that know where they stand.
 *
 * Every scalar is text (YAML's failsafe schema: `1` and `yes` stay what was typed). Aliases, anchors and tags are refused, so that a file is never larger
 * than it looks; keys live in Maps, so that no key can mean more than itself.
 */
import { HIDDEN, named, visible } from "../core/visible.ts"
import { placeIn } from "./claim-places.ts"
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml"
import type { ParsedNode } from "yaml"

export const MAX_BYTES = 2 ** 20
const MAX_NESTING = 200

/** More faults than these are not collected. */
export const MAX_FAULTS = 50

/** What is wrong in a claim file and where; line and column count from 1. */
export interface Fault {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** `at` is the 0-based offset of the value in the file, `source` its text as typed. */
export interface Place {
  readonly at: number
  readonly source: string
}
export type Tree = Place &
  (
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "list"; readonly items: ReadonlyArray<Tree> }
    | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Entry> }
    | { readonly kind: "empty" }
  )
export interface Entry {
  readonly key: Place
  readonly value: Tree
}

export interface Read {
  readonly tree: Tree
  /** Complains about an offset of the file. */
  readonly fault: (at: number, message: string) => void
  readonly faults: ReadonlyArray<Fault>
}

/** The bytes as text, or the first fault in them. */
export const decode = (bytes: Uint8Array): { readonly text: string } | Fault => {
  if (bytes.length > MAX_BYTES) return { line: 1, column: 1, message: `a claim file of at most ${MAX_BYTES} bytes is expected; this one is larger` }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return { ...badPlace(bytes), message: "UTF-8 text is expected; here are other bytes" }
  }
}

/** Where the first line that is no UTF-8 by itself stops to be. No character of several bytes contains a line feed. */
const badPlace = (bytes: Uint8Array): { readonly line: number; readonly column: number } => {
  let [line, from] = [1, 0]
  for (;;) {
    const end = bytes.indexOf(10, from)
    const row = bytes.subarray(from, end === -1 ? bytes.length : end)
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(row)
    } catch {
      return { line, column: new TextDecoder().decode(row).indexOf("\ufffd") + 1 }
    }
    line++
    from = end + 1
  }
}

/** The fenced blocks of a Markdown text whose info string begins with the word `claims`, each on its own lines; everything else is blank. */
export const literate = (markdown: string): string => {
  let fence: string | undefined
  let inside = false
  return markdown
    .split("\n")
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line)
      if (fence === undefined) {
        if (mark !== null) [fence, inside] = [mark[1]!, /^claims(?![\w-])/.test(mark[2]!)]
        return ""
      }
      if (mark !== null && mark[2] === "" && mark[1]!.startsWith(fence)) {
        fence = undefined
        return ""
      }
      return inside ? line : ""
    })
    .join("\n")
}

/** What the parser says, for someone who knows YAML and not its library. */
const worded = (code: string, message: string, line: string | undefined): string =>
  message.startsWith("Maximum call stack")
    ? "nested too deeply"
    : code === "MULTIPLE_DOCS"
      ? "a second document begins here; one is expected"
      : `YAML is expected: ${message.split("\n")[0]}${line === undefined ? "" : quoting(line)}`

/** What to do about a value that begins with a mark which means something to YAML. */
const quoting = (line: string): string => {
  const mark = /^\s*(?:- |[^:]*: )\s*((?!\{ *claim)[[{@`%*&!-])/.exec(line)?.[1]
  return mark === undefined ? "" : `; a formula that begins with ${mark} stands in quotes`
}

/**
 * The tree of a YAML text; faults are collected, in the order in which they are met. `what` names such a text in faults; where it holds `formulas`, those that
 * begin with a mark of YAML are asked to stand in quotes.
 */
export const readYaml = (text: string, what = "a claim file", formulas = true): Read => {
  const lines = new LineCounter()
  const faults: Array<Fault> = []
  const fault = (at: number, message: string): void => {
    if (faults.length >= MAX_FAULTS) return
    const { line, col } = lines.linePos(at)
    const place = { line: Math.max(1, line), column: Math.max(1, col), message: visible(message) }
    // A part of a formula that stands in several relations is complained about once.
    if (!faults.some((f) => f.line === place.line && f.column === place.column && f.message === place.message)) faults.push(place)
  }
  const empty: Tree = { kind: "empty", at: 0, source: "" }
  const deep = nesting(text)
  if (deep !== undefined)
    return { tree: empty, fault, faults: [{ ...deep, message: `nested too deeply: at most ${MAX_NESTING} levels are expected` }] }
  const bad = hidden(text)
  if (bad >= 0) {
    lines.addNewLine(0)
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) lines.addNewLine(end + 1)
    fault(bad, `the character ${named(String.fromCodePoint(text.codePointAt(bad)!))} has no place in a claim file`)
    return { tree: empty, fault, faults }
  }
  const document = parseDocument(text, { schema: "failsafe", uniqueKeys: false, prettyErrors: false, logLevel: "error", lineCounter: lines })
  let marked = -1
  for (const { pos, message, code } of document.errors.slice(0, 5)) {
    const mark = blockMark(text, pos[0])
    if (mark === undefined)
      fault(pos[0], worded(code, message, formulas ? text.slice(text.lastIndexOf("\n", pos[0] - 1) + 1, pos[0] + 1) : undefined))
    else if (mark !== marked)
      fault((marked = mark), `a formula that begins with ${text[mark]} stands in quotes: to YAML the mark begins a block of text`)
  }
  if (document.errors.length > 0) return { tree: empty, fault, faults }

  const convert = (node: ParsedNode | null, at: number, depth: number): Tree => {
    if (node === null) return { ...empty, at }
    const place = { at: node.range[0], source: text.slice(node.range[0], node.range[1]) }
    const nothing: Tree = { kind: "empty", ...place }
    const refuse = (message: string): Tree => {
      fault(place.at, message)
      return nothing
    }
    if (depth > MAX_NESTING) return refuse("nested too deeply")
    if (isAlias(node)) return refuse(`an alias has no place in ${what}: write it out`)
    if (node.anchor !== undefined || (node.tag !== undefined && node.tag !== "!")) return refuse(`anchors and tags have no place in ${what}`)
    if (isScalar(node)) {
      if (node.source === "" && node.type === "PLAIN") return nothing
      const value = String(node.value)
      const bad = hidden(value)
      if (bad < 0) return { kind: "text", ...place, text: value }
      fault(place.at + placeIn(place.source, value, bad), `the character ${named(value[bad]!)} has no place in a claim file`)
      return nothing
    }
    if (isSeq(node)) return { kind: "list", ...place, items: node.items.map((item) => convert(item as ParsedNode, place.at, depth + 1)) }
    if (!isMap(node)) return nothing
    const entries = new Map<string, Entry>()
    for (const pair of node.items) {
      const key = pair.key as ParsedNode | null
      if (!isScalar(key)) {
        fault(key?.range?.[0] ?? place.at, "a key must be a name")
        continue
      }
      const named = convert(key, place.at, depth + 1)
      const name = String(key.value)
      if (entries.has(name)) fault(named.at, `duplicate key "${shown(name)}"`)
      else entries.set(name, { key: named, value: convert(pair.value as ParsedNode | null, named.at, depth + 1) })
    }
    return { kind: "map", ...place, entries }
  }
  return { tree: convert(document.contents as ParsedNode | null, 0, 0), fault, faults }
}

/** The place of a | or > that begins the value on the line of a character, where more than the header of a block of text follows it. */
const blockMark = (text: string, at: number): number | undefined => {
  const start = text.lastIndexOf("\n", at - 1) + 1
  const end = text.indexOf("\n", start)
  const row = text.slice(start, end < 0 ? undefined : end)
  const before = /^\s*(?:-\s+)?(?:[\w-]+:\s+)?(?=[|>])/.exec(row)?.[0].length
  return before === undefined || /^[|>][-+\d]*\s*(#.*)?$/.test(row.slice(before)) ? undefined : start + before
}

/** Where brackets or list marks are nested too deeply, found before the recursive parser meets them. A line that begins with a letter starts anew. */
const nesting = (text: string): { readonly line: number; readonly column: number } | undefined => {
  let [line, depth] = [1, 0]
  for (const row of text.split("\n")) {
    if (/^[A-Za-z]/.test(row)) depth = 0
    const marks = /^[\s?-]*/.exec(row)![0].replace(/\s+/g, "")
    if (marks.length > MAX_NESTING) return { line, column: 1 }
    for (let i = 0; i < row.length; i++) {
      const c = row[i]
      depth = c === "[" || c === "{" ? depth + 1 : c === "]" || c === "}" ? Math.max(0, depth - 1) : depth
      if (depth > MAX_NESTING) return { line, column: i + 1 }
    }
    line++
  }
  return undefined
}

/** The first character of a text that no claim file may hold: one that cannot be seen, or moves what can. */
const hidden = (text: string): number => text.replace(/[\n\t\r]/g, " ").search(HIDDEN)

/** A text for a message, cut to a readable length. */
export const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text)
