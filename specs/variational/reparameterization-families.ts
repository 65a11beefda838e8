/**
 * Laws q of z with a parameter, integrands f, and E_q f in closed form.
 *
 * Normal families: z = mu + s e, value(m, t) = E f(N(m, t^2)), variances of the one-sample estimators of its derivative in mu. Every family:
 * slope = derivative of E_q f in its parameter, psi(z) = derivative of log q(z) in it, g(e) the path and path(z) its derivative.
 */
import { family } from "../../src/core/statement.ts"

const gaussian = {
  q: "Normal(mu, s)",
  noise: "Normal(0, 1)",
  "g(e)": "mu + s*e",
  jump: "0",
  "df(z)": "D(f(z), z)",
  "curve(t)": "D(value(mu, sqrt(t)), t)",
  mean: "value(mu, s)",
  slope: "D(value(mu, s), mu)",
  "psi(z)": "D(logpdf(q, z), mu)",
  "path(z)": "-D(cdf(q, z), mu)/pdf(q, z)",
}
const at = { mu: "real(-4, 4)", s: "positive(1/64, 4)", c: "real(-2, 2)" }
const normal = (
  name: string,
  title: string,
  f: string,
  value: string,
  more: Readonly<Record<string, string>> = {},
  parameters: Readonly<Record<string, string>> = {},
) => family(name, { title, parameters: { ...at, ...parameters }, let: { "f(z)": f, "value(m, t)": value, ...gaussian, ...more } })

export const square = normal("square", "f = z^2", "z^2", "m^2 + t^2", {
  pathVariance: "4*s^2",
  scoreVariance: "mu^4/s^2 + 14*mu^2 + 15*s^2",
})
export const cube = normal("cube", "f = z^3", "z^3", "m^3 + 3*m*t^2", {
  pathVariance: "36*mu^2*s^2 + 18*s^4",
  scoreVariance: "mu^6/s^2 + 36*mu^4 + 207*mu^2*s^2 + 96*s^4",
})
export const sine = normal(
  "sine",
  "f = sin(w z)",
  "sin(w*z)",
  "sin(w*m)*exp(-w^2*t^2/2)",
  {
    pathVariance: "w^2*((1 + cos(2*w*mu)*exp(-2*w^2*s^2))/2 - cos(w*mu)^2*exp(-w^2*s^2))",
    scoreVariance: "(1 - cos(2*w*mu)*(1 - 4*w^2*s^2)*exp(-2*w^2*s^2))/(2*s^2) - w^2*cos(w*mu)^2*exp(-w^2*s^2)",
  },
  { w: "real(1/4, 4)" },
)
export const exponential = normal(
  "exponential",
  "f = e^z",
  "exp(z)",
  "exp(m + t^2/2)",
  {
    pathVariance: "exp(2*mu + s^2)*expm1(s^2)",
    scoreVariance: "exp(2*mu + 2*s^2)*(1/s^2 + 4) - exp(2*mu + s^2)",
  },
  { s: "positive(1/64, 2)" },
)
export const absolute = normal("absolute", "f = |z|, no derivative at 0", "abs(z)", "m*erf(m/(t*sqrt(2))) + t*sqrt(2/pi)*exp(-m^2/(2*t^2))", {
  "df(z)": "sign(z)",
})
export const jump = normal("jump", "f = 1 for z > 0, else 0: pathwise forms do not apply", "if(z > 0, 1, 0)", "normcdf(m/t)", { jump: "1" })
export const gamma = family("gamma", {
  title: "Gamma law with rate r, z = e/r",
  parameters: { k: "real(1/2, 10)", r: "positive(1/4, 4)", c: "real(-2, 2)" },
  let: {
    "f(z)": "z^2",
    "df(z)": "2*z",
    q: "Gamma(k, r)",
    noise: "Gamma(k, 1)",
    "g(e)": "e/r",
    mean: "k*(k + 1)/r^2",
    slope: "D(k*(k + 1)/r^2, r)",
    "psi(z)": "k/r - z",
    "path(z)": "-z/r",
  },
})
export const power = family("power", {
  title: "Beta(a, 1), z = u^(1/a): the implicit derivative of its distribution function z^a",
  parameters: { a: "real(1/2, 10)", c: "real(-2, 2)" },
  let: {
    "f(z)": "z^2",
    "df(z)": "2*z",
    q: "Beta(a, 1)",
    noise: "Uniform(0, 1)",
    "g(e)": "e^(1/a)",
    mean: "a/(a + 2)",
    slope: "D(a/(a + 2), a)",
    "psi(z)": "D(log(a) + (a - 1)*log(z), a)",
    "path(z)": "-D(z^a, a)/D(z^a, z)",
  },
})
export const bernoulli = family("bernoulli", {
  title: "a coin: no path, the score-function form alone",
  parameters: { p: "real(1/1024, 1023/1024)", v: "vector(2, -4, 4)", c: "real(-2, 2)" },
  let: { "f(z)": "v[1]*(1 - z) + v[2]*z", q: "Bernoulli(p)", mean: "v[1]*(1 - p) + v[2]*p", slope: "v[2] - v[1]", "psi(z)": "z/p - (1 - z)/(1 - p)" },
})
export const poisson = family("poisson", {
  title: "counts, f = z^2",
  parameters: { l: "positive(1/4, 8)", c: "real(-2, 2)" },
  let: { "f(z)": "z^2", q: "Poisson(l)", mean: "l^2 + l", slope: "D(l^2 + l, l)", "psi(z)": "z/l - 1" },
})
