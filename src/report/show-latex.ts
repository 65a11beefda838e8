/**
 * A spec as LaTeX for a document.
 */
import { isClaimFile } from "../core/statement.ts"
import type { Spec } from "../core/statement.ts"
import { claimLatex } from "./latex.ts"
import { claimsLatex, prose } from "./show-formulas.ts"
import { sourceText } from "./text.ts"

/** Theorem and derivation, or a claim file, as a LaTeX fragment; it needs amsmath and amsthm. */
export const showLatex = (spec: Spec): string => (isClaimFile(spec) ? claimsLatex(spec) : theoremLatex(spec))

const theoremLatex = (spec: Spec): string =>
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
