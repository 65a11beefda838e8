/**
 * Sources at distortion d: info = information of the test channel, R(t) = rate-distortion function, slope = its derivative at d.
 */
import { family } from "../../src/core/statement.ts"

const h = { "h(t)": "-t*log(t) - (1 - t)*log(1 - t)" }
export const normalSource = family("normal-source", {
  title: "a normal source of standard deviation sig, squared error d",
  parameters: { sig: "positive(1/4, 4)", u: "real(1/64, 63/64)" },
  let: {
    d: "u*sig^2",
    info: "KL(MvNormal([0, 0], [[sig^2, sig^2 - d], [sig^2 - d, sig^2 - d]]), MvNormal([0, 0], [[sig^2, 0], [0, sig^2 - d]]))",
    "R(t)": "log(sig^2/t)/2",
    "tangent(t)": "D(R(t), t)",
    slope: "-1/(2*d)",
  },
})
export const coin = family("coin", {
  title: "a coin, share d of wrong bits",
  parameters: { p: "real(1/16, 1/2)", u: "real(1/64, 63/64)" },
  let: {
    d: "u*p",
    k: "(p - d)/(1 - 2*d)",
    info: "KL(Categorical([(1 - k)*(1 - d), (1 - k)*d, k*d, k*(1 - d)]), Categorical([(1 - k)*(1 - p), (1 - k)*p, k*(1 - p), k*p]))",
    ...h,
    "R(t)": "h(p) - h(t)",
    "tangent(t)": "D(R(t), t)",
    slope: "-log((1 - d)/d)",
  },
})
export const symbols = family("symbols", {
  title: "n equally likely symbols, share d of wrong ones",
  parameters: { n: "integer(2, 8)", u: "real(1/64, 63/64)" },
  let: {
    d: "u*(n - 1)/n",
    info: "(1 - d)*log((1 - d)*n) + total(i, 2, n, d/(n - 1)*log(d/(n - 1)*n))",
    ...h,
    "R(t)": "log(n) - h(t) - t*log(n - 1)",
    "tangent(t)": "D(R(t), t)",
    slope: "-log((n - 1)*(1 - d)/d)",
  },
})
