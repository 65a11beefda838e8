/**
 * Tables, uniform laws, atoms and the plane: pairs for which the game is a finite sum, a polygon or a pointwise statement.
 */
import { family } from "../../src/core/statement.ts"
import { game, pointwise } from "./families.ts"

const discrete = { p: "Categorical(f)", q: "Categorical(g)", "up(k)": "f[k]", "vp(k)": "g[k]", "best(k)": "f[k]/(f[k] + g[k])" }
/** Three atoms; D is a table of probabilities. */
export const tables = family("tables", {
  title: "two laws on three atoms",
  parameters: { f: "simplex(3)", g: "simplex(3)", t: "vector(3, 1/16, 15/16)", x: "integer(1, 3)", y: "real(1/16, 15/16)", w: "real(1/16, 15/16)" },
  assume: ["f[x] + g[x] > 0"],
  let: {
    ...discrete,
    u: "f[x]",
    v: "g[x]",
    "logit(k)": "log(f[k]/g[k])",
    "payoff(y)": "u*log(y) + v*log(1 - y)",
    "slope(y)": "D(payoff(y), y)",
    "curvature(y)": "D(payoff(y), y, 2)",
    optimum: "total(k, 1, 3, f[k]*log(best(k)) + g[k]*log(1 - best(k)))",
    value: "total(k, 1, 3, f[k]*log(t[k]) + g[k]*log(1 - t[k]))",
    gain: "total(k, 1, 3, f[k]*log(best(k)/t[k]) + g[k]*log((1 - best(k))/(1 - t[k])))",
    regret: "total(k, 1, 3, (f[k] + g[k])*KL(Bernoulli(best(k)), Bernoulli(t[k])))",
    uncertainty: "total(k, 1, 3, (f[k] + g[k])/2*Entropy(Bernoulli(best(k))))",
    js: "JS(p, q)",
    mid: "Categorical((f + g)/2)",
    prior: "Categorical(w*f + (1 - w)*g)",
    far: "Discrete([5, 7], [f[1], 1 - f[1]])",
    "optimumAt(r)": game["optimumAt(r)"],
  },
})
export const uniforms = family("uniforms", {
  title: "two uniform laws; disjoint for a > 1",
  parameters: { a: "positive(1/16, 15/16)", x: "real(0, 2)", y: "real(1/16, 15/16)", w: "real(1/16, 15/16)" },
  let: {
    p: "Uniform(0, 1)",
    q: "Uniform(a, a + 1)",
    "best(x)": game["best(x)"],
    "logit(x)": game["logit(x)"],
    ...pointwise,
    optimum: "E(x, p, log(best(x))) + E(x, q, log(1 - best(x)))",
    js: "JS(p, q)",
    far: "Uniform(2, 2 + a)",
    "optimumAt(r)": game["optimumAt(r)"],
  },
})
/** Laws that agree where both have mass: there JS = TV log 2. */
export const splitTables = family("split-tables", {
  title: "one common atom, one of each law's own",
  parameters: { s: "real(1/16, 15/16)" },
  let: { p: "Categorical([s, 1 - s, 0])", q: "Categorical([s, 0, 1 - s])", js: "JS(p, q)" },
})
export const atom = family("atom", {
  title: "a normal law and an atom",
  parameters: { m: "real(-2, 2)", s: "positive(1/4, 4)" },
  let: { p: "Normal(m, s)", q: "Dirac(0)", js: "JS(p, q)", far: "q" },
})
export const plane = family("plane", {
  title: "two correlated normal laws in the plane",
  parameters: {
    m: "vector(2, -2, 2)",
    A: "spd(2, 1/4, 4)",
    n: "vector(2, -2, 2)",
    B: "spd(2, 1/4, 4)",
    x: "vector(2, -3, 3)",
    y: "real(1/16, 15/16)",
    w: "real(1/16, 15/16)",
  },
  let: { p: "MvNormal(m, A)", q: "MvNormal(n, B)", "logit(x)": game["logit(x)"], "best(x)": game["best(x)"], ...pointwise },
})
