/**
 * Budgets count operations, evaluations of integrand panels and samples, never seconds, so that a verdict does not depend on the machine.
 */
export const BUDGETS = ["quick", "standard", "deep"] as const
export type BudgetName = (typeof BUDGETS)[number]

export interface Budget {
  readonly name: BudgetName
  /** All that may be computed for one claim, in operations of 30 to 40 ns (`expression/price.ts`): 10^8 take at most about 4 s. */
  readonly operations: number
  /** Drawn instances per family, besides the stated points. */
  readonly instances: number
  /** Instances tried for a mutant per family before it counts as not refuted. */
  readonly search: number
  /** Node evaluations per instance and rung. */
  readonly evaluations: number
  /** Working precisions of the ladder, in bits; 53 is the double tier. */
  readonly bits: ReadonlyArray<number>
  /** Samples per confidence sequence. */
  readonly samples: number
}

export const budgets: Readonly<Record<BudgetName, Budget>> = {
  quick: { name: "quick", operations: 2e7, instances: 1, search: 12, evaluations: 20_000, bits: [53, 128, 512], samples: 20_000 },
  standard: { name: "standard", operations: 1e8, instances: 8, search: 40, evaluations: 100_000, bits: [53, 128, 256, 512, 1024], samples: 200_000 },
  deep: { name: "deep", operations: 2e9, instances: 64, search: 200, evaluations: 2_000_000, bits: [53, 128, 256, 512, 1024], samples: 5_000_000 },
}
