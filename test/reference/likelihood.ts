/**
 * Divergences of two tables before and after a channel onto two letters.
 */
import { dataProcessing } from "../../specs/likelihood/data-processing.ts"
import { isList, literal } from "./case.ts"
import { definitions } from "./question.ts"
import type { Rule } from "./question.ts"

const TABLE = definitions(dataProcessing, "table")
const divergence = (quantity: string, formula: string): Rule => ({
  quantity,
  ask: (p) => {
    const rows = p["channel"]
    if (!isList(rows) || rows.length !== 3) return undefined
    const letters = Object.fromEntries(rows.map((row, i) => ["klr"[i]!, literal({ row }, "row")]))
    return { parameters: { f: literal(p, "p"), g: literal(p, "q"), ...letters }, let: TABLE, formulas: [formula] }
  },
})
export const channel: ReadonlyArray<Rule> = [
  divergence("kl_before", "kl"),
  divergence("kl_after", "klAfter"),
  divergence("js_before", "js"),
  divergence("js_after", "jsAfter"),
]
