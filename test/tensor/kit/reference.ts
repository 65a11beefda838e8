/**
 * Arrays of float64 on the host, as functions of their indices: what the laws are written in.
 */

/** x(i, j, ...) reads an entry. */
export interface Reference {
  (...index: ReadonlyArray<number>): number
  readonly shape: ReadonlyArray<number>
  readonly values: Float64Array
}

export const size = (shape: ReadonlyArray<number>): number => shape.reduce((n, d) => n * d, 1)

/** The array over `values`, row-major. */
export const over = (values: Float64Array, shape: ReadonlyArray<number>): Reference => {
  const read = (...index: ReadonlyArray<number>): number => {
    let at = 0
    for (let k = 0; k < shape.length; k++) at = at * shape[k]! + index[k]!
    return values[at]!
  }
  return Object.assign(read, { shape, values })
}

/** The array with the entries f(i, j, ...). */
export const build = (shape: ReadonlyArray<number>, f: (...index: ReadonlyArray<number>) => number): Reference => {
  const values = new Float64Array(size(shape))
  const index = shape.map(() => 0)
  for (let at = 0; at < values.length; at++) {
    values[at] = f(...index)
    for (let k = shape.length - 1; k >= 0 && ++index[k]! === shape[k]; k--) index[k] = 0
  }
  return over(values, shape)
}

/** Entry by entry. */
export const map = (x: Reference, f: (v: number) => number): Reference => over(x.values.map(f), x.shape)

/** Entry by entry of two arrays, the second repeated over leading axes. */
export const zip = (a: Reference, b: Reference, f: (u: number, v: number) => number): Reference =>
  over(
    a.values.map((u, i) => f(u, b.values[i % b.values.length]!)),
    a.shape,
  )

/** sum_{i < n} f(i). */
export const sum = (n: number, f: (i: number) => number): number => {
  let total = 0
  for (let i = 0; i < n; i++) total += f(i)
  return total
}

/** The array of f over all rows along the last axis, each row replaced by what f makes of it. */
export const rows = (x: Reference, f: (row: Float64Array) => ArrayLike<number>): Reference => {
  const n = x.shape[x.shape.length - 1]!
  const values = new Float64Array(x.values.length)
  for (let at = 0; at < values.length; at += n) values.set(Array.from(f(x.values.subarray(at, at + n))), at)
  return over(values, x.shape)
}

/** Total and padding before, along one axis of a convolution. */
export const axis = (length: number, filter: number, stride: number, pad: "same" | "valid" | number): readonly [outputs: number, before: number] => {
  if (pad === "same") {
    const outputs = Math.ceil(length / stride)
    return [outputs, Math.floor(Math.max(0, (outputs - 1) * stride + filter - length) / 2)]
  }
  const before = pad === "valid" ? 0 : pad
  return [Math.floor((length + 2 * before - filter) / stride) + 1, before]
}
