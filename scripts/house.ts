/**
 * The laws of the house that no formatter or type checker knows: who may import whom, how long a file may be, no ambient state, and no random numbers
 * but those of src/random.
 *
 * Floors, from the ground: core | interval | expression, math, random | specs | verify, tensor | proofs, models, data | train, sample |
 * pipelines, run, report | check, index, sampling, training (the library) | cli | main. An import goes down, or stays in its own folder; a proof never imports a proof, and nothing but main
 * imports specs, proofs and src together. `node scripts/house.ts` prints one line per breach and exits 1.
 */
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"

export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

const FLOORS: ReadonlyArray<ReadonlyArray<string>> = [
  ["core"],
  ["interval"],
  ["expression", "math", "random"],
  ["specs"],
  ["verify", "tensor"],
  ["proofs", "models", "data"],
  // An objective is written against the kind of model that it trains and the kind of data that it draws.
  ["train", "sample"],
  ["pipelines", "run", "report"],
  ["check"],
  ["index", "sampling", "training"],
  ["cli"],
  ["main"],
]

/** Packages and the folders that may import them; a package that is not listed may not be imported at all. */
const PACKAGES: Readonly<Record<string, ReadonlyArray<string>>> = {
  effect: [
    "verify",
    "tensor",
    "proofs",
    "models",
    "train",
    "sample",
    "data",
    "pipelines",
    "run",
    "report",
    "check",
    "index",
    "training",
    "cli",
    "main",
  ],
  "@effect/platform-node": ["run", "cli", "main"],
  mathjs: ["expression"],
  "ml-matrix": ["math"],
  yaml: ["expression"],
  "fast-check": ["verify"],
  temml: ["report"],
  tsx: ["run"],
  vega: ["report"],
  "vega-lite": ["report"],
  "@tensorflow/tfjs": ["tensor"],
  node: ["tensor", "data", "train", "run", "check", "cli", "main"],
}

const LIMITS: ReadonlyArray<readonly [prefix: string, lines: number]> = [
  ["specs/", 120],
  ["proofs/", 200],
  ["src/", 300],
  ["pipelines/", 300],
]

// Whatever is neither a function of its arguments nor a service would make a verdict depend on the moment.
const AMBIENT = /\b(Math\.random|Date\.now|new Date\(\)|performance\.now)\b/

// The generators of TensorFlow.js cannot be reproduced without a seed, and take the seed 0 for none.
const UNSEEDED = /\.(randomNormal|randomUniform|randomUniformInt|randomStandardNormal|randomGamma|truncatedNormal|multinomial|dropout)\(|\btf\.rand\(/

/** One sentence per breach, in the order of the files. */
export const breaches = (files: ReadonlyArray<SourceFile>): ReadonlyArray<string> => [
  ...new Set([...files.flatMap((file) => [...direction(file), ...length(file), ...ambient(file), ...unseeded(file)]), ...circles(files)]),
]

/** Every module specifier of a file, of types too. */
export const imports = (text: string): ReadonlyArray<string> => {
  const code = text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "")
  return [...code.matchAll(/(?:^|\n)\s*(?:import|export)\b[^"';]*?from\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"/g)].map((m) => m[1] ?? m[2]!)
}

/** The room of a path: its folder under src, or specs, proofs, pipelines; `undefined` for files outside the house. */
const room = (path: string): string | undefined => {
  const parts = path.split("/")
  if (parts[0] === "src") return parts.length === 2 ? parts[1]!.replace(/\.ts$/, "") : parts[1]
  return parts[0] === "specs" || parts[0] === "proofs" || parts[0] === "pipelines" ? parts[0] : undefined
}

const floor = (name: string): number => FLOORS.findIndex((names) => names.includes(name))

const direction = ({ path, text }: SourceFile): ReadonlyArray<string> => {
  const from = room(path)
  if (from === undefined) return []
  if (floor(from) === -1) return [`${path}: "${from}" stands on no floor of the house`]
  return imports(text).flatMap((specifier) => {
    if (!specifier.startsWith(".")) {
      const name = specifier.startsWith("node:")
        ? "node"
        : specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/")
      return PACKAGES[name]?.includes(from) === true ? [] : [`${path}: ${from} may not import the package "${name}"`]
    }
    const target = normalize(join(dirname(path), specifier))
    const to = room(target)
    if (to === undefined) return [`${path}: imports ${target}, which is outside the house`]
    if (!specifier.endsWith(".ts")) return [`${path}: "${specifier}" lacks its extension .ts`]
    if (from === "main") return []
    if (to === "proofs") return [`${path}: ${from === "proofs" ? "no proof imports another proof" : `only main imports proofs, not ${from}`}`]
    if (to === "specs" && from !== "proofs" && from !== "specs") return [`${path}: only proofs and main import specs, not ${from}`]
    if (from === to) return []
    return floor(to) < floor(from) ? [] : [`${path}: ${from} may not import ${to} (${target})`]
  })
}

const length = ({ path, text }: SourceFile): ReadonlyArray<string> => {
  const limit = LIMITS.find(([prefix]) => path.startsWith(prefix))?.[1]
  const lines = text.split("\n").length - 1
  return limit !== undefined && lines > limit ? [`${path}: ${lines} lines, the limit is ${limit}`] : []
}

const ambient = ({ path, text }: SourceFile): ReadonlyArray<string> => {
  const found = room(path) === undefined ? null : AMBIENT.exec(text)
  return found === null ? [] : [`${path}: ambient state ${found[0]}`]
}

const unseeded = ({ path, text }: SourceFile): ReadonlyArray<string> => {
  const found = room(path) === undefined ? null : UNSEEDED.exec(text)
  return found === null ? [] : [`${path}: unseeded random numbers ${found[0].slice(0, -1)}; draw from a stream of src/random`]
}

/** Circles of imports, found by depth-first search; types count. */
const circles = (files: ReadonlyArray<SourceFile>): ReadonlyArray<string> => {
  const targets = new Map(files.map(({ path, text }) => [path, new Set(imports(text).map((s) => normalize(join(dirname(path), s))))]))
  const state = new Map<string, "open" | "done">()
  const found: Array<string> = []
  const visit = (path: string, trail: ReadonlyArray<string>): void => {
    if (!targets.has(path) || state.get(path) === "done") return
    if (state.get(path) === "open") {
      found.push(`${path}: circle of imports ${[...trail.slice(trail.indexOf(path)), path].join(" -> ")}`)
      return
    }
    state.set(path, "open")
    for (const target of targets.get(path)!) visit(target, [...trail, path])
    state.set(path, "done")
  }
  for (const { path } of files) visit(path, [])
  return found
}

/** The files of the house under `root`. */
export const readHouse = (root: string): ReadonlyArray<SourceFile> =>
  ["src", "specs", "proofs", "pipelines"].flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
        .filter((path) => path.endsWith(".ts"))
        .sort()
        .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    } catch {
      return []
    }
  })

if (import.meta.main) {
  const files = readHouse(join(import.meta.dirname, ".."))
  const found = breaches(files)
  for (const line of found) console.error(line)
  console.log(`${files.length} files, ${found.length} breaches of the house rules`)
  process.exitCode = found.length === 0 ? 0 : 1
}
