/**
 * Complex rectangles: containment at random points of random rectangles, against mpmath, and the cases in which analyticity must not be claimed.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { complexArithmetic as C } from "../../src/interval/complex-arithmetic.ts"
import { call } from "../../src/interval/complex-elementary.ts"
import { add, div, magnitude, make, mul, radius, real, recip, sqr } from "../../src/interval/complex.ts"
import type { Complex } from "../../src/interval/complex.ts"
import { generator } from "../oracle/balls.ts"

const SCRIPT = fileURLToPath(new URL("../oracle/continuation.py", import.meta.url))
const python = ["/usr/bin/python3", "python3"].find((p) => spawnSync(p, [SCRIPT, "--probe"]).status === 0)
if (python === undefined) console.log("complex rectangles against mpmath skipped: no python3 with mpmath")

interface Probe {
  readonly f: string
  readonly z: Complex
  readonly value: Complex
  readonly x: number
  readonly y: number
}

const FUNCTIONS: ReadonlyArray<readonly [string, (z: Complex) => Complex]> = [
  ...ELEMENTARY.map((f) => [f, (z: Complex) => call(f, z)] as const),
  ["recip", recip],
  ["sqr", sqr],
]

/** Rectangles of many sizes and places, with corners, edges and inner points. */
const probes = (count: number): ReadonlyArray<Probe> => {
  const next = generator(7)
  const signed = (size: number): number => (next() * 2 - 1) * size
  return FUNCTIONS.flatMap(([f, g]) =>
    Array.from({ length: count }, (_, i) => {
      const reach = [1, 4, 12, 40][i % 4]!
      const [x0, y0] = [signed(reach), i % 3 === 0 ? 0 : signed(Math.min(reach, 6))]
      const size = [1e-12, 1e-3, 0.3, 2][(i >> 2) % 4]!
      const z = make(x0, x0 + next() * size, y0, y0 + (i % 5 === 0 ? 0 : next() * size), 2)
      const value = g(z)
      return value.state === 2
        ? [0, 1, next()].map((t) => ({ f, z, value, x: between(z.reLo, z.reHi, t), y: between(z.imLo, z.imHi, t === 1 ? next() : t) }))
        : []
    }).flat(),
  )
}

const between = (lo: number, hi: number, t: number): number => Math.min(hi, lo + t * (hi - lo))

const inside = (lo: number, hi: number, text: string): boolean => {
  const v = Number(text)
  // The decimal is rounded to a double; the reference itself errs by 1e-250.
  const slack = Math.abs(v) * 2 ** -52 + 1e-240
  return v >= lo - slack && v <= hi + slack
}

/** The oracle has the principal logarithm, the rectangle the continuation from the real axis: they may differ by whole turns. */
const insideTurns = (f: string, { imLo, imHi }: Complex, im: string): boolean =>
  inside(imLo, imHi, im) ||
  ((f === "softplus" || f === "lognormcdf") && [-2, -1, 1, 2].some((k) => inside(imLo - 1e-14, imHi + 1e-14, `${Number(im) + 2 * k * Math.PI}`)))

describe.skipIf(python === undefined)("against mpmath", () => {
  it("values of every function lie in their rectangles, real and imaginary parts", () => {
    const all = probes(64)
    const out = spawnSync(python!, [SCRIPT], {
      input: all.map(({ f, x, y }) => `${f} ${x.toPrecision(80)} ${y.toPrecision(80)}`).join("\n"),
      maxBuffer: 1 << 26,
    })
      .stdout.toString()
      .trim()
      .split("\n")
    expect(out.length).toBe(all.length)
    const misses = all.flatMap(({ f, z, value, x, y }, i) => {
      const [re, im] = out[i]!.split(" ")
      return inside(value.reLo, value.reHi, re!) && insideTurns(f, value, im!) ? [] : [{ f, z, value, x, y, re, im }]
    })
    expect(misses).toEqual([])
    // Enough of the rectangles must have had a continuation for this to mean anything.
    for (const [f] of FUNCTIONS) expect(all.filter((p) => p.f === f).length, f).toBeGreaterThan(30)
  })

  it("thin rectangles come out thin", () => {
    for (const f of ELEMENTARY) {
      const z = make(1.25, 1.25 + 1e-12, 0.5, 0.5 + 1e-12, 2)
      expect(radius(call(f, z)), f).toBeLessThan(2)
    }
  })
})

