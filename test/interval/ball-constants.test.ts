/** Cached constants and Bernoulli numbers. */
import { describe, expect, it } from "vitest"
import { bernoulliEven, log2Fixed, pi, piFixed, sqrtPiFixed, working } from "../../src/interval/ball-constants.ts"

// mpmath 1.3, 110 digits.
const PI = 31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679821480865132823066n
const LOG2 = 6931471805599453094172321214581765680755001343602552541206800094933936219696947156058633269964186875420014810205706857n
const SQRT_PI = 17724538509055160272981674833411451827975494561223871282138077898529112845910321813749506567385446654162268236242825706n

describe("constants", () => {
  for (const [name, fixed, digits, shift] of [
    ["pi", piFixed, PI, 118n],
    ["log 2", log2Fixed, LOG2, 118n],
    ["sqrt(pi)", sqrtPiFixed, SQRT_PI, 118n],
  ] as const) {
    it(`${name} is within 2 units of 2^-w`, () => {
      for (const w of [64, 128, 192, 320, 352]) {
        const scale = 10n ** shift
        const error = fixed(w) * scale - (digits << BigInt(w))
        expect(error < 2n * scale && error > -2n * scale, `${w}`).toBe(true)
        expect(fixed(w)).toBe(fixed(w))
      }
    })
  }

  it("agrees between precisions", () => {
    for (const w of [64, 640, 2048]) {
      const d = (piFixed(4096) >> BigInt(4096 - w)) - piFixed(w)
      expect(d >= -3n && d <= 3n).toBe(true)
    }
    expect(pi(128).r).toBe(1n)
  })

  it("rounds working precisions to multiples of 64 with 12 guard bits", () => {
    expect([working(52), working(53), working(116), working(128)]).toEqual([64, 128, 128, 192])
  })

  it("has the Bernoulli numbers", () => {
    for (const [k, n, d] of [
      [1, 1n, 6n],
      [2, -1n, 30n],
      [3, 1n, 42n],
      [6, -691n, 2730n],
      [10, -174611n, 330n],
      [40, -4603784299479457646935574969019046849794257872751288919656867n, 230010n],
    ] as const) {
      const b = bernoulliEven(k)
      expect(b.n * d).toBe(b.d * n)
    }
  })
})
