/**
 * Small pieces of terminal text: numbers, columns, colours.
 */
import type { Source } from "../core/statement.ts"
import type { ParameterValue, Verdict, Where } from "../core/verdict.ts"

export type Paint = (style: "bold" | "dim" | "green" | "red" | "yellow" | "magenta", text: string) => string

export const plain: Paint = (_, text) => text

const CODES = { bold: [1, 22], dim: [2, 22], green: [32, 39], red: [31, 39], yellow: [33, 39], magenta: [35, 39] } as const

/** ANSI colours, for terminals that want them. */
export const ansi: Paint = (style, text) => `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`

export const HUE = { Verified: "green", Refuted: "red", Inconclusive: "yellow", Vacuous: "yellow", Faulted: "magenta" } as const satisfies Record<
  Verdict["_tag"],
  Parameters<Paint>[0]
>

/** Two significant digits, for sizes that are bounds: rounded up, but for the last bits of a decimal, so that a tolerance of 1e-9 is not shown as 1.1e-9. */
export const size = (x: number | null): string => {
  if (x === null) return "-"
  if (x === 0) return "0"
  if (!Number.isFinite(x)) return "inf"
  const e = Math.floor(Math.log10(Math.abs(x)))
  const unit = 10 ** (e - 1)
  return Number.isFinite(x / unit) && unit > 0 ? (Math.ceil(x / unit - 1e-9) * unit).toExponential(1) : x.toExponential(1)
}

/** A probability as typed: 1e-6, 0.05. */
export const probability = (p: number): string => (p < 1e-3 ? p.toExponential() : String(p))

/** `Efron 2011, eq. 2.8`. */
export const sourceText = ({ authors, year, where }: Source): string =>
  `${authors}${year === undefined ? "" : ` ${year}`}${where === "" ? "" : `, ${where}`}`

export const seconds = (s: number): string => (s < 9.95 ? `${s.toFixed(1)} s` : `${Math.round(s)} s`)

export const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`

/** `3/2`, `(1, 2)`, `((1, 0), (0, 1))`. */
export const parameter = (value: ParameterValue): string => (typeof value === "string" ? value : `(${value.map(parameter).join(", ")})`)

/** `m = 0, s = 1/2`, of the named parameters where names are given. */
export const instanceText = ({ parameters }: Where, names?: ReadonlySet<string>): string =>
  Object.entries(parameters)
    .filter(([name]) => names?.has(name) ?? true)
    .map(([name, value]) => `${name} = ${parameter(value)}`)
    .join(", ") || "(no parameters)"

/** Text as typed on one line, without what a terminal would obey. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").replace(/\p{Cc}/gu, "\ufffd")

/** Rows as lines with aligned columns; the columns named in `right` are aligned to the right. */
export const columns = (rows: ReadonlyArray<ReadonlyArray<string>>, right: ReadonlyArray<number> = []): ReadonlyArray<string> => {
  const widths = rows.reduce<ReadonlyArray<number>>((w, row) => row.map((cell, i) => Math.max(w[i] ?? 0, cell.length)), [])
  const cell = (text: string, i: number): string => (right.includes(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))
  return rows.map((row) => row.map(cell).join("  ").trimEnd())
}
