/**
 * Families of the chain rule: three bits with conditionals c1, c2, c3, and Gaussians with their regressions in both orders.
 */
import { family } from "../../src/core/statement.ts"

const losses = {
  "p(i, j, k)": "pdf(c1, i)*pdf(c2(i), j)*pdf(c3(i, j), k)",
  table: "[p(0, 0, 0), p(0, 0, 1), p(0, 1, 0), p(0, 1, 1), p(1, 0, 0), p(1, 0, 1), p(1, 1, 0), p(1, 1, 1)]",
  data: "Categorical(w)",
  "q(i, j, k)": "w[4*i + 2*j + k + 1]",
  "p12(i, j)": "total(k, 0, 1, p(i, j, k))",
  "p1(i)": "total(j, 0, 1, p12(i, j))",
  loss1: "-total(i, 0, 1, total(j, 0, 1, total(k, 0, 1, q(i, j, k)*logpdf(c1, i))))",
  loss2: "-total(i, 0, 1, total(j, 0, 1, total(k, 0, 1, q(i, j, k)*logpdf(c2(i), j))))",
  loss3: "-total(i, 0, 1, total(j, 0, 1, total(k, 0, 1, q(i, j, k)*logpdf(c3(i, j), k))))",
}
const open = "real(1/1024, 1023/1024)"
const bits = family("bits", {
  title: "any conditionals of three bits",
  parameters: { a: open, b: "vector(2, 1/1024, 1023/1024)", c: "vector(4, 1/1024, 1023/1024)", w: "simplex(8)" },
  let: { c1: "Bernoulli(a)", "c2(i)": "Bernoulli(b[i + 1])", "c3(i, j)": "Bernoulli(c[2*i + j + 1])", ...losses },
})
const markov = family("markov", {
  title: "a chain: each bit depends on the one before it",
  parameters: { a: open, b: "vector(2, 1/1024, 1023/1024)", w: "simplex(8)" },
  let: { c1: "Bernoulli(a)", "c2(i)": "Bernoulli(b[i + 1])", "c3(i, j)": "Bernoulli(b[j + 1])", ...losses },
})
const parity = family("parity", {
  title: "the third bit is the parity of the others, but for noise",
  parameters: { a: open, r: open, w: "simplex(8)" },
  let: { c1: "Bernoulli(a)", "c2(i)": "Bernoulli(1/2 + i/8)", "c3(i, j)": "Bernoulli(if(i == j, r, 1 - r))", ...losses },
})
export const BITS = ["bits", "markov", "parity"]

const two = {
  n: "2",
  "after(i)": "Normal(if(i == 1, m[1], m[2] + C[2][1]/C[1][1]*(x[1] - m[1])), sqrt(if(i == 1, C[1][1], C[2][2] - C[2][1]^2/C[1][1])))",
  "before(i)": "Normal(if(i == 2, m[2], m[1] + C[1][2]/C[2][2]*(x[2] - m[2])), sqrt(if(i == 2, C[2][2], C[1][1] - C[1][2]^2/C[2][2])))",
}
const plane = family("normal-2d", {
  title: "two correlated normal coordinates",
  parameters: { m: "vector(2, -2, 2)", C: "spd(2, 1/16, 4)", x: "vector(2, -2, 2)" },
  let: { d: "MvNormal(m, C)", ...two },
})
/** Mean and variance of coordinate i given coordinates j and k. */
const given = (i: number, j: number, k: number): readonly [mean: string, variance: string] => {
  const [row, block] = [`[C[${i}][${j}], C[${i}][${k}]]`, `[[C[${j}][${j}], C[${j}][${k}]], [C[${k}][${j}], C[${k}][${k}]]]`]
  return [`m[${i}] + dot(${row}, inv(${block})*[x[${j}] - m[${j}], x[${k}] - m[${k}]])`, `C[${i}][${i}] - dot(${row}, inv(${block})*${row})`]
}
const one = (i: number, j: number): readonly [mean: string, variance: string] => [
  `m[${i}] + C[${i}][${j}]/C[${j}][${j}]*(x[${j}] - m[${j}])`,
  `C[${i}][${i}] - C[${i}][${j}]^2/C[${j}][${j}]`,
]
const order = (a: number, b: number, c: number): string => {
  const [second, third] = [one(b, a), given(c, a, b)]
  const pick = (first: string, then: string, last: string): string => `if(i == ${a}, ${first}, if(i == ${b}, ${then}, ${last}))`
  return `Normal(${pick(`m[${a}]`, second[0], third[0])}, sqrt(${pick(`C[${a}][${a}]`, second[1], third[1])}))`
}
const three = { n: "3", d: "MvNormal(m, C)", "after(i)": order(1, 2, 3), "before(i)": order(3, 2, 1) }
const space = family("normal-3d", {
  title: "three correlated normal coordinates",
  parameters: { m: "vector(3, -2, 2)", C: "spd(3, 1/16, 4)", x: "vector(3, -2, 2)" },
  let: three,
})
const chain = family("first-order", {
  title: "x_(i+1) = r x_i + noise: a Gaussian chain",
  parameters: { r: "real(-15/16, 15/16)", s: "positive(1/4, 2)", x: "vector(3, -2, 2)" },
  let: { m: "[0, 0, 0]", C: "s^2*[[1, r, r^2], [r, 1, r], [r^2, r, 1]]", ...three },
})
export const NORMAL = ["normal-2d", "normal-3d", "first-order"]
export const families = [bits, markov, parity, plane, space, chain]
