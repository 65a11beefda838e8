/**
 * Score matching: the losses of psi(y) = a y + b + c tanh(y) for data p0 under noise sigma.
 */
import { lawText, literal } from "./case.ts"
import type { Question, Rule } from "./question.ts"

const loss = (quantity: string, ...formulas: ReadonlyArray<string>): Rule => ({
  quantity,
  ask: (p): Question => ({
    parameters: { sg: literal(p, "sigma"), a: literal(p, "a"), b: literal(p, "b"), c: literal(p, "c") },
    let: {
      d: lawText(p["p0"]),
      noisy: "Diffused(d, 1, sg)",
      "psi(y)": "a*y + b + c*tanh(y)",
      // The conditional mean of the target, without the score of the noised law.
      "pull(y)": "(PosteriorMean(d, 1, sg, y) - y)/sg^2",
    },
    formulas,
  }),
})

export const denoising: ReadonlyArray<Rule> = [
  loss("esm", "E(y, noisy, (psi(y) - score(noisy, y))^2)/2"),
  loss("dsm", "E(y, noisy, psi(y)^2 - 2*psi(y)*pull(y))/2 + 1/(2*sg^2)"),
  loss("ism", "E(y, noisy, D(psi(y), y) + psi(y)^2/2)"),
  loss("fisher_information", "E(y, noisy, score(noisy, y)^2)", "-E(y, noisy, D(score(noisy, y), y))"),
  loss("dsm_minus_esm", "(1/sg^2 - E(y, noisy, score(noisy, y)^2))/2", "E(y, noisy, PosteriorCov(d, 1, sg, y))/sg^4/2"),
]
