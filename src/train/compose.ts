/**
 * Composition: stages that fit make a program. The kind of the model ties them together: an objective, a sampler or a measurement written for another kind,
 * another item shape or another prediction does not compile.
 *
 *   data -> model -> objective -> train -> sample -> evaluate -> gates, with monitors looking on
 */
import type { Metric } from "../math/metric.ts"
import { initialise, mustFit } from "../models/network.ts"
import type { Parameters, Weights } from "../models/network.ts"
import type { Stream } from "../random/stream.ts"
import { compiled } from "../tensor/compiled.ts"
import type { Compiled } from "../tensor/compiled.ts"
import type { Tensor, Tensor1D } from "../tensor/tf.ts"
import { makeGroup } from "./group.ts"
import type { Group } from "./group.ts"
import { rateAt } from "./learning-rate.ts"
import type { Finding } from "./monitors/finding.ts"
import { routingFindings, SETTLED } from "./monitors/m10-routing.ts"
import type { Model, Objective, Phase } from "./objective.ts"
import { StateMismatch } from "./program.ts"
import type { Gate, Monitor, Program, Provenance, Samples, Scalars, State } from "./program.ts"
import type { Workshop } from "./recipe.ts"
import type { TrainSettings } from "./settings.ts"
import type { Trained } from "./trained.ts"
import { makeUpdate } from "./update.ts"

export interface Stages<M extends Model, Name extends string> {
  readonly data: ReadonlyArray<Provenance>
  readonly model: M
  readonly objective: Objective<M, Name>
  readonly train: TrainSettings
  readonly sample: (trained: Trained<M>, n: number, stream: Stream) => Promise<ReadonlyArray<Samples>>
  readonly evaluate: (trained: Trained<M>) => Promise<ReadonlyArray<Metric>>
  readonly gates: ReadonlyArray<Gate>
  readonly monitors: (trained: Trained<M>) => ReadonlyArray<Monitor>
}

/** The program of the stages. Throws a TypeError unless exactly one phase trains each parameter. */
export const compose = <M extends Model, Name extends string>(stages: Stages<M, Name>, { tf, streams }: Workshop): Program => {
  const { model, objective, train } = stages
  const { phases } = objective
  once(model.parameters, phases)
  mustFit(model.parameters, train.batch)
  const initial = initialise(model.parameters, (name) => streams("init", name))
  const groups = phases.map(({ trains }) => makeGroup(tf, startingWith(trains, model.parameters), initial, train))
  const updates = phases.map((phase, i) =>
    makeUpdate(tf, { phase, groups, group: groups[i]!, loss: (weights, inputs) => phase.loss(tf, model, weights, inputs) }),
  )

  // Who takes steps has a turn after each. Another for one evaluation would cost as much as a dozen operations on few numbers.
  let turned = false
  const prepared = new Map<unknown, Compiled>()
  const trained: Trained<M> = {
    model,
    compute: async (f, inputs) => {
      if (!turned) await turn()
      turned = false
      const weights = (vectors: ReadonlyArray<Tensor>): Weights =>
        Object.assign({}, ...groups.map((group, i) => group.weights(vectors[i] as Tensor1D)))
      const averaged = groups.map((group) => group.averaged())
      const values = async (out: Tensor): Promise<Float32Array> => {
        try {
          return (await out.data()) as Float32Array
        } finally {
          out.dispose()
        }
      }
      if (inputs === undefined) return values(tf.tidy(() => f(tf, model, weights(averaged), {})))
      const given = Object.entries(inputs)
      const whole =
        prepared.get(f) ??
        compiled(tf, (all) => [f(tf, model, weights(all), Object.fromEntries(given.map(([name], i) => [name, all[groups.length + i]!])))])
      prepared.set(f, whole)
      const tensors = given.map(([, each]) => tf.tensor(each.values, [...each.shape]))
      try {
        return await values(whole.run([...averaged, ...tensors])[0]!)
      } finally {
        tf.dispose(tensors)
      }
    },
    // Vectors are replaced, not changed.
    version: () => groups.map((group) => group.averaged().id).join(),
  }

  return {
    steps: train.steps,
    parameters: groups.reduce((sum, group) => sum + group.parameters, 0),
    data: stages.data,
    step: async (k) => {
      let scalars: Scalars = { loss: Number.NaN }
      for (const [i, { name, times }] of phases.entries()) {
        for (let r = 0; r < times; r++) {
          const last = await updates[i]!.take(k, r)
          scalars = phases.length === 1 ? last : { ...scalars, ...prefixed(name, last), loss: last.loss }
        }
      }
      turned = true
      return { ...scalars, rate: rateAt(train, k) }
    },
    state: async () => Object.fromEntries((await Promise.all(groups.map((group) => group.state()))).flat()),
    restore: (state) => {
      mustMatch(
        groups.flatMap((group) => group.names),
        state,
      )
      for (const group of groups) group.restore(state)
    },
    sample: (n, seed) => stages.sample(trained, n, streams("sampling", seed)),
    evaluate: () => stages.evaluate(trained),
    gates: stages.gates,
    monitors: [...stages.monitors(trained), routing(groups)],
    dispose: () => {
      for (const part of [...updates, ...groups, ...prepared.values()]) part.dispose()
    },
  }
}

/** A turn of the event loop, in which a waiting signal is heard: promises alone never end one, and measuring may take minutes. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Every trained tensor is reached by the loss of its phase; left open while zeros may still stand in the gradient's way. */
const routing = (groups: ReadonlyArray<Group>): Monitor => ({
  name: "routing",
  theorem: "M10: v = 0 only where every gradient was 0",
  relation: "the second moments of each trained tensor are not all 0",
  look: async (k) => {
    const moments = (await Promise.all(groups.map((group) => group.largestMoments()))).flat()
    const [{ value, advice }] = routingFindings(moments) as [Finding]
    return {
      metric: {
        name: "trained tensors without a gradient",
        value,
        n: moments.length,
        interval: k < SETTLED ? [0, value] : null,
        confidence: null,
        floor: 0,
        protocol: `tensors whose second moments are all 0 after step ${k}${value > 0 ? `; ${advice}` : ""}`,
      },
      bounds: { hi: 0 },
    }
  },
})

const startingWith = (prefix: string, parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => name.startsWith(prefix)))

const once = (parameters: Parameters, phases: ReadonlyArray<Pick<Phase<never, string>, "name" | "trains">>): void => {
  for (const name of Object.keys(parameters)) {
    const owners = phases.filter(({ trains }) => name.startsWith(trains)).map((phase) => phase.name)
    if (owners.length !== 1) throw new TypeError(`parameter ${name} is trained by ${owners.length === 0 ? "no phase" : owners.join(" and ")}`)
  }
}

const prefixed = (phase: string, scalars: Scalars): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(scalars).map(([name, value]) => [`${phase}/${name}`, value]))

const mustMatch = (expected: Group["names"], state: State): void => {
  const known = new Set(expected.map(([name]) => name))
  for (const name of Object.keys(state)) if (!known.has(name)) throw new StateMismatch({ message: `tensor ${name} is not of this model` })
  for (const [name, shape] of expected) {
    const found = state[name]
    if (found === undefined) throw new StateMismatch({ message: `tensor ${name} is missing` })
    if (found.shape.join() !== shape.join())
      throw new StateMismatch({ message: `tensor ${name} has shape [${found.shape.join(", ")}], expected [${shape.join(", ")}]` })
    const at = found.values.findIndex((x) => !Number.isFinite(x))
    if (at >= 0) throw new StateMismatch({ message: `tensor ${name} holds ${found.values[at]} at index ${at}` })
  }
}
