/**
 * Scores of generated samples: the inception score of a table of class probabilities with equal weights.
 */
import { inceptionScore } from "../../specs/metrics/inception-score.ts"
import { isList, literal } from "./case.ts"
import { definitions } from "./question.ts"
import type { Rule } from "./question.ts"

const { R: _, ...scores } = definitions(inceptionScore, "table")

export const inception: ReadonlyArray<Rule> = [
  {
    quantity: "inception_score",
    ask: (p) => {
      if (!isList(p["table"])) return undefined
      const n = p["table"].length
      return {
        parameters: { R: literal(p, "table"), w: Array.from({ length: n }, () => `1/${n}`) },
        let: { ...scores, n: String(n), marginal: "transpose(R)*w" },
        formulas: ["score", "exp(Entropy(mean) - noise)"],
      }
    },
  },
]
