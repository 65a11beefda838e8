/** Comma-separated numbers (RFC 4180 without quotes): one row a line, an optional first line of names, blank lines skipped. */
import { DataError } from "./data-error.ts"

/** A decimal number; `0x10`, which JavaScript reads too, is none. */
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

/** Reads text of the given name. Throws a DataError naming line and column. */
export const parseCsv = (
  name: string,
  text: string,
): { readonly rows: number; readonly columns: number; readonly values: Float64Array; readonly header?: ReadonlyArray<string> } => {
  const fail = (line: number, why: string): never => {
    throw new DataError({ code: "syntax", message: `${name}:${line}: ${why}` })
  }
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((content, i) => ({ line: i + 1, fields: content.split(",").map((field) => field.trim()), blank: content.trim() === "" }))
    .filter(({ blank }) => !blank)
  const first = lines[0]
  if (first === undefined) return fail(1, "the file has no rows")
  const named = first.fields.every((field) => field !== "" && Number.isNaN(Number(field)) && !/^[+-]?(nan|inf(inity)?)$/i.test(field))
  const body = named ? lines.slice(1) : lines
  if (body.length === 0) fail(first.line, "names but no rows")
  const columns = first.fields.length
  const values = new Float64Array(body.length * columns)
  body.forEach(({ line, fields }, i) => {
    if (fields.length !== columns) fail(line, `${fields.length} fields, expected ${columns} as in line ${first.line}`)
    fields.forEach((field, j) => {
      const value = Number(field)
      if (!NUMBER.test(field) || !Number.isFinite(value)) fail(line, `column ${j + 1}: "${field}" is not a finite number`)
      values[i * columns + j] = value
    })
  })
  return { rows: body.length, columns, values, ...(named ? { header: first.fields } : {}) }
}
