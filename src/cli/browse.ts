/**
 * `lemmata list` and `lemmata show`: nothing is computed.
 */
import { Effect } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { FORMAT, jsonText } from "../report/json.ts"
import { showData, showText } from "../report/show.ts"
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
    const theorems = yield* Effect.forEach(registry, (entry) => loading(entry.summary))
    if (options.json) return yield* print(jsonText({ lemmata: version, format: FORMAT, theorems: theorems.map((t) => ({ ...t })) }))
    const rows = theorems.map((t) => [
      t.id,
      t.title,
      plural(t.steps, "step"),
      t.families === 1 ? "1 family" : `${t.families} families`,
      plural(t.mutants, "mutant"),
    ])
    yield* print(`${columns(rows, [2, 3, 4]).join("\n")}\n`)
  }),
).pipe(Command.withDescription("List the theorems of the catalogue"))

// Loaded on demand: they bring the parser of formulas, which would slow down the start of every command.
const printers = Effect.promise(() => Promise.all([import("../report/show-latex.ts"), import("../report/show-formulas.ts")]))

export const show = Command.make(
  "show",
  {
    id: Argument.String("id").pipe(Argument.withDescription("a theorem, a claim file, or a file that exports `proof`")),
    latex: Flag.Boolean("latex").pipe(Flag.withDefault(false), Flag.withDescription("print a LaTeX fragment")),
    mathml: Flag.Boolean("mathml").pipe(Flag.withDefault(false), Flag.withDescription("print an HTML fragment with MathML")),
    json,
  },
  Effect.fnUntraced(function* (options) {
    const { registry, version } = yield* Front
    const files = isModulePath(options.id) ? [moduleEntry(options.id, process.cwd())] : []
    const chosen = yield* Effect.fromResult(select([...files, ...registry], [options.id], false))
    for (const entry of chosen) {
      const spec = yield* loading(entry.spec)
      if (options.json) yield* print(jsonText({ lemmata: version, format: FORMAT, theorem: JSON.parse(JSON.stringify(showData(spec))) }))
      else if (options.latex || options.mathml) {
        const [{ showLatex }, { showMathml }] = yield* printers
        yield* print(options.latex ? showLatex(spec) : showMathml(spec))
      } else yield* print(showText(spec, paint()))
    }
  }),
).pipe(Command.withDescription("Show a theorem or a claim file: what is claimed, of what, and where it comes from"))
