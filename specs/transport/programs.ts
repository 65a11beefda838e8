/**
 * Suprema over dual variables as linear programs in exact rationals, each with its proof checked: the multipliers of an optimum, the ray of an unbounded one.
 *
 * A supremum that is +infinity becomes the enclosure [v, inf], v the value of a feasible point far out on the ray: what is below v differs from it.
 */
import type { Rational } from "../../src/core/rational.ts"
import { ONE, ZERO, add, compare, div, mul, rational, sub } from "../../src/core/rational.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { Undefined, asMatrix, asNode, asVector, scalar, typedFunction } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { dualProgram, testFunctionProgram } from "../../src/math/transport-dual.ts"
import { cramerOnLine, w1OnLine } from "../../src/math/transport-line.ts"
import type { LineLaw } from "../../src/math/transport-line.ts"
import { checkLinearProgram, exactSimplex } from "../../src/math/transport-lp.ts"
import type { LinearProgram } from "../../src/math/transport-lp.ts"
import { rationals } from "./costs.ts"

const vectorOf = (v: Value, what: string): ReadonlyArray<Rational> => rationals(asVector(v, what), what)
const matrixOf = (v: Value, what: string): ReadonlyArray<ReadonlyArray<Rational>> => asMatrix(v, what).map((row) => rationals(row, what))
const size = (x: Rational): Rational => (x.n < 0n ? sub(ZERO, x) : x)
const dot = (u: ReadonlyArray<Rational>, v: ReadonlyArray<Rational>): Rational => u.reduce((s, x, k) => add(s, mul(x, v[k]!)), ZERO)

const supremum = (program: LinearProgram): Value => {
  const result = exactSimplex(program)
  const complaint = checkLinearProgram(program, result)
  if (complaint !== undefined) throw new RangeError(complaint)
  if (result.status === "infeasible") throw new Undefined("no function meets the conditions of the supremum")
  if (result.status === "optimal") return scalar(N.constant(result.value))
  // Beyond the sum of |C_ij|, which no transport cost exceeds.
  const beyond = program.rhs.map(size).reduce(add, ONE)
  const start = dot(program.objective, result.x)
  return scalar(unbounded(N.constant(add(start, size(sub(beyond, start))))))
}

const unbounded = (value: Node): Node => N.external("unbounded", [value], (A, [v]) => A.range(A.bounds(v!)[0], Infinity))

/** flippedSup(C, a, b) = sup {a.phi + b.psi : phi_i + psi_j >= C_ij}: never finite. */
export const flippedSup = typedFunction(3, ([c, a, b]) =>
  supremum(dualProgram(matrixOf(c!, "C of flippedSup"), vectorOf(a!, "a of flippedSup"), vectorOf(b!, "b of flippedSup"), ">=")),
)

/** partnerSup(C, phi, b) = sup {b.psi : phi_i + psi_j <= C_ij}. */
export const partnerSup = typedFunction(3, ([c, phi, b]) => {
  const [cost, f, masses] = [matrixOf(c!, "C of partnerSup"), vectorOf(phi!, "phi of partnerSup"), vectorOf(b!, "b of partnerSup")]
  const pairs = cost.flatMap((row, i) => row.map((x, j) => ({ j, limit: sub(x, f[i]!) })))
  return supremum({
    objective: masses,
    rows: pairs.map(({ j }) => masses.map((_, k) => (k === j ? ONE : ZERO))),
    relations: pairs.map(() => "<="),
    rhs: pairs.map(({ limit }) => limit),
    free: masses.map(() => true),
  })
})

/** lipschitzSup(d, w, L) = sup {w.f : f_i - f_j <= L d_ij}. */
export const lipschitzSup = typedFunction(3, ([d, w, l]) =>
  supremum(
    testFunctionProgram(matrixOf(d!, "d of lipschitzSup"), vectorOf(w!, "w of lipschitzSup"), {
      lipschitz: rationals([asNode(l!, "L of lipschitzSup")], "L of lipschitzSup")[0]!,
    }),
  ),
)

/** boundedSup(d, w) = sup {w.f : |f| <= 1}; of the distances d only matters which of them are 0, for f has one value there. */
export const boundedSup = typedFunction(2, ([d, w]) => {
  const distances = matrixOf(d!, "d of boundedSup")
  const least = distances
    .flat()
    .filter((x) => x.n > 0n)
    .reduce((x, y) => (compare(x, y) <= 0 ? x : y), ONE)
  return supremum(testFunctionProgram(distances, vectorOf(w!, "w of boundedSup"), { lipschitz: div(rational(2), least), sup: ONE }))
})

/** boundedLipschitzSup(d, w) = sup {w.f : |f| <= 1, f_i - f_j <= d_ij}. */
export const boundedLipschitzSup = typedFunction(2, ([d, w]) =>
  supremum(testFunctionProgram(matrixOf(d!, "d of boundedLipschitzSup"), vectorOf(w!, "w of boundedLipschitzSup"), { lipschitz: ONE, sup: ONE })),
)

const onLine = (form: string, f: (p: LineLaw, q: LineLaw) => Rational) =>
  typedFunction(4, ([x, a, y, b]) => {
    const [at, mass, to, need] = [x!, a!, y!, b!].map((v) => vectorOf(v, `an argument of ${form}`)) as [
      LineLaw["at"],
      LineLaw["mass"],
      LineLaw["at"],
      LineLaw["mass"],
    ]
    if (at.length !== mass.length || to.length !== need.length) throw new Undefined(`${form} needs as many atoms as masses`)
    return scalar(N.constant(f({ at, mass }, { at: to, mass: need })))
  })

/** area(x, a, y, b) = int |F - G| dx for the laws with atoms x, y and masses a, b. */
export const area = onLine("area", w1OnLine)

/** squaredArea(x, a, y, b) = int (F - G)^2 dx. */
export const squaredArea = onLine("squaredArea", cramerOnLine)

export const programFunctions = { area, boundedLipschitzSup, boundedSup, flippedSup, lipschitzSup, partnerSup, squaredArea }
