/**
 * Files that somebody might hand to `lemmata check` by accident or to break it.
 */
import * as fc from "fast-check"
import { readFileSync, readdirSync } from "node:fs"
import { bytesOf } from "./judge.ts"

const EXAMPLES = readdirSync("examples", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".claims.yaml"))
  .sort()
  .map((name) => readFileSync(`examples/${name}`))
  .filter((bytes) => bytes.length < 1500)

const PIECES = [
  ...[
    "__proto__",
    "constructor: ",
    "*a",
    "&a ",
    "[",
    "]",
    "{",
    "}",
    "? ",
    "- ",
    "|\n",
    ">\n  ",
    "\u0000",
    "\n",
    "  ",
    "\t",
    "E(",
    ")",
    "==",
    "'",
    '"',
  ],
  ...["<<: *a", "!!binary ", "%YAML 1.1\n", "---\n", "...\n", "\u001b[31m", "\u202e", "\ufeff", "\r", "#", "= ", "1e999", "\\x", "π", "−", "\ud800"],
]

/** A good file, cut anywhere, with something put into the gap. */
export const spliced: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }))
  .map(([good, where, gap, inserted]) => {
    const at = Math.floor(where * good.length)
    return Buffer.concat([good.subarray(0, at), bytesOf(inserted.join("")), good.subarray(at + gap)])
  })

/** A good file cut short. */
export const truncated: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.nat(5000))
  .map(([good, n]) => good.subarray(0, n % (good.length + 1)))

/** A good file with a few bytes changed. */
export const flipped: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 3 }))
  .map(([good, changes]) => {
    const bytes = Uint8Array.from(good)
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte
    return bytes
  })

export const noise: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 400 })

const TOKENS = [
  "a",
  "x",
  "E",
  "Normal",
  "constructor",
  "__proto__",
  "1",
  "1e9",
  "(",
  ")",
  "[",
  "]",
  ",",
  "+",
  "-",
  "*",
  "/",
  "^",
  "==",
  "<",
  ">=",
  ";",
  ".",
  "!",
  "'",
  "#",
]

/** Tokens in any order where a formula should be. */
export const salad: fc.Arbitrary<Uint8Array> = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 25 })
  .map((tokens) => bytesOf(`lemmata: 1\nparameters: {x: 'real(0, 1)'}\nclaims:\n  a: ${JSON.stringify(tokens.join(" "))}\n  b: x >= 0\n`))

export const hostile: fc.Arbitrary<Uint8Array> = fc.oneof(spliced, truncated, flipped, noise, salad)
