/**
 * Tables of addresses, and rows between the places that a table lists.
 *
 *   ladder(base, step, count, table)          base, base + step, ...
 *   fill(at, value, count)                    the same number again and again
 *   scatter(table, from, pitch, width, n)     row i of a matrix, `pitch` bytes from one row to the next, to the address table[i]; `gather` the other way
 *   addresses(window, outside, from, n, table, tile)
 *
 * A window in memory is ten numbers and its taps: base, height, width, bytes per pixel, positions down and across, strides down and across, the count of taps and
 * (k, l) for each. The row (b, i, j) for tap (k, l) is the pixel
 *
 *   (b, s i + k, s' j + l)      at      base + bytes ((b height + s i + k) width + s' j + l),
 *
 * and `outside` where the image has no such pixel. The table is in tiles of so many rows, [tile][tap][row], and the last may be short.
 */
import { add, advance, and, below, type Code, divide, equal, func, i32, load, type Local, mul, select, store, sub, times, when } from "./emit.ts"

export const ladder = func("ladder", 4, ([base, step, count, table]) =>
  times(count!, [...store(table!.get, base!.get), ...advance(base!, step!.get), ...advance(table!, 4)]),
)

export const fill = func("fill", 3, ([at, value, count]) => times(count!, [...store(at!.get, value!.get), ...advance(at!, 4)]))

const rowsBetween = (name: string, into: (place: Code, own: Code) => Code) =>
  func(name, 5, ([table, matrix, pitch, width, count], fresh) => {
    const [place, own, k] = [fresh.i32(), fresh.i32(), fresh.i32()]
    return times(count!, [
      ...place.set(load(table!.get)),
      ...own.set(matrix!.get),
      ...k.set(width!.get),
      ...times(k, [...into(place.get, own.get), ...advance(place, 4), ...advance(own, 4)]),
      ...advance(table!, 4),
      ...advance(matrix!, pitch!.get),
    ])
  })

export const scatter = rowsBetween("scatter", (place, own) => store(place, load(own)))
export const gather = rowsBetween("gather", (place, own) => store(own, load(place)))

/** Words of a window before its taps. */
export const WINDOW = 9

export const addresses = func("addresses", 6, ([window, outside, from, count, table, tile], fresh) => {
  const names = ["base", "height", "width", "bytes", "down", "across", "stepDown", "stepAcross", "taps"] as const
  const of = Object.fromEntries(names.map((name) => [name, fresh.i32()])) as Record<(typeof names)[number], Local>
  const own = () => fresh.i32()
  const [image, i, j, r, c, at, tap, k, y, x, inTile] = [own(), own(), own(), own(), own(), own(), own(), own(), own(), own(), own()]
  return when(count!.get, [
    ...names.flatMap((name, n) => of[name].set(load(window!.get, 4 * n))),
    ...image.set(mul(mul(of.height.get, of.width.get), of.bytes.get)),
    ...i.set(divide(from!.get, of.across.get)),
    ...j.set(sub(from!.get, mul(i.get, of.across.get))),
    ...k.set(divide(i.get, of.down.get)),
    ...i.set(sub(i.get, mul(k.get, of.down.get))),
    ...advance(of.base, mul(k.get, image.get)),
    ...r.set(mul(i.get, of.stepDown.get)),
    ...c.set(mul(j.get, of.stepAcross.get)),
    ...times(count!, [
      ...at.set(table!.get),
      ...tap.set(window!.get),
      ...k.set(of.taps.get),
      ...times(k, [
        ...y.set(add(r.get, load(tap.get, 4 * WINDOW))),
        ...x.set(add(c.get, load(tap.get, 4 * WINDOW + 4))),
        ...store(
          at.get,
          select(
            add(of.base.get, mul(add(mul(y.get, of.width.get), x.get), of.bytes.get)),
            outside!.get,
            and(below(y.get, of.height.get), below(x.get, of.width.get)),
          ),
        ),
        ...advance(at, mul(tile!.get, i32(4))),
        ...advance(tap, 8),
      ]),
      ...advance(table!, 4),
      ...advance(inTile, 1),
      ...when(equal(inTile.get, tile!.get), [...inTile.set(i32(0)), ...advance(table!, mul(mul(tile!.get, i32(4)), sub(of.taps.get, i32(1))))]),
      ...advance(j, 1),
      ...advance(c, of.stepAcross.get),
      ...when(equal(j.get, of.across.get), [
        ...j.set(i32(0)),
        ...c.set(i32(0)),
        ...advance(i, 1),
        ...advance(r, of.stepDown.get),
        ...when(equal(i.get, of.down.get), [...i.set(i32(0)), ...r.set(i32(0)), ...advance(of.base, image.get)]),
      ]),
    ]),
  ])
})
