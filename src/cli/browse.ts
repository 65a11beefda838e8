/**
 * `lemmata list` and `lemmata show`: nothing is computed.
 */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { FORMAT, jsonText } from "../report/json.ts"
import { showData, showLatex, showText } from "../report/show.ts"
import { columns, plural } from "../report/text.ts"
import { isModulePath, moduleEntry } from "../run/load-module.ts"
import { select } from "../run/select.ts"
import { Front, loading } from "./front.ts"
import { json } from "./options.ts"
import { paint, print } from "./output.ts"

export const list = Command.make(
  "list",
  { json },
  Effect.fnUntraced(function* (options) {
    const { registry, version } = yield* Front
    const specs = yield* Effect.forEach(registry, (entry) => loading(entry.spec))
    if (options.json) {
      const theorems = specs.map((s) => ({ id: s.id, title: s.title, steps: s.steps.length, families: s.families.length, mutants: s.mutants.length }))
      return yield* print(jsonText({ lemmata: version, format: FORMAT, theorems }))
    }
    const rows = specs.map((s) => [
      s.id,
      s.title,
      plural(s.steps.length, "step"),
      s.families.length === 1 ? "1 family" : `${s.families.length} families`,
      plural(s.mutants.length, "mutant"),
    ])
    yield* print(`${columns(rows, [2, 3, 4]).join("\n")}\n`)
  }),
).pipe(Command.withDescription("List the theorems of the catalogue"))

export const show = Command.make(
  "show",
  {
    id: Argument.String("id").pipe(Argument.withDescription("a theorem, or a file that exports `proof`")),
    latex: Flag.Boolean("latex").pipe(Flag.withDefault(false), Flag.withDescription("print a LaTeX fragment")),
    json,
  },
  Effect.fnUntraced(function* (options) {
    const { registry, version } = yield* Front
    const files = isModulePath(options.id) ? [moduleEntry(options.id, process.cwd())] : []
    const chosen = yield* Effect.fromResult(select([...files, ...registry], [options.id], false))
    for (const entry of chosen) {
      const spec = yield* loading(entry.spec)
      if (options.json) yield* print(jsonText({ lemmata: version, format: FORMAT, theorem: JSON.parse(JSON.stringify(showData(spec))) }))
      else yield* print(options.latex ? showLatex(spec) : showText(spec, paint()))
    }
  }),
).pipe(Command.withDescription("Show a theorem: statement, hypotheses, steps, families, mutants, sources"))
