/**
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): a keyed bijection of 128-bit counters.
 * One round, with products split into high and low words,
 *
 *   (c0, c1, c2, c3) -> (hi(M1 c2) ^ c1 ^ k0, lo(M1 c2), hi(M0 c0) ^ c3 ^ k1, lo(M0 c0)),   (k0, k1) += (W0, W1) between rounds.
 *
 * Integers only, hence the same bits on every engine. Checked against the known-answer vectors of Random123.
 */
const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** floor(m x / 2^32) for 32-bit words from 16-bit halves; no partial sum reaches 2^32, so 32-bit arithmetic is exact. */
const high = (mh: number, ml: number, x: number): number => {
  const xl = x & 0xffff
  const xh = x >>> 16
  const p = (Math.imul(mh, xl) + (Math.imul(ml, xl) >>> 16)) | 0
  const q = (Math.imul(ml, xh) + (p & 0xffff)) | 0
  return (Math.imul(mh, xh) + (p >>> 16) + (q >>> 16)) | 0
}

/** Writes the four words of the block with counter (c0, c1, c2, c3) under key (k0, k1) to `out`. */
export const philox4x32 = (out: Uint32Array, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void => {
  let a = c0 | 0
  let b = c1 | 0
  let c = c2 | 0
  let d = c3 | 0
  let x = k0 | 0
  let y = k1 | 0
  for (let round = 0; round < 10; round++) {
    const h0 = high(M0 >>> 16, M0 & 0xffff, a)
    const h1 = high(M1 >>> 16, M1 & 0xffff, c)
    const l0 = Math.imul(M0, a)
    const l1 = Math.imul(M1, c)
    a = h1 ^ b ^ x
    c = h0 ^ d ^ y
    b = l1
    d = l0
    x = (x + W0) | 0
    y = (y + W1) | 0
  }
  out[0] = a
  out[1] = b
  out[2] = c
  out[3] = d
}
