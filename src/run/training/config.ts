/**
 * The configuration of a run: defaults -> preset -> file -> command line, merged and checked as a whole. What is resolved is saved, and run again it gives the
 * same run.
 *
 *   recipe, preset, seed, backend, run: {...}     read here
 *   every other key                               the recipe's own, read by its schema
 */
import { Result, Schema, SchemaAST, SchemaIssue } from "effect"
import { group, key, PRESETS } from "../../train/recipe.ts"
import type { Opened, Preset, Recipe, Tree } from "../../train/recipe.ts"
import { BACKENDS } from "../../tensor/backend.ts"
import type { Provenance } from "../../train/program.ts"
import { nearest } from "../../core/nearest.ts"
import { shown } from "../../expression/claim-text.ts"
import { numbers } from "./journal.ts"
import { at, isTree, leaves, without } from "./tree.ts"
import type { Fault, Layer, Path } from "./tree.ts"

const count = (least: number) => Schema.Int.check(Schema.isGreaterThanOrEqualTo(least))

/** What a run does besides the recipe's steps; all counts are steps of training. */
const SETTINGS = Schema.Struct({
  seed: key(count(0), 0, "every random number of the run is a function of it"),
  backend: key(Schema.Literals(["auto", ...BACKENDS]), "auto", "what the tensors live on"),
  run: group(
    {
      log: key(count(1), 10, "steps between lines of metrics.jsonl"),
      monitor: key(count(1), 50, "steps between looks of the monitors"),
      checkpoint: key(count(1), 500, "steps between checkpoints"),
      keep: key(count(1), 2, "checkpoints kept"),
      sample: key(count(0), 0, "steps between samples; 0 is at the end only"),
      samples: key(count(1).check(Schema.isLessThanOrEqualTo(2 ** 16)), 64, "images drawn to look at; points are sixteen times as many"),
    },
    "what is written when",
  ),
})
export type Settings = (typeof SETTINGS)["Type"]

export interface Config {
  readonly recipe: Recipe
  readonly preset: Preset
  readonly settings: Settings
  readonly opened: Opened
  /** The whole configuration with every default filled in: what config.yaml holds. */
  readonly resolved: Tree
}

const HEAD = ["recipe", "preset", ...Object.keys(SETTINGS.fields)]

/** The preset of a run for which none was named. */
export const DEFAULT_PRESET: Preset = "short"

/** The configuration that the layers give over the recipe's defaults and the preset, or every fault in them, those in values that a later layer replaces included. */
export const resolveConfig = (recipe: Recipe, preset: Preset, layers: ReadonlyArray<Layer>): Config | ReadonlyArray<Fault> => {
  const whole = resolved(recipe, preset, layers)
  const replaced = layers.flatMap((_, i) => (i === 0 ? [] : stated(resolved(recipe, preset, layers.slice(0, i)))))
  const faults = [...("resolved" in whole ? [] : whole), ...replaced]
  const all = faults.filter(({ where, message }, i) => faults.findIndex((other) => other.where === where && other.message === message) === i)
  return "resolved" in whole && all.length === 0 ? whole : all.map(({ where, message }) => ({ where, message }))
}

/** Faults of values that were written; what is missing a later layer may bring. */
const stated = (result: Config | ReadonlyArray<Placed>): ReadonlyArray<Placed> =>
  "resolved" in result ? [] : result.filter(({ written }) => written)

interface Placed extends Fault {
  readonly written: boolean
}

const resolved = (recipe: Recipe, preset: Preset, layers: ReadonlyArray<Layer>): Config | ReadonlyArray<Placed> => {
  const body = SchemaAST.isObjects(recipe.config.ast) ? recipe.config.ast : undefined
  const taken = body?.propertySignatures.find(({ name }) => HEAD.includes(String(name)))
  if (taken !== undefined) throw new TypeError(`recipe ${recipe.name}: the key "${String(taken.name)}" belongs to the run`)
  const all: ReadonlyArray<Layer> = [{ tree: recipe.presets[preset], where: () => `the preset ${preset} of ${recipe.name}` }, ...layers]
  const merged = all.reduce<Tree>((tree, layer) => merge([recipe.config.ast, SETTINGS.ast], tree, layer.tree), {})
  const known = [...HEAD.slice(0, 2).map((name) => [name]), ...keysOf(SETTINGS.ast), ...keysOf(recipe.config.ast)]
  const settings = Schema.decodeUnknownResult(SETTINGS, { errors: "all", onExcessProperty: "error" })(
    Object.fromEntries(Object.entries(merged).filter(([name]) => Object.hasOwn(SETTINGS.fields, name))),
  )
  const opened = recipe.open(without(merged, HEAD))
  if (Result.isFailure(settings) || Result.isFailure(opened)) {
    const errors = [...(Result.isFailure(settings) ? [settings.failure] : []), ...(Result.isFailure(opened) ? [opened.failure] : [])]
    return errors.flatMap(({ issue }) => faultsOf(issue, merged, all, known))
  }
  const head = { recipe: recipe.file?.path ?? recipe.name, preset, ...Schema.encodeSync(SETTINGS)(settings.success) }
  return { recipe, preset, settings: settings.success, opened: opened.success, resolved: { ...head, ...opened.success.resolved } }
}

const fieldsOf = (ast: SchemaAST.AST): ReadonlyArray<readonly [string, SchemaAST.AST]> =>
  SchemaAST.isObjects(ast)
    ? ast.propertySignatures.map(({ name, type }) => [String(name), type])
    : SchemaAST.isUnion(ast)
      ? ast.types.flatMap(fieldsOf)
      : []

