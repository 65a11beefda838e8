import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { distance, nearest } from "../../src/core/nearest.ts"

describe("distance", () => {
  it("counts insertions, deletions, substitutions and swaps", () => {
    expect(distance("tweedie", "tweedie")).toBe(0)
    expect(distance("tweedie", "tweede")).toBe(1)
    expect(distance("tweedie", "twedeie")).toBe(1)
    expect(distance("", "abc")).toBe(3)
    expect(distance("kitten", "sitting")).toBe(3)
  })

  it("is symmetric and zero only for equal texts", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 8 })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a))
        expect(distance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe("nearest", () => {
  const ids = ["diffusion/tweedie", "diffusion/reverse-time-sde", "variational/elbo-bound"]

  it("finds a misspelt id, with or without its topic", () => {
    expect(nearest("diffusion/tweedy", ids)).toBe("diffusion/tweedie")
    expect(nearest("elbow-bound", ids)).toBe("variational/elbo-bound")
    expect(nearest("Tweedie", ids)).toBe("diffusion/tweedie")
  })

  it("prefers the case that was typed where two names are as near", () => {
    expect(nearest("Norml", ["norm2", "Normal"])).toBe("Normal")
    expect(nearest("norml", ["norm2", "Normal"])).toBe("norm2")
  })

  it("suggests nothing for what resembles nothing", () => {
    expect(nearest("navier-stokes", ids)).toBeUndefined()
    expect(nearest("", ids)).toBeUndefined()
    expect(nearest("x", [])).toBeUndefined()
  })

  it("stays quick on a huge word", () => {
    expect(nearest("a".repeat(1_000_000), ids)).toBeUndefined()
  })
})
