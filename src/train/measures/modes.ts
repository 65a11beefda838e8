/**
 * Gates on the modes of a ring of eight Gaussians that a generator finds (Srivastava et al. 2017, section 4.1).
 */
import type { Gate } from "../program.ts"

/**
 * A tenth of the fair share n/8 of a mode, from which it counts as found: a sample of the law itself has fewer with probability below e^(-0.81 m/2),
 * m = 0.989 n/8 (Chernoff's bound at d = 0.9), 1e-22 for n = 1024.
 */
export const leastOf = (points: number): number => Math.max(1, Math.ceil(points / 80))

export const foundModes: ReadonlyArray<Gate> = [
  {
    name: "modes",
    metric: "modes covered",
    bounds: { lo: 7 },
    because: "at least 7 of the 8 modes, each with a tenth of its fair share of points or more: fewer is a collapse",
    source: "Srivastava et al. 2017, section 4.1 (modes of a ring of eight)",
  },
  {
    name: "quality",
    metric: "high-quality share",
    bounds: { lo: 0.8 },
    because: "points within 3 deviations of a mode; the law itself scores 0.989",
    source: "Srivastava et al. 2017, section 4.1 (high-quality samples)",
  },
]
