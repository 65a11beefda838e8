/**
 * A spec on paper: as text for a terminal, as data for a program.
 */
import type { Spec } from "../core/statement.ts"
import { columns, sourceText } from "./text.ts"
import type { Paint } from "./text.ts"

export const showText = (spec: Spec, paint: Paint): string => {
  const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
    lines.length === 0 ? [] : ["", paint("bold", title), ...lines.map((line) => `  ${line}`)]
  return [
    `${paint("bold", spec.id)}  ${spec.title}`,
    "",
    `  ${spec.statement}`,
    ...section("Symbols", columns(Object.entries(spec.symbols))),
    ...section("Hypotheses", columns(spec.hypotheses.map((h) => [h.name, h.statement, h.condition ?? ""]))),
    ...section(
      "Steps",
      spec.steps.flatMap((s) => [
        `${paint("bold", s.name)}  ${paint("dim", [s.because, s.sharpness === undefined ? "" : `sharp by ${s.sharpness}`].filter((t) => t !== "").join("; "))}`,
        `  ${s.claim}`,
      ]),
    ),
    ...section(
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
    ...section("Degenerate points", columns(spec.edges.map((e) => [e.name, e.expected, e.note]))),
    ...section("Sources", spec.sources.map(sourceText)),
    "",
  ].join("\n")
}

/** The spec as plain data: functions by name only. */
export const showData = (spec: Spec): Omit<Spec, "functions"> & { readonly functions: ReadonlyArray<string> } => ({
  ...spec,
  functions: Object.keys(spec.functions ?? {}),
})