describe("ring", () => {
  it("sums, products and quotients contain those of their corners", () => {
    const next = generator(3)
    const box = (): Complex => {
      const [x, y] = [next() * 8 - 4, next() * 8 - 4]
      return make(x, x + next(), y, y + next(), 2)
    }
    const corners = (z: Complex): ReadonlyArray<readonly [number, number]> => [
      [z.reLo, z.imLo],
      [z.reLo, z.imHi],
      [z.reHi, z.imLo],
      [z.reHi, z.imHi],
    ]
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [box(), box()]
      const [s, p, q] = [add(a, b), mul(a, b), div(a, b)]
      for (const [u, v] of corners(a))
        for (const [x, y] of corners(b)) {
          const n = x * x + y * y
          const pairs: ReadonlyArray<readonly [Complex, number, number]> = [
            [s, u + x, v + y],
            [p, u * x - v * y, u * y + v * x],
            [q, (u * x + v * y) / n, (v * x - u * y) / n],
          ]
          for (const [z, re, im] of pairs) {
            const slack = 1e-14 * (1 + Math.abs(re) + Math.abs(im))
            expect(
              re >= z.reLo - slack && re <= z.reHi + slack && im >= z.imLo - slack && im <= z.imHi + slack,
              JSON.stringify({ a, b, re, im, z }),
            ).toBe(true)
          }
        }
    }
  })

  it("bounds of modulus and radius hold at the corners", () => {
    const z = make(-3, 4, -12, 5, 2)
    expect(magnitude(z)).toBeGreaterThanOrEqual(Math.hypot(4, 12))
    expect(magnitude(z)).toBeLessThan(Math.hypot(4, 12) * (1 + 1e-14))
    expect(radius(z)).toBeGreaterThanOrEqual(Math.hypot(3.5, 8.5))
    expect(magnitude(make(0, 1e-200, 0, 1e-200, 2))).toBeLessThan(1.5e-200)
  })
})

describe("analyticity is not claimed", () => {
  const around = (x: number, y: number, h = 0.1): Complex => make(x - h, x + h, y - h, y + h, 2)
  it.each([
    ["log", around(-1, 0)],
    ["sqrt", around(0, 0)],
    ["log1p", around(-2, 0)],
    ["recip", around(0, 0)],
    ["atan", around(0, 1.5)],
    ["tan", around(Math.PI / 2, 0)],
    ["tanh", around(0, Math.PI / 2)],
    ["sigmoid", around(0, Math.PI)],
    ["softplus", around(0, Math.PI)],
    ["lgamma", around(0, 0)],
    ["digamma", around(-1, 0)],
  ] as const)("%s across its singularity", (f, z) => {
    expect((f === "recip" ? recip(z) : call(f, z)).state).not.toBe(2)
  })

  it("a choice that the real part leaves open is open", () => {
    const z = around(0, 0)
    expect(C.status(C.abs(z))).toBe("unknown")
    expect(C.status(C.max(z, real(0, 0)))).toBe("unknown")
    expect(C.less(z, real(0, 0))).toBeUndefined()
    expect(C.less(make(-2, -1, -5, 5, 2), real(0, 0))).toBe(true)
    expect(C.status(C.floor(make(0.4, 0.6, -1, 1, 2)))).toBe("defined")
    expect(C.status(C.floor(make(0.9, 1.1, -1, 1, 2)))).toBe("unknown")
  })

  it("bounds of a rectangle off the axis say nothing", () => {
    expect(C.bounds(around(2, 1))).toEqual([-Infinity, Infinity])
    expect(C.bounds(real(1, 2))).toEqual([1, 2])
  })
})
