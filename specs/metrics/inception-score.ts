/**
 * Inception score of samples x with class probabilities p(y|x) among C classes, p(y) their mean:
 *
 *   IS = exp E_x KL(p(y|x) || p(y)) = exp I(x; y) = exp(H(y) - H(y|x)),   1 <= IS <= C,
 *   log C - log IS = KL(p(y) || uniform) + H(y|x): IS = C iff the rows are one-hot and p(y) is uniform.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"
import { binary, noisy, table } from "./inception-families.ts"

const at = (w: Literal, p: Literal) => ({ family: "binary", parameters: { w, p } })
const third: Literal = ["1/3", "1/3", "1/3"]
const oneHot = { family: "table", parameters: { w: third, r1: [1, 0, 0], r2: [0, 1, 0], r3: [0, 0, 1] } }
const even: Literal = ["1/2", "1/2"]

export const inceptionScore = theorem({
  id: "metrics/inception-score",
  title: "Inception score",
  statement: String.raw`\mathrm{IS} = \exp\mathbb E_x\operatorname{KL}\bigl(p(y\mid x)\,\|\,p(y)\bigr) = e^{I(x;y)} = e^{H(y)-H(y\mid x)} \in [1, C]`,
  symbols: { R: "class probabilities of the samples (n, C)", w: "weights of the samples (n)", C: "number of classes", marginal: "p(y)" },
  families: [table, binary, noisy],
  steps: [
    step("entropies", "logScore == Entropy(mean) - noise", "log of a ratio"),
    step("information", "score == exp(KL(Categorical(entries), Categorical(products)))", "the joint law of sample and class"),
    step("at-least-one", "score >= 1", "mutual information is not negative, and 0 for independent classes", { sharpness: "information" }),
    step("at-most-classes", "score <= C", "H(y) <= log C", { sharpness: "distance-to-best" }),
    step("distance-to-best", "log(C) - logScore == KL(mean, Categorical(diag(identity(C))/C)) + noise", "0 for one-hot rows and a uniform p(y)"),
    step("duplicates", "exp(twice) == score", "every sample twice leaves the mean as it is"),
  ],
  mutants: [
    mutant("kl-reversed", "entropies", "reversed == Entropy(mean) - noise", {
      visible: at(even, ["1/10", "1/2"]),
      unlucky: at(even, ["1/3", "1/3"]),
    }),
    mutant("no-exp", "information", "logScore == exp(KL(Categorical(entries), Categorical(products)))", {
      visible: oneHot,
      unlucky: at(even, ["1/3", "1/3"]),
    }),
    mutant("max-log-c", "at-most-classes", "score <= log(C)", { visible: oneHot }),
    mutant("mean-of-exp", "information", "averaged == exp(KL(Categorical(entries), Categorical(products)))", {
      visible: at(even, [1, "1/2"]),
      unlucky: at(even, ["3/4", "1/4"]),
    }),
    mutant("marginal-is-uniform", "entropies", "logScore == log(C) - noise", {
      visible: at(["9/10", "1/10"], [1, 0]),
      unlucky: at(["51/100", "49/100"], [1, 0]),
    }),
  ],
  edges: [
    { name: "zero-probabilities", family: "table", step: "entropies", parameters: oneHot.parameters, expected: "holds", note: "0 log 0 = 0" },
    {
      name: "mean-over-splits",
      family: "binary",
      step: "duplicates",
      claim: "(1 + 1)/2 == score",
      parameters: { w: ["1/2", "1/2"], p: [1, 0] },
      expected: "refuted-as-exact",
      note: "each split of one sample scores 1, both together 2: the mean over splits is another quantity",
    },
  ],
  sources: [
    { authors: "Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen", year: 2016, where: "Improved techniques for training GANs, section 4" },
    { authors: "Barratt, Sharma", year: 2018, where: "A note on the inception score, section 3" },
  ],
})
