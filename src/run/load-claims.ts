/**
 * A claim file as a proof: the same machinery as a theorem of the catalogue, with results of the kind "claim".
 */
import { readFileSync, statSync } from "node:fs"
import type { Stats } from "node:fs"
import { Effect } from "effect"
import { readClaimFile } from "../expression/claim-file.ts"
import type { Fault } from "../expression/claim-file.ts"
import { MAX_BYTES } from "../expression/claim-text.ts"
import type { Spec } from "../core/statement.ts"
import type { Result } from "../core/verdict.ts"
import type { Proof } from "../verify/proof.ts"
import { adaptive } from "../verify/adaptive.ts"
import { prove } from "../verify/prove.ts"
import { InputError } from "./input-error.ts"
import { reasonOf } from "../core/refusal.ts"
import { nearest } from "../core/nearest.ts"

/** More faults than this are not read anyway. */
const SHOWN = 20
const LONGEST = 500

/** The proof of the claim file at `path`, called `word`. Throws an InputError "bad-claims" that lists what is wrong, with file, line and column. */
export const loadClaims = (path: string, word: string): Proof => {
  const read = readClaimFile(bytesOf(path, word), word, nearest)
  if ("spec" in read) return claims(read.spec)
  const rest = read.faults.length - SHOWN
  const lines = read.faults.slice(0, SHOWN).map((fault) => sentence(word, fault))
  throw new InputError({ code: "bad-claims", message: [...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n") })
}

const sentence = (word: string, { line, column, message }: Fault): string =>
  `${word}:${line}:${column}: ${message.length > LONGEST ? `${message.slice(0, LONGEST)}...` : message}`

const bytesOf = (path: string, word: string): Uint8Array => {
  try {
    const at = statSync(path)
    // A pipe or a device may never end.
    if (!at.isFile()) throw new InputError({ code: "bad-claims", message: `${word}: a file is expected, not a ${kindOf(at)}` })
    // A file that is too large is not read whole, only far enough to be refused.
    return at.size > MAX_BYTES ? new Uint8Array(MAX_BYTES + 1) : readFileSync(path)
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError({ code: "bad-claims", message: `cannot read ${word}: ${reasonOf(error)}` })
  }
}

const kindOf = (at: Stats): string => (at.isDirectory() ? "directory" : at.isFIFO() ? "pipe" : "device")

const claims = (spec: Spec): Proof => {
  const proof = prove(spec, {}, adaptive())
  const asClaim = Effect.map((result: Result): Result => ({ ...result, kind: "claim" }))
  return {
    ...proof,
    check: (unit, settings) => asClaim(proof.check(unit, settings)),
    replay: (unit, instance, settings) => asClaim(proof.replay(unit, instance, settings)),
  }
}
