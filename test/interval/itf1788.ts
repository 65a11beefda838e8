/**
 * A reader for the interval test format (ITL) of ITF1788: `testcase name { op [1.0,2.0]_com [empty] = [3.0,infinity]_dac; ... }`.
 *
 * Numbers are the doubles nearest to their text; hexadecimal ones have at most 53 bits and are read exactly.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { Decoration, Interval } from "../../src/interval/interval.ts"
import { COM, DAC, DEF, EMPTY, ENTIRE, ILL, make, NAI, TRV } from "../../src/interval/interval.ts"
import { scaleDown } from "../../src/interval/rounding.ts"

export type Value = Interval | number | boolean

export interface Case {
  readonly text: string
  readonly op: string
  readonly args: ReadonlyArray<Value>
  readonly results: ReadonlyArray<Value>
  /** Whether the case carries decorations, to be compared as well. */
  readonly decorated: boolean
}

const FOLDERS = ["../../../shared/itf1788/", "../fixtures/itf1788/"]

/** Every case of every .itl file, from the shared folder beside the checkout if there is one, else from the fixtures. */
export const readAll = (): ReadonlyArray<Case> => {
  const folder = FOLDERS.map((f) => fileURLToPath(new URL(f, import.meta.url))).find(existsSync)
  if (folder === undefined) throw new Error("no ITF1788 files")
  return readdirSync(folder)
    .filter((name) => name.endsWith(".itl"))
    .flatMap((name) => parse(readFileSync(folder + name, "utf8")))
}

/** The cases of one file; those whose operands are not intervals, numbers or truth values are kept with no results. */
export const parse = (source: string): ReadonlyArray<Case> =>
  source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "")
    .replace(/testcase\s+\S+\s*\{/g, "")
    .replace(/\}/g, "")
    .split(";")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(parseCase)

const TOKEN = /\[[^\]]*\](?:_[a-z]+)?|"[^"]*"|[^\s]+/g

const parseCase = (text: string): Case => {
  const [left = "", right = ""] = text.split("=")
  const [op = "", ...args] = left.match(TOKEN) ?? []
  const results = (right.match(TOKEN) ?? []).map(parseValue)
  const operands = args.map(parseValue)
  const known = !text.includes("signal") && ![...operands, ...results].includes(undefined)
  return {
    text,
    op,
    args: operands.filter((v) => v !== undefined),
    results: known ? results.filter((v) => v !== undefined) : [],
    decorated: /\]_|\[nai\]/.test(text),
  }
}

const DECORATIONS: Record<string, Decoration> = { com: COM, dac: DAC, def: DEF, trv: TRV, ill: ILL }

const parseValue = (token: string): Value | undefined => {
  if (token === "true" || token === "false") return token === "true"
  if (!token.startsWith("[")) return parseNumber(token)
  const [, body = "", dec] = /^\[([^\]]*)\](?:_([a-z]+))?$/.exec(token) ?? []
  const bare = parseBare(body.trim())
  return dec === undefined || bare === undefined ? bare : { lo: bare.lo, hi: bare.hi, dec: DECORATIONS[dec] ?? ILL }
}

const parseBare = (body: string): Interval | undefined => {
  if (body === "empty") return EMPTY
  if (body === "entire") return ENTIRE
  if (body === "nai") return NAI
  const [lo, hi] = body.split(",").map((end) => parseNumber(end.trim()))
  return lo === undefined || hi === undefined ? undefined : make(lo, hi, COM)
}

/** The double that a decimal or hexadecimal literal denotes. */
export const parseNumber = (text: string): number | undefined => {
  const special = /^([+-]?)(infinity|nan)$/i.exec(text)
  if (special !== null) return special[2]!.toLowerCase() === "nan" ? NaN : special[1] === "-" ? -Infinity : Infinity
  const hex = /^([+-]?)0x([0-9a-f]+)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text)
  if (hex !== null) {
    const [, sign, whole = "", fraction = "", power = "0"] = hex
    const x = scaleDown(Number(BigInt(`0x${whole}${fraction}`)), 0, Number(power) - 4 * fraction.length)
    return sign === "-" ? -x : x
  }
  return /^[+-]?\d/.test(text) ? Number(text) : undefined
}
