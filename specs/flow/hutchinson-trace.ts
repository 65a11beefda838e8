/**
 * Hutchinson's estimator of a trace. For a random vector v with E[v v^T] = I, S = (A + A^T)/2:
 *
 *   E[v^T A v] = tr A;   Var[v^T A v] = 2 |S|_F^2 for standard normal v, 2 (|S|_F^2 - sum of S_ii^2) for independent signs, and
 *   2 (|S|_F^2 - sum of S_ii^2) + (kappa - 1) sum of S_ii^2 for any independent coordinates with mean 0, variance 1 and fourth moment kappa.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import { SIGNS, families } from "./hutchinson-trace-families.ts"
import type { Literal } from "../../src/core/statement.ts"

const at = (A: Literal) => ({ family: "signs-2d", parameters: { A, T: 1 } })

export const hutchinsonTrace = theorem({
  id: "flow/hutchinson-trace",
  title: "Hutchinson's trace estimator",
  statement: String.raw`\mathbb E[vv^\top] = I \;\Rightarrow\; \mathbb E[v^\top Av] = \operatorname{tr}A`,
  symbols: {
    A: "a square matrix",
    noise: "law of v",
    c: "law of a coordinate",
    kappa: "its fourth moment",
    S: "symmetric part of A",
    n: "dimension",
  },
  hypotheses: [{ name: "isotropy", statement: "the coordinates of v are independent with mean 0 and variance 1" }],
  families,
  steps: [
    step("second-moments", "[E(v, noise, v[1]^2), E(v, noise, v[1]*v[2]), E(v, noise, v[2]^2)] == [1, 0, 1]", "independent, mean 0, variance 1"),
    step("unbiased", "E(v, noise, q(v)) == trace(A)", "E[v_i v_j] = 1 for i = j, else 0"),
    step("symmetric-part", "E(v, noise, (q(v) - dot(v, S*v))^2) == 0", "v^T A v is its own transpose"),
    step("variance", "E(v, noise, q(v)^2) - trace(A)^2 == 2*(frobenius - squares) + (kappa - 1)*squares", "fourth moments of the coordinates"),
    step("one-noise", "E(v, noise, integral(u, 0, T, exp(-u)*q(v))) == (1 - exp(-T))*trace(A)", "the same v all along a path", {
      families: [...SIGNS, "three-point-2d"],
    }),
  ],
  mutants: [
    mutant("no-symmetrise", "variance", "E(v, noise, q(v)^2) - trace(A)^2 == 2*(trace(A*transpose(A)) - squares) + (kappa - 1)*squares", {
      visible: at([
        [0, 1],
        [-1, 0],
      ]),
      unlucky: at([
        [0, 1],
        ["101/100", 0],
      ]),
    }),
    mutant("rademacher-equals-gaussian", "variance", "E(v, noise, q(v)^2) - trace(A)^2 == 2*frobenius", {
      families: SIGNS,
      visible: at([
        [1, 0],
        [0, -1],
      ]),
      unlucky: at([
        ["1/100", 1],
        [1, "1/100"],
      ]),
    }),
    mutant("sphere-unit", "unbiased", "E(v, noise, q(v)/norm2(v)) == trace(A)", {
      families: SIGNS,
      unlucky: at([
        ["1/200", 0],
        [0, "1/200"],
      ]),
    }),
    mutant("fresh-mean", "unbiased", "E(v, noise, q(v)) == trace(A)/n"),
    mutant("exp-unbiased", "unbiased", "E(v, noise, exp(q(v))) == exp(trace(A))", {
      families: SIGNS,
      visible: at([
        [0, "1/2"],
        ["1/2", 0],
      ]),
    }),
    mutant("all-entries", "unbiased", "E(v, noise, q(v)) == trace(A) + A[1][2]"),
  ],
  edges: [
    {
      name: "skew",
      family: "normal-2d",
      step: "variance",
      claim: "E(v, noise, q(v)^2) == 0",
      parameters: {
        A: [
          [0, 1],
          [-1, 0],
        ],
        T: 1,
      },
      expected: "holds",
      note: "v^T A v = 0 for every v",
    },
    {
      name: "diagonal",
      family: "signs-2d",
      step: "variance",
      claim: "E(v, noise, q(v)^2) - trace(A)^2 == 0",
      companion: "E(v, noise, q(v)^2) - trace(A)^2 == 2*frobenius",
      parameters: {
        A: [
          [1, 0],
          [0, -1],
        ],
        T: 1,
      },
      expected: "holds-with-note",
      note: "signs have no variance on diagonal matrices, normal vectors have",
    },
  ],
  sources: [
    { authors: "Hutchinson", year: 1989, where: "A stochastic estimator of the trace of the influence matrix" },
    { authors: "Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud", year: 2019, where: "FFJORD, section 3.1" },
  ],
})
