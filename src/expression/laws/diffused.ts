/**
 * The law of a X + s e, e standard normal and independent of X: the forward marginal of diffusion models.
 *
 *   normal: N(a m, a^2 v + s^2)        atoms: mixture of N(a x_i, s^2)
 *   uniform on [l, h]: (Phi(u) - Phi(v)) / (a (h - l)),  u = (y - a l)/s, v = (y - a h)/s
 *     F(y) = s (G(u) - G(v)) / (a (h - l)),  G(t) = t Phi(t) + phi(t)
 *   Laplace, beta = |a| b, z = y - a m:  e^(s^2 / 2 beta^2) / (2 beta) [e^(-z/beta) Phi(z/s - s/beta) + e^(z/beta) Phi(-z/s - s/beta)]
 *   otherwise a convolution integral.
 * Log densities go through log Phi, so that the far tail keeps its relative accuracy.
 */
import { signOf } from "../decide.ts"
import { minus, negate, over, plus, times } from "../derivative.ts"
import { integrate } from "../integrals.ts"
import type { Law } from "../law.ts"
import { identity, scale, zip } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined } from "../value.ts"
import { affine, affineVector } from "./affine.ts"
import { overIntegers } from "./counting.ts"
import { mvNormal } from "./mv-normal.ts"
import { expOf, mixtureOf } from "./mixture.ts"
import type { Part } from "./mixture.ts"
import { normal, normalFromVariance } from "./normal.ts"
import { product } from "./product.ts"
import { LINE, affineMoment, exp, half, halved, insideOf, isZero, log, nodesOf } from "./support.ts"
import type { Density } from "./support.ts"

/** Law of a X + s e for s >= 0 (s = 0 is a X). Throws Undefined for s < 0. */
export const diffused = (law: Law, a: Node, s: Node): Law => {
  const order = signOf(s)
  if (order === -1) throw new Undefined("Diffused needs s >= 0")
  const zero = N.integer(0)
  if (order === 0)
    return law.dimension === 1
      ? affine(law, a, zero)
      : affineVector(
          law,
          a,
          Array.from({ length: law.dimension }, () => zero),
        )
  if (isZero(a) && law.dimension === 1) return normal(zero, s)
  const v = N.powi(s, 2)
  const p = law.params
  if (law.atoms !== undefined)
    return mixtureOrSingle(law.atoms.filter((atom) => !isZero(atom.mass)).map((atom) => ({ weight: atom.mass, law: normal(times(a, atom.at), s) })))
  switch (law.kind) {
    case "Normal":
      return normalFromVariance(times(a, p["m"]!), plus(times(N.powi(a, 2), p["v"]!), v))
    case "MvNormal": {
      const { mean, cov } = law.gaussian!
      return mvNormal(
        mean.map((m) => times(a, m)),
        zip(scale(N.powi(a, 2), cov), scale(v, identity(law.dimension)), plus),
      )
    }
    case "Mixture":
      return mixtureOf(law.parts!.flatMap((q) => partsOf(q.weight, diffused(q.law, a, s))))
    case "Product":
      return product(law.parts!.map((q) => diffused(q.law, a, s)))
    case "Uniform":
      return { ...made(law, a, s, "DiffusedUniform", uniformDensity(p["a"]!, p["b"]!, a, s)), cdf: uniformCdf(p["a"]!, p["b"]!, a, s) }
    case "Laplace": {
      const beta = times(N.abs(a), p["b"]!)
      return { ...made(law, a, s, "DiffusedLaplace", laplaceDensity(p["m"]!, beta, a, s)), cdf: laplaceCdf(p["m"]!, beta, a, s) }
    }
    case "Exponential":
      if (signOf(a) === 1) return made(law, a, s, "DiffusedExponential", exponentialDensity(over(p["rate"]!, a), s))
  }
  return made(law, a, s, "Diffused", convolution(law, a, s))
}

/** A component that became a mixture, an atom each, is several. */
const partsOf = (weight: Node, law: Law): ReadonlyArray<Part> =>
  law.kind === "Mixture" ? law.parts!.map((p) => ({ weight: times(weight, p.weight), law: p.law })) : [{ weight, law }]

const mixtureOrSingle = (parts: ReadonlyArray<Part>): Law => (parts.length === 1 ? parts[0]!.law : mixtureOf(parts))

const made = (law: Law, a: Node, s: Node, kind: string, density: Density): Law => ({
  kind,
  params: { a, s },
  dimension: 1,
  type: "continuous",
  support: LINE,
  parts: [{ weight: N.integer(1), law }],
  ...density,
  ...(law.moment === undefined ? {} : { moment: (k: number) => diffusedMoment(law, a, s, k) }),
})

/** E (a X + s e)^k: moments of X scaled by a, then of s e by Newton's binomial. */
const diffusedMoment = (law: Law, a: Node, s: Node, k: number): Node => {
  const noise = normal(N.integer(0), s).moment!
  const scaled = (j: number): Node => affineMoment(law.moment!, a, N.integer(0), j)
  for (let j = 1; j <= k; j++) {
    const m = scaled(j)
    if (m.op === "undefined" || m.op === "infinite") return m
  }
  let total = N.integer(0)
  let choose = 1
  for (let j = 0; j <= k; j++) {
    total = plus(total, times(N.integer(choose), times(j === 0 ? N.integer(1) : scaled(j), k === j ? N.integer(1) : noise(k - j))))
    choose = (choose * (k - j)) / (j + 1)
  }
  return total
}

