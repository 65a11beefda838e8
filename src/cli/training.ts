/**
 * `lemmata run`, `resume`, `sample`, `evaluate`, `runs` and `recipes`. What they do is loaded when one of them is asked for, so that `check` starts no later.
 */
import { Effect, Option } from "effect"
import { Argument, Command, Flag } from "effect/cli"
import { json } from "./options.ts"

const folder = Argument.String("run").pipe(Argument.withDescription("the folder of a run, such as runs/RECIPE/NAME"))

const count = (name: string, least: number) =>
  Flag.Int(name).pipe(
    Flag.filter(
      (n) => n >= least,
      () => `a whole number from ${least}`,
    ),
  )

const out = Flag.String("out").pipe(Flag.withMetavar("DIR"), Flag.withDefault("runs"), Flag.withDescription("the folder of all runs (default runs)"))

const again = Effect.promise(() => import("./training/again.ts"))
const summary = Effect.promise(() => import("./training/summary.ts"))

export const run = Command.make(
  "run",
  {
    what: Argument.String("recipe").pipe(
      Argument.withDescription("a recipe, a file that exports one (./my-recipe.ts), or a configuration file that names one"),
    ),
    assignments: Argument.String("key=value").pipe(Argument.withDescription("settings, such as train.rate=1e-3"), Argument.variadic()),
    set: Flag.String("set").pipe(Flag.withMetavar("key=value"), Flag.atLeast(0), Flag.withDescription("the same; repeatable")),
    preset: Flag.String("preset").pipe(Flag.optional, Flag.withDescription("smoke, short or full: how much to train (default short)")),
    config: Flag.String("config").pipe(Flag.withMetavar("FILE"), Flag.optional, Flag.withDescription("a YAML file of settings")),
    seed: count("seed", 0).pipe(Flag.optional, Flag.withDescription("every random number is a function of it (default 0)")),
    backend: Flag.String("backend").pipe(Flag.optional, Flag.withDescription("auto, cuda, native, webgpu, wasm or cpu (default auto)")),
    sweep: Flag.String("sweep").pipe(
      Flag.withMetavar("key=a,b"),
      Flag.atLeast(0),
      Flag.withDescription("a run for each value; repeated, for each combination"),
    ),
    out,
    name: Flag.String("name").pipe(Flag.optional, Flag.withDescription("the folder of this run (default: time, preset and seed)")),
    withoutCertificates: Flag.Boolean("without-certificates").pipe(
      Flag.withDefault(false),
      Flag.withDescription("start although a theorem that the recipe stands on does not stand; the report says so"),
    ),
    json,
  },
  Effect.fnUntraced(function* ({ assignments, set, preset, config, seed, backend, name, ...rest }) {
    const { startRuns } = yield* Effect.promise(() => import("./training/start.ts"))
    return yield* startRuns({
      ...rest,
      assignments: [...assignments, ...set],
      preset: Option.getOrUndefined(preset),
      config: Option.getOrUndefined(config),
      seed: Option.getOrUndefined(seed),
      backend: Option.getOrUndefined(backend),
      name: Option.getOrUndefined(name),
    })
  }),
).pipe(
  Command.withDescription(
    "Train and sample: a recipe with its theorems, gates and monitors. SIGINT, SIGTERM and SIGHUP save a checkpoint, exit 130; `lemmata resume` goes on",
  ),
  Command.withExamples([
    { command: "lemmata run flow-matching-moons --preset smoke", description: "A few seconds, to see that all works" },
    { command: "lemmata run vae-digits train.rate=3e-4 --seed 1", description: "One setting changed" },
    { command: "lemmata run vae-digits --sweep seed=0,1,2", description: "Three runs" },
    { command: "lemmata run runs/vae-digits/first/config.yaml", description: "The same run again" },
  ]),
)

export const resume = Command.make(
  "resume",
  { run: folder, json },
  Effect.fnUntraced(function* (options) {
    return yield* (yield* again).resumeRun(options.run, options.json)
  }),
).pipe(Command.withDescription("Go on with a run from its last checkpoint"))

export const evaluate = Command.make(
  "evaluate",
  { run: folder, json },
  Effect.fnUntraced(function* (options) {
    return yield* (yield* again).evaluateRun(options.run, options.json)
  }),
).pipe(Command.withDescription("Measure the last checkpoint of a run and judge its gates"))

export const sample = Command.make(
  "sample",
  {
    run: folder,
    count: count("count", 1).pipe(Flag.withDescription("how many")),
    seed: count("seed", 0).pipe(Flag.withDefault(0), Flag.withDescription("equal seeds, equal samples (default 0)")),
    out: Flag.String("out").pipe(Flag.withMetavar("FILE"), Flag.optional, Flag.withDescription("FILE.npy, FILE.csv, or FILE.png for images")),
    json,
  },
  Effect.fnUntraced(function* ({ out, ...options }) {
    return yield* (yield* again).sampleRun({ ...options, out: Option.getOrUndefined(out) })
  }),
).pipe(Command.withDescription("Draw samples from the last checkpoint of a run"))

export const runs = Command.make(
  "runs",
  {
    out: Argument.String("dir").pipe(Argument.withDefault("runs"), Argument.withDescription("the folder of all runs (default runs)")),
    seeds: Flag.Boolean("seeds").pipe(
      Flag.withDefault(false),
      Flag.withDescription("runs of equal settings together: the mean of each metric over the seeds with its interval, each gate judged on that"),
    ),
    json,
  },
  Effect.fnUntraced(function* (options) {
    if (options.seeds) return yield* (yield* Effect.promise(() => import("./training/seeds.ts"))).printSeeds(options.out, options.json)
    return yield* (yield* summary).printTable(options.out, options.json)
  }),
).pipe(
  Command.withDescription("List the runs: verdict, steps, loss, gates"),
  Command.withExamples([{ command: "lemmata runs --seeds", description: "What the recipes reach, over seeds" }]),
)

export const recipes = Command.make(
  "recipes",
  { json },
  Effect.fnUntraced(function* (options) {
    return yield* (yield* summary).printRecipes(options.json)
  }),
).pipe(Command.withDescription("List the recipes with their presets and the theorems that they stand on"))
