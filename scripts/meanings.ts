/**
 * What each form of the claim language means, in the words of docs/claims.md. The forms themselves, their arguments and the hypotheses on a law's parameters
 * come from the tables that the parser reads; `docs.ts` puts the two together and refuses a form that only one of them knows.
 */

export interface Meaning {
  /** The arguments as they are named in the meaning, `z, d, f`; a law's come from its own table. */
  readonly args: string
  readonly meaning: string
  /** What it needs to be defined. */
  readonly needs?: string
  readonly finite?: string
}

const of = (args: string, meaning: string, needs = "", finite = ""): Meaning => ({ args, meaning, needs, finite })

export const DOMAIN_MEANINGS: Readonly<Record<string, Meaning>> = {
  real: of("lo, hi", "a number in [lo, hi], both ends included and tried", "lo <= hi"),
  positive: of("lo, hi", "a number in [lo, hi], explored on a logarithmic scale", "0 < lo <= hi"),
  integer: of("lo, hi", "a whole number in lo..hi", "whole numbers, lo <= hi"),
  oneof: of("a, b, ...", "one of the listed values", "at most 1000"),
  vector: of("n, lo, hi", "a vector of n numbers in [lo, hi]", "n from 1 to 1000"),
  simplex: of("n", "n weights >= 0 with sum 1", "n from 1 to 1000"),
  spd: of("n, lo, hi", "a symmetric positive definite n by n matrix with eigenvalues in [lo, hi]", "n from 1 to 8, 0 < lo <= hi"),
  matrix: of("n, m, lo, hi", "an n by m matrix of numbers in [lo, hi]", "at most 1000 entries"),
  orthogonal: of("n", "an n by n matrix Q with Q^T Q = I, exactly", "n from 1 to 8"),
}

/** Support, and when mean and variance are finite. */
export const LAW_MEANINGS: Readonly<Record<string, { readonly law: string; readonly finite: string }>> = {
  Normal: { law: "mean m, standard deviation s", finite: "always" },
  MvNormal: { law: "a vector with that mean and covariance matrix", finite: "always" },
  Mixture: {
    law: "one of the laws, chosen with the weights; unlike kinds (`Dirac` beside `Normal` or `Poisson`) have E, P, moments and cdf",
    finite: "where those of every component with a positive weight are",
  },
  Uniform: { law: "on [a, b]", finite: "always" },
  Exponential: { law: "on [0, inf), mean 1/rate", finite: "always" },
  Gamma: { law: "on [0, inf), mean shape/rate", finite: "always" },
  Beta: { law: "on [0, 1], mean a/(a + b)", finite: "always" },
  StudentT: { law: "location + scale T, T with df degrees of freedom", finite: "mean: df > 1; variance: df > 2" },
  Laplace: { law: "density exp(-abs(x - m)/b)/(2 b)", finite: "always" },
  Logistic: { law: "distribution function sigmoid((x - m)/s)", finite: "always" },
  Cauchy: { law: "density 1/(pi s (1 + ((x - m)/s)^2))", finite: "never" },
  LogNormal: { law: "exp of a normal variable with mean m and standard deviation s, on (0, inf)", finite: "always" },
  Pareto: { law: "on [xm, inf), tail (xm/x)^alpha", finite: "mean: alpha > 1; variance: alpha > 2" },
  Bernoulli: { law: "1 with probability p, else 0", finite: "always" },
  Binomial: { law: "successes in n trials", finite: "always" },
  Poisson: { law: "on 0, 1, 2, ..., mean rate", finite: "always" },
  Geometric: { law: "trials up to the first success, on 1, 2, 3, ...", finite: "always" },
  Dirac: { law: "x with probability 1", finite: "always" },
  Categorical: { law: "k in 0..K-1 with probability probabilities[k + 1]", finite: "always" },
  Discrete: { law: "values[i] with probability probabilities[i]", finite: "always" },
  Product: { law: "independent coordinates", finite: "where those of every factor are" },
  Affine: { law: "law of a X + b for X ~ d; a matrix and a vector where d is a vector's law", finite: "where those of d are" },
  Diffused: { law: "law of a X + s e for X ~ d, e standard normal and independent of X", finite: "where those of d are" },
}

