/** Containment and accuracy against MPFR; `node test/oracle/containment.ts --count 1000000` is the long version. */
import { describe, expect, it } from "vitest"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { accuracy, PAIRS } from "../oracle/accuracy.ts"
import { containment, findPython, line } from "../oracle/containment.ts"

const python = findPython()
if (python === undefined) console.log("containment against MPFR skipped: no python3 with gmpy2 and numpy")

describe.skipIf(python === undefined)("against MPFR", () => {
  for (const f of [...ELEMENTARY, "pow:0.3", "pow:-1.5", "pow:1e10", "powi:3", "powi:-7", "powi:1000000007", "lse:0", "lse:-3.7"]) {
    it(`${f} encloses, within one double more than the best`, () => {
      const s = containment(python!, f, 2000, 31)
      expect(s.examples, line(f, s)).toEqual([])
      expect(s.violations).toBe(0)
      expect(s.undefined).toBeLessThan(1500)
    })
  }
  for (const f of PAIRS) {
    it(`${f.name} in double-double keeps its proved error bound 2^${f.proved}`, () => {
      const a = accuracy(python!, f, 5000, 32)
      expect(a.log2, `worst at ${a.at}`).toBeLessThan(f.proved)
      expect(a.count).toBeGreaterThan(300)
    })
  }
})
