/** A field looked at on a grid: the middles of equal cells, each with the vector that is there at that time. */
import { expect, test } from "vitest"
import { onGrid } from "../../src/train/answers.ts"

test("four hundred points of a square, symmetric about its middle, with what the field says at each time", async () => {
  // A rotation whose speed is the time.
  const shown = await onGrid("turn", async ({ x, t }) => x.map((_, i) => (i % 2 === 0 ? -t * x[i + 1]! : t * x[i - 1]!)), [0, 2], 10)
  expect(shown).toMatchObject([{ kind: "field", name: "turn", time: 0 }, { time: 2 }])
  for (const each of shown) {
    if (each.kind !== "field") return expect.fail(each.kind)
    const { points, vectors, time } = each
    expect([points.length, vectors.length]).toEqual([800, 800])
    expect([...points.subarray(0, 4)]).toEqual([-9.5, -9.5, -8.5, -9.5])
    expect([...points.subarray(-2)]).toEqual([9.5, 9.5])
    expect(new Set(Array.from({ length: 400 }, (_, i) => points.subarray(2 * i, 2 * i + 2).join())).size).toBe(400)
    expect(points.reduce((sum, x) => sum + x, 0)).toBe(0)
    points.forEach((x, i) => expect(vectors[i % 2 === 0 ? i + 1 : i - 1]).toBe(i % 2 === 0 ? time * x : -time * x))
  }
})
