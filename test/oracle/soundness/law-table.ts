/**
 * Laws with random parameters and what textbooks say about them (Johnson, Kotz and Balakrishnan 1994-95): moments, entropies, transforms.
 */
import type { Draw } from "./draw.ts"
import type { Draft } from "./kind.ts"

export interface LawDraft {
  readonly text: string
  readonly kind: string
  readonly mean?: string
  readonly variance?: string
  readonly entropy?: string
  /** E exp(t X) for a t inside the domain. */
  readonly transform?: { readonly t: string; readonly value: string }
  /** A point inside the support, by its distribution function u = prob: quantile(u), and density and distribution function at x. */
  readonly quantile?: (u: string) => string
  readonly pdf?: (x: string) => string
  readonly cdf?: (x: string) => string
  /** Somewhere inside the support. */
  readonly point: string
  readonly lo: string
  readonly hi: string
}

type Make = (d: Draw) => LawDraft

const normal: Make = (d) => {
  const [m, s, t] = [d.real(5), d.pos(0.1, 5), d.nonzero(0.1, 2)]
  return {
    text: `Normal(${m}, ${s})`,
    kind: "Normal",
    mean: m,
    variance: `${s}^2`,
    entropy: `log(2*pi*e*${s}^2)/2`,
    lo: "-inf",
    hi: "inf",
    transform: { t, value: `exp(${t}*${m} + ${t}^2*${s}^2/2)` },
    point: `(${m} + ${s}*${d.real(3)})`,
    pdf: (x) => `exp(-((${x} - ${m})/${s})^2/2)/(${s}*sqrt(2*pi))`,
    cdf: (x) => `normcdf((${x} - ${m})/${s})`,
  }
}
const uniform: Make = (d) => {
  const [a, w, t, u] = [d.real(5), d.pos(0.1, 6), d.nonzero(0.1, 2), d.prob()]
  const b = `(${a} + ${w})`
  return {
    text: `Uniform(${a}, ${b})`,
    kind: "Uniform",
    mean: `(${a} + ${w}/2)`,
    variance: `${w}^2/12`,
    entropy: `log(${w})`,
    lo: a,
    hi: b,
    transform: { t, value: `exp(${t}*${a})*expm1(${t}*${w})/(${t}*${w})` },
    point: `(${a} + ${u}*${w})`,
    quantile: (p) => `${a} + ${p}*${w}`,
    pdf: () => `1/${w}`,
    cdf: (x) => `(${x} - ${a})/${w}`,
  }
}
const exponential: Make = (d) => {
  const r = d.pos(0.1, 6)
  const t = d.pick([`(${r}*${d.prob()})`, `(-${d.pos()})`])
  return {
    text: `Exponential(${r})`,
    kind: "Exponential",
    mean: `1/${r}`,
    variance: `1/${r}^2`,
    entropy: `1 - log(${r})`,
    lo: "0",
    hi: "inf",
    transform: { t, value: `${r}/(${r} - ${t})` },
    point: d.pos(0.01, 4),
    quantile: (p) => `-log(1 - ${p})/${r}`,
    pdf: (x) => `${r}*exp(-${r}*${x})`,
    cdf: (x) => `1 - exp(-${r}*${x})`,
  }
}
const gamma: Make = (d) => {
  const [a, r] = [d.pos(0.3, 9), d.pos(0.1, 6)]
  const t = d.pick([`(${r}*${d.prob()}/2)`, `(-${d.pos()})`])
  return {
    text: `Gamma(${a}, ${r})`,
    kind: "Gamma",
    mean: `${a}/${r}`,
    variance: `${a}/${r}^2`,
    entropy: `${a} - log(${r}) + lgamma(${a}) + (1 - ${a})*digamma(${a})`,
    lo: "0",
    hi: "inf",
    transform: { t, value: `(1 - ${t}/${r})^(-${a})` },
    point: d.pos(0.05, 6),
    pdf: (x) => `${r}^${a}*${x}^(${a} - 1)*exp(-${r}*${x})/gamma(${a})`,
  }
}
const beta: Make = (d) => {
  const [a, b] = [d.pos(0.4, 8), d.pos(0.4, 8)]
  const log = `(lgamma(${a}) + lgamma(${b}) - lgamma(${a} + ${b}))`
  return {
    text: `Beta(${a}, ${b})`,
    kind: "Beta",
    mean: `${a}/(${a} + ${b})`,
    variance: `${a}*${b}/((${a} + ${b})^2*(${a} + ${b} + 1))`,
    lo: "0",
    hi: "1",
    entropy: `${log} - (${a} - 1)*digamma(${a}) - (${b} - 1)*digamma(${b}) + (${a} + ${b} - 2)*digamma(${a} + ${b})`,
    point: d.prob(),
    pdf: (x) => `${x}^(${a} - 1)*(1 - ${x})^(${b} - 1)*exp(-${log})`,
  }
}
const laplace: Make = (d) => {
  const [m, b] = [d.real(4), d.pos(0.1, 4)]
  const t = `(${d.pick(["", "-"])}${d.prob()}/${b})`
  return {
    text: `Laplace(${m}, ${b})`,
    kind: "Laplace",
    mean: m,
    variance: `2*${b}^2`,
    entropy: `1 + log(2*${b})`,
    lo: "-inf",
    hi: "inf",
    transform: { t, value: `exp(${t}*${m})/(1 - ${b}^2*${t}^2)` },
    point: `(${m} + ${b}*${d.real(4)})`,
    pdf: (x) => `exp(-abs(${x} - ${m})/${b})/(2*${b})`,
    cdf: (x) => `if(${x} < ${m}, exp((${x} - ${m})/${b})/2, 1 - exp(-(${x} - ${m})/${b})/2)`,
  }
}
const logistic: Make = (d) => {
  const [m, s, u] = [d.real(4), d.pos(0.1, 3), d.prob()]
  const t = `(${u}/${s})`
  return {
    text: `Logistic(${m}, ${s})`,
    kind: "Logistic",
    mean: m,
    variance: `${s}^2*pi^2/3`,
    entropy: `log(${s}) + 2`,
    lo: "-inf",
    hi: "inf",
    transform: { t, value: `exp(${t}*${m})*pi*${u}/sin(pi*${u})` },
    point: `(${m} + ${s}*${d.real(6)})`,
    quantile: (p) => `${m} + ${s}*log(${p}/(1 - ${p}))`,
    pdf: (x) => `1/(4*${s}*cosh((${x} - ${m})/(2*${s}))^2)`,
    cdf: (x) => `sigmoid((${x} - ${m})/${s})`,
  }
}
const cauchy: Make = (d) => {
  const [m, s] = [d.real(4), d.pos(0.1, 4)]
  return {
    text: `Cauchy(${m}, ${s})`,
    kind: "Cauchy",
    entropy: `log(4*pi*${s})`,
    lo: "-inf",
    hi: "inf",
    point: `(${m} + ${s}*${d.real(9)})`,
    quantile: (p) => `${m} + ${s}*tan(pi*(${p} - 1/2))`,
    pdf: (x) => `${s}/(pi*(${s}^2 + (${x} - ${m})^2))`,
    cdf: (x) => `1/2 + atan((${x} - ${m})/${s})/pi`,
  }
}
const student: Make = (d) => {
  const [v, m, s] = [d.pick([`${d.int(3, 12)}`, `(2 + ${d.pos(0.2, 9)})`]), d.real(4), d.pos(0.1, 4)]
  return {
    text: `StudentT(${v}, ${m}, ${s})`,
    kind: "StudentT",
    mean: m,
    variance: `${s}^2*${v}/(${v} - 2)`,
    lo: "-inf",
    hi: "inf",
    point: `(${m} + ${s}*${d.real(5)})`,
    entropy: `(${v} + 1)/2*(digamma((${v} + 1)/2) - digamma(${v}/2)) + log(${s}*sqrt(${v}*pi)) + lgamma(${v}/2) - lgamma((${v} + 1)/2)`,
    pdf: (x) => `gamma((${v} + 1)/2)/(gamma(${v}/2)*sqrt(pi*${v})*${s})*(1 + ((${x} - ${m})/${s})^2/${v})^(-(${v} + 1)/2)`,
  }
}
const logNormal: Make = (d) => {
  const [m, s] = [d.real(2), d.pos(0.1, 1.5)]
  return {
    text: `LogNormal(${m}, ${s})`,
    kind: "LogNormal",
    mean: `exp(${m} + ${s}^2/2)`,
    variance: `(exp(${s}^2) - 1)*exp(2*${m} + ${s}^2)`,
    lo: "0",
    hi: "inf",
    entropy: `${m} + log(2*pi*e*${s}^2)/2`,
    point: d.pos(0.05, 8),
    pdf: (x) => `exp(-((log(${x}) - ${m})/${s})^2/2)/(${x}*${s}*sqrt(2*pi))`,
    cdf: (x) => `normcdf((log(${x}) - ${m})/${s})`,
  }
}
const pareto: Make = (d) => {
  const [xm, a] = [d.pos(0.2, 4), `(2 + ${d.pos(0.2, 6)})`]
  return {
    text: `Pareto(${xm}, ${a})`,
    kind: "Pareto",
    mean: `${a}*${xm}/(${a} - 1)`,
    variance: `${xm}^2*${a}/((${a} - 1)^2*(${a} - 2))`,
    lo: xm,
    hi: "inf",
    entropy: `log(${xm}/${a}) + 1/${a} + 1`,
    point: `(${xm} + ${d.pos(0.05, 6)})`,
    quantile: (p) => `${xm}*(1 - ${p})^(-1/${a})`,
    pdf: (x) => `${a}*${xm}^${a}/${x}^(${a} + 1)`,
    cdf: (x) => `1 - (${xm}/${x})^${a}`,
  }
}

