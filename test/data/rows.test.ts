/** A table made ready for a density: split, standardised and restored without a number lost; what has no density is refused by column. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { DataError } from "../../src/data/data-error.ts"
import { shipped } from "../../src/data/package-files.ts"
import { rowsOf } from "../../src/data/rows.ts"
import { table } from "../../src/data/table.ts"
import type { Table } from "../../src/data/table.ts"
import { normal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"

const made = (rows: number, columns: number, at: (i: number, j: number) => number): Table => ({
  name: "t.csv",
  rows,
  columns,
  values: Float64Array.from({ length: rows * columns }, (_, k) => at(Math.floor(k / columns), k % columns)),
  sha256: "",
})
const draw = stream("rows", "data")
const noisy = made(200, 3, (i, j) => 10 ** j * (normal(draw, 3 * i + j) + 5))

test("every row is on one side, standardised by the training rows, and comes back", () => {
  const rows = rowsOf(noisy, 0.2)
  expect([rows.columns, rows.training.length, rows.held.length, rows.repeated]).toEqual([3, 480, 120, 0])
  const back = [...rows.restored(rows.training), ...rows.restored(rows.held)]
  const key = (values: ReadonlyArray<number>) => (i: number) =>
    values
      .slice(3 * i, 3 * i + 3)
      .map((x) => x.toPrecision(12))
      .join()
  const all = Array.from({ length: 200 }, (_, i) => i)
  expect(all.map(key(back)).sort()).toEqual(all.map(key([...noisy.values])).sort())
  for (let j = 0; j < 3; j++) {
    const column = rows.training.filter((_, k) => k % 3 === j)
    const mean = column.reduce((s, x) => s + x, 0) / 160
    // Sums of 160 numbers of size 1.
    expect(Math.abs(mean)).toBeLessThan(160 * 2 ** -52 * 10)
    expect(Math.abs(column.reduce((s, x) => s + (x - mean) ** 2, 0) / 159 - 1)).toBeLessThan(160 * 2 ** -52 * 10)
  }
  // Deviations are about 1, 10 and 100.
  expect(Math.abs(rows.logScale - Math.log(1000))).toBeLessThan(0.5)
  expect(rowsOf(noisy, 0.2).held).toEqual(rows.held)
})

test("the unit of a column does not matter, from 1e-300 to 1e300", () => {
  const units = [2 ** -1000, 1, 2 ** 1000]
  const scaled = rowsOf({ ...noisy, values: noisy.values.map((x, k) => x * units[k % 3]!) }, 0.2)
  expect(scaled.training).toEqual(rowsOf(noisy, 0.2).training)
  expect(scaled.restored(scaled.held).map((x, k) => x / units[k % 3]!)).toEqual(rowsOf(noisy, 0.2).restored(scaled.held))
  const wide = { ...noisy, values: noisy.values.map((_, k) => (k % 3 === 1 ? (k % 4 === 0 ? 1.7e308 : -1.7e308) : noisy.values[k]!)) }
  expect(() => rowsOf(wide, 0.2)).toThrow("t.csv: column 2 spreads by less or by more than a double can tell")
})

test("rows that stand on both sides are counted", () => {
  expect(
    rowsOf(
      made(100, 2, (i, j) => (i % 50) + j),
      0.5,
    ).repeated,
  ).toBeGreaterThan(10)
  expect(
    rowsOf(
      made(100, 2, (i, j) => (i % 2) + j),
      0.5,
    ).repeated,
  ).toBe(50)
})

test.each<[string, Table, number, string]>([
  ["one column", made(100, 1, (i) => i), 0.2, "t.csv: a density of rows needs 2 columns at least, here is 1"],
  ["few rows", made(50, 2, (i, j) => i + j), 0.2, "t.csv: 50 rows, 10 of them held out: at least 20 are expected on either side"],
  ["few to train on", made(50, 2, (i, j) => i + j), 0.9, "t.csv: 50 rows, 45 of them held out: at least 20 are expected on either side"],
  ["a constant column", made(100, 2, (i, j) => (j === 0 ? i : 7)), 0.2, "t.csv: column 2 is 7 in every training row: it has no density"],
])("%s", (_, given, share, message) => {
  expect(() => rowsOf(given, share)).toThrow(new DataError({ code: "syntax", message }))
})

test("the table that comes with the package: three uncorrelated columns, falling in variance", () => {
  const { rows, columns, header, values } = Effect.runSync(table(shipped("digits-components.csv")))
  expect([rows, columns, header]).toEqual([1797, 3, ["first", "second", "third"]])
  const covariance = (a: number, b: number): number =>
    Array.from({ length: rows }, (_, i) => values[3 * i + a]! * values[3 * i + b]!).reduce((s, x) => s + x, 0) / (rows - 1)
  // scikit-learn's PCA(3).explained_variance_ of the same images, to the rounding of the file at 1e-4.
  for (const [j, variance] of [179.0069, 163.7177, 141.7884].entries()) expect(Math.abs(covariance(j, j) - variance)).toBeLessThan(1e-3)
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const)
    expect(Math.abs(covariance(a, b))).toBeLessThan(1e-3)
})
