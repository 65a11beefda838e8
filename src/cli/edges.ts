/**
 * `lemmata edges`: every degenerate point, with the class that it gets and the one that the catalogue expects.
 */
import { Effect } from "effect"
import { Command } from "effect/cli"
import { terminalEdges } from "../report/edges.ts"
import { jsonEdges, jsonText } from "../report/json.ts"
import { planEdges } from "../run/plan.ts"
import { InputError } from "../run/input-error.ts"
import { Stop } from "./exit.ts"
import { ids, running } from "./options.ts"
import { paint, print } from "./output.ts"
import { runSession, selectProofs } from "./session.ts"

const { report: _, ...options } = running

export const edges = Command.make(
  "edges",
  { ids, ...options },
  Effect.fnUntraced(function* (options) {
    const proofs = yield* selectProofs(options.ids, options.all)
    const session = yield* runSession(proofs, planEdges, options)
    const broken = session.outcomes.find((o) => o.kind === "fault")
    if (broken !== undefined) return yield* Effect.die(new Error(`${broken.id}: ${broken.message}`))
    const report = { ...session.header, edges: session.outcomes.flatMap((o) => (o.kind === "edge" ? [{ theorem: o.theorem, edge: o.edge }] : [])) }
    if (report.edges.length === 0)
      return yield* new InputError({ code: "nothing-selected", message: "the selected theorems state no degenerate points" })
    yield* print(options.json ? jsonText(jsonEdges(report)) : terminalEdges(report, session.took, paint()))
    return yield* new Stop({ code: report.edges.every(({ edge }) => edge.got === edge.edge.expected) ? 0 : 1 })
  }),
).pipe(Command.withDescription("Look at every degenerate point: does it get the answer that the catalogue expects?"))
