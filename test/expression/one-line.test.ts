/**
 * Theorems that are one line each: Fokker-Planck and continuity equations, Tweedie's formula, de Bruijn's identity, the optimal discriminator, with the
 * time inside the parameters of the law; and their false neighbours.
 */
import { describe, expect, test } from "vitest"
import { decided } from "./deciding.ts"

const schedule = { "al(u)": "exp(-u)", "sg(u)": "sqrt(1 - exp(-2*u))" }

/** The Ornstein-Uhlenbeck flow of data laws on the line; pt(d) solves d/dt p = (x p)' + p''. */
const line = {
  ...schedule,
  gm: "Mixture([1/3, 2/3], [Normal(-1, 1/2), Normal(1, 1)])",
  tp: "Discrete([-1, 1], [1/3, 2/3])",
  un: "Uniform(-1, 1)",
  lp: "Laplace(0, 1)",
  "pt(d)": "Diffused(d, al(t), sg(t))",
}

describe("on the line", () => {
  test.each([
    ["D(pdf(pt(gm), x), t) == D(x*pdf(pt(gm), x), x) + D(pdf(pt(gm), x), x, 2)", "Verified"],
    ["D(pdf(pt(tp), x), t) == D(x*pdf(pt(tp), x), x) + D(pdf(pt(tp), x), x, 2)", "Verified"],
    ["D(pdf(pt(un), x), t) == D(x*pdf(pt(un), x), x) + D(pdf(pt(un), x), x, 2)", "Verified"],
    ["D(pdf(pt(lp), x), t) == D(x*pdf(pt(lp), x), x) + D(pdf(pt(lp), x), x, 2)", "Verified"],
    ["D(pdf(pt(lp), x), t) == D(x*pdf(pt(lp), x), x) + D(pdf(pt(lp), x), x, 2)/2", "Refuted"],
    ["D(pdf(pt(gm), x), t) == D(x*pdf(pt(gm), x), x)/2 + D(pdf(pt(gm), x), x, 2)", "Refuted"],
    ["D(pdf(pt(gm), x), t) == -D(pdf(pt(gm), x)*(-x - score(pt(gm), x)), x)", "Verified"],
    ["D(pdf(pt(un), x), t) == -D(pdf(pt(un), x)*(-x - score(pt(un), x)), x)", "Verified"],
    ["D(pdf(pt(lp), x), t) == -D(pdf(pt(lp), x)*(-x - score(pt(lp), x)), x)", "Verified"],
    ["D(pdf(pt(tp), x), t) == -D(pdf(pt(tp), x)*(-x - score(pt(tp), x)), x)", "Verified"],
    ["D(logpdf(pt(gm), x), t) == D(score(pt(gm), x), x) + score(pt(gm), x)^2 + 1 + x*score(pt(gm), x)", "Verified"],
    ["PosteriorMean(gm, al(t), sg(t), x) == (x + sg(t)^2*score(pt(gm), x))/al(t)", "Verified"],
    ["PosteriorMean(tp, al(t), sg(t), x) == (x + sg(t)^2*score(pt(tp), x))/al(t)", "Verified"],
    ["PosteriorMean(un, al(t), sg(t), x) == (x + sg(t)^2*score(pt(un), x))/al(t)", "Verified"],
    ["PosteriorMean(lp, al(t), sg(t), x) == (x + sg(t)^2*score(pt(lp), x))/al(t)", "Verified"],
    ["PosteriorMean(lp, al(t), sg(t), x) == (x + sg(t)*score(pt(lp), x))/al(t)", "Refuted"],
    ["PosteriorCov(gm, al(t), sg(t), x) == sg(t)^2/al(t)^2*(1 + sg(t)^2*D(score(pt(gm), x), x))", "Verified"],
    ["PosteriorCov(lp, al(t), sg(t), x) == sg(t)^2/al(t)^2*(1 + sg(t)^2*D(score(pt(lp), x), x))", "Verified"],
    ["PosteriorCov(un, al(t), sg(t), x) == sg(t)^2/al(t)^2*(1 + sg(t)^2*D(score(pt(un), x), x))", "Verified"],
    ["D(PosteriorMean(gm, al(t), sg(t), x), x) == al(t)/sg(t)^2*PosteriorCov(gm, al(t), sg(t), x)", "Verified"],
    ["D(E(z, pt(gm), z^2), t) == 2 - 2*E(z, pt(gm), z^2)", "Verified"],
    ["D(E(z, pt(un), z^4), t) == 12*E(z, pt(un), z^2) - 4*E(z, pt(un), z^4)", "Verified"],
    ["D(E(z, pt(gm), exp(-z^2)), t) == E(z, pt(gm), -z*(-2*z*exp(-z^2)) + (4*z^2 - 2)*exp(-z^2))", "Verified"],
    ["D(E(z, pt(lp), tanh(z)), t) == E(z, pt(lp), -z*(1 - tanh(z)^2) - 2*tanh(z)*(1 - tanh(z)^2))", "Verified"],
    ["D(Entropy(pt(gm)), t) == E(z, pt(gm), score(pt(gm), z)^2) - 1", "Verified"],
    ["D(KL(pt(gm), Normal(0, 1)), t) == -Fisher(pt(gm), Normal(0, 1))", "Verified"],
    ["D(KL(pt(tp), Normal(0, 1)), t) == -Fisher(pt(tp), Normal(0, 1))", "Verified"],
    ["D(KL(pt(lp), Normal(0, 1)), t) == -Fisher(pt(lp), Normal(0, 1))", "Verified"],
    ["D(cdf(pt(gm), x), x) == pdf(pt(gm), x)", "Verified"],
    ["D(cdf(pt(lp), x), x) == pdf(pt(lp), x)", "Verified"],
    ["D(cdf(pt(un), x), x) == pdf(pt(un), x)", "Verified"],
    ["D(E(z, Normal(t, 1), sin(z)), t) == E(z, Normal(t, 1), cos(z))", "Verified"],
    ["D(E(z, Gamma(2, t), log(1+z)), t) == E(z, Gamma(2, t), log(1+z)*(2/t - z))", "Verified"],
    [
      "D(KL(Normal(t, 1), Laplace(0, 1)), t) == E(z, Normal(t, 1), D(logpdf(Normal(t, 1), z) - logpdf(Laplace(0,1), z), t) + (z - t)*(logpdf(Normal(t, 1), z) - logpdf(Laplace(0, 1), z)))",
      "Verified",
    ],
    ["integral(y, -inf, inf, pdf(pt(un), y)) == 1", "Verified"],
    ["integral(y, -inf, inf, D(pdf(pt(gm), y), t)) == 0", "Verified"],
  ])("%s", (claim, verdict) => {
    expect(decided(claim, line, { t: "1/2", x: "3/4" })).toBe(verdict)
  })
})

