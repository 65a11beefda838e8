/**
 * A spec as LaTeX for a document.
 */
import type { Spec } from "../core/statement.ts"
import { claimLatex } from "./latex.ts"
import { sourceText } from "./text.ts"

/** Theorem and derivation as a LaTeX fragment; it needs amsmath and amsthm. */
export const showLatex = (spec: Spec): string =>
  [
    `% ${spec.id}`,
    String.raw`\begin{theorem}[${prose(spec.title)}]`,
    String.raw`\[ ${spec.statement} \]`,
    ...spec.hypotheses.map((h) => `% ${h.name}: ${h.statement}`),
    String.raw`\end{theorem}`,
    String.raw`\begin{align*}`,
    spec.steps.map((s) => String.raw`  & ${claimLatex(s.claim)} && \text{(${prose(s.name)}: ${prose(s.because)})}`).join(" \\\\\n"),
    String.raw`\end{align*}`,
    ...spec.sources.map((s) => `% ${sourceText(s)}`),
    "",
  ].join("\n")

// Prose may hold formulas in a plain notation; what LaTeX would read as markup is escaped.
const prose = (text: string): string =>
  text.replace(/[\\{}$&#^_%~]/g, (c) =>
    c === "\\" ? String.raw`\textbackslash{}` : c === "^" ? String.raw`\^{}` : c === "~" ? String.raw`\~{}` : `\\${c}`,
  )
