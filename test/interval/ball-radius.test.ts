import { expect, test } from "vitest"
import { exact } from "../../src/interval/ball.ts"
import type { Ball } from "../../src/interval/ball.ts"
import { exp } from "../../src/interval/ball-exp.ts"
import { radius } from "../../src/interval/ball-radius.ts"

const ball = (m: bigint, r: bigint, e: number): Ball => ({ ...exact(0n), m, r, e })

test.each([
  [0n, 0n, 0],
  [3n, 5n, -2],
  [1n, (1n << 53n) + 1n, -40],
  [1n, 1n << 1200n, -1260],
  [1n, (1n << 1200n) + 1n, -1100],
  [1n, (1n << 2100n) - 1n, -2200],
] as const)("the radius of (%s, %s, %s) is an upper bound within 2^-38 of it: UP is 1 + 2^-40", (m, r, e) => {
  const x = radius(ball(m, r, e))
  // x = n 2^-1200 exactly, compared with r 2^e as integers.
  const n = BigInt(x * 2 ** 200) * (1n << 1000n)
  const shift = BigInt(e + 1200)
  const [bound, value] = shift >= 0n ? [n, r << shift] : [n << -shift, r]
  expect(bound >= value).toBe(true)
  expect((bound - value) << 38n <= value).toBe(true)
})

test("a radius of more bits than a double holds leaves exp finite", () => {
  const y = exp(ball(1n, 1n << 1200n, -1300), 64)
  expect(y.r > 0n).toBe(true)
})
