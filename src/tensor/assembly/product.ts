/**
 * The three inner loops of all products, as WebAssembly. A matrix is given by the addresses of its rows, so that transposed, batched and convolved ones need no
 * copies: a table holds them as i32.
 *
 *   product    C[i, j] = (C[i, j] +) sum_t sum_k A_t[i][k] B[t K + k, j],      A_t[i] the row of K floats at the address for tap t and row i.
 *
 * C is computed in tiles of 6 rows by 8 columns, which stay in registers for the whole sum: 12 accumulators, 2 vectors of B and one number of A are all that a
 * processor with 16 vector registers holds. B lies packed in panels of 8 columns, row after row, 32 bytes each. Every element is one sum in the order of (t, k):
 * its error is at most n 2^-24 sum |a| |b| for n terms (Higham 2002, section 3.1), and its bits do not depend on where the tile lies.
 */
import { add, advance, and, type Code, type Func, func, i32, load, loadVector, type Local, mul, multiplyAdd, shiftRight } from "./emit.ts"
import { shuffle, splat, store, storeVector, times, when, ZERO } from "./emit.ts"

export const ROWS = 6
export const COLUMNS = 8

const range = (n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => i)
const each = (n: number, f: (i: number) => Code): Code => range(n).flatMap(f)

/**
 * product(rows, taps, K, panels, out, tilesDown, tilesAcross, column, onto, skip): `rows` is the table [tile][tap][6] of addresses of A, `out` the table [tile][6] of
 * addresses of C, to which `column` bytes are added; `onto` 1 adds to what is in C; `skip` bytes lie between one panel and the next.
 */
export const product = (relaxed: boolean): Func =>
  func("product", 10, ([rows, taps, K, panels, out, down, across, column, onto, skip], fresh) => {
    const sums = range(ROWS).map(() => [fresh.v128(), fresh.v128()] as const)
    const [b0, b1, a] = [fresh.v128(), fresh.v128(), fresh.v128()]
    const at = range(ROWS).map(fresh.i32)
    const [b, j, c, tap, table, k, address] = range(7).map(fresh.i32) as [Local, Local, Local, Local, Local, Local, Local]
    const step = (q: number): Code => [
      ...b0.set(loadVector(b.get, 32 * q)),
      ...b1.set(loadVector(b.get, 32 * q + 16)),
      ...each(ROWS, (r) => [
        ...a.set(splat(at[r]!.get, 4 * q)),
        ...sums[r]![0].set(multiplyAdd(relaxed, a.get, b0.get, sums[r]![0].get)),
        ...sums[r]![1].set(multiplyAdd(relaxed, a.get, b1.get, sums[r]![1].get)),
      ]),
    ]
    const steps = (n: number): Code => [...each(n, step), ...each(ROWS, (r) => advance(at[r]!, 4 * n)), ...advance(b, 32 * n)]
    const row = (r: number): Code => address.set(add(load(out!.get, 4 * r), c.get))
    const tile: Code = [
      ...when(
        onto!.get,
        each(ROWS, (r) => [...row(r), ...sums[r]![0].set(loadVector(address.get)), ...sums[r]![1].set(loadVector(address.get, 16))]),
        each(ROWS, (r) => [...sums[r]![0].set(ZERO), ...sums[r]![1].set(ZERO)]),
      ),
      ...table.set(rows!.get),
      ...tap.set(taps!.get),
      ...times(tap, [
        ...each(ROWS, (r) => at[r]!.set(load(table.get, 4 * r))),
        ...advance(table, 4 * ROWS),
        ...k.set(shiftRight(K!.get, i32(2))),
        ...times(k, steps(4)),
        ...k.set(and(K!.get, i32(3))),
        ...times(k, steps(1)),
      ]),
      ...each(ROWS, (r) => [...row(r), ...storeVector(address.get, sums[r]![0].get), ...storeVector(address.get, sums[r]![1].get, 16)]),
      ...advance(c, 4 * COLUMNS),
      ...advance(b, skip!.get),
    ]
    return times(down!, [
      ...b.set(panels!.get),
      ...c.set(column!.get),
      ...j.set(across!.get),
      ...times(j, tile),
      ...advance(rows!, mul(taps!.get, i32(4 * ROWS))),
      ...advance(out!, 4 * ROWS),
    ])
  })