const CONTINUOUS: Readonly<Record<string, Make>> = {
  normal,
  uniform,
  exponential,
  gamma,
  beta,
  laplace,
  logistic,
  cauchy,
  student,
  logNormal,
  pareto,
}

/** A continuous law on the line, of one of the named families or any. */
export const continuousLaw = (d: Draw, names: ReadonlyArray<string> = Object.keys(CONTINUOUS)): LawDraft => CONTINUOUS[d.pick(names)]!(d)
/** With a mean and a variance. */
export const momentLaw = (d: Draw): LawDraft =>
  continuousLaw(
    d,
    Object.keys(CONTINUOUS).filter((n) => n !== "cauchy"),
  )
/** A law that fills the line. */
export const lineLaw = (d: Draw): LawDraft => continuousLaw(d, ["normal", "laplace", "logistic", "student"])

export interface DiscreteDraft {
  readonly text: string
  readonly mean: string
  readonly variance: string
  readonly entropy: string | undefined
}

/** A law on integers or on finitely many numbers. */
export const discreteLaw = (d: Draw): DiscreteDraft => {
  const p = d.prob()
  switch (d.int(0, 4)) {
    case 0:
      return { text: `Bernoulli(${p})`, mean: p, variance: `${p}*(1 - ${p})`, entropy: `-${p}*log(${p}) - (1 - ${p})*log(1 - ${p})` }
    case 1: {
      const n = d.int(1, 12)
      return { text: `Binomial(${n}, ${p})`, mean: `${n}*${p}`, variance: `${n}*${p}*(1 - ${p})`, entropy: undefined }
    }
    case 2: {
      const r = d.pos(0.1, 9)
      return { text: `Poisson(${r})`, mean: r, variance: r, entropy: undefined }
    }
    case 3:
      return { text: `Geometric(${p})`, mean: `1/${p}`, variance: `(1 - ${p})/${p}^2`, entropy: `(-${p}*log(${p}) - (1 - ${p})*log(1 - ${p}))/${p}` }
    default: {
      const [w, x] = [d.weights(3), [d.real(), d.real(), d.real()]]
      const mean = `(${w.map((c, i) => `${c}*${x[i]}`).join(" + ")})`
      return {
        text: `Discrete([${x.join(", ")}], [${w.join(", ")}])`,
        mean,
        variance: w.map((c, i) => `${c}*(${x[i]} - ${mean})^2`).join(" + "),
        entropy: undefined,
      }
    }
  }
}

export interface MixtureDraft {
  readonly text: string
  readonly weights: ReadonlyArray<string>
  readonly parts: ReadonlyArray<string>
  readonly means: ReadonlyArray<string>
  readonly sds: ReadonlyArray<string>
}

/** A mixture of normals. */
export const normalMixture = (d: Draw, n = d.int(2, 3)): MixtureDraft => {
  const weights = d.weights(n)
  const means = weights.map(() => d.real(4))
  const sds = weights.map(() => d.pos(0.2, 3))
  const parts = means.map((m, i) => `Normal(${m}, ${sds[i]})`)
  return { text: `Mixture([${weights.join(", ")}], [${parts.join(", ")}])`, weights, parts, means, sds }
}

/** A draft about a law that has the named property; other laws are drawn again. */
export const having = <K extends keyof LawDraft>(
  d: Draw,
  key: K,
  f: (law: LawDraft & Required<Pick<LawDraft, K>>) => Draft,
  make: (d: Draw) => LawDraft = continuousLaw,
): Draft => {
  for (;;) {
    const law = make(d)
    if (law[key] !== undefined) return f(law as LawDraft & Required<Pick<LawDraft, K>>)
  }
}