const plane = {
  ...schedule,
  v: "[3/4, -1/2]",
  gm: "Mixture([1/3, 2/3], [MvNormal([-1, 0], [[1/2, 1/4], [1/4, 1]]), MvNormal([1, 1/2], [[1, 0], [0, 1/2]])])",
  pt: "Diffused(gm, al(t), sg(t))",
}

describe("in the plane", () => {
  test.each([
    ["D(pdf(pt, v), t) == divergence(v*pdf(pt, v), v) + laplacian(pdf(pt, v), v)", "Verified"],
    ["D(pdf(pt, v), t) == divergence(v*pdf(pt, v), v) + laplacian(pdf(pt, v), v)/2", "Refuted"],
    ["D(pdf(pt, v), t) == -divergence(pdf(pt, v)*(-v - score(pt, v)), v)", "Verified"],
    ["PosteriorMean(gm, al(t), sg(t), v) == (v + sg(t)^2*score(pt, v))/al(t)", "Verified"],
    ["grad(logpdf(pt, v), v) == score(pt, v)", "Verified"],
    ["trace(PosteriorCov(gm, al(t), sg(t), v)) == sg(t)^2/al(t)^2*(2 + sg(t)^2*divergence(score(pt, v), v))", "Verified"],
    ["E(z, gm, norm2(z)) == trace(Cov(gm)) + norm2(Mean(gm))", "Verified"],
    ["D(E(z, pt, norm2(z)), t) == 4 - 2*E(z, pt, norm2(z))", "Verified"],
    ["E(z, pt, exp(-norm2(z))) >= 0.1", "Verified"],
    ["laplacian(logpdf(pt, v), v) == divergence(score(pt, v), v)", "Verified"],
  ])("%s", (claim, verdict) => {
    expect(decided(claim, plane, { t: "1/2" })).toBe(verdict)
  })
})

const game = {
  p: "Normal(0, 1)",
  q: "Normal(m, s)",
  "best(y)": "pdf(p, y)/(pdf(p, y) + pdf(q, y))",
  "Dis(y)": "sigmoid(y - 1/2)",
}

describe("discriminators", () => {
  test.each([
    ["E(z, p, log(best(z))) + E(z, q, log(1 - best(z))) >= -log(4)", "Verified"],
    ["E(z, p, log(best(z))) + E(z, q, log(1 - best(z))) == 2*JS(p, q) - log(4)", "Verified"],
    ["E(z, p, log(Dis(z))) + E(z, q, log(1 - Dis(z))) <= E(z, p, log(best(z))) + E(z, q, log(1 - best(z)))", "Verified"],
    ["E(z, p, log(Dis(z))) + E(z, q, log(1 - Dis(z))) >= E(z, p, log(best(z))) + E(z, q, log(1 - best(z)))", "Refuted"],
    ["sup(d, 0, 1, pdf(p, 1/2)*log(d) + pdf(q, 1/2)*log(1 - d)) == pdf(p, 1/2)*log(best(1/2)) + pdf(q, 1/2)*log(1 - best(1/2))", "Verified"],
  ])("%s", (claim, verdict) => {
    expect(decided(claim, game, { m: "33/32", s: "497/512" })).toBe(verdict)
  })
})
