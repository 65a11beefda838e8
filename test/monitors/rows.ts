import { couplingBugs } from "./coupling-bugs.ts"
import { elboBugs } from "./elbo-bugs.ts"
import { gridBugs } from "./grid-bugs.ts"
import { metricBugs } from "./metric-bugs.ts"
import { parametrisationBugs } from "./parametrisation-bugs.ts"
import { posteriorBugs } from "./posterior-bugs.ts"
import { penaltyBugs } from "./penalty-bugs.ts"
import { routingBugs } from "./routing-bugs.ts"
import type { BugRow } from "./row.ts"
import { samplingBugs } from "./sampling-bugs.ts"
import { scheduleBugs } from "./schedule-bugs.ts"

/** Published bugs of generative pipelines. */
export const BUGS: ReadonlyArray<BugRow> = [
  ...gridBugs,
  ...scheduleBugs,
  ...posteriorBugs,
  ...parametrisationBugs,
  ...samplingBugs,
  ...couplingBugs,
  ...metricBugs,
  ...penaltyBugs,
  ...elboBugs,
  ...routingBugs,
]
