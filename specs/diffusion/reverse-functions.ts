/**
 * Schemes for the reversed process as typed functions. Each takes the parameters of its family in a fixed order; T is among them.
 */
import * as Q from "../../src/core/rational.ts"
import type { Rational } from "../../src/core/rational.ts"
import type { Family, TypedFunction } from "../../src/core/statement.ts"
import * as N from "../../src/expression/node.ts"
import type { Node } from "../../src/expression/node.ts"
import { asInteger } from "../../src/expression/operators.ts"
import { substitute } from "../../src/expression/substitute.ts"
import { tape } from "../../src/expression/tape.ts"
import { Undefined, asNode, scalar, typedFunction, vector } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import { eulerMoments, grid } from "../../src/math/euler-maruyama.ts"
import { taylorFlow } from "../../src/expression/taylor-flow.ts"
import { PLACE, TIME, entries, external, writer } from "./reverse-formulas.ts"
import type { Writer } from "./reverse-formulas.ts"

const horizonOf = (names: ReadonlyArray<string>, values: ReadonlyArray<Value>): Rational => {
  const node = asNode(values[names.indexOf("T")]!, "the horizon T")
  if (node.op !== "const" || node.value.n <= 0n) throw new Undefined("the horizon T must be positive")
  return node.value
}

const stepsOf = (value: Value): number => {
  const n = asInteger(value, "the number of steps")
  if (n < 1 || n > 1024) throw new Undefined("the number of steps must be 1..1024")
  return n
}

/** Drift slope x + shift and squared noise of the reversed process. */
const coefficients = (at: Writer, values: ReadonlyArray<Value>): readonly [slope: Node, shift: Node, noise: Node] => [
  at("slope(time)", values),
  at("shift(time)", values),
  at("noise(time)", values),
]

/** euler(n, parameters...) = [mean, variance] at time 0 after n Euler-Maruyama steps from N(m(T), W(T)). */
export const euler = (label: string, lets: Family["let"], names: ReadonlyArray<string>): TypedFunction => {
  const at = writer(lets, names)
  return typedFunction(names.length + 1, ([count, ...values]) => {
    const [steps, horizon] = [stepsOf(count!), horizonOf(names, values)]
    const [slope, shift, noise] = coefficients(at, values)
    const moment = (which: "mean" | "variance"): Node =>
      external(`${label} ${which} ${steps}`, [at("m(T)", values), at("W(T)", values), ...values.flatMap(entries)], (A, [mean, variance]) => {
        const [a, b, c] = [tape(slope, [TIME], A), tape(shift, [TIME], A), tape(noise, [TIME], A)]
        return eulerMoments(A, steps, horizon, (t) => ({ slope: a([t]), shift: b([t]), noise: c([t]) }), { mean: mean!, variance: variance! })[which]
      })
    return vector([moment("mean"), moment("variance")])
  })
}

/** simulated(n, parameters...) = E Phi(X_0 - m0) over the noise of those n steps, Phi the standard normal distribution function: to be sampled. */
export const simulated = (lets: Family["let"], names: ReadonlyArray<string>): TypedFunction => {
  const at = writer(lets, names)
  return typedFunction(names.length + 1, ([count, ...values]) => {
    const [steps, horizon] = [stepsOf(count!), horizonOf(names, values)]
    const all = coefficients(at, values)
    const h = N.constant(Q.div(horizon, Q.rational(steps)))
    const variables = Array.from({ length: steps + 1 }, (_, i) => `z.${i}~1`)
    const noisy = (x: Node, variance: Node, i: number): Node => N.add(x, N.mul(N.call("sqrt", variance), N.variable(variables[i]!)))
    const end = grid(steps, horizon).reduce(
      (x, t, i) => {
        const [slope, shift, noise] = all.map((n) => substitute(n, new Map([[TIME, N.constant(t)]]))) as [Node, Node, Node]
        return noisy(N.sub(x, N.mul(h, N.add(N.mul(slope, x), shift))), N.mul(h, noise), i + 1)
      },
      noisy(at("m(T)", values), at("W(T)", values), 0),
    )
    return scalar(N.expect({ kind: "normal", variables }, N.call("normcdf", N.sub(end, at("m0", values)))))
  })
}

/** flow(x0, parameters...) = x(T) for the probability flow x' = v(x, t), x(0) = x0, enclosed. */
export const flow = (label: string, lets: Family["let"], names: ReadonlyArray<string>): TypedFunction => {
  const at = writer(lets, names)
  return typedFunction(names.length + 1, ([start, ...values]) => {
    const [velocity, horizon] = [at("v(place, time)", values), horizonOf(names, values)]
    const args = [asNode(start!, "the start of a flow"), ...values.flatMap(entries)]
    return scalar(external(`${label} end`, args, (A, [x0]) => taylorFlow(A, velocity, PLACE, TIME, x0!, horizon)))
  })
}
