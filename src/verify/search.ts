/**
 * Search and shrink: fast-check draws instances, keeps the first one on which the relation is Refuted, and walks to simpler ones; every step of the
 * walk is certified again by the same verifier.
 */
import * as fc from "fast-check"
import { drawnInstance } from "./problem.ts"
import type { Instance, Problem } from "./problem.ts"
import { simpler } from "./shrink.ts"

/** Instances of a problem as a fast-check arbitrary; it shrinks without context, so stated points shrink too. */
class InstanceArbitrary extends fc.Arbitrary<Instance> {
  readonly problem: Problem
  constructor(problem: Problem) {
    super()
    this.problem = problem
  }
  override generate(random: fc.Random): fc.Value<Instance> {
    return new fc.Value(drawnInstance(this.problem, { below: (n) => random.nextInt(0, n - 1) }), undefined)
  }
  override canShrinkWithoutContext(value: unknown): value is Instance {
    return value instanceof Map
  }
  override shrink(value: Instance): fc.Stream<fc.Value<Instance>> {
    return fc.stream(
      simpler(this.problem, value)
        .map((instance) => new fc.Value(instance, undefined))
        .values(),
    )
  }
}

// Shrinking re-certifies every candidate; this bounds its cost, and a counterexample that is not minimal is still one.
export const MAX_SHRINKS = 120

/** `refutes` must not throw. Looks at the stated instances and then at `draws` random ones until `refutes` says yes; the counterexample comes back shrunk. */
export const search = (
  p: Problem,
  stated: ReadonlyArray<Instance>,
  draws: number,
  seed: number,
  refutes: (instance: Instance) => boolean,
): Instance | undefined => {
  let failed = false
  let shrinks = 0
  const property = fc.property(new InstanceArbitrary(p), (instance) => {
    if (failed && ++shrinks > MAX_SHRINKS) return true
    const bad = refutes(instance)
    failed ||= bad
    return !bad
  })
  if (stated.length + draws === 0) return undefined
  const result = fc.check(property, { seed, numRuns: stated.length + draws, examples: stated.map((instance): [Instance] => [instance]) })
  return result.counterexample?.[0]
}
