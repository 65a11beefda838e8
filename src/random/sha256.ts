/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8: turns names into keys, without dependencies.
 *
 * The round constants are its definition: the first 32 bits of the fractional parts of the square roots of the first 8 primes (state) and of
 * the cube roots of the first 64 primes (rounds).
 */
const primes = (count: number): ReadonlyArray<bigint> => {
  const found: Array<bigint> = []
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n)
  return found
}

/** floor(2^32 p^(1/k)) mod 2^32, exact, by bisection on integers. */
const rootBits = (p: bigint, k: bigint): number => {
  const target = p << (32n * k)
  let [lo, hi] = [0n, 1n << 40n]
  while (hi - lo > 1n) {
    const mid = (lo + hi) >> 1n
    if (mid ** k <= target) lo = mid
    else hi = mid
  }
  return Number(lo & 0xffffffffn)
}

const STATE = Uint32Array.from(primes(8), (p) => rootBits(p, 2n))
const ROUND = Uint32Array.from(primes(64), (p) => rootBits(p, 3n))

const rotate = (x: number, k: number): number => (x >>> k) | (x << (32 - k))

/** The eight big-endian words of the digest of `text`. */
export const sha256 = (text: string): Uint32Array => {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(padded.length - 4, bytes.length * 8)
  const state = Uint32Array.from(STATE)
  const w = new Uint32Array(64)
  for (let block = 0; block < padded.length; block += 64) compress(state, w, view, block)
  return state
}

const compress = (state: Uint32Array, w: Uint32Array, view: DataView, block: number): void => {
  for (let t = 0; t < 16; t++) w[t] = view.getUint32(block + 4 * t)
  for (let t = 16; t < 64; t++) {
    const [x, y] = [w[t - 15]!, w[t - 2]!]
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    w[t] = w[t - 16]! + s0 + w[t - 7]! + s1
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < 64; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[t]! + w[t]!) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
  }
  const after = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = state[i]! + after[i]!
}

/** The digest of `text` as 64 hexadecimal digits. */
export const sha256Hex = (text: string): string => Array.from(sha256(text), (word) => word.toString(16).padStart(8, "0")).join("")
