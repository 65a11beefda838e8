/**
 * Selection: which entries of the registry the words on the command line name. The order is the registry's, whatever the order typed.
 */
import { Result } from "effect"
import { InputError } from "./input-error.ts"
import { nearest } from "../core/nearest.ts"
import type { Registry } from "./registry.ts"

const isGlob = (word: string): boolean => /[*?]/.test(word)

/** `*` stands for any part of one segment, `**` for any number of segments, `?` for one character. */
const matcher = (glob: string): RegExp =>
  new RegExp(
    `^${glob.replace(/\*\*\/?|\*|\?|[^*?]+/g, (part) =>
      part.startsWith("**") ? ".*" : part === "*" ? "[^/]*" : part === "?" ? "[^/]" : part.replace(/[\\^$+.()|[\]{}]/g, "\\$&"),
    )}$`,
  )

/**
 * The entries named by ids and globs, or all of them. Fails with an InputError: "unknown-id" with the nearest id when a word that is no glob names nothing,
 * "nothing-selected" when no entry is left.
 */
export const select = (registry: Registry, words: ReadonlyArray<string>, all: boolean): Result.Result<Registry, InputError> => {
  const ids = registry.map((entry) => entry.id)
  for (const word of words) {
    if (isGlob(word) || ids.includes(word)) continue
    const suggestion = nearest(word, ids)
    const unknown = word.includes(".") ? "a claim file ends in .yaml, .yml or .md" : "`lemmata list` prints the ids"
    const hint = suggestion === undefined ? unknown : `did you mean "${suggestion}"?`
    const message = `unknown theorem "${word.slice(0, 200)}"; ${hint}`
    return Result.fail(new InputError({ code: "unknown-id", message, ...(suggestion === undefined ? {} : { suggestion }) }))
  }
  const globs = words.filter(isGlob).map(matcher)
  const chosen = registry.filter(({ id }) => all || words.includes(id) || globs.some((glob) => glob.test(id)))
  if (chosen.length > 0) return Result.succeed(chosen)
  const message =
    words.length === 0 && !all
      ? "nothing selected: name ids or globs such as 'diffusion/*', or give --all"
      : `nothing selected: no theorem matches ${words.join(" ")}`
  return Result.fail(new InputError({ code: "nothing-selected", message }))
}