const logPhi = (t: Node): Node => N.call("lognormcdf", t)
const phi = (t: Node): Node => N.call("normcdf", t)

const uniformDensity = (lo: Node, hi: Node, a: Node, s: Node): Density => {
  const width = times(a, minus(hi, lo))
  const side = signOf(a)
  const u = (y: Node): Node => over(minus(y, times(a, lo)), s)
  const v = (y: Node): Node => over(minus(y, times(a, hi)), s)
  // Without the sign of a only the plain difference is right on both sides.
  if (side === undefined) {
    const pdf = ([y]: ReadonlyArray<Node>): Node => over(minus(phi(u(y!)), phi(v(y!))), width)
    return { pdf, logpdf: (x) => log(pdf(x)) }
  }
  const [first, second, size] = side === 1 ? [u, v, width] : [v, u, negate(width)]
  const centre = halved(times(a, plus(lo, hi)))
  // Right of the centre by reflection: Phi(u) - Phi(v) = Phi(-v) - Phi(-u), both in the lower tail.
  const split = (y: Node, f: (t: Node, r: Node) => Node): Node =>
    N.conditional("<=", y, centre, f(first(y), second(y)), f(negate(second(y)), negate(first(y))), true)
  return {
    pdf: ([y]) => split(y!, (t, r) => over(minus(phi(t), phi(r)), size)),
    logpdf: ([y]) => split(y!, (t, r) => minus(plus(logPhi(t), log(negate(N.call("expm1", minus(logPhi(r), logPhi(t)))))), log(size))),
  }
}

/** s (G(u) - G(v)) / (a (h - l)),  G(t) = t Phi(t) + phi(t), an antiderivative of Phi. */
const uniformCdf =
  (lo: Node, hi: Node, a: Node, s: Node) =>
  (y: Node): Node => {
    const standard = normal(N.integer(0), N.integer(1))
    const G = (t: Node): Node => plus(times(t, phi(t)), standard.pdf([t]))
    const end = (x: Node): Node => G(over(minus(y, times(a, x)), s))
    return over(times(s, minus(end(lo), end(hi))), times(a, minus(hi, lo)))
  }

const laplaceDensity = (m: Node, beta: Node, a: Node, s: Node): Density => {
  const ratio = over(s, beta)
  return expOf(([y]) => {
    const z = minus(y!, times(a, m))
    const arm = (t: Node): Node => minus(logPhi(minus(over(t, s), ratio)), over(t, beta))
    return minus(plus(halved(N.powi(ratio, 2)), N.logsumexp([arm(z), arm(negate(z))])), log(times(N.integer(2), beta)))
  })
}

const laplaceCdf =
  (m: Node, beta: Node, a: Node, s: Node) =>
  (y: Node): Node => {
    const ratio = over(s, beta)
    const z = minus(y, times(a, m))
    const arm = (t: Node): Node => exp(plus(halved(N.powi(ratio, 2)), minus(logPhi(minus(over(t, s), ratio)), over(t, beta))))
    return minus(phi(over(z, s)), times(half(), minus(arm(z), arm(negate(z)))))
  }

/** a X exponential of the given rate: rate exp(rate^2 s^2 / 2 - rate y) Phi(y/s - rate s). */
const exponentialDensity = (rate: Node, s: Node): Density =>
  expOf(([y]) => {
    const c = times(rate, s)
    return plus(plus(log(rate), minus(halved(N.powi(c, 2)), times(rate, y!))), logPhi(minus(over(y!, s), c)))
  })

/** Over the noise where X fills the line (a Gaussian weight whatever the tails of X), over X where its support ends. */
const convolution = (law: Law, a: Node, s: Node): Density => {
  const surroundings = [...nodesOf(law), a, s]
  const full = law.support.lo === undefined && law.support.hi === undefined && law.type === "continuous"
  const pdf = ([y]: ReadonlyArray<Node>): Node => {
    if (law.from !== undefined) return overIntegers(law, [...surroundings, y!], (k) => normal(times(a, k), s).pdf([y!]))
    if (full) {
      const noise = normal(N.integer(0), N.integer(1))
      const body = (e: Node): Node => times(noise.pdf([e]), over(law.pdf([over(minus(y!, times(s, e)), a)]), N.abs(a)))
      return integrate("e", undefined, undefined, [...surroundings, y!], body)
    }
    const base = law.standard
    const { lo, hi } = (base?.law ?? law).support
    const body = (w: Node): Node =>
      times(insideOf(base?.law ?? law).pdf([w]), normal(times(a, base === undefined ? w : plus(base.location, times(base.scale, w))), s).pdf([y!]))
    return integrate("w", lo, hi, [...surroundings, y!], body)
  }
  return { pdf, logpdf: (x) => log(pdf(x)) }
}
