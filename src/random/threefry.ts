/**
 * Threefry4x32-20 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): a keyed bijection of 128-bit counters,
 * twenty rounds of add, rotate, xor; after every fourth round, number 4s, the key words enter in rotated order:
 *
 *   (a, b, c, d) += (k[s], k[s+1], k[s+2], k[s+3] + s),   indices mod 5,   k[4] = 0x1bd11bda ^ k[0] ^ k[1] ^ k[2] ^ k[3].
 *
 * Integers only, hence the same bits on every engine. Checked against the known-answer vectors of Random123.
 */
const PARITY = 0x1bd11bda

/** Writes the four words of the block with counter (c0, ..., c3) under key (k0, ..., k3) to `out`. */
export const threefry4x32 = (
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  k2: number,
  k3: number,
): void => {
  let p = k0 | 0
  let q = k1 | 0
  let r = k2 | 0
  let s = k3 | 0
  let t = PARITY ^ p ^ q ^ r ^ s
  let a = (c0 + p) | 0
  let b = (c1 + q) | 0
  let c = (c2 + r) | 0
  let d = (c3 + s) | 0
  for (let i = 1; i <= 5; i++) {
    const odd = (i & 1) === 1
    // Four rounds; the second and the fourth mix (a, d) and (c, b). Written out because a table of rotations costs half of the speed.
    a = (a + b) | 0
    b = a ^ (odd ? (b << 10) | (b >>> 22) : (b << 6) | (b >>> 26))
    c = (c + d) | 0
    d = c ^ (odd ? (d << 26) | (d >>> 6) : (d << 20) | (d >>> 12))
    a = (a + d) | 0
    d = a ^ (odd ? (d << 11) | (d >>> 21) : (d << 17) | (d >>> 15))
    c = (c + b) | 0
    b = c ^ (odd ? (b << 21) | (b >>> 11) : (b << 11) | (b >>> 21))
    a = (a + b) | 0
    b = a ^ (odd ? (b << 13) | (b >>> 19) : (b << 25) | (b >>> 7))
    c = (c + d) | 0
    d = c ^ (odd ? (d << 27) | (d >>> 5) : (d << 10) | (d >>> 22))
    a = (a + d) | 0
    d = a ^ (odd ? (d << 23) | (d >>> 9) : (d << 18) | (d >>> 14))
    c = (c + b) | 0
    b = c ^ (odd ? (b << 5) | (b >>> 27) : (b << 20) | (b >>> 12))
    const first = p
    p = q
    q = r
    r = s
    s = t
    t = first
    a = (a + p) | 0
    b = (b + q) | 0
    c = (c + r) | 0
    d = (d + s + i) | 0
  }
  out[0] = a
  out[1] = b
  out[2] = c
  out[3] = d
}
