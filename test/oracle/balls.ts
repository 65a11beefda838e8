/** Random balls and their judgement by mpmath (`balls.py`). */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import type { Ball } from "../../src/interval/ball.ts"
import { exact } from "../../src/interval/ball.ts"
import { callBall } from "../../src/interval/ball-arithmetic.ts"
import { logsumexp, pow } from "../../src/interval/ball-exp.ts"

export interface Judgement {
  readonly count: number
  readonly violations: ReadonlyArray<string>
  /** Mean and largest radius at exact arguments, in units of |f| 2^-bits, by "function bits". */
  readonly widths: Readonly<Record<string, number>>
  readonly worst: Readonly<Record<string, number>>
  readonly errors: Readonly<Record<string, number>>
}

const SCRIPT = fileURLToPath(new URL("balls.py", import.meta.url))

/** A Python with mpmath, if this machine has one. */
export const findMpmath = (): string | undefined =>
  ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, [SCRIPT, "--probe"]).status === 0)

/** mulberry32: a small generator, enough for test arguments. */
export const generator = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A uniform integer of at most `bits` bits. */
export const randomInteger = (next: () => number, bits: number): bigint => {
  let n = 0n
  for (let i = 0; i < bits; i += 30) n = (n << 30n) | BigInt(Math.floor(next() * 2 ** 30))
  return BigInt.asUintN(bits, n)
}

/** A ball of at most `bits` bits around a number of size 2^-span .. 2^span; a quarter each exact, a few last places, any radius, as wide as far. */
export const randomBall = (next: () => number, bits: number, span: number): Ball => {
  const size = 1 + Math.floor(next() * bits)
  const m = (randomInteger(next, size) + 1n) * (next() < 0.5 ? -1n : 1n)
  const kind = Math.floor(next() * 4)
  const r = kind === 0 ? 0n : randomInteger(next, kind === 1 ? 4 : kind === 2 ? Math.floor(next() * size) : size)
  return { m, r, e: Math.floor((2 * next() - 1) * span) - size, status: "defined" }
}

export const judge = (python: string, lines: ReadonlyArray<string>): Judgement => {
  const reply = spawnSync(python, [SCRIPT], { input: lines.join("\n"), encoding: "utf8", maxBuffer: 1 << 26 })
  if (reply.status !== 0) throw new Error(`oracle failed: ${reply.stderr}`)
  return JSON.parse(reply.stdout) as Judgement
}

const evaluate = (f: Elementary | "pow:7/4" | "lse:3/2", a: Ball, bits: number): Ball =>
  f === "pow:7/4" ? pow(a, exact(7n, -2), bits) : f === "lse:3/2" ? logsumexp([exact(3n, -1), a], bits) : callBall(f, a, bits)

/** One line for the judge. */
export const lineOf = (f: Elementary | "pow:7/4" | "lse:3/2", bits: number, a: Ball, v: Ball = evaluate(f, a, bits)): string =>
  [f, bits, a.m, a.r, a.e, v.status, v.m, v.r, v.e].join(" ")
