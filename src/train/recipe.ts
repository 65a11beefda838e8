/**
 * A recipe: a train/sample pipeline as a value. `pipelines/<name>.ts` exports one as `recipe`; the registry picks it up by its path.
 *
 * It names the specs that it relies on (it does not start without their certificates), types its configuration, and opens into a program:
 *
 *   recipe.open(tree)  checks a configuration tree and fills in defaults;   opened.program(environment)  builds the program
 *
 * A configuration is a plain tree, so that defaults, preset, file and command line are merged before it is checked, and a run folder can keep what was run.
 */
import { Effect, Result, Schema } from "effect"
import type { Grade } from "../core/estimate.ts"
import type { Source } from "../core/statement.ts"
import { stream } from "../random/stream.ts"
import type { Stream } from "../random/stream.ts"
import type { Tf } from "../tensor/tf.ts"
import type { Program } from "./program.ts"

export const PRESETS = ["smoke", "short", "full"] as const
/** smoke: at most 15 s on one core; short: minutes, gates on theory; full: at most an hour, comparison with published numbers. */
export type Preset = (typeof PRESETS)[number]

/** A theorem that a recipe stands on. */
export interface Reliance {
  /** `topic/name` of a spec. */
  readonly id: string
  /** The weakest grade that will do. */
  readonly grade: Grade
  /** What would go wrong if it were false. */
  readonly because: string
}

export interface Recipe {
  /** The name of its file, kebab-case. */
  readonly name: string
  readonly title: string
  /** Two or three sentences for a list: data, model, what its gates compare with. */
  readonly summary: string
  readonly sources: ReadonlyArray<Source>
  readonly specs: ReadonlyArray<Reliance>
  /** What each preset changes; the rest are defaults. */
  readonly presets: Readonly<Record<Preset, Tree>>
  /** The file that it was loaded from, where that is a user's: its absolute path, and the SHA-256 of its bytes. */
  readonly file?: { readonly path: string; readonly sha256: string }
  /** The shape of a configuration, with defaults and a description at every key. */
  readonly config: Schema.Codec<unknown, unknown>
  /** Checks a tree, excess keys included, and fills in the defaults; all faults in one error, each with its path. */
  readonly open: (tree: Tree) => Result.Result<Opened, Schema.SchemaError>
}

export interface Opened {
  /** The tree with every default filled in: opening it again gives the same program. */
  readonly resolved: Tree
  readonly program: (environment: Environment) => Promise<Program>
}

/** What a run brings: the back end and the seed. */
export interface Environment {
  readonly tf: Tf
  /** The run's seed: every stream of the program is keyed by it and the recipe's name. */
  readonly seed: string
}

/** Plain data, as YAML and JSON have it. */
export type Tree = { readonly [key: string]: unknown }

/** The parts of a tree that an override may name. */
export type Overrides<T> = T extends ReadonlyArray<unknown> ? T : T extends object ? { readonly [K in keyof T]?: Overrides<T[K]> } : T

export interface Definition<S extends Schema.Codec<unknown, Tree>> extends Omit<Recipe, "config" | "presets" | "open" | "file"> {
  readonly config: S
  readonly presets: Readonly<Record<Preset, Overrides<S["Encoded"]>>>
  readonly program: (config: S["Type"], workshop: Workshop) => Promise<Program>
}

/** What a program is built with. */
export interface Workshop {
  readonly tf: Tf
  readonly streams: Streams
}

/** A recipe from its definition, in which configuration, presets and program share one type. */
export const recipe = <S extends Schema.Codec<unknown, Tree>>({ config, program, ...rest }: Definition<S>): Recipe => ({
  ...rest,
  config,
  open: (tree) =>
    Result.map(Schema.decodeUnknownResult(config, { errors: "all", onExcessProperty: "error" })(tree), (value) => ({
      resolved: Schema.encodeSync(config)(value),
      program: ({ tf, seed }) => program(value, { tf, streams: streams(seed, rest.name) }),
    })),
})

/** A key of a configuration: its schema, the value it has when it is left out, and what it means (with unit or range). */
export const key = <S extends Schema.Top>(schema: S, value: S["Encoded"], description: string) =>
  Schema.withDecodingDefaultKey<S>(Effect.succeed(value))(schema.annotate({ description }) as S)

/** A group of keys; left out, each has its default. */
export const group = <F extends Schema.Struct.Fields>(fields: F, description: string) => key(Schema.Struct(fields), {} as never, description)

/** What randomness is for: one stream each, so that more of one never shifts another. */
export type Purpose = "init" | "order" | "data" | "noise" | "time" | "coupling" | "dropout" | "sampling" | "evaluation"

/** The stream of a purpose. Step k of training reads words whose index is a function of k alone: there is no position to save. */
export type Streams = (purpose: Purpose, ...names: ReadonlyArray<string>) => Stream

export const streams =
  (seed: string, recipeName: string): Streams =>
  (purpose, ...names) =>
    stream(seed, recipeName, purpose, ...names)
