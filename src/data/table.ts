/** A table of numbers: n rows of d columns, the user's own data. */
import { Schema, SchemaGetter } from "effect"
import type { Effect } from "effect"
import { readFileSync } from "node:fs"
import { basename, resolve } from "node:path"
import { parseCsv } from "./csv.ts"
import { DataError, reading } from "./data-error.ts"
import { sha256Of } from "./image-set.ts"
import { parseNpy } from "./npy.ts"

export interface Table {
  readonly name: string
  readonly rows: number
  readonly columns: number
  /** rows * columns, row-major. */
  readonly values: Float64Array
  readonly header?: ReadonlyArray<string>
  readonly sha256: string
}

/** The path of a table in a configuration, absolute as soon as it is read, so that a run can be gone on with from any folder; an empty one stays empty. */
export const TablePath = Schema.String.annotate({ description: "path of a .csv or .npy file" }).pipe(
  Schema.decodeTo(Schema.String, {
    decode: SchemaGetter.transform((path: string) => (path === "" ? "" : resolve(path))),
    encode: SchemaGetter.transform((path: string) => path),
  }),
)

/** Reads a .csv or .npy file. Fails with a DataError that names the line and column, or the header's field, and what was expected. */
export const table = (path: string): Effect.Effect<Table, DataError> =>
  reading(path, () => {
    const isCsv = path.endsWith(".csv")
    if (!isCsv && !path.endsWith(".npy")) throw new DataError({ code: "syntax", message: `${path}: expected a file that ends in .csv or .npy` })
    const bytes = readFileSync(path)
    return { name: basename(path), sha256: sha256Of(bytes), ...(isCsv ? parseCsv(path, bytes.toString("utf8")) : parseNpy(path, bytes)) }
  })
