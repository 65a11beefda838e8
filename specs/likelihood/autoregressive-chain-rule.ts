/**
 * Autoregressive chain rule. A law of (x_1, x_2, x_3) is the product of its conditionals, in any order:
 *
 *   log p(x) = log p(x_1) + log p(x_2 | x_1) + log p(x_3 | x_1, x_2),     H(x) = H(x_1) + H(x_2 | x_1) + H(x_3 | x_1, x_2);
 *
 * any conditionals whatever multiply to a law. For a Gaussian they are regressions on what came before, with the Schur complements as variances.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import { BITS, NORMAL, families } from "./autoregressive-chain-rule-families.ts"

const plane = (r: string) => ({
  family: "normal-2d",
  parameters: {
    m: [0, 0],
    C: [
      [1, r],
      [r, 1],
    ],
    x: [0, 0],
  },
})
const sums = (f: string): string => `total(i, 0, 1, total(j, 0, 1, total(k, 0, 1, ${f})))`

export const autoregressiveChainRule = theorem({
  id: "likelihood/autoregressive-chain-rule",
  title: "Autoregressive chain rule",
  statement: String.raw`\log p(x) = \textstyle\sum_i\log p(x_i\mid x_{<i})`,
  symbols: {
    "c1, c2, c3": "conditional laws, of what came before",
    "p(i, j, k)": "their product",
    table: "its eight probabilities",
    "after(i)": "law of x_i given those before it, forwards",
    "before(i)": "law of x_i given those after it, backwards",
    m: "mean",
    C: "covariance",
  },
  families,
  steps: [
    step("normalised", `${sums("p(i, j, k)")} == 1`, "sum the last coordinate first", { families: BITS }),
    step("first", "p1(1) == pdf(c1, 1)", "the conditionals after it sum to 1", { families: BITS }),
    step("second", "p12(1, 0)*pdf(c2(1), 1) == p12(1, 1)*pdf(c2(1), 0)", "the conditional of the product is the one put in", { families: BITS }),
    step(
      "entropy",
      "Entropy(Categorical(table)) == Entropy(c1) + E(i, c1, Entropy(c2(i))) + E(i, c1, E(j, c2(i), Entropy(c3(i, j))))",
      "expectation of the logarithms",
      { families: BITS },
    ),
    step("cross-entropy", "CrossEntropy(data, Categorical(table)) == loss1 + loss2 + loss3", "the loss splits into one for each conditional", {
      families: BITS,
    }),
    step("forwards", "logpdf(d, x) == total(i, 1, n, logpdf(after(i), x[i]))", "regression on what came before", { families: NORMAL }),
    step("backwards", "logpdf(d, x) == total(i, 1, n, logpdf(before(i), x[i]))", "any order gives the same law", { families: NORMAL }),
    step("gaussian-entropy", "Entropy(d) == total(i, 1, n, Entropy(after(i)))", "the variances multiply to the determinant", { families: NORMAL }),
  ],
  mutants: [
    mutant("marginals-product", "gaussian-entropy", "Entropy(d) == total(i, 1, n, log(2*pi*e*C[i][i])/2)", {
      visible: plane("9/10"),
      unlucky: plane("1/100"),
    }),
    mutant("marginals-product-density", "forwards", "logpdf(d, x) == total(i, 1, n, logpdf(Normal(m[i], sqrt(C[i][i])), x[i]))"),
    mutant(
      "first-order-markov",
      "cross-entropy",
      `CrossEntropy(data, Categorical(table)) == loss1 + loss2 - ${sums("q(i, j, k)*logpdf(c3(0, j), k)")}`,
      {
        families: ["bits", "parity"],
      },
    ),
    mutant("conditions-on-future", "normalised", `${sums("pdf(c1, i)*pdf(c2(k), j)*pdf(c3(i, j), k)")} == 1`, { families: ["bits", "parity"] }),
    mutant("entropy-without-expectation", "entropy", "Entropy(Categorical(table)) == Entropy(c1) + Entropy(c2(1)) + Entropy(c3(1, 1))", {
      families: ["bits"],
    }),
    mutant("variance-not-conditioned", "forwards", "logpdf(d, x) == total(i, 1, n, logpdf(Normal(Mean(after(i)), sqrt(C[i][i])), x[i]))"),
  ],
  edges: [
    {
      name: "impossible-prefix",
      family: "bits",
      step: "normalised",
      parameters: { a: 0, b: ["1/2", "1/2"], c: ["1/2", "1/2", "1/2", "1/2"], w: ["1/8", "1/8", "1/8", "1/8", "1/8", "1/8", "1/8", "1/8"] },
      expected: "holds",
      note: "after x_1 = 1, which has probability 0, any conditional will do",
    },
    {
      name: "one-coordinate-twice",
      family: "normal-2d",
      step: "forwards",
      parameters: {
        m: [0, 0],
        C: [
          [1, 1],
          [1, 1],
        ],
        x: [1, 1],
      },
      expected: "undefined",
      note: "x_2 = x_1 has no density in the plane",
    },
  ],
  sources: [
    { authors: "Larochelle and Murray", year: 2011, where: "The neural autoregressive distribution estimator, equation 1" },
    { authors: "van den Oord, Kalchbrenner, Kavukcuoglu", year: 2016, where: "Pixel recurrent neural networks, equation 1" },
  ],
})
