/** A published bug, re-introduced by a switch: the monitor that must go red on it and stay green without it. */
import type { Finding } from "../../src/train/monitors/finding.ts"

export interface BugRow {
  /** What was wrong. */
  readonly bug: string
  /** owner/repository#number of the public thread, or @commit. */
  readonly thread: string
  /** The finding that must be violated: "M1 telescoping". */
  readonly monitor: string
  /** The findings of the code as it is (`broken` false) or with the bug. */
  readonly look: (broken: boolean) => ReadonlyArray<Finding>
}
