/**
 * Mixtures of unlike kinds: a spike and a slab, a Poisson law with inflated zeros. Values from mpmath (test/fixtures/mixtures.py).
 */
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { encloseText, expectMeets, nodeOf } from "./enclosing.ts"

const known = JSON.parse(readFileSync(new URL("../fixtures/mixtures.json", import.meta.url), "utf8")) as Readonly<Record<string, string>>
const SLAB = "Mixture([1/3, 2/3], [Dirac(0), Normal(1, 5/4)])"
const ZIP = "Mixture([1/3, 2/3], [Dirac(0), Poisson(3/2)])"

describe("what is linear in the law is summed over the components", () => {
  test.each(Object.entries(known))("%s", (formula, reference) => expectMeets(encloseText(formula), reference, formula, 14, 1e-12))
  test("a mixture inside a mixture, a quantised law", () => {
    expect(nodeOf(`Mean(Mixture([1/2, 1/2], [${SLAB}, Normal(4, 1)]))`)).toBe(nodeOf("7/3"))
    expect(nodeOf(`Mean(Affine(${ZIP}, 2, 1))`)).toBe(nodeOf("3"))
  })
})

describe("the rest says why not", () => {
  test.each([`pdf(${SLAB}, 1)`, `logpdf(${SLAB}, 0)`, `score(${SLAB}, 1)`, `score(${ZIP}, 1)`, `Fisher(${ZIP}, ${ZIP})`])(
    "%s denotes nothing",
    (formula) => {
      expect(() => nodeOf(formula)).toThrow(expect.objectContaining({ name: "Undefined", message: expect.stringMatching(/densit/) }))
    },
  )
  test.each([
    ...["KL", "JS", "TV", "Hellinger2", "ChiSquare", "W1", "W2"].flatMap((f) => [`${f}(Poisson(1), ${ZIP})`, `${f}(${ZIP}, Bernoulli(1/2))`]),
    ...["KL", "JS", "TV", "Hellinger2", "ChiSquare", "W2"].map((f) => `${f}(${SLAB}, Normal(0, 1))`),
    ...[`quantile(${SLAB}, 1/2)`, `quantile(${ZIP}, 1/2)`, `Renyi(2, ${ZIP}, Poisson(1))`],
  ])("%s is not supported", (formula) => {
    expect(() => nodeOf(formula)).toThrow(
      expect.objectContaining({ name: "Unsupported", message: expect.stringMatching(/supported|needs a number/) }),
    )
  })
})
