/**
 * Builds dist/ from source: `npm ci` runs it (script "prepare"), so it is plain JavaScript and runs on every Node from 20 on.
 *
 *   dist/src/main.js, dist/specs, dist/proofs   the command line, with its dependencies bundled, because a fifth of a second is spent on loading otherwise;
 *                                               the tree keeps its shape, so that main finds specs and proofs by the same relative path as in source
 *   dist/src/cli/training, dist/pipelines       what `run`, `resume` and their kin load when they are asked for: a bundle of its own, so that what they share with
 *                                               the rest, which is most of `effect`, does not slow down the start of `check`
 *   dist/src/index.js, sampling.js, training.js the library as the command line sees it: what `import "lemmata"` means in a file given to `lemmata check` or `run`
 *   dist/index.js, sampling.js, training.js     the library for npm users, whose `effect` must be their own; dist/types has its types
 */
import { execFileSync } from "node:child_process"
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const sources = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => join(folder, name))
    : []
const catalogue = ["specs", "proofs"].flatMap(sources)
const training = ["start", "again", "summary", "seeds"].map((name) => `src/cli/training/${name}.ts`)

// Built beside the last build and put in its place when all has gone well.
const fresh = "dist.new"
rmSync(join(root, fresh), { recursive: true, force: true })

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.19",
  logLevel: "warning",
  minifyWhitespace: true,
  minifySyntax: true,
}

const split = {
  ...common,
  outbase: ".",
  outdir: fresh,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  external: ["tsx", "tsx/*", "vega", "vega-lite"],
  // Bundled CommonJS asks for `require`, which an ES module does not have.
  banner: { js: 'import{createRequire as lemmataRequire}from"node:module";const require=lemmataRequire(import.meta.url);' },
}
// The import stands in a chunk, from where the other bundle is found.
const elsewhere = {
  name: "training",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/training\/\w+\.ts$/ }, ({ path }) => ({ path: `../src/cli/${path.slice(2, -3)}.js`, external: true })),
}
await build({ ...split, entryPoints: ["src/main.ts", "src/index.ts", ...catalogue], plugins: [elsewhere] })
await build({ ...split, entryPoints: [...training, "src/sampling.ts", "src/training.ts", ...sources("pipelines")] })
const library = ["src/index.ts", "src/sampling.ts", "src/training.ts"]
await build({ ...common, entryPoints: library, outdir: fresh, splitting: true, chunkNames: "library/[name]-[hash]", packages: "external" })

// What `lemmata list` shows, written down so that it loads no spec.
const specs = await Promise.all(
  catalogue.filter((path) => path.startsWith("specs")).map((path) => import(pathToFileURL(join(root, fresh, path.replace(/\.ts$/, ".js"))).href)),
)
const summaries = specs
  .flatMap((module) => Object.values(module))
  .filter((value) => Array.isArray(value?.steps) && Array.isArray(value?.mutants))
  .map(({ id, title, steps, families, mutants }) => ({ id, title, steps: steps.length, families: families.length, mutants: mutants.length }))
writeFileSync(join(root, fresh, "catalogue.json"), `${JSON.stringify(summaries, null, 2)}\n`)

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc")
execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", `${fresh}/types`], { cwd: root, stdio: "inherit" })

chmodSync(join(root, fresh, "src", "main.js"), 0o755)
rmSync(join(root, "dist"), { recursive: true, force: true })
renameSync(join(root, fresh), join(root, "dist"))
