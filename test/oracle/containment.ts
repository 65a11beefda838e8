/**
 * Random containment against MPFR: `node test/oracle/containment.ts [--count N] [--functions exp,log] [--seed s]`.
 *
 * Arguments per function: a third over all bit patterns of finite doubles, a third log-uniform in 2^-60 .. 2^12 with both signs, a third within
 * a few doubles of special points (0, +-1, multiples of pi/2, overflow and underflow thresholds, poles).
 * Arguments off the domain count as `undefined`.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Elementary } from "../../src/interval/arithmetic.ts"
import { ELEMENTARY } from "../../src/interval/arithmetic.ts"
import { intervalArithmetic } from "../../src/interval/interval-arithmetic.ts"
import type { Interval } from "../../src/interval/interval.ts"
import { nextDown, nextUp } from "../../src/interval/rounding.ts"

export interface Summary {
  readonly count: number
  readonly violations: number
  readonly examples: ReadonlyArray<ReadonlyArray<string>>
  readonly undefined: number
  readonly tight: number
  readonly widthSum: number
  readonly widest: number
}

const SCRIPT = fileURLToPath(new URL("containment.py", import.meta.url))

/** A Python with gmpy2, if this machine has one. */
export const findPython = (): string | undefined =>
  ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, [SCRIPT, "--probe"]).status === 0)

/** mulberry32: a small generator, enough for test arguments. */
const generator = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
}

const SPECIAL = [
  0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  709.782712893384,
  710.4758600739439,
  -745.1332191019411,
  -708.3964185322641,
  36.7368005696771,
  -36.7368005696771,
  18.3,
  18.715,
  22,
  40,
  -40,
  64,
  -64,
  746,
  -746,
  0.35,
  1.4616321449683623,
  26.543258,
  -26.543258,
  5.863584748755,
  -38.4674,
  8.2923611,
  -37.5193793,
  171.6,
  20,
  10,
  -3,
  -10,
  3,
  12,
  100,
  2 ** -27,
  2 ** -54,
  2 ** -9,
  2 ** -8,
  2 ** 53,
  2 ** 110,
  2 ** 200,
  2 ** 1000,
  Math.LN2 / 512,
  0.785,
  1.6e6,
  2 ** -12,
  1e5,
  1e10,
  1e16,
  -1e5,
  5.319372648326541e255, // within 2^-61 of a multiple of pi/2, the closest of all doubles
]

/** Deterministic arguments for one function. */
export const arguments64 = (count: number, seed: number): Float64Array => {
  const next = generator(seed)
  const xs = new Float64Array(count)
  const word = new Float64Array(1)
  const halves = new Uint32Array(word.buffer)
  const unit = () => next() / 2 ** 32 + next() / 2 ** 64
  for (let i = 0; i < count; i++) {
    if (i % 3 === 0) {
      do {
        halves[0] = next()
        halves[1] = next()
      } while (!Number.isFinite(word[0]))
      xs[i] = word[0]!
    } else if (i % 3 === 1) {
      xs[i] = (next() % 2 === 0 ? 1 : -1) * (1 + unit()) * 2 ** ((next() % 72) - 60)
    } else {
      let x = next() % 2 === 0 ? SPECIAL[next() % SPECIAL.length]! : ((next() % (1 << (next() % 28))) * Math.PI) / (next() % 2 === 0 ? 2 : 4)
      if (next() % 4 === 0) x += (unit() - 0.5) * 2 ** -(next() % 40)
      for (let steps = next() % 4; steps > 0; steps--) x = next() % 2 === 0 ? nextUp(x) : nextDown(x)
      xs[i] = Number.isFinite(x) ? (next() % 8 === 0 ? -x : x) : 1
    }
  }
  return xs
}

/** Encloses f at every argument and has Python judge; f is an elementary function, `pow:y`, `powi:n` or `lse:c`. */
export const judge = (python: string, f: string, xs: Float64Array): Summary => {
  const triples = new Float64Array(3 * xs.length)
  xs.forEach((x, i) => triples.set([x, ...ends(f, x)], 3 * i))
  const reply = spawnSync(python, [SCRIPT, f], { input: new Uint8Array(triples.buffer), encoding: "utf8", maxBuffer: 1 << 24 })
  if (reply.status !== 0) throw new Error(`oracle failed for ${f}: ${reply.stderr}`)
  return JSON.parse(reply.stdout) as Summary
}

const ends = (f: string, x: number): readonly [number, number] => {
  const y = enclose(f, intervalArithmetic.range(x, x))
  return intervalArithmetic.status(y) === "defined" ? [y.lo, y.hi] : [NaN, NaN]
}

const enclose = (name: string, a: Interval): Interval => {
  const [head, tail] = name.split(":")
  const p = Number(tail)
  if (head === "pow") return intervalArithmetic.pow(a, intervalArithmetic.range(p, p))
  if (head === "powi") return intervalArithmetic.powi(a, p)
  if (head === "lse") return intervalArithmetic.logsumexp([a, intervalArithmetic.range(p, p)])
  return intervalArithmetic.call(name as Elementary, a)
}

/** Runs `count` arguments in chunks and adds the summaries up. */
export const containment = (python: string, f: string, count: number, seed: number): Summary => {
  let total: Summary = { count: 0, violations: 0, examples: [], undefined: 0, tight: 0, widthSum: 0, widest: 0 }
  for (let done = 0, chunk = 0; done < count; chunk++) {
    const size = Math.min(100000, count - done)
    const part = judge(python, f, arguments64(size, seed + 7919 * chunk))
    done += size
    total = {
      count: total.count + part.count,
      violations: total.violations + part.violations,
      examples: [...total.examples, ...part.examples].slice(0, 5),
      undefined: total.undefined + part.undefined,
      tight: total.tight + part.tight,
      widthSum: total.widthSum + part.widthSum,
      widest: Math.max(total.widest, part.widest),
    }
  }
  return total
}

/** One line per function. */
export const line = (f: string, s: Summary): string => {
  const inside = s.count - s.undefined
  const share = ((100 * s.tight) / inside).toFixed(4)
  const width = `mean width ${(s.widthSum / inside).toFixed(5)} ulp, widest ${s.widest}`
  return `${f.padEnd(11)} ${s.count} arguments, ${s.violations} violations, ${s.undefined} undefined, tightest ${share}%, ${width}`
}

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(`--${name}`)
  return at >= 0 ? (process.argv[at + 1] ?? fallback) : fallback
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const python = findPython()
  if (python === undefined) {
    console.log("skipped: no python3 with gmpy2")
  } else {
    for (const f of option("functions", ELEMENTARY.join(",")).split(",")) {
      const s = containment(python, f, Number(option("count", "100000")), Number(option("seed", "1")))
      console.log(line(f, s))
      for (const e of s.examples) console.log(`  x ${e[0]} lo ${e[1]} hi ${e[2]} true ${e[3]}`)
      if (s.violations > 0) process.exitCode = 1
    }
  }
}
