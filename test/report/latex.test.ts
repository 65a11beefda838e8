import { describe, expect, it } from "vitest"
import { claimLatex, formulaLatex } from "../../src/report/latex.ts"
import { showText } from "../../src/report/show.ts"
import { showLatex } from "../../src/report/show-latex.ts"
import { plain } from "../../src/report/text.ts"
import { fakeSpec } from "../fake-proof.ts"

describe("LaTeX", () => {
  it.each([
    ["a + b - (c - d)", String.raw`a + b - \left(c - d\right)`],
    ["a - b - c", "a - b - c"],
    ["-(a + b)*c", String.raw`-\left(a + b\right)\,c`],
    ["(a + b)^2/2", String.raw`\frac{\left(a + b\right)^{2}}{2}`],
    ["a^b^c", "a^{b^{c}}"],
    ["(a^b)^c", String.raw`\left(a^{b}\right)^{c}`],
    ["(-a)^2", String.raw`\left(-a\right)^{2}`],
    ["2*3", String.raw`2 \cdot 3`],
    ["0.1*x", String.raw`\frac{1}{10}\,x`],
    ["sqrt(1 - al^2)", String.raw`\sqrt{1 - \alpha^{2}}`],
    ["sg_1*x1", String.raw`\sigma_{1}\,x_{1}`],
    ["m[2]", "m_{2}"],
    ["m1[2]", "{m_{1}}_{2}"],
    ["J[1][2]", "{J_{1}}_{2}"],
    ["A[1, 2]", "A_{1,2}"],
    ["a[b1][2]", "{a_{b_{1}}}_{2}"],
    ["norm2(v)^2", String.raw`\left(\left\|v\right\|^{2}\right)^{2}`],
    ["inv(A)[1]", String.raw`\left(\left(A\right)^{-1}\right)_{1}`],
    ["total(k, 1, n, k)^2", String.raw`\left(\sum_{k=1}^{n} \left(k\right)\right)^{2}`],
    ["2*total(k, 1, n, k)", String.raw`2\,\sum_{k=1}^{n} \left(k\right)`],
    ["logpdf(d, x)^2", String.raw`\left(\log p_{d}\left(x\right)\right)^{2}`],
    ["D(f, x)^2", String.raw`\left(\partial_{x}\left[f\right]\right)^{2}`],
    ["[a, b]", String.raw`\left[a, b\right]`],
    ["E(z, q, log(z))", String.raw`\mathbb{E}_{z\sim q}\left[\log\left(z\right)\right]`],
    ["integral(x, 0, inf, exp(-x))", String.raw`\int_{0}^{\infty} \exp\left(-x\right)\,\mathrm{d}x`],
    ["2 - integral(x, 0, 1, x)", String.raw`2 - \left(\int_{0}^{1} x\,\mathrm{d}x\right)`],
    ["if(x > 0, 1, -1)", String.raw`\begin{cases} 1 & x > 0 \\ -1 & \text{else} \end{cases}`],
    ["weight_of(x)", String.raw`\operatorname{weight\_of}\left(x\right)`],
  ])("prints %s", (formula, expected) => {
    expect(formulaLatex(formula)).toBe(expected)
  })

  it.each([
    ["a == b", "a = b"],
    ["a <= b", String.raw`a \le b`],
    ["KL(p, q) >= 0", String.raw`\mathrm{KL}\left(p\,\middle\|\,q\right) \ge 0`],
  ])("prints the relation %s", (claim, expected) => {
    expect(claimLatex(claim)).toBe(expected)
  })

  it("escapes prose", () => {
    const text = showLatex({ ...fakeSpec("t/x", { s: "verified" }), title: "50 % of a_b & {c}" })
    expect(text).toContain(String.raw`\begin{theorem}[50 \% of a\_b \& \{c\}]`)
    expect(text).toContain(String.raw`m + 1 = 1 + m && \text{(s: commutes)}`)
  })
})

describe("a spec as text", () => {
  it("shows everything that is claimed", () => {
    const text = showText(fakeSpec("t/x", { s: "verified" }, ["refuted"]), plain)
    for (const part of ["t/x", "1 + 1 = 2", "a real number", "m + 1 == 1 + m", "m: real(-1, 1)", "mutant-0", "at-zero", "Peano 1889"])
      expect(text).toContain(part)
  })
})
