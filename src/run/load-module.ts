/**
 * A user's proof or recipe in a file: `lemmata check ./proofs/my-theorem.ts`, `lemmata run ./my-recipe.ts`. Node strips the types of plain TypeScript by itself; what it
 * cannot read that way (enums, imports without an extension) goes through tsx. In such a file `import ... from "lemmata"`, "lemmata/sampling" and "lemmata/training"
 * mean the library that is running.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync, statSync } from "node:fs"
import { registerHooks } from "node:module"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { isRefusal, reasonOf } from "../core/refusal.ts"
import type { Spec } from "../core/statement.ts"
import type { Recipe } from "../train/recipe.ts"
import type { Proof } from "../verify/proof.ts"
import { InputError } from "./input-error.ts"
import { messageOf } from "./perform.ts"
import { proofOf, recipeOf, summaryOf } from "./registry.ts"
import type { Entry } from "./registry.ts"

/** True for words that name a file rather than a theorem. */
export const isModulePath = (word: string): boolean => isCodePath(word) || isClaimPath(word)

/** True for words that name a module rather than a recipe. */
export const isCodePath = (word: string): boolean => /^\.{0,2}\//.test(word) || /\.[cm]?[jt]s$/.test(word)

/** True for claim files: YAML, or Markdown with fenced `claims` blocks. */
export const isClaimPath = (word: string): boolean => /\.(ya?ml|md)$/i.test(word)

/** The entry of a file; nothing is read before `spec` or `proof` is called. Both fail with an InputError "bad-module" that names the file. */
export const moduleEntry = (word: string, directory: string): Entry => {
  let loaded: Promise<Proof> | undefined
  const proof = (): Promise<Proof> => (loaded ??= proofAt(resolve(directory, word), word))
  const spec = async (): Promise<Spec> => (await proof()).spec
  return { id: word, proof, spec, summary: async () => summaryOf(await spec()) }
}

const proofAt = async (path: string, word: string): Promise<Proof> => {
  if (!isClaimPath(word)) return proofOf(await load(path, word), word)
  demand(path, word)
  // Loaded on demand: it brings the parsers of YAML and of formulas.
  return (await import("./load-claims.ts")).loadClaims(path, word)
}

/** The recipe of a file. Fails with an InputError "bad-module" that names the file. */
export const recipeFile = async (word: string, directory: string): Promise<Recipe> => {
  const path = resolve(directory, word)
  const recipe = recipeOf(await load(path, word), word)
  return { ...recipe, file: { path, sha256: createHash("sha256").update(readFileSync(path)).digest("hex") } }
}

const ENTRIES: Readonly<Record<string, string>> = { lemmata: "index", "lemmata/sampling": "sampling", "lemmata/training": "training" }

/** Makes `import "lemmata"` and its parts in user modules resolve to the running library, whose entries lie in `folder`. Once per thread. */
export const provideLibrary = (folder: URL, extension: ".ts" | ".js"): void => {
  registerHooks({
    resolve: (specifier, context, next) =>
      Object.hasOwn(ENTRIES, specifier)
        ? { url: new URL(`${ENTRIES[specifier]}${extension}`, folder).href, shortCircuit: true }
        : next(specifier, context),
  })
}

// What Node says of TypeScript that type stripping cannot read.
const BEYOND_NODE = new Set([
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX",
  "ERR_INVALID_TYPESCRIPT_SYNTAX",
  "ERR_MODULE_NOT_FOUND",
])

const demand = (path: string, word: string): void => {
  if (!existsSync(path)) throw new InputError({ code: "bad-module", message: `there is no file ${word}` })
}

const load = async (path: string, word: string): Promise<Readonly<Record<string, unknown>>> => {
  demand(path, word)
  if (statSync(path).isDirectory()) throw new InputError({ code: "bad-module", message: `${word}: a file is expected, not a directory` })
  const url = pathToFileURL(path).href
  return import(url)
    .catch((error: unknown) => (BEYOND_NODE.has(codeOf(error)) ? viaTsx(url) : Promise.reject(error)))
    .catch((error: unknown) => {
      // `npm init` writes "type": "commonjs", under which Node reads no `import`.
      if (error instanceof SyntaxError && /outside a module|Unexpected token 'export'/.test(error.message))
        throw new InputError({
          code: "bad-module",
          message: `cannot load ${word}: the package.json above it says that it is CommonJS; set "type": "module" there, or name the file ${word.replace(/\.([jt]s)$/, ".m$1")}`,
        })
      throw new InputError({
        code: "bad-module",
        message: `cannot load ${word}: ${isRefusal(error) ? `${error.path ?? word}: ${reasonOf(error)}` : messageOf(error)}`,
      })
    })
}

const viaTsx = async (url: string): Promise<Readonly<Record<string, unknown>>> => {
  const { tsImport } = await import("tsx/esm/api")
  return tsImport(url, import.meta.url)
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "")
