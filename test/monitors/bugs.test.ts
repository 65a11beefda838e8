import { describe, expect, it } from "vitest"
import { violations } from "../../src/train/monitors/finding.ts"
import { BUGS } from "./rows.ts"

describe.each(BUGS.map((row) => [`${row.thread}: ${row.bug}`, row] as const))("%s", (_, { monitor, look }) => {
  it("every finding about the code as it is holds", () => {
    expect(violations(look(false))).toEqual([])
  })
  it(`${monitor} is violated by the bug`, () => {
    expect(violations(look(true)).map(({ name }) => name)).toContain(monitor)
  })
})

it("at least 25 published bugs, each thread and bug once", () => {
  expect(BUGS.length).toBeGreaterThanOrEqual(25)
  expect(new Set(BUGS.map(({ bug }) => bug)).size).toBe(BUGS.length)
})
