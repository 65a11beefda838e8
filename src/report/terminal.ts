/**
 * The terminal report: a line per theorem or file, a line per claim of a file, and details where something is not Verified.
 */
import type { Reason, Result, Where } from "../core/verdict.ts"
import { claimLines, derivationLine, exclusionText, paintStart, word } from "./claims.ts"
import { interval } from "./number.ts"
import { overall, partName, resultsOf, summarise, worth } from "./report.ts"
import type { Report, Theorem } from "./report.ts"
import { HUE, columns, instanceText, oneLine, plural, probability, seconds, size } from "./text.ts"
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
  const lines = columns(rows, [6]).map((line, i) => paintStart(line, rows[i]![0]!, paint))
  const details = report.theorems.flatMap((theorem) => {
    const results = resultsOf(report.results, theorem.id)
    return [
      ...(unitWord(results) === "claim" ? ["", ...claimLines(theorem, results, paint)] : []),
      ...results.filter((r) => r.verdict._tag !== "Verified").flatMap((r) => ["", ...detail(r, theorem, paint)]),
    ]
  })
  return [...lines, ...details, "", footer(report, took, paint), ""].join("\n")
}

/** The details of one result: formula as typed, counterexample with both sides, reason with what to do next, replay line. */
export const detail = (r: Result, theorem: Stated, paint: Paint): ReadonlyArray<string> => {
  const rows: ReadonlyArray<readonly [string, string]> = [...statement(r, theorem), ...witness(r, theorem), ...reason(r, theorem), ...closing(r)]
  const width = Math.max(...rows.map(([label]) => label.length))
  return [
    `${paint(HUE[r.verdict._tag], word(r))} ${paint("bold", r.id)}`,
    ...rows.map(([label, text]) => `  ${paint("dim", label.padEnd(width))}  ${text}`),
  ]
}

/** What the details of a result need to know of its theorem. */
type Stated = Pick<Theorem, "formulas" | "lines" | "mentions">

type Rows = ReadonlyArray<readonly [label: string, text: string]>

/** A claim as typed, or a line of a derivation under the line before it. */
const statement = (r: Result, { formulas, lines }: Stated): Rows => {
  const typed = lines.get(partName(r))
  const at = derivationLine(r)
  if (typed !== undefined && at !== undefined)
    return [
      [`line ${at.line - 1}`, oneLine(typed.before)],
      [`line ${at.line}`, oneLine(typed.typed)],
    ]
  const formula = formulas[partName(r)]
  return formula === undefined ? [] : [["claim", oneLine(formula)]]
}

const witness = (r: Result, theorem: Stated): Rows => {
  const found = r.counterexample
  if (found === null) return []
  return [
    ...family(r, found),
    ["at", instanceText(found, theorem.mentions.get(partName(r)))],
    ["left", interval(found.left)],
    ["right", interval(found.right)],
    ["left - right", interval(found.difference)],
  ]
}

const family = (r: Result, { family }: Where): Rows => (family === undefined || r.kind === "claim" ? [] : [["family", family]])

const reason = (r: Result, theorem: Stated): Rows => {
  const { verdict, where } = r
  return [
    ...(where === null ? [] : [...family(r, where), ["at", instanceText(where, theorem.mentions.get(partName(r)))] as const]),
    ...(r.detail === "" ? [] : [[verdict._tag === "Faulted" ? "fault" : "because", oneLine(r.detail)] as const]),
    ...r.exclusions.map((e) => ["skipped", exclusionText(e).replace("skipped: ", "")] as const),
    ...(verdict._tag in NEXT ? [["next", NEXT[verdict._tag as keyof typeof NEXT]] as const] : []),
    ...(verdict._tag === "Inconclusive" ? [["next", ADVICE[verdict.reason]] as const] : []),
  ]
}

const NEXT = {
  Vacuous: "no instance meets the hypotheses: widen a parameter's domain or drop an assumption",
  Faulted: "this is a defect of Lemmata, not of the claim: please report it with the replay line",
} as const

const closing = (r: Result): Rows => [
  ["evidence", evidence(r)],
  ["replay", `lemmata replay ${r.replay}`],
]

const evidence = (r: Result): string => {
  const { kind, instances } = r.coverage
  const grade = r.grade === null ? "no grade" : r.grade === "statistical" ? `statistical(alpha ${size(r.alpha)})` : r.grade
  const parts = [grade, `${kind} of ${plural(instances, "instance")}`]
  if (r.skipped > 0) parts.push(`${r.skipped} outside the hypotheses`)
  parts.push(`tolerance ${size(r.tolerance)}`)
  if (r.detectable !== null) parts.push(`detects ${size(r.detectable)}`)
  if (r.evaluations > 0) parts.push(plural(r.evaluations, "evaluation"))
  return parts.join(", ")
}

const unitWord = (results: ReadonlyArray<Result>): "claim" | "step" =>
  results.length > 0 && results.every((r) => r.kind === "claim") ? "claim" : "step"

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
