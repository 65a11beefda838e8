/**
 * Minibatch transport. n sources and n targets of equal masses, batches of m drawn without replacement; OT the cost of transport, OT_m its mean over batches:
 *
 *   OT_m >= OT_(m+1) >= OT_n = OT,   OT_1 = (1/n^2) sum_ij C_ij,
 *
 * in general strictly, even where sources and targets coincide; the mean of the plans of the batches has the right marginals and the cost OT_m.
 */
import { family, mutant, step, theorem } from "../../src/core/statement.ts"
import type { Family, Literal, Point } from "../../src/core/statement.ts"
import { costFunctions } from "./costs.ts"
import { couplingFunctions } from "./couplings.ts"
import { minibatchFunctions } from "./minibatches.ts"
import { solutionFunctions } from "./solutions.ts"

const setting = (name: string, title: string, parameters: Family["parameters"], C: string, more: Family["let"] = {}): Family =>
  family(name, {
    title,
    parameters: { n: "integer(2, 4)", m: "integer(1, n - 1)", ...parameters },
    let: {
      ...more,
      ...(C === "" ? {} : { C }),
      even: "marginal(identity(n))/n",
      full: "transport(C, even, even)",
      "price(M)": "total(i, 1, n, total(j, 1, n, M[i, j]*C[i, j]))",
    },
  })
const atoms = { x: "vector(n, -4, 4)", y: "vector(n, -4, 4)" }
const mean = { plan: "batchPlan(x, y, m)" }
const families = [
  setting("line", "atoms on the line, cost |x - y|", atoms, "manhattan(x, y)", mean),
  setting("line-squared", "atoms on the line, cost (x - y)^2", atoms, "powers(manhattan(x, y), 2)", mean),
  setting("costs", "arbitrary costs", { C: "matrix(n, n, -4, 4)" }, ""),
  setting("separated", "sources to the left of the targets", { x: "vector(n, -4, 0)", y: "vector(n, 0, 4)" }, "manhattan(x, y)", mean),
  setting("separated-right", "sources to the right of the targets", { x: "vector(n, 1, 4)", y: "vector(n, -4, 1)" }, "manhattan(x, y)", mean),
  setting("additive", "costs u_i + v_j", { u: "vector(n, -4, 4)", v: "vector(n, -4, 4)" }, "sums(u, v)"),
]
const ALL = families.map((f) => f.name)
const LINE = ["line", "line-squared", "separated"]
const at = (x: ReadonlyArray<Literal>, m: number): Point => ({ family: "line", parameters: { n: x.length, m, x, y: x } })
const UNIT = at([0, 1], 1)

export const minibatchOtBias = theorem({
  id: "transport/minibatch-ot-bias",
  title: "Bias of minibatch transport",
  statement: String.raw`\mathbb E\,\mathrm{OT}(\hat\mu_m,\hat\nu_m) \ge \mathbb E\,\mathrm{OT}(\hat\mu_{m+1},\hat\nu_{m+1}) \ge \mathrm{OT}(\mu,\nu)`,
  symbols: {
    n: "number of sources and of targets",
    m: "size of a batch",
    C: "cost matrix",
    full: "OT",
    plan: "mean of the plans of the batches",
    x: "sources",
    y: "targets",
  },
  hypotheses: [
    { name: "without-replacement", statement: "batches are drawn without replacement, those of the sources independently of those of the targets" },
  ],
  functions: { ...costFunctions, ...couplingFunctions, ...minibatchFunctions, ...solutionFunctions },
  families,
  steps: [
    step("full-batch", "minibatch(C, n) == full", "there is one batch", { families: ALL }),
    step("single", "minibatch(C, 1) == total(i, 1, n, total(j, 1, n, C[i, j]))/n^2", "the independent coupling", { families: ALL }),
    step("marginals", "[marginal(plan), marginal(transpose(plan))] == [even, even]", "every point is in as many batches", { families: LINE }),
    step("plan-cost", "price(plan) == minibatch(C, m)", "the cost is linear in the plan", { families: LINE }),
    step("decreasing", "minibatch(C, m) >= minibatch(C, m + 1)", "a plan of m + 1 points restricts to its batches of m", {
      families: ALL,
      sharpness: "unbiased-when-additive",
    }),
    step("bias", "minibatch(C, m) >= full", "the mean plan is a coupling", { families: ALL, sharpness: "unbiased-when-additive" }),
    step("unbiased-when-additive", "minibatch(C, m) == full", "all couplings cost the same", {
      families: ["separated", "separated-right", "additive"],
    }),
  ],
  mutants: [
    mutant("unbiased", "bias", "minibatch(C, m) == full", { visible: UNIT, unlucky: at([0, "1/1000"], 1) }),
    mutant("biased-low", "bias", "minibatch(C, m) <= full", { visible: UNIT, unlucky: at([0, "1/1000"], 1) }),
    mutant("zero-at-equal", "bias", "minibatch(manhattan(x, x), m) == 0", { families: ["line"], visible: UNIT, unlucky: at([0, 1, 2], 3) }),
    mutant("increasing-in-m", "decreasing", "minibatch(C, m) <= minibatch(C, m + 1)", { visible: UNIT }),
    mutant("mean-plan-optimal", "plan-cost", "price(plan) == full", { visible: UNIT }),
  ],
  edges: [
    {
      name: "separated-supports",
      family: "separated",
      step: "bias",
      claim: "minibatch(C, m) == full",
      parameters: { n: 3, m: 1, x: [-1, -2, -4], y: [1, 2, 4] },
      expected: "holds",
      note: "all pairs are ordered: the mean of W1 over batches is the difference of the means",
    },
    {
      name: "equal-laws",
      family: "line",
      step: "bias",
      companion: "minibatch(C, m) == 0",
      parameters: { n: 4, m: 2, x: [0, 1, 2, 4], y: [0, 1, 2, 4] },
      expected: "holds-with-note",
      note: "W1 = 0, but 37/36 in batches of two",
    },
    {
      name: "empty-batch",
      family: "line",
      step: "bias",
      parameters: { n: 2, m: 0, x: [0, 1], y: [0, 1] },
      expected: "undefined",
      note: "no batch of size 0",
    },
  ],
  sources: [
    { authors: "Fatras et al.", year: 2020, where: "Learning with minibatch Wasserstein: asymptotic and gradient properties" },
    { authors: "Bellemare et al.", year: 2017, where: "The Cramer distance as a solution to biased Wasserstein gradients, Theorem 1" },
    { authors: "Tong et al.", year: 2024, where: "Improving and generalizing flow-based generative models with minibatch optimal transport" },
  ],
})
