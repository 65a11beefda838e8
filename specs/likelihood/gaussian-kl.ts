/**
 * Divergence of two normal laws p = N(m1, C1), q = N(m2, C2) in R^d, with P = C2^-1 and delta = m2 - m1:
 *
 *   KL(p || q) = (tr(P C1) + delta^T P delta - d + log(det C2/det C1))/2,
 *   KL(N(m, diag s^2) || N(0, I)) = -sum_i (1 + log s_i^2 - m_i^2 - s_i^2)/2.
 *
 * With the eigenvalues lam_i of L^-1 C1 L^-T, C2 = L L^T, it is (sum_i (lam_i - 1 - log lam_i) + |L^-1 delta|^2)/2.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"
import { dense, diagonal, encoder, line, plane, product, spectral } from "./gaussian-kl-families.ts"

const general = { families: ["line", "dense", "plane"] }
const zero = [0, 0, 0]
const eye = (c: number): Literal => [
  [c, 0, 0],
  [0, c, 0],
  [0, 0, c],
]
const singular = [
  [1, 1],
  [1, 1],
]
const identity = [
  [1, 0],
  [0, 1],
]
const unit3 = { family: "dense", parameters: { d: 3, m1: zero, C1: eye(1), m2: zero, C2: eye(1), A: eye(1), b: zero } }
const closed = "(square - d + logdet(C2) - logdet(C1))/2"
const at = (s2: string | number, more: Readonly<Record<string, Literal>> = {}) => ({
  family: "line",
  parameters: { m1: 0, s1: 1, m2: 0, s2, A: 1, b: 0, ...more },
})

export const gaussianKl = theorem({
  id: "likelihood/gaussian-kl",
  title: "Divergence of two normal laws",
  statement: String.raw`\operatorname{KL}\bigl(N(\mu_1,\Sigma_1)\,\|\,N(\mu_2,\Sigma_2)\bigr) = \tfrac12\Bigl[\operatorname{tr}(\Sigma_2^{-1}\Sigma_1) + (\mu_2-\mu_1)^{\mathsf T}\Sigma_2^{-1}(\mu_2-\mu_1) - d + \log\tfrac{|\Sigma_2|}{|\Sigma_1|}\Bigr]`,
  symbols: {
    m1: "mean of p (d)",
    C1: "covariance of p (d, d)",
    m2: "mean of q (d)",
    C2: "covariance of q (d, d)",
    lam: "eigenvalues of L^-1 C1 L^-T (d)",
  },
  hypotheses: [{ name: "definite", statement: "both covariances are positive definite" }],
  families: [line, dense, plane, spectral, diagonal, encoder, product],
  steps: [
    step("quadratic", "E(x, p, dot(x - m2, P*(x - m2))) == square", "E x x^T = C1 + m1 m1^T", general),
    step("entropy", "surprise == (d*log(2*pi*e) + logdet(C1))/2", "the quadratic form of p itself has mean d", general),
    step("cross-entropy", "-E(x, p, logpdf(q, x)) == (d*log(2*pi) + logdet(C2) + square)/2", "the mean of the quadratic form", general),
    step("closed-form", `divergence == ${closed}`, "cross-entropy less entropy", { families: ["line", "dense", "plane", "spectral"] }),
    step("affine", "KL(moved(m1, C1), moved(m2, C2)) == divergence", "the Jacobian cancels in the ratio", general),
    step("whitening", "divergence == (total(i, 1, d, lam[i] - 1 - log(lam[i])) + norm2(white))/2", "x = L y takes q to N(., I)", {
      families: ["line", "plane", "spectral"],
    }),
    step("standard", "divergence == -total(i, 1, d, 1 + logvar(i) - m1[i]^2 - v[i])/2", "C2 = I, C1 diagonal", {
      families: ["diagonal", "encoder", "product"],
    }),
  ],
  mutants: [
    mutant("log-ratio-flipped", "closed-form", "divergence == (square - d + logdet(C1) - logdet(C2))/2", {
      visible: at(4),
      unlucky: at("1001/1000"),
    }),
    mutant("wrong-inverse", "closed-form", "divergence == (trace(P*C1) + dot(delta, inv(C1)*delta) - d + logdet(C2) - logdet(C1))/2", {
      visible: at(2, { m2: 2 }),
      unlucky: { family: "dense", parameters: { d: 1, m1: [0], C1: [[1]], m2: ["1/100"], C2: [["11/10"]], A: [[1]], b: [0] } },
    }),
    mutant("missing-d", "closed-form", "divergence == (square + logdet(C2) - logdet(C1))/2", { visible: unit3, unlucky: at(1) }),
    mutant("swap-args", "closed-form", `KL(q, p) == ${closed}`, { visible: at(2), unlucky: at("101/100") }),
    mutant("half-on-quadratic-only", "closed-form", "divergence == (square - d)/2 + logdet(C2) - logdet(C1)", {
      visible: at(4),
      unlucky: at("1001/1000"),
    }),
  ],
  sources: [
    { authors: "Kullback", year: 1959, where: "Information Theory and Statistics, chapter 9" },
    { authors: "Kingma, Welling", year: 2014, where: "Auto-encoding variational Bayes, appendix B" },
  ],
  edges: [
    {
      name: "singular-first",
      family: "plane",
      step: "closed-form",
      claim: "KL(p, q) >= 0",
      parameters: { m1: [0, 0], C1: singular, m2: [0, 0], C2: identity },
      expected: "divergent",
      note: "p lives on a line: the divergence is infinite, not large",
    },
    {
      name: "singular-second",
      family: "plane",
      step: "closed-form",
      claim: "KL(p, q) >= 0",
      parameters: { m1: [0, 0], C1: identity, m2: [0, 0], C2: singular },
      expected: "divergent",
      note: "p charges points where q has no mass",
    },
    {
      name: "singular-both",
      family: "plane",
      step: "closed-form",
      claim: "KL(p, q) >= 0",
      parameters: {
        m1: [0, 0],
        C1: singular,
        m2: [0, 0],
        C2: [
          [2, 2],
          [2, 2],
        ],
      },
      expected: "undefined",
      note: "on the common line the pseudo-determinant takes the place of the determinant",
    },
  ],
})
