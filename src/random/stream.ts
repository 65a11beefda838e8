/**
 * Streams of independent uniform words, keyed by names: the i-th word of stream(seed, claim, check, replicate) is a pure function of these
 * and i, whatever was drawn before, on every machine and in every shard.
 *
 *   key     = first 128 bits of SHA-256 of the JSON text ["lemmata-stream-1", seed, name1, name2, ...] (a bigint seed without quotes),
 *   block b = Threefry4x32-20(key, counter = (b mod 2^32, floor(b / 2^32) + 2^24 lane, 0, 0)),   word i = half i mod 2 of block floor(i / 2).
 *
 * Lane 0 holds the words themselves; `normal.ts` refines rare words with the same index of lanes 1, 2, ... `family: "philox"` is Philox4x32-10
 * under the same key, to confirm a statistical refutation with unrelated arithmetic.
 *
 * The law: the probability statement of a verdict is over the seed. Given ideal words, uniform53 takes the 2^52 odd multiples of 2^-53 with
 * equal probability; it is the midpoint of the cell of width 2^-52 that contains an ideal uniform U, so that |uniform53 - U| <= 2^-53 always.
 */
import { rational } from "../core/rational.ts"
import type { Rational } from "../core/rational.ts"
import { philox4x32 } from "./philox.ts"
import { sha256 } from "./sha256.ts"
import { threefry4x32 } from "./threefry.ts"

export type Family = "threefry" | "philox"

export interface Stream {
  /** The hashed text: equal labels, equal streams. */
  readonly label: string
  readonly family: Family
  /** Writes the high and low half of word `index` (0 <= index < 2^53) of `lane` (0 <= lane < 256) to `into`. */
  readonly word: (into: Uint32Array, index: number, lane: number) => void
  /** Writes the halves of words index, index + 1, ... of lane 0 to `into`, whose length is even. */
  readonly words: (into: Uint32Array, index: number) => void
  /** The uniform of word `index`, in (0, 1): an odd multiple of 2^-53. */
  readonly uniform53: (index: number) => number
  /** out[i] = uniform53(index + i). */
  readonly fill: (out: Float64Array, index: number) => void
  /** The uniform of the next unused word. `next`, `bits`, `integer` and `rational` share one position, which starts at 0. */
  readonly next: () => number
  /** A uniform integer in [0, 2^count). */
  readonly bits: (count: number) => bigint
  /** A uniform integer in [lo, hi], without bias (rejection); safe integers with hi - lo < 2^53. */
  readonly integer: (lo: number, hi: number) => number
  /** lo + (hi - lo) k / 2^bits for k uniform on the odd numbers below 2^bits: exact, and never an end. */
  readonly rational: (lo: Rational, hi: Rational, bits: number) => Rational
  /** Words used by the sequential operations so far. */
  readonly position: () => number
}

const WHOLE = 0x20000000000000 // 2^53
const BLOCKS = 0x100000000 // 2^32
/** Words that are held at a time where many are asked for. */
const CHUNK = 1024

/** The stream of a seed and names, e.g. stream("salt", claimId, check, "0"). */
export const stream = (seed: string | bigint, ...names: ReadonlyArray<string>): Stream => streamOf("threefry", seed, ...names)

/** The same with the generator family named. */
export const streamOf = (family: Family, seed: string | bigint, ...names: ReadonlyArray<string>): Stream => {
  const quoted = ["lemmata-stream-1", ...names].map((name) => JSON.stringify(name))
  const label = `[${quoted[0]},${typeof seed === "bigint" ? seed : JSON.stringify(seed)}${quoted
    .slice(1)
    .map((name) => `,${name}`)
    .join("")}]`
  const [k0, k1, k2, k3] = sha256(label) as unknown as [number, number, number, number]
  const block = new Uint32Array(4)
  let [held, heldLane, at] = [-1, 0, 0]

  const load = (b: number, lane: number): void => {
    if (b === held && lane === heldLane) return
    held = b
    heldLane = lane
    const top = lane * 0x1000000 + Math.floor(b / BLOCKS)
    if (family === "threefry") threefry4x32(block, b | 0, top, 0, 0, k0, k1, k2, k3)
    else philox4x32(block, b | 0, top, k2, k3, k0, k1)
  }
  const word = (into: Uint32Array, index: number, lane: number): void => {
    load(Math.floor(index / 2), lane)
    const half = (index % 2) * 2
    into[0] = block[half]!
    into[1] = block[half + 1]!
  }
  const words = (into: Uint32Array, index: number): void => {
    let b = Math.floor(index / 2)
    // From the block's beginning, which may lie one word before.
    for (let i = -2 * (index % 2); i < into.length; i += 4) {
      load(b++, 0)
      if (i >= 0) {
        into[i] = block[0]!
        into[i + 1] = block[1]!
      }
      if (i + 2 < into.length) {
        into[i + 2] = block[2]!
        into[i + 3] = block[3]!
      }
    }
  }
  const uniform53 = (index: number): number => {
    load(Math.floor(index / 2), 0)
    const half = (index % 2) * 2
    return odd(block[half]!, block[half + 1]!)
  }
  const fill = (out: Float64Array, index: number): void => {
    for (let from = 0; from < out.length; from += CHUNK) {
      const n = Math.min(CHUNK, out.length - from)
      const halves = new Uint32Array(2 * n)
      words(halves, index + from)
      for (let i = 0; i < n; i++) out[from + i] = odd(halves[2 * i]!, halves[2 * i + 1]!)
    }
  }
  const pair = new Uint32Array(2)
  const bits = (count: number): bigint => {
    let [value, have] = [0n, 0]
    for (; have < count; have += 64) {
      word(pair, at++, 0)
      value = (value << 64n) | (BigInt(pair[0]!) << 32n) | BigInt(pair[1]!)
    }
    return value >> BigInt(have - count)
  }
  const integer = (lo: number, hi: number): number => {
    const size = hi - lo + 1
    if (![lo, hi, size].every(Number.isSafeInteger) || size < 1) throw new RangeError(`no integers in [${lo}, ${hi}]`)
    const kept = WHOLE - (WHOLE % size)
    for (;;) {
      word(pair, at++, 0)
      const value = (pair[0]! >>> 11) * BLOCKS + pair[1]!
      if (value < kept) return lo + (value % size)
    }
  }
  const draw = (lo: Rational, hi: Rational, count: number): Rational => {
    const k = 2n * bits(count - 1) + 1n
    const whole = 1n << BigInt(count)
    return rational(lo.n * hi.d * (whole - k) + hi.n * lo.d * k, lo.d * hi.d * whole)
  }
  return { label, family, word, words, uniform53, fill, next: () => uniform53(at++), bits, integer, rational: draw, position: () => at }
}

/** The odd multiple of 2^-53 of the top 52 bits of a word. */
const odd = (high: number, low: number): number => (high * 0x200000 + (low >>> 12) * 2 + 1) / WHOLE