/** Every key of a schema, groups before their members. */
const keysOf = (ast: SchemaAST.AST, before: Path = []): ReadonlyArray<Path> =>
  fieldsOf(ast).flatMap(([name, type]) => [[...before, name], ...keysOf(type, [...before, name])])

/** `above` over `below`: groups are merged key by key, every other value replaces the one below it, alternatives of a union as wholes too. */
const merge = (schemas: ReadonlyArray<SchemaAST.AST>, below: Tree, above: Tree): Tree => {
  const fields = new Map(schemas.flatMap((ast) => (SchemaAST.isObjects(ast) ? fieldsOf(ast) : [])))
  const entries = Object.entries(above).map(([name, value]) => {
    const old = at(below, [name])
    const type = fields.get(name)
    return [name, type !== undefined && SchemaAST.isObjects(type) && isTree(old) && isTree(value) ? merge([type], old, value) : value] as const
  })
  return { ...below, ...Object.fromEntries(entries) }
}

const format = SchemaIssue.makeFormatterStandardSchemaV1()
const UNKNOWN = "Expected no excess property"

const faultsOf = (issue: SchemaIssue.Issue, tree: Tree, layers: ReadonlyArray<Layer>, known: ReadonlyArray<Path>): ReadonlyArray<Placed> =>
  format(issue).issues.map(({ path = [], message }) => {
    const names = path.map((part) => String(typeof part === "object" ? part.key : part))
    const value = names.reduce<unknown>((v, name) => (Array.isArray(v) ? v[Number(name)] : at(v, [name])), tree)
    const where = whereOf(names, layers)
    const written = names.length > 0 && value !== undefined
    if (message === UNKNOWN) return { where, written, message: `unknown key "${shown(names.join("."))}"${hint(names, known)}` }
    const expected = message.replace(/^Expected /, "expected ")
    // Where words are expected they stand in quotes.
    const meant =
      typeof value === "string"
        ? nearest(
            value,
            [...message.matchAll(/"([^"]+)"/g)].map((m) => m[1]!),
          )
        : undefined
    return {
      where,
      written,
      message: `${names.join(".") || "the configuration"}: ${expected}${value === undefined ? "" : `, not ${shown(String(JSON.stringify(value, numbers)))}`}${meant === undefined ? "" : `; did you mean "${meant}"?`}`,
    }
  })

const whereOf = (path: Path, layers: ReadonlyArray<Layer>): string => {
  const top = (depth: number): Layer | undefined => layers.findLast(({ tree }) => at(tree, path.slice(0, depth)) !== undefined)
  for (let depth = path.length; depth > 0; depth--) {
    const layer = top(depth)
    if (layer !== undefined) return layer.where(path)
  }
  return "the defaults"
}

const hint = (names: Path, known: ReadonlyArray<Path>): string => {
  // A key may be meant by its last part alone, and `nearest` reads parts at slashes.
  const found = nearest(
    names.join("/"),
    known.map((path) => path.join("/")),
  )
  return found === undefined ? "" : `; did you mean "${found.replaceAll("/", ".")}"?`
}

/** The recipe and preset that a configuration file names. */
export const named = (layer: Layer): { readonly recipe: string | undefined; readonly preset: unknown } => {
  const [recipe, preset] = [layer.tree["recipe"], layer.tree["preset"]]
  return { recipe: typeof recipe === "string" ? recipe : undefined, preset }
}

/** A preset by its name, or what is wrong with the name. */
export const presetOf = (name: unknown, where: string): Preset | Fault => {
  const found = PRESETS.find((known) => known === name)
  return found ?? { where, message: `preset: one of ${PRESETS.join(", ")} is expected, not ${shown(String(JSON.stringify(name)))}` }
}

/** What the steps of a run are a function of, back end apart: its recipe, its seed, the recipe's own settings by their paths, and its data. */
export const settingsOf = (
  { recipe, resolved }: Pick<Config, "recipe" | "resolved">,
  data: ReadonlyArray<Provenance>,
): Readonly<Record<string, string>> => ({
  ...leaves({ ...without(resolved, ["preset", "backend", "run"]), recipe: recipe.name }),
  ...(recipe.file === undefined ? {} : { "file of the recipe": recipe.file.sha256 }),
  ...Object.fromEntries(data.flatMap(({ name, sha256 }) => (sha256 === undefined ? [] : [[`data ${name}`, sha256]]))),
})

/** A configuration as YAML, each key with what it means: reading it again gives the same values. */
export const writeConfig = ({ recipe, resolved }: Pick<Config, "recipe" | "resolved">): string =>
  [`# lemmata run config.yaml repeats this run`, ...emit(resolved, [SETTINGS.ast, recipe.config.ast], ""), ""].join("\n")

const emit = (tree: Tree, schemas: ReadonlyArray<SchemaAST.AST>, indent: string): ReadonlyArray<string> => {
  const fields = new Map(schemas.flatMap(fieldsOf))
  return Object.entries(tree).flatMap(([name, value]) => {
    const type = fields.get(name)
    const about = type === undefined ? undefined : SchemaAST.resolveDescription(type)
    const comment = about === undefined ? "" : ` # ${about.replace(/\s+/g, " ")}`
    const title = `${indent}${/^[A-Za-z][\w-]*$/.test(name) ? name : JSON.stringify(name)}:`
    if (isTree(value) && Object.keys(value).length > 0) return [`${title}${comment}`, ...emit(value, type === undefined ? [] : [type], `${indent}  `)]
    return [`${title} ${leaf(value)}${comment}`]
  })
}

const leaf = (value: unknown): string => {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : value > 0 ? ".inf" : "-.inf"
  return typeof value === "string" && /^[A-Za-z][\w-]*$/.test(value) && !/^(null|true|false)$/i.test(value) ? value : JSON.stringify(value)
}
