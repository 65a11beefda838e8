/**
 * Invertible 1 x 1 convolutions. W = P L (U + diag(s)) with P a permutation, L unit lower and U strictly upper triangular:
 *
 *   log |det W| = sum of log |s_i|;     applied at each of h w positions of an image: log |det| = h w log |det W|.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import { FACTORED, IMAGES, families } from "./glow-lu-logdet-families.ts"

const two = (W: ReadonlyArray<ReadonlyArray<string | number>>) => ({ family: "pixels", parameters: { W, x: [1, 1, 1, 1], h: 1, w: 2 } })

export const glowLuLogdet = theorem({
  id: "flow/glow-lu-logdet",
  title: "Log-determinant of invertible 1 x 1 convolutions",
  statement: String.raw`W = PL\bigl(U + \operatorname{diag}(s)\bigr):\qquad \log\lvert\det W\rvert = \textstyle\sum_i\log\lvert s_i\rvert`,
  symbols: {
    W: "matrix of the channels",
    P: "permutation",
    L: "unit lower triangular",
    U: "strictly upper triangular",
    s: "diagonal, no entry 0",
    h: "height",
    w: "width",
    F: "the convolution as a map of all pixels",
  },
  hypotheses: [{ name: "invertible", statement: "no entry of s is 0" }],
  families,
  steps: [
    step("permutation", "abs(det(P)) == 1", "a permutation only reorders", { families: FACTORED }),
    step("lower", "det(L) == 1", "ones on the diagonal", { families: FACTORED }),
    step("product", "det(W) == det(P)*product(i, 1, n, s[i])", "determinants multiply", { families: FACTORED }),
    step("log-determinant", "logdet(W*transpose(W))/2 == total(i, 1, n, log(abs(s[i])))", "logarithm of the absolute value", { families: FACTORED }),
    step("convolution", "log(abs(det(J))) == h*w*log(abs(det(W)))", "a block W for each of the h w positions", { families: IMAGES }),
  ],
  mutants: [
    mutant("no-hw", "convolution", "log(abs(det(J))) == log(abs(det(W)))", {
      visible: two([
        [1, 0],
        [0, 3],
      ]),
      unlucky: two([
        [1, 0],
        [0, "10001/10000"],
      ]),
    }),
    mutant("h-plus-w", "convolution", "log(abs(det(J))) == (h + w)*log(abs(det(W)))"),
    mutant("trace-log-diag", "convolution", "log(abs(det(J))) == h*w*(log(abs(W[1][1])) + log(abs(W[2][2])))", {
      visible: two([
        [2, 1],
        [-1, 3],
      ]),
      unlucky: two([
        [2, "1/100"],
        ["1/100", 3],
      ]),
    }),
    mutant("signed-product", "product", "det(W) == product(i, 1, n, s[i])", { families: ["swap", "cycle-swap"] }),
    mutant("log-of-sum", "log-determinant", "logdet(W*transpose(W))/2 == log(abs(total(i, 1, n, s[i])))"),
    mutant("not-halved", "log-determinant", "logdet(W*transpose(W)) == total(i, 1, n, log(abs(s[i])))"),
  ],
  edges: [
    {
      name: "zero-scale",
      family: "swap",
      step: "log-determinant",
      parameters: { s: [0, 1], l: [1], u: [1] },
      expected: "outside-hypotheses",
      note: "W is singular",
    },
    {
      name: "negative-scale",
      family: "swap",
      step: "log-determinant",
      parameters: { s: [-2, 3], l: [1], u: [1] },
      expected: "holds",
      note: "the absolute value is what counts",
    },
  ],
  sources: [{ authors: "Kingma and Dhariwal", year: 2018, where: "Glow, section 3.2" }],
})
