import { describe, expect, it } from "vitest"
import { sampled } from "../../src/verify/sampled.ts"
import { ask, verdictOf } from "./asking.ts"

const THREE = "MvNormal([0, 0, 0], identity(3))"
const verdict = (claim: string, tolerance = 1 / 20): string => verdictOf(ask(claim, { tolerance, strategy: sampled() }))

describe("the statistical rung", () => {
  // The largest of three standard normals has mean 3 / (2 sqrt(pi)).
  it("verifies and refutes with the Lipschitz reason", () => {
    expect(verdict(`E(z, ${THREE}, max(z[1], z[2], z[3])) == 3/(2*sqrt(pi))`)).toBe("Verified")
    expect(verdict(`E(z, ${THREE}, max(z[1], z[2], z[3])) == 1.1*3/(2*sqrt(pi))`)).toBe("Refuted")
    expect(verdict(`E(z, ${THREE}, max(z[1], z[2], z[3])) <= 0.8`)).toBe("Refuted")
    expect(verdict(`E(z, ${THREE}, max(z[1], z[2], z[3])) <= 0.9`)).toBe("Verified")
  })
  it("carries its alpha and its reason", () => {
    const look = ask(`E(z, ${THREE}, max(z[1], z[2], z[3])) <= 0.9`, { strategy: sampled() })
    expect(look.kind === "seen" && [look.evidence.estimate.grade, look.evidence.estimate.alpha]).toEqual(["statistical", 1e-6])
    expect(look.kind === "seen" && look.evidence.estimate.hypotheses[0]).toMatch(/sub-Gaussian/)
  })
  it("gives no verdict without a proved bound", () => {
    for (const f of ["exp(z[1]*z[2]*z[3])", "if(z[1]*z[2] < z[3], 1, 0)", "(z[1]*z[2] - sin(z[3]))^4"])
      expect(verdict(`E(z, ${THREE}, ${f}) <= 10000`), f).toBe("Inconclusive(heuristic-only)")
  })
  it("is the same for the same key", () => {
    const once = () => ask(`E(z, ${THREE}, max(z[1], z[2], z[3])) <= 0.9`, { strategy: sampled() })
    expect(once()).toEqual(once())
  })
})
