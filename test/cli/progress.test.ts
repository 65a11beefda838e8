/** The bar of a training run in terminals of every width: the words stand, the bar gives way. */
import { expect, test } from "vitest"
import { barLine, plainLine } from "../../src/cli/training/progress.ts"

const event = { step: 54, steps: 60, loss: 0.7581, rate: 36.3, worst: { name: "game-value", judgement: "undecided" }, logged: true } as const

test("the worst monitor's judgement is there in eighty columns, with a bar as long as fits", () => {
  const words = "54/60  loss 0.7581  36.3 steps/s  ETA 1 s  game-value undecided"
  expect(plainLine(event)).toBe(words)
  expect(barLine(event, 200)).toBe(`[${"#".repeat(22)}--] ${words}`)
  for (let columns = 10; columns < 100; columns++) {
    const line = barLine(event, columns)
    expect(line.length).toBeLessThanOrEqual(columns)
    if (columns >= words.length) expect(line.endsWith(words)).toBe(true)
    else expect(line).toBe(words.slice(0, columns))
  }
  // 63 columns of words and 3 around the bar leave it 13.
  expect(words).toHaveLength(63)
  expect(barLine(event, 79)).toBe(`[${"#".repeat(12)}-] ${words}`)
})
