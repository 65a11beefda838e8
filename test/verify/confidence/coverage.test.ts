/**
 * Coverage under continuous peeking, small: 400 streams of 200 observations per law with fixed seeds (`test/oracle/coverage.ts` is the large run).
 * A count above the limit has probability at most 1e-6 per law if the true error probability were exactly alpha.
 */
import { expect, test } from "vitest"
import { stream } from "../../../src/random/stream.ts"
import { binomialLimit, centralLimit, misses, zoo } from "./zoo.ts"

const ALPHA = 0.01
const STREAMS = 400
const HORIZON = 200
const LIMIT = binomialLimit(STREAMS, ALPHA, 1e-6)

test("the limit is the exact binomial one", () => {
  // P(Binomial(400, 0.01) > 15) = 4.1e-6 and P(> 16) = 9.2e-7, summed in rationals.
  expect(LIMIT).toBe(16)
  expect(binomialLimit(1, 0.5, 0.4)).toBe(1)
  expect(binomialLimit(1, 0.5, 0.5)).toBe(0)
})

test.each(zoo(ALPHA, HORIZON / 4))("$method, $law.name", ({ method, law, make }) => {
  const uniform = stream("coverage test", method, law.name).next
  let missed = 0
  for (let k = 0; k < STREAMS; k++) if (misses(make(), law, uniform, HORIZON)) missed += 1
  expect(missed).toBeLessThanOrEqual(LIMIT)
})

test("a CLT interval with the same alpha fails this check", () => {
  const { law } = zoo(ALPHA, HORIZON / 4).find((c) => c.law.name === "uniform")!
  const uniform = stream("coverage test", "clt").next
  let missed = 0
  for (let k = 0; k < STREAMS; k++) if (misses(centralLimit(), law, uniform, HORIZON)) missed += 1
  expect(missed).toBeGreaterThan(LIMIT)
})
