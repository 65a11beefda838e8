/**
 * Data processing. For every channel K and every f-divergence
 *
 *   D_f(K p || K q) <= D_f(p || q),   with equality where K is sufficient: p/q is constant on what K cannot tell apart;
 *   log-sum inequality: a_1 log(a_1/b_1) + a_2 log(a_2/b_2) >= (a_1 + a_2) log((a_1 + a_2)/(b_1 + b_2)), with equality where a_1/b_1 = a_2/b_2.
 *
 * W1 is no f-divergence: under a map G it grows by at most Lip(G).
 */
import { family, mutant, step, theorem } from "../../src/core/statement.ts"
import type { Point } from "../../src/core/statement.ts"
import { channels, sufficient } from "./families-channels.ts"

const CHANNELS = channels.map((f) => f.name)
/** Those after which no integral is left. */
const DISCRETE = CHANNELS.filter((name) => name !== "smooth")
const SUFFICIENT = sufficient.map((f) => f.name)
const sums = ["u*log(u)", "(u - 1)^2", "abs(u - 1)/2", "(sqrt(u) - 1)^2"].map((f, i) =>
  family(["log-sum", "square-sum", "variation-sum", "root-sum"][i]!, {
    title: `two atoms merged, f(u) = ${f}`,
    parameters: { a: "vector(2, 1/64, 4)", b: "vector(2, 1/64, 4)", r: "positive(1/4, 4)" },
    let: {
      "f(u)": f,
      apart: "b[1]*f(a[1]/b[1]) + b[2]*f(a[2]/b[2])",
      merged: "(b[1] + b[2])*f((a[1] + a[2])/(b[1] + b[2]))",
      aligned: "b[1]*f(r*b[1]/b[1]) + b[2]*f(r*b[2]/b[2])",
      together: "(b[1] + b[2])*f((r*b[1] + r*b[2])/(b[1] + b[2]))",
    },
  }),
)
/** Laws scaled by c. */
const stretched = [
  { name: "normals", p: "Normal(m, 1)", q: "Normal(n, 2)" },
  { name: "uniforms", p: "Uniform(m, m + 1)", q: "Uniform(n, n + 2)" },
  { name: "two-points", p: "Discrete([m, m + 1], [1/4, 3/4])", q: "Discrete([n, n + 2], [1/2, 1/2])" },
].map(({ name, p, q }) =>
  family(name, {
    parameters: { m: "real(-2, 2)", n: "real(-2, 2)", c: "positive(1/8, 4)" },
    let: { p, q, pAfter: "Affine(p, c, 0)", qAfter: "Affine(q, c, 0)" },
  }),
)
const contracts = (name: string, key: string, families: ReadonlyArray<string>): ReturnType<typeof step> =>
  step(`${name}-contracts`, `${key}After <= ${key}`, "log-sum inequality on every fibre", { families, sharpness: `${name}-kept` })
const kept = (name: string, key: string): ReturnType<typeof step> =>
  step(`${name}-kept`, `${key}After == ${key}`, "a sufficient channel", { families: SUFFICIENT })
const NAMES = [
  ["kl", "kl", CHANNELS],
  ["js", "js", DISCRETE],
  ["tv", "tv", DISCRETE],
  ["chi2", "chi2", CHANNELS],
  ["hellinger", "hellinger", DISCRETE],
] as const
const stretch = (c: string | number): Point => ({ family: "two-points", parameters: { m: 0, n: "1/2", c } })
const ODD: Point = { family: "merge", parameters: { f: ["1/2", "1/2", 0], g: ["1/4", "1/4", "1/2"] } }

export const dataProcessing = theorem({
  id: "likelihood/data-processing",
  title: "Data processing inequality",
  statement: String.raw`D_f(Kp\,\|\,Kq) \le D_f(p\,\|\,q)\quad\text{for every channel } K`,
  symbols: {
    p: "first law",
    q: "second law",
    pAfter: "K p",
    qAfter: "K q",
    f: "convex generator, or masses of p",
    g: "masses of q",
    a: "two masses of p",
    b: "two masses of q",
    c: "factor of a linear map",
  },
  hypotheses: [{ name: "finite", statement: "nothing is claimed where the divergence before the channel is infinite" }],
  families: [...channels, ...sufficient, ...sums, ...stretched],
  steps: [
    step("merge", "apart >= merged", "convexity of f", { families: sums.map((f) => f.name), sharpness: "merge-aligned" }),
    step("merge-aligned", "aligned == together", "equal ratios", { families: sums.map((f) => f.name) }),
    ...NAMES.flatMap(([name, key, families]) => [contracts(name, key, families), kept(name, key)]),
    step("w1-scales", "W1(pAfter, qAfter) == c*W1(p, q)", "W1 is homogeneous", { families: stretched.map((f) => f.name) }),
  ],
  mutants: [
    mutant("strict-always", "tv-contracts", "tvAfter < tv", {
      families: ["relabel", "sufficient-merge"],
      visible: { family: "relabel", parameters: { f: ["1/2", "1/4", "1/4"], g: ["1/4", "1/4", "1/2"] } },
    }),
    mutant("applies-to-w1", "w1-scales", "W1(pAfter, qAfter) <= W1(p, q)", { visible: stretch(3), unlucky: stretch("1001/1000") }),
    mutant("reverse-direction", "kl-contracts", "klAfter >= kl", {
      visible: { family: "merge", parameters: { f: ["1/2", "1/4", "1/4"], g: ["1/4", "1/2", "1/4"] } },
    }),
    mutant("l2-density-distance", "kl-contracts", "2*(f[3] - g[3])^2 <= norm2(f - g)", {
      families: ["merge"],
      visible: ODD,
      unlucky: { family: "merge", parameters: { f: ["51/150", "51/150", "48/150"], g: ["1/3", "1/3", "1/3"] } },
    }),
  ],
  edges: [
    {
      name: "infinite-before",
      family: "merge",
      step: "kl-contracts",
      claim: "KL(Categorical([1/2, 1/2]), Categorical([1, 0])) >= KL(Bernoulli(0), Bernoulli(0))",
      parameters: { f: ["1/2", "1/4", "1/4"], g: ["1/4", "1/4", "1/2"] },
      expected: "divergent",
      note: "an infinite divergence before the channel: trivially at least any after it",
    },
  ],
  sources: [
    { authors: "Csiszar", year: 1967, where: "Information-type measures of difference of probability distributions" },
    { authors: "Cover, Thomas", year: 2006, where: "Elements of information theory, Theorems 2.7.1 and 2.8.1" },
  ],
})