/** pack(rows, height, width, to, skip): the matrix of `height` rows as panels of 8 columns, `skip` bytes apart; the last is filled up with zeros. */
export const pack = func("pack", 5, ([rows, height, width, to, skip], fresh) => {
  const [panels, left, table, i, from, column, k] = range(7).map(fresh.i32) as [Local, Local, Local, Local, Local, Local, Local]
  const down = (body: Code): Code => [
    ...table.set(rows!.get),
    ...i.set(height!.get),
    ...times(i, [...from.set(add(load(table.get), column.get)), ...body, ...advance(table, 4), ...advance(to!, 32)]),
  ]
  return [
    ...panels.set(shiftRight(width!.get, i32(3))),
    ...times(panels, [
      ...down([...storeVector(to!.get, loadVector(from.get)), ...storeVector(to!.get, loadVector(from.get, 16), 16)]),
      ...advance(column, 32),
      ...advance(to!, skip!.get),
    ]),
    ...left.set(and(width!.get, i32(7))),
    ...when(
      left.get,
      down([
        ...storeVector(to!.get, ZERO),
        ...storeVector(to!.get, ZERO, 16),
        ...k.set(left.get),
        ...times(k, [...store(to!.get, load(from.get)), ...advance(from, 4), ...advance(to!, 4)]),
        ...advance(to!, mul(left.get, i32(-4))),
      ]),
      [],
    ),
  ]
})

/** transpose(rows, height, width, to, pitch): number (i, k) of the matrix to address `to` + k `pitch` + 4 i. */
export const transpose = func("transpose", 5, ([rows, height, width, to, pitch], fresh) => {
  const at = range(4).map(fresh.i32)
  const [x, half, y] = [range(4).map(fresh.v128), range(4).map(fresh.v128), range(4).map(fresh.v128)]
  const [i, k, out] = range(3).map(fresh.i32) as [Local, Local, Local]
  const pairs = (a: Local, b: Local, high: number): Code => shuffle(a.get, b.get, [high, 4 + high, high + 1, 5 + high])
  const block: Code = [
    ...each(4, (r) => x[r]!.set(loadVector(at[r]!.get))),
    ...each(2, (h) => [...half[h]!.set(pairs(x[0]!, x[1]!, 2 * h)), ...half[2 + h]!.set(pairs(x[2]!, x[3]!, 2 * h))]),
    ...each(4, (r) => {
      const [low, h] = [2 * (r % 2), r >> 1]
      return y[r]!.set(shuffle(half[h]!.get, half[2 + h]!.get, [low, low + 1, 4 + low, 5 + low]))
    }),
    ...each(4, (r) => [...storeVector(out.get, y[r]!.get), ...advance(out, pitch!.get)]),
    ...each(4, (r) => advance(at[r]!, 16)),
  ]
  const strip = (n: number): Code => [
    ...each(n, (r) => at[r]!.set(load(rows!.get, 4 * r))),
    ...out.set(to!.get),
    ...k.set(n === 4 ? shiftRight(width!.get, i32(2)) : width!.get),
    ...(n === 4 ? [...times(k, block), ...k.set(and(width!.get, i32(3)))] : []),
    ...times(k, [...each(n, (r) => [...store(out.get, load(at[r]!.get), 4 * r), ...advance(at[r]!, 4)]), ...advance(out, pitch!.get)]),
    ...advance(rows!, 4 * n),
    ...advance(to!, 4 * n),
  ]
  return [...i.set(shiftRight(height!.get, i32(2))), ...times(i, strip(4)), ...i.set(and(height!.get, i32(3))), ...times(i, strip(1))]
})
