import { optimalPairing, rowsAt } from "../../src/math/coupling.ts"
import { fillNormal } from "../../src/random/normal.ts"
import { stream } from "../../src/random/stream.ts"
import { couplingFindings } from "../../src/train/monitors/m12-coupling.ts"
import type { BugRow } from "./row.ts"

const n = 40
const normals = (name: string): Float64Array => {
  const out = new Float64Array(2 * n)
  fillNormal(stream("bugs", "coupling", name), out, 0)
  return out
}
const [source, target] = [normals("source"), normals("target").map((v) => 2 * v + 1)]
const labels = Int32Array.from({ length: n }, (_, i) => i % 10)
const { partner } = optimalPairing(source, target, 2)

export const couplingBugs: ReadonlyArray<BugRow> = [
  {
    bug: "the solver's column of each row permutes the source instead of the target",
    thread: "atong01/conditional-flow-matching#178",
    monitor: "M12 optimal",
    look: (broken) =>
      couplingFindings(
        broken
          ? { source, target, dimension: 2, left: rowsAt(source, partner, 2), right: target }
          : { source, target, dimension: 2, left: source, right: rowsAt(target, partner, 2) },
      ),
  },
  {
    bug: "labels stay in the order of the batch while their rows are paired off",
    thread: "atong01/conditional-flow-matching#33",
    monitor: "M12 labels",
    look: (broken) =>
      couplingFindings({
        source,
        target,
        dimension: 2,
        left: source,
        right: rowsAt(target, partner, 2),
        labels,
        rightLabels: broken ? labels : Int32Array.from(partner, (j) => labels[j]!),
      }),
  },
]
