/**
 * strip(plan, list, turned, rows, out, panels): rows of C = A^T B, where A is a window whose rows run along with those of B. A block of rows at a time, the columns of
 * A wanted are transposed to `turned` and multiplied with packed panels of B, and the products of the blocks are added up in their order.
 *
 * The plan is 10 words, then the segments that the columns come from: how many, the address of zeros, the first row of A, how many rows, how many make a block, the rows of
 * a panel, tiles down and across, whether to add to what is in C, and the bytes from one transposed column to the next. A segment is how many columns,
 * their place in `turned`, and a window of one tap. `list` is room for a block of addresses, `rows` and `out` are tables as `product` has them.
 */
import { add, advance, call, func, i32, load, mul, repeat, select, below, sub, times } from "./emit.ts"
import { WINDOW } from "./rows.ts"

const PLAN = 10
const SEGMENT = 2 + WINDOW + 2

/** With the numbers of the functions that it calls. */
export const strip = (addresses: number, transpose: number, product: number) =>
  func("strip", 6, ([plan, list, turned, rows, out, panels], fresh) => {
    const [from, left, onto, here, n, segment] = [fresh.i32(), fresh.i32(), fresh.i32(), fresh.i32(), fresh.i32(), fresh.i32()]
    const of = (word: number) => load(plan!.get, 4 * word)
    return [
      ...from.set(of(2)),
      ...left.set(of(3)),
      ...onto.set(of(8)),
      ...repeat(
        [
          ...here.set(select(left.get, of(4), below(left.get, of(4)))),
          ...n.set(of(0)),
          ...segment.set(add(plan!.get, i32(4 * PLAN))),
          ...times(n, [
            ...call(addresses, [add(segment.get, i32(8)), of(1), from.get, here.get, list!.get, here.get]),
            ...call(transpose, [list!.get, here.get, load(segment.get), add(turned!.get, load(segment.get, 4)), of(9)]),
            ...advance(segment, 4 * SEGMENT),
          ]),
          ...call(product, [rows!.get, i32(1), here.get, panels!.get, out!.get, of(6), of(7), i32(0), onto.get, mul(i32(32), sub(of(5), here.get))]),
          ...advance(panels!, mul(i32(32), here.get)),
          ...advance(from, here.get),
          ...left.set(sub(left.get, here.get)),
          ...onto.set(i32(1)),
        ],
        left.get,
      ),
    ]
  })
