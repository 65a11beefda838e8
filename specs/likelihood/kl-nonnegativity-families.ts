/**
 * Pairs of laws p, q: ratio(x) = q(x)/p(x), off = mass of q where p has none, again = p written otherwise; a = P(A), b = Q(A) for A = {p > q}.
 *
 * The families of the chain rule define joint = KL of the pairs (x, y), first = KL(p_x || q_x), inner(x) = KL(p_{y|x} || q_{y|x}) and their mean.
 */
import { family } from "../../src/core/statement.ts"

const pair = {
  "ratio(x)": "pdf(q, x)/pdf(p, x)",
  r: "ratio(x)",
  off: "0",
  again: "Mixture([1/3, 2/3], [p, p])",
  "kl(s, t)": "s*log(s/t) + (1 - s)*log((1 - s)/(1 - t))",
  excess: "E(z, p, ratio(z) - 1 - log(ratio(z)))",
}
export const bernoulli = family("bernoulli", {
  title: "two coins",
  parameters: { a: "real(1/1024, 1023/1024)", b: "real(1/1024, 1023/1024)", x: "integer(0, 1)" },
  let: { p: "Bernoulli(a)", q: "Bernoulli(b)", ...pair, within: "0", gap: "abs(a - b)" },
  points: [{ a: "1/2", b: "501/1000", x: 1 }],
})
export const discrete = family("discrete", {
  title: "two laws on up to five atoms",
  parameters: { n: "integer(2, 5)", f: "simplex(n)", g: "simplex(n)", x: "integer(0, 1)" },
  let: {
    p: "Categorical((15*f + g)/16)",
    q: "Categorical((f + 15*g)/16)",
    ...pair,
    a: "E(z, p, if(ratio(z) < 1, 1, 0))",
    b: "E(z, q, if(ratio(z) < 1, 1, 0))",
    within: "E(z, p, -log(ratio(z)) - if(ratio(z) < 1, log(a/b), log((1 - a)/(1 - b))))",
    gap: "a - b",
  },
  assume: ["TV(p, q) > 0"],
})
export const shift = family("shift", {
  title: "normal laws of equal variance: A is a half-line",
  parameters: { m: "real(-8, 8)", mu: "positive(1/64, 6)", s: "positive(1/64, 16)", u: "real(-4, 4)" },
  let: {
    x: "m + s*u",
    p: "Normal(m, s)",
    q: "Normal(m + mu*s, s)",
    ...pair,
    a: "normcdf(mu/2)",
    b: "normcdf(-mu/2)",
    "surplus(z, l)": "pdf(p, z)*(logpdf(p, z) - logpdf(q, z) - l)",
    half: "m + mu*s/2",
    within: "integral(z, -inf, half, surplus(z, log(a/b))) + integral(z, half, inf, surplus(z, log((1 - a)/(1 - b))))",
    gap: "a - b",
  },
})
export const gaussian = family("gaussian", {
  title: "normal laws",
  parameters: { m: "vector(3, -4, 4)", s: "vector(3, 1/8, 4)", u: "real(-4, 4)" },
  let: {
    x: "m[1] + s[1]*u",
    p: "Normal(m[1], s[1])",
    q: "Normal(m[2], s[2])",
    third: "Normal(m[3], s[3])",
    ...pair,
    again: "Diffused(Normal(m[1], s[1]*3/5), 1, s[1]*4/5)",
  },
})
export const laplace = family("laplace", {
  title: "Laplace laws",
  parameters: { m: "real(-2, 2)", s: "positive(1/4, 4)", m2: "real(-2, 2)", s2: "positive(1/4, 4)", x: "real(-4, 4)" },
  let: { p: "Laplace(m, s)", q: "Laplace(m2, s2)", ...pair },
})
export const nested = family("nested", {
  title: "a uniform law inside another: the log ratio of the lengths",
  parameters: { w: "positive(1/16, 4)", left: "positive(1/16, 4)", right: "positive(1/16, 4)", u: "real(0, 1)" },
  let: { x: "u*w", p: "Uniform(0, w)", q: "Uniform(-left, w + right)", ...pair, off: "(left + right)/(left + w + right)" },
})
export const partial = family("partial", {
  title: "atoms that p does not have",
  parameters: { f: "simplex(2)", g: "simplex(3)", x: "integer(0, 1)" },
  assume: ["min(f[1], f[2]) > 0", "min(g[1], g[2]) > 0"],
  let: { p: "Categorical([f[1], f[2], 0])", q: "Categorical(g)", ...pair, off: "g[3]" },
})
export const table = family("table", {
  title: "tables of two rows and three columns",
  parameters: { f: "simplex(6)", g: "simplex(6)" },
  assume: ["min(min(min(f[1], f[2]), min(f[3], f[4])), min(f[5], f[6])) > 0", "min(min(min(g[1], g[2]), min(g[3], g[4])), min(g[5], g[6])) > 0"],
  let: {
    joint: "KL(Categorical(f), Categorical(g))",
    "row(h, k)": "h[3*k + 1] + h[3*k + 2] + h[3*k + 3]",
    "given(h, k)": "Categorical([h[3*k + 1], h[3*k + 2], h[3*k + 3]]/row(h, k))",
    px: "Bernoulli(row(f, 1))",
    qx: "Bernoulli(row(g, 1))",
    "inner(x)": "KL(given(f, x), given(g, x))",
    mean: "(1 - row(f, 1))*inner(0) + row(f, 1)*inner(1)",
  },
})
export const plane = family("plane", {
  title: "correlated normal pairs",
  parameters: { m1: "vector(2, -4, 4)", C1: "spd(2, 1/16, 16)", m2: "vector(2, -4, 4)", C2: "spd(2, 1/16, 16)" },
  let: {
    joint: "KL(MvNormal(m1, C1), MvNormal(m2, C2))",
    "given(m, C, x)": "Normal(m[2] + C[1, 2]/C[1, 1]*(x - m[1]), sqrt(C[2, 2] - C[1, 2]^2/C[1, 1]))",
    px: "Normal(m1[1], sqrt(C1[1, 1]))",
    qx: "Normal(m2[1], sqrt(C2[1, 1]))",
    "inner(x)": "KL(given(m1, C1, x), given(m2, C2, x))",
    mean: "E(x, px, inner(x))",
  },
})
export const spread = family("spread", {
  title: "y given x normal with standard deviation e^(c x) against a x + N(0, 1)",
  parameters: { m: "real(-2, 2)", s: "positive(1/4, 1)", c: "real(-1, 1)", a: "real(-2, 2)" },
  let: {
    px: "Normal(m, s)",
    qx: "Normal(0, 1)",
    "given(x)": "Normal(x, exp(c*x))",
    "other(x)": "Normal(a*x, 1)",
    joint: "E(x, px, E(y, given(x), logpdf(px, x) + logpdf(given(x), y) - logpdf(qx, x) - logpdf(other(x), y)))",
    "inner(x)": "KL(given(x), other(x))",
    mean: "E(x, px, inner(x))",
  },
})
