/**
 * A spec or a claim file on paper: as text for a terminal, as data for a program.
 */
import { isClaimFile } from "../core/statement.ts"
import type { Spec } from "../core/statement.ts"
import { columns, oneLine, sourceText } from "./text.ts"
import type { Paint } from "./text.ts"

export const showText = (spec: Spec, paint: Paint): string => (isClaimFile(spec) ? claimFile(spec, paint) : theorem(spec, paint))

const theorem = (spec: Spec, paint: Paint): string => {
  return [
    `${paint("bold", spec.id)}  ${spec.title}`,
    "",
    `  ${spec.statement}`,
    ...section(paint, "Symbols", columns(Object.entries(spec.symbols))),
    ...section(paint, "Hypotheses", columns(spec.hypotheses.map((h) => [h.name, h.statement, h.condition ?? ""]))),
    ...section(
      paint,
      "Steps",
      spec.steps.flatMap((s) => [
        `${paint("bold", s.name)}  ${paint("dim", [s.because, s.sharpness === undefined ? "" : `sharp by ${s.sharpness}`].filter((t) => t !== "").join("; "))}`,
        `  ${s.claim}`,
      ]),
    ),
    ...section(
      paint,
      "Families",
      spec.families.flatMap((f) => [
        `${paint("bold", f.name)}  ${Object.entries(f.parameters)
          .map(([name, domain]) => `${name}: ${domain}`)
          .join(", ")}`,
        ...Object.entries(f.let).map(([name, body]) => `  ${name} = ${body}`),
        ...(f.assume ?? []).map((condition) => `  assume ${condition}`),
      ]),
    ),
    ...section(
      paint,
      "Mutants",
      columns(
        spec.mutants.map((m) => [
          m.name,
          `of ${m.step}`,
          m.claim ??
            Object.entries(m.let ?? {})
              .map(([k, v]) => `${k} = ${v}`)
              .join(", "),
        ]),
      ),
    ),
    ...section(paint, "Degenerate points", columns(spec.edges.map((e) => [e.name, e.expected, e.note]))),
    ...section(paint, "Sources", spec.sources.map(sourceText)),
    "",
  ].join("\n")
}

/** A claim file: everything as typed. */
const claimFile = (spec: Spec, paint: Paint): string => {
  const { parameters, assume = [], let: lets } = spec.families[0]!
  const pairs = (entries: Readonly<Record<string, string>>): ReadonlyArray<string> =>
    columns(Object.entries(entries).map(([name, text]) => [name, oneLine(text)]))
  const rows = spec.steps.flatMap((s) => {
    if (s.line === undefined) return [[s.name, oneLine(s.claim), oneLine(s.because)]]
    const first = /^(.*)\/2$/.exec(s.name)
    return [...(first === null ? [] : [[`${first[1]}/1`, oneLine(s.line.before)]]), [s.name, oneLine(s.line.typed)]]
  })
  return [
    `${paint("bold", spec.id)}${spec.title === spec.id ? "" : `  ${oneLine(spec.title)}`}`,
    ...section(paint, "Parameters", pairs(parameters)),
    ...section(paint, "Assumptions", assume.map(oneLine)),
    ...section(paint, "Definitions", pairs(lets)),
    ...section(paint, "Claims", columns(rows)),
    ...section(paint, "Source", spec.sources.map(sourceText).map(oneLine)),
    "",
  ].join("\n")
}

const section = (paint: Paint, title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", paint("bold", title), ...lines.map((line) => `  ${line}`)]

/** The spec as plain data: functions by name only. */
export const showData = (spec: Spec): Omit<Spec, "functions"> & { readonly functions: ReadonlyArray<string> } => ({
  ...spec,
  functions: Object.keys(spec.functions ?? {}),
})
