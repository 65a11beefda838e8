/**
 * A claim file on a terminal: one line per claim and per derivation line, with the formula as typed and what its verdict is worth.
 */
import type { Exclusion, Result } from "../core/verdict.ts"
import { partName } from "./report.ts"
import type { Theorem } from "./report.ts"
import { HUE, columns, instanceText, oneLine, plural, size } from "./text.ts"
import type { Paint } from "./text.ts"

/** A line of a derivation, `name/4`; a claim's own name holds no `/`. */
export const derivationLine = (r: Result): { readonly derivation: string; readonly line: number } | undefined => {
  const [, derivation, line] = /^([^/]+)\/(\d+)$/.exec(partName(r)) ?? []
  return derivation === undefined || r.kind !== "claim" ? undefined : { derivation, line: Number(line) }
}

/** The block of one claim file: its title where it has one, its claims, the breaks of its derivations, and what its assumptions excluded. */
export const claimLines = (theorem: Theorem, results: ReadonlyArray<Result>, paint: Paint): ReadonlyArray<string> => {
  const rows = results.flatMap((r) => {
    const typed = theorem.lines.get(partName(r))
    const at = derivationLine(r)
    const first = at?.line === 2 && typed !== undefined ? [["", `${at.derivation}/1`, "", "", "", oneLine(typed.before)]] : []
    const skipped = r.skipped > 0 ? `, ${r.skipped} skipped` : ""
    return [
      ...first,
      [
        word(r),
        partName(r),
        r.grade ?? "-",
        `${plural(r.coverage.instances, "instance")}${skipped}`,
        r.detectable === null ? "-" : `detects ${size(r.detectable)}`,
        oneLine(typed?.typed ?? theorem.formulas[partName(r)] ?? ""),
      ],
    ]
  })
  const painted = columns(rows).map((line, i) => paintStart(line, rows[i]![0]!, paint))
  return [
    ...(theorem.title === theorem.id ? [] : [paint("bold", oneLine(theorem.title))]),
    ...painted,
    ...breaks(results, paint),
    ...excluded(results).map((e) => paint("dim", exclusionText(e))),
  ]
}

/** The verdict word, with the reason of an Inconclusive one. */
export const word = (r: Result): string => (r.verdict._tag === "Inconclusive" ? `Inconclusive (${r.verdict.reason})` : r.verdict._tag)

/** `s != 1 fails at 3 instances, first at m = 0, s = 1`. */
export const exclusionText = ({ hypothesis, instances, first }: Exclusion): string =>
  `skipped: ${oneLine(hypothesis)} fails at ${plural(instances, "instance")}, first at ${instanceText(first)}`

/** The first broken line of each derivation. */
const breaks = (results: ReadonlyArray<Result>, paint: Paint): ReadonlyArray<string> => {
  const first = new Map<string, number>()
  for (const r of results) {
    const at = derivationLine(r)
    if (at !== undefined && r.verdict._tag === "Refuted" && !first.has(at.derivation)) first.set(at.derivation, at.line)
  }
  return [...first].map(([name, line]) => `${paint("red", "The derivation")} ${paint("bold", name)} breaks first at line ${line}`)
}

/** Each hypothesis once, with the instances of all claims together: every claim draws its own. */
const excluded = (results: ReadonlyArray<Result>): ReadonlyArray<Exclusion> => {
  const all = new Map<string, Exclusion>()
  for (const e of results.flatMap((r) => r.exclusions)) {
    const known = all.get(e.hypothesis)
    all.set(e.hypothesis, known === undefined ? e : { ...known, instances: known.instances + e.instances })
  }
  return [...all.values()]
}

/** Colours the verdict that a line starts with. */
export const paintStart = (line: string, start: string, paint: Paint): string => {
  const tag = start.split(" ")[0]!
  return tag in HUE ? paint(HUE[tag as keyof typeof HUE], line.slice(0, start.length)) + line.slice(start.length) : line
}
