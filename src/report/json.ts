/**
 * JSON results, format 1: the object of docs/claims.md, "Results". Keys in a fixed order, so that equal runs give equal bytes but for `seconds`, the
 * one field that is not determined by the inputs. Numbers are JSON numbers; infinities, which JSON lacks, are the strings "Infinity" and "-Infinity".
 */
import type { Counterexample, Result } from "../core/verdict.ts"
import { killMatrix } from "./kill-matrix.ts"
import { summarise } from "./report.ts"
import type { EdgeReport, MutantReport, Report } from "./report.ts"

export const FORMAT = 1

export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** The report of a check as a JSON object. */
export const jsonReport = (report: Report): Json => ({
  ...header(report),
  results: report.results.map(line),
  summary: { ...summarise(report.results) },
})

/** The report of a mutant run: the same object with `mutation`, the kill matrix. */
export const jsonMutants = (report: MutantReport): Json => {
  const { theorems, ...totals } = killMatrix(report)
  return {
    ...header(report),
    results: report.results.map(line),
    summary: { ...summarise(report.results) },
    mutation: { ...totals, theorems: theorems.map(({ steps, ...row }) => ({ ...row, steps: { ...steps } })) },
  }
}

/** Every degenerate point with the class that it got. */
export const jsonEdges = (report: EdgeReport): Json => ({
  ...header(report),
  edges: report.edges.map(({ theorem, edge: { edge, got, detail } }) => ({
    id: `${theorem}#${edge.name}`,
    step: edge.step,
    family: edge.family,
    parameters: edge.parameters as Json,
    expected: edge.expected,
    got,
    detail,
  })),
  summary: { answered: report.edges.filter(({ edge }) => edge.got === edge.edge.expected).length, total: report.edges.length },
})

/** An error as a JSON object, for `--json`. */
export const jsonError = (version: string, code: string, message: string, suggestion?: string): Json => ({
  lemmata: version,
  format: FORMAT,
  error: { code, message, ...(suggestion === undefined ? {} : { suggestion }) },
})

const HIDDEN_ALL = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
const escape = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`

/** The text of a JSON value: two spaces, one final newline; what could steer a terminal is escaped. */
export const jsonText = (value: Json): string => `${JSON.stringify(value, null, 2).replace(HIDDEN_ALL, escape)}\n`

const header = ({ lemmata, seed, alpha }: Pick<Report, "lemmata" | "seed" | "alpha">): { readonly [key: string]: Json } => ({
  lemmata,
  format: FORMAT,
  seed,
  alpha,
})

const line = (r: Result): Json => ({
  id: r.id,
  kind: r.kind,
  verdict: r.verdict._tag,
  reason: r.verdict._tag === "Inconclusive" ? r.verdict.reason : r.verdict._tag === "Faulted" ? r.verdict.message : null,
  grade: r.grade,
  alpha: r.alpha,
  coverage: { kind: r.coverage.kind, instances: r.coverage.instances },
  tolerance: r.tolerance,
  detectable: r.detectable === null ? null : number(r.detectable),
  counterexample: r.counterexample === null ? null : counterexample(r.counterexample),
  replay: r.replay,
  seconds: r.seconds,
})

const counterexample = ({ parameters, left, right, difference }: Counterexample): Json => ({
  parameters: { ...parameters },
  left: boundsData(left),
  right: boundsData(right),
  difference: boundsData(difference),
})

/** An interval as `[lo, hi]`. */
export const boundsData = (bounds: readonly [number, number]): Json => bounds.map(number)

const number = (x: number): Json => (Number.isFinite(x) ? x : Number.isNaN(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity")
