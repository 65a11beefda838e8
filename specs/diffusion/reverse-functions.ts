/**
 * Schemes as typed functions. Each takes the parameters of its family by name and writes the coefficients out from the family's own definitions, with the
 * time (and the place) left as variables, so that a scheme and the formulas around it can never mean different processes.
 */
import type { Family, TypedFunction } from "../../src/core/statement.ts"
import * as Q from "../../src/core/rational.ts"
import type { Rational } from "../../src/core/rational.ts"
import { elaborate, environment } from "../../src/expression/elaborate.ts"
import type { Definition } from "../../src/expression/environment.ts"
import * as N from "../../src/expression/node.ts"
import type { Compute, Node } from "../../src/expression/node.ts"
import { asInteger } from "../../src/expression/operators.ts"
import { substitute } from "../../src/expression/substitute.ts"
import { parseFormula } from "../../src/expression/syntax.ts"
import { tape } from "../../src/expression/tape.ts"
import { Undefined, asNode, scalar, typedFunction, vector } from "../../src/expression/value.ts"
import type { Value } from "../../src/expression/value.ts"
import type { Arithmetic } from "../../src/interval/arithmetic.ts"
import { eulerMoments, grid } from "../../src/math/euler-maruyama.ts"
import { taylorFlow } from "../../src/math/taylor-flow.ts"

const [TIME, PLACE] = ["t~0", "x~0"]

/** Definitions by name, as the elaborator reads them. */
const definitions = (lets: Family["let"]): ReadonlyMap<string, Definition> =>
  new Map(
    Object.entries(lets).map(([key, body]): [string, Definition] => {
      const head = parseFormula(key)
      if (head.kind !== "call" && head.kind !== "name") throw new TypeError(`"${key}" is no name with optional arguments`)
      const parameters = head.kind === "name" ? [] : head.args.flatMap((a) => (a.kind === "name" ? [a.name] : []))
      return [head.name, { parameters, body: parseFormula(body) }]
    }),
  )

/** A family's formulas at given parameter values, the time written `time` and the place `place`. */
const written = (lets: Family["let"], names: ReadonlyArray<string>): ((formula: string, values: ReadonlyArray<Value>) => Node) => {
  const known = definitions(lets)
  return (formula, values) => {
    const variables: ReadonlyArray<[string, Value]> = [
      ["time", scalar(N.variable(TIME))],
      ["place", scalar(N.variable(PLACE))],
    ]
    return asNode(
      elaborate(parseFormula(formula), environment(new Map([...names.map((name, i): [string, Value] => [name, values[i]!]), ...variables]), known)),
      formula,
    )
  }
}

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

/** Parameters are closed, so a scheme runs once per arithmetic, however often its node is asked. */
const once = (compute: Compute): Compute => {
  const known = new WeakMap<object, unknown>()
  return <T>(A: Arithmetic<T>, args: ReadonlyArray<T>): T => {
    if (!known.has(A)) known.set(A, compute(A, args))
    return known.get(A) as T
  }
}

const external = (label: string, args: ReadonlyArray<Node>, compute: Compute): Node =>
  N.external(label, args, args.every((a) => a.free.length === 0) ? once(compute) : compute)

const nodes = (v: Value): ReadonlyArray<Node> => (v.kind === "array" ? v.items.flatMap(nodes) : [asNode(v, "a parameter")])

/** euler(n, parameters...) = [mean, variance] at time 0 of the reverse SDE by n Euler-Maruyama steps, started from N(m(T), W(T)). */
export const euler = (label: string, lets: Family["let"], names: ReadonlyArray<string>): TypedFunction => {
  const at = written(lets, names)
  return typedFunction(names.length + 1, ([count, ...values]) => {
    const [steps, horizon] = [stepsOf(count!), horizonOf(names, values)]
    const [slope, shift, noise, mean, variance] = ["slope(time)", "shift(time)", "noise(time)", "m(T)", "W(T)"].map((f) => at(f, values)) as [
      Node,
      Node,
      Node,
      Node,
      Node,
    ]
    const moment = (which: "mean" | "variance"): Node =>
      external(`${label} ${which} ${steps}`, [mean, variance, ...values.flatMap(nodes)], (A, [m, v]) => {
        const [a, b, c] = [tape(slope, [TIME], A), tape(shift, [TIME], A), tape(noise, [TIME], A)]
        return eulerMoments(A, steps, horizon, (t) => ({ slope: a([t]), shift: b([t]), noise: c([t]) }), { mean: m!, variance: v! })[which]
      })
    return vector([moment("mean"), moment("variance")])
  })
}

/** simulated(n, parameters...) = E Phi(X_0 - m0) over the noise of n Euler-Maruyama steps, Phi the standard normal distribution function: an expectation to be sampled. */
export const simulated = (lets: Family["let"], names: ReadonlyArray<string>): TypedFunction => {
  const at = written(lets, names)
  return typedFunction(names.length + 1, ([count, ...values]) => {
    const [steps, horizon] = [stepsOf(count!), horizonOf(names, values)]
    const [slope, shift, noise] = ["slope(time)", "shift(time)", "noise(time)"].map((f) => at(f, values)) as [Node, Node, Node]
    const h = N.constant(Q.div(horizon, Q.rational(steps)))
    const variables = Array.from({ length: steps + 1 }, (_, i) => `z.${i}~1`)
    const normal = (i: number): Node => N.variable(variables[i]!)
    const start = N.add(at("m(T)", values), N.mul(N.call("sqrt", at("W(T)", values)), normal(0)))
    const end = grid(steps, horizon).reduce((x, t, i) => {
      const [a, b, c] = [slope, shift, noise].map((n) => substitute(n, new Map([[TIME, N.constant(t)]]))) as [Node, Node, Node]
      return N.add(N.sub(x, N.mul(h, N.add(N.mul(a, x), b))), N.mul(N.call("sqrt", N.mul(h, c)), normal(i + 1)))
    }, start)
    return scalar(N.expect({ kind: "normal", variables }, N.call("normcdf", N.sub(end, at("m0", values)))))
  })
}

/** flow(x0, parameters...) = x(T) for the probability flow x' = v(x, t), x(0) = x0, enclosed. */
export const flow = (label: string, lets: Family["let"], names: ReadonlyArray<string>): TypedFunction => {
  const at = written(lets, names)
  return typedFunction(names.length + 1, ([start, ...values]) => {
    const [velocity, horizon] = [at("v(place, time)", values), horizonOf(names, values)]
    const args = [asNode(start!, "the start of a flow"), ...values.flatMap(nodes)]
    return scalar(external(`${label} flow`, args, (A, [x0]) => taylorFlow(A, velocity, PLACE, TIME, x0!, horizon)))
  })
}
