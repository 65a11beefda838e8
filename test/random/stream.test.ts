import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import * as Q from "../../src/core/rational.ts"
import { stream, streamOf } from "../../src/random/stream.ts"
import { threefry4x32 } from "../../src/random/threefry.ts"

test("the key is the documented hash, the words are Threefry blocks under it", () => {
  const s = stream("salt", "diffusion/tweedie", "exchange", "0")
  expect(s.label).toBe('["lemmata-stream-1","salt","diffusion/tweedie","exchange","0"]')
  const digest = createHash("sha256").update(s.label).digest()
  const key = [0, 4, 8, 12].map((at) => digest.readUInt32BE(at)) as [number, number, number, number]
  const block = new Uint32Array(4)
  const pair = new Uint32Array(2)
  for (const index of [0, 1, 2, 7, 2 ** 33 + 1, 2 ** 53 - 1]) {
    for (const lane of [0, 3]) {
      const b = Math.floor(index / 2)
      threefry4x32(block, b % 2 ** 32, Math.floor(b / 2 ** 32) + lane * 2 ** 24, 0, 0, ...key)
      s.word(pair, index, lane)
      expect([...pair]).toEqual([...block.slice((index % 2) * 2, (index % 2) * 2 + 2)])
    }
  }
})

test("names are separated, and text seeds differ from integer seeds", () => {
  const labels = [stream("1", "ab", "c"), stream("1", "a", "bc"), stream("1", "abc"), stream(1n, "ab", "c"), stream('1","ab', "c")]
  expect(new Set(labels.map((s) => s.label)).size).toBe(5)
  expect(new Set(labels.map((s) => s.uniform53(0))).size).toBe(5)
})

test("order of use does not matter, and next() walks the same words", () => {
  const s = stream("order")
  const [later, sooner] = [s.uniform53(1000), s.uniform53(3)]
  const t = stream("order")
  const drawn = Array.from({ length: 1001 }, () => t.next())
  expect([drawn[1000], drawn[3]]).toEqual([later, sooner])
  const filled = new Float64Array(10)
  s.fill(filled, 995)
  expect(filled[5]).toBe(later)
})

test("many at once are those one by one, from either half of a block, across chunks and past 2^32 blocks", () => {
  for (const family of ["threefry", "philox"] as const) {
    const [s, one] = [streamOf(family, "many"), streamOf(family, "many")]
    const pair = new Uint32Array(2)
    for (const index of [0, 1, 6, 7, 2 ** 33 - 3])
      for (const n of [0, 1, 2, 5, 1024, 2049]) {
        const halves = new Uint32Array(2 * n)
        s.words(halves, index)
        const wanted = Array.from({ length: n }, (_, i) => {
          one.word(pair, index + i, 0)
          return [...pair]
        })
        expect([...halves]).toEqual(wanted.flat())
        const uniforms = new Float64Array(n)
        s.fill(uniforms, index)
        expect([...uniforms]).toEqual(Array.from({ length: n }, (_, i) => one.uniform53(index + i)))
      }
  }
})

const FROZEN = { threefry: 0.12202111277280225, philox: 0.06195064682984086 }

test("frozen values: a change here changes every statistical verdict", () => {
  const s = stream("frozen")
  expect(s.uniform53(0)).toBe(FROZEN.threefry)
  expect(streamOf("philox", "frozen").uniform53(0)).toBe(FROZEN.philox)
})

test("uniforms are odd multiples of 2^-53 inside (0, 1) and follow the uniform law (DKWM at 1e-9)", () => {
  for (const family of ["threefry", "philox"] as const) {
    const n = 200_000
    const u = new Float64Array(n)
    streamOf(family, 7n, "law").fill(u, 0)
    expect(u.every((x) => x > 0 && x < 1 && (x * 2 ** 53) % 2 === 1)).toBe(true)
    u.sort()
    let distance = 0
    for (let i = 0; i < n; i++) distance = Math.max(distance, Math.abs(u[i]! - i / n), Math.abs(u[i]! - (i + 1) / n))
    expect(distance).toBeLessThan(Math.sqrt(Math.log(2 / 1e-9) / (2 * n)))
  }
})

test("integers have no modulo bias where the range does not divide 2^53", () => {
  // Of [0, 3 2^51) the plain remainder of 53 bits would hit the first third with probability 1/2 instead of 1/3.
  const s = stream("integers")
  const n = 20_000
  let first = 0
  for (let i = 0; i < n; i++) if (s.integer(0, 3 * 2 ** 51 - 1) < 2 ** 51) first += 1
  expect(Math.abs(first / n - 1 / 3)).toBeLessThan(Math.sqrt(Math.log(2 / 1e-9) / (2 * n)))
  expect(s.position()).toBeGreaterThan(n)
  expect(s.integer(-4, -4)).toBe(-4)
  const seen = new Set(Array.from({ length: 500 }, () => s.integer(-2, 3)))
  expect([...seen].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3])
  expect(() => s.integer(2, 1)).toThrow(RangeError)
  expect(() => s.integer(0, 2 ** 53)).toThrow(RangeError)
})

test("rational draws are exact, inside the interval, with the stated denominator", () => {
  const s = stream("rationals")
  const [lo, hi] = [Q.rational(-1, 3), Q.rational(5, 7)]
  for (let i = 0; i < 200; i++) {
    const x = s.rational(lo, hi, 8)
    expect(Q.compare(lo, x) < 0 && Q.compare(x, hi) < 0).toBe(true)
    const k = Q.mul(Q.div(Q.sub(x, lo), Q.sub(hi, lo)), Q.rational(256))
    expect(Q.isInteger(k) && (k.n & 1n) === 1n).toBe(true)
  }
  expect(Q.equals(s.rational(lo, hi, 1), Q.div(Q.add(lo, hi), Q.rational(2)))).toBe(true)
})

test("bits fill their width", () => {
  const s = stream("bits")
  let union = 0n
  for (let i = 0; i < 64; i++) union |= s.bits(130)
  expect(union).toBe((1n << 130n) - 1n)
  expect(s.bits(0)).toBe(0n)
})
