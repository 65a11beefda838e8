/** Findings as a monitor of a run: how many are not in order, none of which a theorem allows. */
import type { Monitor } from "../program.ts"
import { violations } from "./finding.ts"
import type { Finding } from "./finding.ts"

export const findingsMonitor = (
  about: Pick<Monitor, "name" | "theorem" | "relation">,
  findings: (k: number) => ReadonlyArray<Finding> | Promise<ReadonlyArray<Finding>>,
): Monitor => ({
  ...about,
  look: async (k) => {
    const all = await findings(k)
    const wrong = violations(all)
    const words = wrong.map(({ name, value, bound, advice }) => `${name}: ${value} above ${bound} (${advice})`)
    return {
      metric: {
        name: `findings of ${about.name} out of order`,
        value: wrong.length,
        n: all.length,
        interval: null,
        confidence: null,
        floor: 0,
        protocol: [`of ${all.map(({ name }) => name).join(", ")}`, ...words].join("; "),
      },
      bounds: { hi: 0 },
    }
  },
})
