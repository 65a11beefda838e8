/**
 * The formulas of a spec, ready for a document: definitions, claims and derivations in their order, each in LaTeX, as a fragment of LaTeX or of HTML with
 * MathML. The tree that is checked is the tree that is printed.
 */
import temml from "temml"
import { isClaimFile } from "../core/statement.ts"
import type { Spec, Step } from "../core/statement.ts"
import { claimLatex, claimParts, formulaLatex } from "./latex.ts"
import { sourceText } from "./text.ts"

interface Formula {
  /** What it is called, and why it should hold. */
  readonly name: string
  readonly because: string
  /** One line, or the lines of a derivation. */
  readonly latex: ReadonlyArray<string>
}

/** A claim file's definitions, or nothing for a theorem, whose families have definitions of their own. */
const definitions = (spec: Spec): ReadonlyArray<Formula> =>
  !isClaimFile(spec)
    ? []
    : Object.entries(spec.families[0]!.let).map(([name, body]) => ({ name, because: "", latex: [`${formulaLatex(name)} := ${formulaLatex(body)}`] }))

/** Claims and steps one by one, a derivation's lines together. */
const statements = (spec: Spec): ReadonlyArray<Formula> => {
  const derivations = new Map<string, Array<Step>>()
  const found: Array<Formula | string> = []
  for (const s of spec.steps) {
    const name = s.line === undefined ? undefined : s.name.slice(0, s.name.lastIndexOf("/"))
    if (name === undefined) found.push({ name: s.name, because: s.because, latex: [claimLatex(s.claim)] })
    else if (derivations.has(name)) derivations.get(name)!.push(s)
    else {
      derivations.set(name, [s])
      found.push(name)
    }
  }
  return found.map((f) => {
    if (typeof f !== "string") return f
    const lines = derivations.get(f)!
    const why = lines.map((s) => (s.because === "" ? "" : String.raw`\quad\text{(${prose(s.because)})}`))
    const parts = lines.map((s) => claimParts(s.claim))
    return { name: f, because: "", latex: [parts[0]!.left, ...parts.map((p, i) => `${p.relation} ${p.right}${why[i]}`)] }
  })
}

const heading = (spec: Spec): ReadonlyArray<string> => [
  ...Object.entries(spec.families[0]?.parameters ?? {}).map(([name, domain]) => `${name}: ${domain}`),
  ...(spec.families[0]?.assume ?? []).map((condition) => `assuming ${condition}`),
]

/** A claim file as a LaTeX fragment; it needs amsmath. */
export const claimsLatex = (spec: Spec): string => {
  const block = ({ name, because, latex }: Formula): string =>
    [
      `% ${name}${because === "" ? "" : `: ${because.replace(/\s+/g, " ")}`}`,
      String.raw`\begin{align*}`,
      latex.map((line, i) => `  ${i === 0 ? line.replace(/ := /, " :=& ") : `&${line}`}`).join(" \\\\\n"),
      String.raw`\end{align*}`,
    ].join("\n")
  return [
    String.raw`\paragraph{${prose(spec.title)}}`,
    ...heading(spec).map((text) => `% ${text}`),
    ...[...definitions(spec), ...statements(spec)].map(block),
    ...spec.sources.map((s) => `% ${sourceText(s)}`),
    "",
  ].join("\n")
}

/** LaTeX as MathML. Throws a ParseError for LaTeX that has no MathML. */
export const mathml = (latex: string): string => temml.renderToString(latex, { displayMode: true, throwOnError: true, xml: true })

/** A spec as an HTML fragment with MathML. */
export const showMathml = (spec: Spec): string => {
  const item = ({ name, because, latex }: Formula): string =>
    [
      `  <dt>${markup(name)}</dt>`,
      ...latex.map((line) => `  <dd>${mathml(line)}</dd>`),
      ...(because === "" ? [] : [`  <dd>${markup(because)}</dd>`]),
    ].join("\n")
  const list = (title: string, formulas: ReadonlyArray<Formula>): ReadonlyArray<string> =>
    formulas.length === 0 ? [] : [`<h3>${title}</h3>`, "<dl>", ...formulas.map(item), "</dl>"]
  return [
    `<section>`,
    `<h2>${markup(spec.title)}</h2>`,
    ...(isClaimFile(spec) ? heading(spec).map((text) => `<p><code>${markup(text)}</code></p>`) : [`<p>${mathml(spec.statement)}</p>`]),
    ...list("Definitions", definitions(spec)),
    ...list(isClaimFile(spec) ? "Claims" : "Steps", statements(spec)),
    ...spec.sources.map((s) => `<p>${markup(sourceText(s))}</p>`),
    "</section>",
    "",
  ].join("\n")
}

const markup = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

/** Prose may hold formulas in a plain notation; what LaTeX would read as markup is escaped. */
export const prose = (text: string): string =>
  text.replace(/[\\{}$&#^_%~]/g, (c) =>
    c === "\\" ? String.raw`\textbackslash{}` : c === "^" ? String.raw`\^{}` : c === "~" ? String.raw`\~{}` : `\\${c}`,
  )
