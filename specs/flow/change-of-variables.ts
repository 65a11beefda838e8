/**
 * Change of variables. x ~ d with density p_X, y = f(x) with f a diffeomorphism, g its inverse, J_f the matrix of derivatives:
 *
 *   log p_Y(f(x)) = log p_X(x) - log |det J_f(x)|,     |det J_(h o f)(x)| = |det J_h(f(x))| |det J_f(x)|;
 *   p_Y(y) = sum of p_X(x) / |f'(x)| over all x with f(x) = y, where f is not injective.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Literal } from "../../src/core/statement.ts"

import { INVERTIBLE, LAW, LINEAR, PLANE, SQUARES, families } from "./change-of-variables-families.ts"

const near = (e: Literal) => ({
  family: "linear-2d",
  parameters: {
    A: [
      [1, e],
      [e, 1],
    ],
    S: [
      [1, 0],
      [0, 1],
    ],
    v: [0, 1],
    b: [0, 0],
  },
})
const at = (parameters: Readonly<Record<string, Literal>>) => ({ family: "affine", parameters: { m: 0, s: 1, x: 1, b: 0, ...parameters } })

export const changeOfVariables = theorem({
  id: "flow/change-of-variables",
  title: "Change of variables",
  statement: String.raw`\log p_Y(f(x)) = \log p_X(x) - \log\lvert\det J_f(x)\rvert`,
  symbols: { d: "law of x", f: "the map", g: "its inverse", x: "a point", density: "p_Y, the derivative of the distribution function of f(x)" },
  hypotheses: [{ name: "diffeomorphism", statement: "f is continuously differentiable, its derivative vanishes nowhere" }],
  families,
  steps: [
    step("inverse-derivative", "dg(f(x))*df(x) == 1", "differentiate g(f(x)) = x", { families: INVERTIBLE }),
    step("density", "density(f(x)) == pdf(d, x)/abs(df(x))", "differentiate P(f(X) <= y)", { families: ["affine", "exponential", "cube"] }),
    step("log-density", "log(density(f(x))) == logpdf(d, x) - log(abs(df(x)))", "take logarithms", { families: INVERTIBLE }),
    step("law", "logpdf(image, f(x)) == logpdf(d, x) - log(abs(df(x)))", "the law of f(X) is known", { families: LAW }),
    step("normalised", "integral(u, lo, hi, pdf(d, g(u))*abs(dg(u))) == 1", "substitute u = f(x)", { families: LAW }),
    step("composition", "D(h(f(x)), x) == cosh(f(x))*df(x)", "chain rule, h = sinh", { families: INVERTIBLE }),
    step("branches", "density(y) == (pdf(d, sqrt(y)) + pdf(d, -sqrt(y)))/(2*sqrt(y))", "y = x^2: both preimages", {
      families: SQUARES,
    }),
    step("jacobian", "log(abs(det(J))) == log(volume)", "determinant of the derivatives", { families: PLANE }),
    step("layers", "log(abs(det(K))) == log(abs(det(J))) + log(2)", "log-determinants of layers add", { families: PLANE }),
    step("linear", "logpdf(image, A*v) == logpdf(d, v) - log(abs(det(A)))", "the image of a Gaussian is Gaussian", { families: LINEAR }),
    step("inverse-matrix", "det(inv(A))*det(A) == 1", "determinants multiply", { families: LINEAR }),
  ],
  mutants: [
    mutant("sign", "log-density", "log(density(f(x))) == logpdf(d, x) + log(abs(df(x)))", { visible: at({ a: 4 }), unlucky: at({ a: "1001/1000" }) }),
    mutant("sign-of-logdet", "linear", "logpdf(image, A*v) == logpdf(d, v) + log(abs(det(A)))"),
    mutant("at-wrong-point", "density", "density(f(x)) == pdf(d, x)/abs(df(f(x)))", {
      families: ["exponential", "cube"],
      visible: { family: "exponential", parameters: { m: 0, s: 1, x: 1 } },
    }),
    mutant("no-abs", "density", "density(f(x)) == pdf(d, x)/df(x)", { families: ["affine"], visible: at({ a: -1 }) }),
    mutant("one-branch", "branches", "density(y) == pdf(d, sqrt(y))/(2*sqrt(y))"),
    mutant("trace-for-logdet", "linear", "logpdf(image, A*v) == logpdf(d, v) - (trace(A) - n)", { visible: near("1/2"), unlucky: near("1/1000") }),
    mutant("layers-multiply", "layers", "log(abs(det(K))) == log(abs(det(J)))*log(2)"),
    mutant("inverse-not-inverted", "normalised", "integral(u, lo, hi, pdf(d, g(u))*abs(df(u))) == 1", { families: ["affine"] }),
  ],
  edges: [
    {
      name: "flat-point",
      family: "cube",
      step: "density",
      parameters: { m: 0, s: 1, x: 0 },
      expected: "outside-hypotheses",
      note: "f'(0) = 0: the density of y is unbounded there",
    },
    {
      name: "two-branches",
      family: "square-normal",
      step: "branches",
      companion: "density(y) == pdf(d, sqrt(y))/(2*sqrt(y))",
      parameters: { m: 0, s: 1, y: 1 },
      expected: "holds-with-note",
      note: "one preimage is half of the density",
    },
    {
      name: "singular-map",
      family: "linear-2d",
      step: "linear",
      parameters: {
        A: [
          [1, 1],
          [1, 1],
        ],
        S: [
          [1, 0],
          [0, 1],
        ],
        v: [1, 2],
        b: [0, 0],
      },
      expected: "outside-hypotheses",
      note: "the image has no density in the plane",
    },
  ],
  sources: [
    { authors: "Rezende and Mohamed", year: 2015, where: "Variational inference with normalizing flows, equations 5 to 7" },
    {
      authors: "Papamakarios, Nalisnick, Rezende, Mohamed, Lakshminarayanan",
      year: 2021,
      where: "Normalizing flows for probabilistic modeling and inference, section 2",
    },
  ],
})
