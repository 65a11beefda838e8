/**
 * The terminal report: a line per theorem, and details only where something is not Verified.
 */
import type { Reason, Result } from "../core/verdict.ts"
import { overall, partName, resultsOf, summarise, worth } from "./report.ts"
import type { Report, Theorem } from "./report.ts"
import { HUE, columns, interval, parameter, plural, probability, seconds, size } from "./text.ts"
import type { Paint } from "./text.ts"

/** What to do next about a verdict that is Inconclusive. */
export const ADVICE: Readonly<Record<Reason, string>> = {
  budget: "the budget was spent before the enclosure decided: try --budget deep",
  immovable:
    "more precision does not narrow the enclosure: rewrite the formula so that the same symbol occurs less often, or prove it in another family",
  "heuristic-only": "only heuristic evidence is there, which supports no verdict: a bound that proves the estimate is missing",
  "hypothesis-unknown":
    "a hypothesis could be neither certified nor denied at an instance: state it in a form that can be decided, or narrow the domain",
  undefined: "a side is undefined at an instance: exclude it with a hypothesis, or correct the formula",
  "estimator-alarm": "an estimate left the range that its hypothesis allows: the hypothesis is wrong, or Lemmata is",
}

/** The report of a check; `took` is the wall time. */
export const terminalReport = (report: Report, took: number, paint: Paint): string => {
  const rows = report.theorems.map(({ id }) => {
    const results = resultsOf(report.results, id)
    const { grade, detectable, instances } = worth(results)
    const time = results.reduce((s, r) => s + r.seconds, 0)
    const verified = results.filter((r) => r.verdict._tag === "Verified").length
    return [
      overall(results),
      id,
      `${verified}/${plural(results.length, unitWord(results))}`,
      grade ?? "-",
      `detects ${size(detectable)}`,
      plural(instances, "instance"),
      seconds(time),
    ]
  })
  const lines = columns(rows, [6]).map((line, i) => paintWord(line, rows[i]![0]!, paint))
  const details = report.theorems.flatMap((theorem) =>
    resultsOf(report.results, theorem.id)
      .filter((r) => r.verdict._tag !== "Verified")
      .flatMap((r) => ["", ...detail(r, theorem, paint)])
      .concat(breaks(resultsOf(report.results, theorem.id), paint)),
  )
  return [...lines, ...details, "", footer(report, took, paint), ""].join("\n")
}

/** The details of one result: formula, counterexample with both sides, reason with what to do next, replay line. */
export const detail = (r: Result, theorem: Pick<Theorem, "formulas">, paint: Paint): ReadonlyArray<string> => {
  const formula = theorem.formulas[partName(r)]
  const word = r.verdict._tag === "Inconclusive" ? `Inconclusive (${r.verdict.reason})` : r.verdict._tag
  const found = r.counterexample
  const rows: Array<readonly [string, string]> = []
  if (formula !== undefined) rows.push(["claim", formula])
  if (found?.family !== undefined && r.kind !== "claim") rows.push(["family", found.family])
  if (found !== null) {
    rows.push([
      "at",
      Object.entries(found.parameters)
        .map(([name, value]) => `${name} = ${parameter(value)}`)
        .join(", ") || "(no parameters)",
    ])
    rows.push(["left", interval(found.left)], ["right", interval(found.right)], ["left - right", interval(found.difference)])
  }
  if (r.detail !== "") rows.push([r.verdict._tag === "Faulted" ? "fault" : "because", r.detail])
  if (r.verdict._tag === "Inconclusive") rows.push(["next", ADVICE[r.verdict.reason]])
  if (r.verdict._tag === "Vacuous") rows.push(["next", "no instance meets the hypotheses: widen a parameter's domain or drop an assumption"])
  if (r.verdict._tag === "Faulted") rows.push(["next", "this is a defect of Lemmata, not of the claim: please report it with the replay line"])
  rows.push(["evidence", evidence(r)], ["replay", `lemmata replay ${r.replay}`])
  const width = Math.max(...rows.map(([label]) => label.length))
  return [
    `${paint(HUE[r.verdict._tag], word)} ${paint("bold", r.id)}`,
    ...rows.map(([label, text]) => `  ${paint("dim", label.padEnd(width))}  ${text}`),
  ]
}

const unitWord = (results: ReadonlyArray<Result>): "claim" | "step" =>
  results.length > 0 && results.every((r) => r.kind === "claim") ? "claim" : "step"

/** The first broken line of each derivation of a claim file; a claim's own name holds no `/`. */
const breaks = (results: ReadonlyArray<Result>, paint: Paint): ReadonlyArray<string> => {
  const first = new Map<string, string>()
  for (const r of results) {
    const [, derivation, line] = /^([^/]+)\/(\d+)$/.exec(partName(r)) ?? []
    if (r.kind !== "claim" || r.verdict._tag !== "Refuted" || derivation === undefined || first.has(derivation)) continue
    first.set(derivation, line!)
  }
  return [...first].flatMap(([derivation, line]) => [
    "",
    `${paint("red", "The derivation")} ${paint("bold", derivation)} breaks first at line ${line}`,
  ])
}

const evidence = (r: Result): string => {
  const { kind, instances } = r.coverage
  const skipped = r.skipped > 0 ? `, ${r.skipped} outside the hypotheses` : ""
  const grade = r.grade === null ? "no grade" : r.grade === "statistical" ? `statistical(alpha ${size(r.alpha)})` : r.grade
  const detects = r.detectable === null ? "" : `, detects ${size(r.detectable)}`
  return `${grade}, ${kind} of ${plural(instances, "instance")}${skipped}, tolerance ${size(r.tolerance)}${detects}, ${plural(r.evaluations, "evaluation")}`
}

const footer = (report: Report, took: number, paint: Paint): string => {
  const s = summarise(report.results)
  const unit = unitWord(report.results)
  const counts = (["verified", "refuted", "inconclusive", "vacuous", "faulted"] as const)
    .filter((word) => s[word] > 0)
    .map((word) => `${s[word]} ${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join(", ")
  return paint(
    "dim",
    `${plural(report.theorems.length, unit === "claim" ? "file" : "theorem")}, ${plural(report.results.length, unit)}: ${counts === "" ? "nothing" : counts}; ` +
      `seed ${report.seed}, alpha ${probability(report.alpha)}, budget ${report.budget}, ${seconds(took)}`,
  )
}

const paintWord = (line: string, word: string, paint: Paint): string =>
  word in HUE ? paint(HUE[word as keyof typeof HUE], line.slice(0, word.length)) + line.slice(word.length) : line
