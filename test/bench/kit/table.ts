/** Tables of benchmark results: columns as wide as their longest cell, numbers to the right. */

/** Three significant digits, without exponent where that is short. */
export const short = (x: number): string => {
  if (!(x > 0 && x < Infinity)) return String(x)
  return x >= 99.95 && x < 1e7 ? x.toFixed(0) : x < 1e-3 || x >= 1e7 ? x.toExponential(1) : x.toPrecision(3)
}

const NUMBER = /^[-\d]/

export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)))
  const left = head.map((_, c) => rows.every((row) => !NUMBER.test(row[c]!)))
  const line = (row: ReadonlyArray<string>): string =>
    row
      .map((cell, c) => (left[c] ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join("  ")
      .trimEnd()
  return [head, ...rows].map(line).join("\n")
}

/** The machine, as far as figures depend on it. */
export const machine = (cores: number): string => `Node ${process.versions.node}, ${cores} cores; processor time in ms, medians of paired rounds`
