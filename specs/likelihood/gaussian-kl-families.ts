/**
 * Pairs of normal laws p = N(m1, C1), q = N(m2, C2) in R^d; lam are the eigenvalues of L^-1 C1 L^-T and white = L^-1 (m2 - m1), C2 = L L^T.
 */
import { family } from "../../src/core/statement.ts"

const pair = {
  p: "MvNormal(m1, C1)",
  q: "MvNormal(m2, C2)",
  P: "inv(C2)",
  delta: "m2 - m1",
  square: "trace(P*C1) + dot(delta, P*delta)",
  divergence: "E(x, p, logpdf(p, x) - logpdf(q, x))",
  surprise: "-E(x, p, logpdf(p, x))",
  "moved(m, C)": "MvNormal(A*m + b, A*C*transpose(A))",
}
export const line = family("line", {
  title: "normal laws on the line",
  parameters: { m1: "real(-8, 8)", s1: "positive(1/64, 16)", m2: "real(-8, 8)", s2: "positive(1/64, 16)", A: "real(-4, 4)", b: "real(-2, 2)" },
  assume: ["A != 0"],
  let: { d: "1", C1: "s1^2", C2: "s2^2", ...pair, surprise: "-integral(x, -inf, inf, pdf(p, x)*logpdf(p, x))", lam: "[C1/C2]", white: "[delta/s2]" },
  points: [{ m1: 8, s1: "1/64", m2: -8, s2: 16, A: -3, b: 1 }],
})
export const dense = family("dense", {
  title: "one to four correlated coordinates",
  parameters: {
    d: "integer(1, 4)",
    m1: "vector(d, -4, 4)",
    C1: "spd(d, 1/64, 16)",
    m2: "vector(d, -4, 4)",
    C2: "spd(d, 1/64, 16)",
    A: "matrix(d, d, -2, 2)",
    b: "vector(d, -2, 2)",
  },
  assume: ["det(A) != 0"],
  let: pair,
})
export const plane = family("plane", {
  title: "the plane, where the eigenvalues are explicit and L is the Cholesky factor",
  parameters: {
    m1: "vector(2, -4, 4)",
    C1: "spd(2, 1/64, 16)",
    m2: "vector(2, -4, 4)",
    C2: "spd(2, 1/64, 16)",
    A: "orthogonal(2)",
    b: "vector(2, -2, 2)",
  },
  let: {
    d: "2",
    ...pair,
    gap: "sqrt(trace(P*C1)^2/4 - det(C1)/det(C2))",
    lam: "[trace(P*C1)/2 - gap, trace(P*C1)/2 + gap]",
    l: "sqrt(C2[1, 1])",
    white: "[delta[1]/l, (delta[2] - C2[2, 1]*delta[1]/l^2)/sqrt(C2[2, 2] - C2[2, 1]^2/l^2)]",
  },
})
export const spectral = family("spectral", {
  title: "C2 = L L^T, C1 = L Q diag(lam) Q^T L^T in three dimensions",
  parameters: {
    m1: "vector(3, -4, 4)",
    m2: "vector(3, -4, 4)",
    r: "vector(3, 1/4, 2)",
    k: "vector(3, -2, 2)",
    Q: "orthogonal(3)",
    lam: "vector(3, 1/16, 8)",
  },
  let: {
    d: "3",
    L: "[[r[1], 0, 0], [k[1], r[2], 0], [k[2], k[3], r[3]]]",
    C2: "L*transpose(L)",
    C1: "L*Q*diag(lam)*transpose(L*Q)",
    ...pair,
    white: "inv(L)*delta",
  },
})
const prior = { C2: "identity(d)", m2: "0*m1" }
export const diagonal = family("diagonal", {
  title: "independent coordinates against N(0, I)",
  parameters: { d: "integer(1, 5)", m1: "vector(d, -4, 4)", v: "vector(d, 1/4096, 16)" },
  let: { C1: "diag(v)", ...prior, ...pair, "logvar(i)": "log(v[i])" },
})
export const encoder = family("encoder", {
  title: "a network's mean and log variance against N(0, I)",
  parameters: { m1: "vector(3, -4, 4)", l: "vector(3, -8, 3)" },
  let: { d: "3", v: "[exp(l[1]), exp(l[2]), exp(l[3])]", C1: "diag(v)", ...prior, ...pair, "logvar(i)": "l[i]" },
})
export const product = family("product", {
  title: "the same as a product of laws on the line",
  parameters: { m1: "vector(2, -4, 4)", s: "vector(2, 1/64, 4)" },
  let: {
    d: "2",
    v: "[s[1]^2, s[2]^2]",
    divergence: "KL(Product(Normal(m1[1], s[1]), Normal(m1[2], s[2])), Product(Normal(0, 1), Normal(0, 1)))",
    "logvar(i)": "2*log(s[i])",
  },
})
