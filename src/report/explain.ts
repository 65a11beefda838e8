/**
 * An explanation on paper: the formula, what it stands for, by which methods it is computed, the rungs that were climbed at one instance, and the decision.
 */
import type { Relation } from "../core/verdict.ts"
import type { Explanation } from "../verify/explain.ts"
import type { Evidence, Rung } from "../verify/ladder.ts"
import { claimLatex, formulaLatex } from "./latex.ts"
import { interval } from "./number.ts"
import { ADVICE } from "./terminal.ts"
import { HUE, columns, instanceText, oneLine, plural, size } from "./text.ts"
import type { Paint } from "./text.ts"

const CHOSEN: Readonly<Record<Explanation["chosen"], string>> = {
  stated: "as stated",
  counterexample: "the counterexample of the check",
  undecided: "where the check stays undecided",
  drawn: "the first that the check draws",
}

/** The explanation for a terminal. `claims` says that it is a claim file's, whose one family has no name worth printing. */
export const explainText = (e: Explanation, claims: boolean, paint: Paint): string => {
  const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
    lines.length === 0 ? [] : ["", paint("bold", title), ...lines.map((line) => `  ${line}`)]
  const expanded = e.writtenOut !== undefined && e.definitions.length > 0
  return [
    paint("bold", e.id),
    ...section("Claim", [oneLine(e.claim), claimLatex(e.claim)]),
    ...section("Definitions", e.definitions.flatMap(definition)),
    ...section("Written out", expanded ? [e.writtenOut!, claimLatex(e.writtenOut!)] : []),
    ...section(`Instance${claims ? "" : ` in the family ${e.family}`}, ${CHOSEN[e.chosen]}`, [
      instanceText(e.where),
      ...e.assumptions.map(({ text, holds }) => `${oneLine(text)}: ${holds === undefined ? "could not be decided" : holds ? "holds" : "fails"}`),
    ]),
    ...section("Method of each functional, by its structure", columns(e.methods.map((m) => [m.form, m.method]))),
    ...section(`Rungs of the strategy "${e.strategy}"`, rungs(e.rungs)),
    ...section("Decision", decision(e, paint)),
    "",
  ].join("\n")
}

const definition = ({ name, typed, writtenOut }: Explanation["definitions"][number]): ReadonlyArray<string> => [
  `${name} = ${typed}`,
  ...(writtenOut === typed ? [] : [`${" ".repeat(name.length)} = ${writtenOut ?? "(too long to print)"}`]),
  `${" ".repeat(name.length)}   ${formulaLatex(typed)}`,
]

const tierText = (tier: Rung["tier"]): string =>
  typeof tier === "number"
    ? tier === 53
      ? "double intervals, 53 bits"
      : `balls, ${tier} bits`
    : { exact: "exact rationals", samples: "confidence sequence", box: "whole box" }[tier]

const rungs = (all: ReadonlyArray<Rung>): ReadonlyArray<string> =>
  all.length === 0
    ? []
    : columns([
        ["rung", "evaluations", "left - right", "scale S", "answer"],
        ...all.map(({ tier, allowed, evidence, note }) =>
          evidence === undefined
            ? [tierText(tier), "-", "-", "-", note ?? ""]
            : [
                tierText(tier),
                `${evidence.evaluations} of ${allowed}`,
                interval([evidence.estimate.lo, evidence.estimate.hi]),
                scaleText(evidence.scale),
                answer(evidence),
              ],
        ),
      ])

const answer = ({ verdict, detail }: Evidence): string =>
  `${verdict._tag === "Inconclusive" ? "open" : verdict._tag}${detail === "" ? "" : `: ${detail}`}`

const decision = (e: Explanation, paint: Paint): ReadonlyArray<string> => {
  const { look } = e
  switch (look.kind) {
    case "skipped":
      return [`skipped: the hypothesis ${oneLine(look.detail)} fails here`]
    case "fault":
      return [paint("magenta", `Faulted: ${oneLine(look.detail)}`)]
    case "open":
      return [`${paint("yellow", "Inconclusive")} (${look.reason}): ${look.detail}`, ADVICE[look.reason]]
    case "seen": {
      const { verdict, estimate, left, right } = look.evidence
      const word = paint(HUE[verdict._tag], verdict._tag)
      return [
        ...columns([
          ["left", interval(left)],
          ["right", interval(right)],
        ]),
        `${word}: ${because(e, look.evidence)}`,
        `grade ${estimate.grade}, ${plural(look.evidence.evaluations, "evaluation")}${estimate.alpha > 0 ? `, alpha ${size(estimate.alpha)}` : ""}`,
        ...(verdict._tag === "Inconclusive" ? [ADVICE[verdict.reason]] : []),
      ]
    }
  }
}

const FALSE: Readonly<Record<Relation, string>> = {
  "==": "0 lies outside the enclosure of left - right",
  "<=": "left - right lies above 0",
  "<": "left - right is nowhere below 0",
  ">=": "left - right lies below 0",
  ">": "left - right is nowhere above 0",
}

const because = ({ relation, tolerance }: Explanation, { verdict, estimate, detail, scale }: Evidence): string => {
  if (verdict._tag === "Refuted") return `${FALSE[relation]}, and no tolerance excuses that`
  if (verdict._tag !== "Verified") return detail === "" ? "the enclosure of left - right decides nothing" : detail
  if (estimate.lo === 0 && estimate.hi === 0) return "left - right is 0 exactly"
  const [lo, hi] = relation === ">=" || relation === ">" ? [-estimate.hi, -estimate.lo] : [estimate.lo, estimate.hi]
  if (relation !== "==" && hi <= 0) return `left - right lies ${relation === "<=" || relation === "<" ? "below" : "above"} 0`
  return `0 lies in the enclosure, and all of it within ${size(Math.max(relation === "==" ? -lo : 0, hi) / scale)} S, less than the tolerance ${size(tolerance)} S`
}

/** Two digits are enough to compare widths with. */
const scaleText = (s: number): string => (s >= 0.01 && s < 1000 ? s.toPrecision(2) : size(s))
