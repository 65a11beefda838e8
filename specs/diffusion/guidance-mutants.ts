/**
 * False variants of classifier-free guidance, and its degenerate points.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Edge, Literal, Mutant, Point } from "../../src/core/statement.ts"

const at = (w: Literal, k: Literal, more: Readonly<Record<string, Literal>> = {}): Point => ({
  family: "standard-pair",
  parameters: { al: "3/4", sg: "1/2", x: "1/2", w, m: 1, k, ...more },
})
const classes = (w: Literal): Point => ({
  family: "two-classes",
  parameters: { al: "3/4", sg: "1/2", x: "1/4", w, share: "1/2", m: [1, -1], r: ["1/2", "1/2"] },
})
const BAYES = "s(x) + w*D(log(class(x)), x)"

export const mutants: ReadonlyArray<Mutant> = [
  mutant("cfg-is-tilted", "equal-variances", "guide(x) == st(x)", {
    families: ["standard-pair"],
    visible: at(3, "1/2"),
    unlucky: at(3, "1/2", { al: 1, sg: "1/1000" }),
  }),
  mutant("weights-w-plus-1", "guidance", `(1 + w)*sc(x) - w*s(x) == ${BAYES}`, { visible: classes(2) }),
  mutant("sum-not-one", "guidance", `w*sc(x) + w*s(x) == ${BAYES}`, { visible: classes(3), unlucky: classes("1/2") }),
  mutant("order-of-limits", "residual", "D(q(x, v), v) == D(q(x, v), x, 2)/2", { families: ["two-classes"] }),
]

export const edges: ReadonlyArray<Edge> = [
  {
    name: "tilt-not-normalisable",
    family: "standard-pair",
    step: "clean",
    parameters: at(2, 2).parameters,
    expected: "outside-hypotheses",
    note: "precision (1 - w) + w/4 = -1/2",
  },
  {
    name: "no-guidance",
    family: "standard-pair",
    step: "equal-variances",
    parameters: at(1, "1/2").parameters,
    expected: "holds",
    note: "w = 1 is the class itself, whatever the variances",
  },
  {
    name: "one-variance",
    family: "standard-pair",
    step: "equal-variances",
    parameters: at(3, 1).parameters,
    expected: "holds",
    note: "equal variances: tilting moves the mean only",
  },
  {
    name: "another-variance",
    family: "standard-pair",
    step: "equal-variances",
    parameters: at(3, "1/2").parameters,
    expected: "refuted-as-exact",
    note: "1.84 off at noise 1/2: guided scores are not those of the diffused tilted law",
  },
]
