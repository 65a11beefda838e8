/**
 * Data with variance lam along one direction and a decoder w along it: ll(t) = mean log-likelihood at w = t, elbo(v, D) = mean of the beta-bound
 * for q(z|x) = N(v x, D), rest = what the other directions add, profile(t) = the beta-bound at w = t with the best encoder.
 */
import { family } from "../../src/core/statement.ts"

const optimum = {
  keep: "max(lam - s^2, 0)",
  keepBeta: "max(lam - beta*s^2, 0)",
  best: "-(log(2*pi*max(lam, s^2)) + lam/max(lam, s^2))/2 + rest",
  "bend(t)": "D(ll(t), t, 2)",
  "profile(t)": "-log(2*pi*s^2)/2 - beta/2*(lam/(t^2 + beta*s^2) + log(t^2/(beta*s^2) + 1)) + rest",
  vs: "w/(w^2 + beta*s^2)",
  Ds: "beta*s^2/(w^2 + beta*s^2)",
  "vs1(t)": "t/(t^2 + s^2)",
  "Ds1(t)": "s^2/(t^2 + s^2)",
  "bound(v, D)": "elbo(v, D) + (beta - 1)*rate(v, D)",
  "rate(v, D)": "E(x, data, KL(Normal(v*along(x), sqrt(D)), Normal(0, 1)))",
}
const scalar = {
  rest: "0",
  "along(x)": "x",
  "ll(t)": "E(x, data, logpdf(Normal(0, sqrt(t^2 + s^2)), x))",
  "elbo(v, D)": "E(x, data, E(z, Normal(v*x, sqrt(D)), logpdf(Normal(w*z, s), x)) - beta*KL(Normal(v*x, sqrt(D)), Normal(0, 1)))",
  ...optimum,
}
const model = { s: "positive(1/16, 2)", w: "real(-3, 3)", beta: "positive(1/4, 4)", v: "real(-2, 2)", D: "positive(1/64, 2)" }
export const normal = family("normal", {
  title: "normal data",
  parameters: { lam: "positive(1/16, 4)", ...model },
  let: { data: "Normal(0, sqrt(lam))", ...scalar },
})
export const sample = family("sample", {
  title: "a centred sample of four points",
  parameters: { y: "vector(2, 1/8, 3)", ...model },
  let: { data: "Discrete([-y[1], y[1], -y[1] - y[2], y[1] + y[2]], [1/4, 1/4, 1/4, 1/4])", lam: "(y[1]^2 + (y[1] + y[2])^2)/2", ...scalar },
})
export const uniform = family("uniform", {
  title: "uniform data",
  parameters: { h: "positive(1/2, 4)", ...model },
  let: { data: "Uniform(-h, h)", lam: "h^2/3", ...scalar },
})
export const plane = family("plane", {
  title: "rotated data in the plane",
  parameters: { l: "vector(2, 1/16, 4)", Q: "orthogonal(2)", ...model },
  let: {
    lam: "l[1]",
    data: "MvNormal([0, 0], Q*diag(l)*transpose(Q))",
    u: "[Q[1, 1], Q[2, 1]]",
    rest: "-(log(2*pi*s^2) + l[2]/s^2)/2",
    "along(x)": "dot(u, x)",
    "ll(t)": "E(x, data, logpdf(MvNormal([0, 0], t^2*outer(u, u) + s^2*identity(2)), x))",
    "elbo(v, D)":
      "E(x, data, E(z, Normal(v*along(x), sqrt(D)), logpdf(MvNormal(w*z*u, s^2*identity(2)), x)) - beta*KL(Normal(v*along(x), sqrt(D)), Normal(0, 1)))",
    ...optimum,
  },
})
/** Two or three directions of which the first are kept: fit(t) = mean log-likelihood at noise variance t, dropped = sum of the eigenvalues left out. */
const regret = { "fit(t)": "E(x, data, logpdf(model(t), x))", mle: "dropped/(n - k)", "r(t)": "mle/t" }
export const four = family("four", {
  title: "four eigenvalues, two latents",
  parameters: { l: "vector(4, 1/16, 4)", s: "positive(1/16, 2)" },
  assume: ["min(l[1], l[2]) >= mle"],
  let: {
    n: "4",
    k: "2",
    data: "MvNormal(0*l, diag(l))",
    "model(t)": "MvNormal(0*l, diag([l[1], l[2], t, t]))",
    dropped: "l[3] + l[4]",
    ...regret,
    "c(i)": "if(i <= k, max(l[i], s^2), s^2)",
    "ll(t)": "E(x, data, logpdf(MvNormal(0*l, diag([c(1), c(2), c(3), c(4)])), x))",
    keep: "0",
    best: "-total(i, 1, n, log(2*pi*c(i)) + l[i]/c(i))/2",
  },
  points: [{ l: [4, 2, "1/2", "1/4"], s: 1 }],
})
export const box = family("box", {
  title: "uniform data in a box",
  parameters: { h: "vector(3, 1/2, 4)", s: "positive(1/16, 2)" },
  assume: ["h[1] >= max(h[2], h[3])"],
  let: {
    n: "3",
    k: "1",
    data: "Product(Uniform(-h[1], h[1]), Uniform(-h[2], h[2]), Uniform(-h[3], h[3]))",
    "model(t)": "MvNormal(0*h, diag([h[1]^2/3, t, t]))",
    dropped: "(h[2]^2 + h[3]^2)/3",
    ...regret,
  },
})
export const turned = family("turned", {
  title: "rotated data in the plane, noise free",
  parameters: { l: "vector(2, 1/16, 4)", Q: "orthogonal(2)", s: "positive(1/16, 2)" },
  assume: ["l[1] >= l[2]"],
  let: {
    n: "2",
    k: "1",
    data: "MvNormal([0, 0], Q*diag(l)*transpose(Q))",
    "model(t)": "MvNormal([0, 0], Q*diag([l[1], t])*transpose(Q))",
    dropped: "l[2]",
    ...regret,
  },
})
