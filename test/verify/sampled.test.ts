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
    for (const f of ["exp(z[1]*z[2]*z[3])", "if(sin(z[1]*z[2]) < z[3], 1, 0)", "1/(z[1]*z[2]*z[3])", "log(abs(z[1]*z[2]*z[3]))"])
      expect(verdict(`E(z, ${THREE}, ${f}) <= 10000`), f).toBe("Inconclusive(heuristic-only)")
  })
  // E log(1 + |z|^2) = 1.2..; P(|z| < 1) = erf(1/sqrt 2) - sqrt(2/pi) e^(-1/2) = 0.1987..; E |z| = 2 sqrt(2/pi) = 1.5957..
  it.each([
    ["log(1 + norm2(z))", 1, 1.6, /max \|z_i\| <= /],
    ["norm(z)", 1.5, 1.7, /sub-Gaussian/],
    ["if(norm2(z) < 1, 1, 0)", 0.17, 0.23, /range \[0, 1\]/],
    ["if(z[1]*z[2] < z[3], 1, 0)", 0.45, 0.55, /range \[0, 1\]/],
    ["exp(z[1]/2 + sin(z[2]*z[3]))", 1, 3, /max \|z_i\| <= /],
  ])("bounds E %s on both sides, with the reason named", (f, lo, hi, why) => {
    for (const [claim, wanted] of [
      [`>= ${lo}`, "Verified"],
      [`<= ${lo}`, "Refuted"],
      [`<= ${hi}`, "Verified"],
      [`>= ${hi}`, "Refuted"],
    ] as const) {
      const look = ask(`E(z, ${THREE}, ${f}) ${claim}`, { strategy: sampled() })
      expect(verdictOf(look), claim).toBe(wanted)
      expect(look.kind === "seen" && look.evidence.estimate.hypotheses[0]).toMatch(why)
    }
  })
  it("is the same for the same key", () => {
    const once = () => ask(`E(z, ${THREE}, max(z[1], z[2], z[3])) <= 0.9`, { strategy: sampled() })
    expect(once()).toEqual(once())
  })
})
