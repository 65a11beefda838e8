/**
 * Finite discrete laws: P(X = x_i) = p_i. Equal atoms are merged; atoms of mass 0 stay (they matter for 0 log 0), and densities are masses.
 */
import { compareNodes } from "../decide.ts"
import { minus, plus, sum, times } from "../derivative.ts"
import type { Atom, Law } from "../law.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { TooLarge, Undefined } from "../value.ts"
import { LINE, binomial, integerOf, isZero, log, needProbability, needWeights, outsideLog, power } from "./support.ts"

/** Law with the given atoms and masses >= 0 that sum to 1; else throws Undefined. */
export const discrete = (
  values: ReadonlyArray<Node>,
  masses: ReadonlyArray<Node>,
  kind = "Discrete",
  params: Readonly<Record<string, Node>> = {},
): Law => {
  if (values.length !== masses.length)
    throw new Undefined(`shape mismatch: ${kind} needs as many values as probabilities, got ${values.length} and ${masses.length}`)
  needWeights(kind, masses)
  const atoms = merged(values.map((at, i) => ({ at, mass: masses[i]! })))
  return {
    kind,
    params,
    dimension: 1,
    type: "discrete",
    support: LINE,
    atoms,
    pdf: ([x]) => choose(x!, atoms, (mass) => mass, N.integer(0)),
    logpdf: ([x]) => choose(x!, atoms, (mass) => (isZero(mass) ? outsideLog() : log(mass)), outsideLog()),
    cdf: (x) => sum(atoms.filter((a) => !isZero(a.mass)).map((a) => N.conditional("<=", a.at, x, a.mass, N.integer(0)))),
    moment: (k) => sum(atoms.filter((a) => !isZero(a.mass)).map((a) => times(a.mass, power(a.at, k)))),
  }
}

const merged = (atoms: ReadonlyArray<Atom>): ReadonlyArray<Atom> => {
  const kept: Array<Atom> = []
  for (const atom of atoms) {
    const i = kept.findIndex((k) => k.at === atom.at || compareNodes(k.at, atom.at) === 0)
    if (i < 0) kept.push(atom)
    else kept[i] = { at: kept[i]!.at, mass: plus(kept[i]!.mass, atom.mass) }
  }
  return kept
}

const choose = (x: Node, atoms: ReadonlyArray<Atom>, value: (mass: Node) => Node, otherwise: Node): Node =>
  atoms.reduceRight((rest, atom) => (x === atom.at ? value(atom.mass) : N.conditional("==", x, atom.at, value(atom.mass), rest)), otherwise)

/** P(X = 1) = p, P(X = 0) = 1 - p. */
export const bernoulli = (p: Node): Law => {
  needProbability("Bernoulli", "p", p)
  return discrete([N.integer(0), N.integer(1)], [minus(N.integer(1), p), p], "Bernoulli", { p })
}

const MAX_SIZE = 1000

/** P(X = k) = C(n, k) p^k (1 - p)^(n - k), 0 <= k <= n <= 1000. */
export const binomialLaw = (n: Node, p: Node): Law => {
  needProbability("Binomial", "p", p)
  const size = integerOf(n)
  if (size === undefined || size < 0) throw new Undefined("Binomial needs an integer n >= 0")
  if (size > MAX_SIZE) throw new TooLarge(`Binomial with n of at most ${MAX_SIZE} is expected, not ${size}`)
  const ks = Array.from({ length: size + 1 }, (_, k) => k)
  const choices = ks.reduce<Array<bigint>>((c, k) => [...c, k === 0 ? 1n : (c[k - 1]! * BigInt(size - k + 1)) / BigInt(k)], [])
  const mass = (k: number): Node =>
    times(times(size < 50 ? N.integer(binomial(size, k)) : exactInteger(choices[k]!), power(p, k)), power(minus(N.integer(1), p), size - k))
  return discrete(
    ks.map((k) => N.integer(k)),
    ks.map(mass),
    "Binomial",
    { n, p },
  )
}

const exactInteger = (k: bigint): Node => N.constant({ n: k, d: 1n })

/** P(X = k) = p_k on 0..K-1. */
export const categorical = (probabilities: ReadonlyArray<Node>): Law =>
  discrete(
    probabilities.map((_, k) => N.integer(k)),
    probabilities,
    "Categorical",
  )

/** All mass at x. */
export const dirac = (x: Node): Law => discrete([x], [N.integer(1)], "Dirac", { x })