const DENSITY = "both with a density, or both discrete"
const COVERED = "finite where p has no mass outside the support of q, and the integral converges; else infinite"

export const FUNCTIONAL_MEANINGS: Readonly<Record<string, Meaning>> = {
  pdf: of("d, x", "density, or mass of a discrete law", "", "off the poles of the density"),
  logpdf: of("d, x", "log of the density or mass", "x inside the support", "there"),
  cdf: of("d, x", "P(X <= x)", "a law on the line", "always"),
  quantile: of("d, u", "smallest x with P(X <= x) >= u", "0 < u < 1"),
  score: of("d, x", "gradient of the log density", "a density that is smooth at x", "inside the support"),
  E: of("z, d, f", "expectation of f over z ~ d; nest for products", "", "where E abs(f) is finite; an infinite or missing mean is no number"),
  P: of("z, d, condition", "probability of a condition on z, such as z > 1", "one comparison", "always"),
  Mean: of("d", "mean: a number, or a vector", "", "see the law"),
  Var: of("d", "variance; of a vector's law the variances of its coordinates", "", "see the law"),
  Cov: of("d", "covariance matrix; on the line the variance", "", "see the law"),
  Entropy: of("d", "entropy in nats: -E log p, differential for a density", "", "where E log p converges"),
  KL: of("p, q", "E_p log(p/q), nats", DENSITY, COVERED),
  JS: of("p, q", "Jensen-Shannon: half of KL(p, m) + KL(q, m), m the half-half mixture", DENSITY, "always, at most log 2"),
  TV: of("p, q", "half the integral of abs(p - q)", "", "always, at most 1"),
  ChiSquare: of("p, q", "E_q (p/q - 1)^2", DENSITY, COVERED),
  Hellinger2: of("p, q", "half the integral of (sqrt p - sqrt q)^2", DENSITY, "always, at most 1"),
  Renyi: of("a, p, q", "log(E_q (p/q)^a)/(a - 1), nats", "a > 0; KL at a = 1", `a >= 1: ${COVERED}; a < 1: finite where p and q share mass`),
  CrossEntropy: of("p, q", "-E_p log q, nats", DENSITY, COVERED),
  Fisher: of("p, q", "E_p of the squared norm of score p - score q", "smooth densities", "where the integral converges"),
  W1: of("p, q", "Wasserstein distance of order 1", "laws on the line", "where both means are finite, or the laws are translates"),
  W2: of(
    "p, q",
    "Wasserstein distance of order 2, not squared",
    "laws on the line, or Gaussian",
    "where both variances are finite, or the laws are translates",
  ),
  PosteriorMean: of("d, a, s, x", "E[X given a X + s e = x] for X ~ d", "s > 0", "always"),
  PosteriorCov: of("d, a, s, x", "Cov[X given a X + s e = x] for X ~ d", "s > 0", "always"),
  integral: of("x, a, b, f", "integral of f over x from a to b; -inf and inf are ends", "", "where the integral of abs(f) converges"),
  total: of(
    "k, a, b, f",
    "sum of f over k = a..b; a may be -inf, b inf",
    "whole numbers, at most 20000 terms or inf; an inner sum may end at an outer index",
    "where the sum converges absolutely",
  ),
  product: of("k, a, b, f", "product of f over k = a..b", "whole numbers, at most 20000 factors", "always"),
  sup: of("x, a, b, f", "supremum of f over a <= x <= b", "", "where f is bounded above"),
  inf: of("x, a, b, f", "infimum of f over a <= x <= b", "", "where f is bounded below"),
  D: of("f, x[, k]", "total derivative of f in x, k-th where k is given (0..12), through every definition", "f differentiable at x"),
  grad: of("f, v", "gradient in the vector v", "f differentiable at v"),
  laplacian: of("f, v", "sum of the second derivatives", "f twice differentiable at v"),
  divergence: of("F, v", "sum of the derivatives of F[i] in v[i]", "as many components as variables"),
  if: of("condition, a, b", "a where the condition holds, else b; only the taken branch has to be defined", "one comparison"),
}
