/**
 * The generated parts of docs/claims.md: `npm run docs` writes them between their markers. Names, numbers of arguments and hypotheses come from the tables
 * that the parser reads, so that the page cannot say anything else; the meanings come from `meanings.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { BINDERS } from "../src/expression/binders.ts"
import { ARITY } from "../src/expression/claim-names.ts"
import { DOMAIN_ARITY } from "../src/expression/domain.ts"
import { FUNCTIONALS } from "../src/expression/functionals/functionals.ts"
import { LAWS } from "../src/expression/laws/laws.ts"
import { LINEAR } from "../src/expression/operators.ts"
import { ELEMENTARY } from "../src/interval/arithmetic.ts"
import { DOMAIN_MEANINGS, FUNCTIONAL_MEANINGS, LAW_MEANINGS } from "./meanings.ts"
import type { Meaning } from "./meanings.ts"

export const PAGE = join(import.meta.dirname, "../docs/claims.md")

type Arity = readonly [least: number, most: number]

/** The least and greatest number of arguments that a documented list shows: `[, k]` may be left out, `...` goes on. */
const shown = (args: string): Arity => {
  const all = args
    .replace(/[[\]]/g, "")
    .split(",")
    .filter((a) => a.trim() !== "...")
  if (args.includes("...")) return [1, Number.POSITIVE_INFINITY]
  return [all.length - (/\[,/.test(args) ? 1 : 0), all.length]
}

/** Throws an Error where the parser and the meanings do not know the same forms with the same numbers of arguments. */
const agree = (what: string, parser: ReadonlyMap<string, Arity>, meanings: Readonly<Record<string, Meaning>>): void => {
  const names = [...new Set([...parser.keys(), ...Object.keys(meanings)])]
  for (const name of names) {
    const [known, meant] = [parser.get(name), meanings[name]]
    if (known === undefined || meant === undefined)
      throw new Error(`${what} ${name} is known to the ${known === undefined ? "meanings" : "parser"} only`)
    const [least, most] = shown(meant.args)
    if (least !== known[0] || (most !== known[1] && known[1] < 1000))
      throw new Error(`${what} ${name}(${meant.args}): the parser takes ${known.join("..")} arguments`)
  }
}

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")

const forms = (meanings: Readonly<Record<string, Meaning>>, finite: boolean): string =>
  table(
    ["form", "meaning", "needs", ...(finite ? ["finite"] : [])],
    Object.entries(meanings).map(([name, m]) => [`\`${name}(${m.args})\``, m.meaning, m.needs ?? "", ...(finite ? [m.finite ?? ""] : [])]),
  )

const domains = (): string => {
  agree("domain", new Map(Object.entries(DOMAIN_ARITY)), DOMAIN_MEANINGS)
  return forms(DOMAIN_MEANINGS, false)
}

const laws = (): string => {
  const only = Object.keys({ ...LAWS, ...LAW_MEANINGS }).find((name) => LAWS[name] === undefined || LAW_MEANINGS[name] === undefined)
  if (only !== undefined) throw new Error(`the law ${only} is known to the parser or to the meanings only`)
  return table(
    ["form", "law", "needs", "mean and variance finite"],
    Object.entries(LAWS).map(([name, { parameters, variadic, hypotheses }]) => {
      const args = variadic === true ? "d1, d2, ..." : parameters.map((p) => (p.kind === "laws" ? "[d1, d2, ...]" : p.name)).join(", ")
      return [`\`${name}(${args})\``, LAW_MEANINGS[name]!.law, hypotheses, LAW_MEANINGS[name]!.finite]
    }),
  )
}

const functionals = (): string => {
  const names = [...Object.keys(FUNCTIONALS), ...Object.keys(BINDERS)]
  agree("functional", new Map(names.map((name) => [name, ARITY.get(name)!])), FUNCTIONAL_MEANINGS)
  return forms(FUNCTIONAL_MEANINGS, true)
}

const elementary = (): string => {
  const named = [...ARITY.keys()].filter((name) => !(name in BINDERS || name in FUNCTIONALS || name in LAWS || name in LINEAR))
  const unknown = ELEMENTARY.filter((name) => !named.includes(name))
  if (unknown.length > 0) throw new Error(`the parser does not know ${unknown.join(", ")}`)
  return [
    `Elementary: \`${["+", "-", "*", "/", "^", ...named].join(" ")}\`.`,
    `Vectors and matrices: \`${Object.keys(LINEAR).join(" ")}\` (\`norm2\` is the squared Euclidean norm). Constants: \`pi\`, \`e\`, \`inf\`.`,
  ].join("\n")
}

const PARTS: Readonly<Record<string, () => string>> = { domains, laws, functionals, elementary }

/** The page with its generated parts as they are now. Throws an Error where a marker is missing. */
export const generated = (page: string): string =>
  Object.entries(PARTS).reduce((text, [name, part]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, "<!-- end -->"]
    const from = text.indexOf(begin)
    const to = text.indexOf(end, from)
    if (from < 0 || to < 0) throw new Error(`docs/claims.md has no "${begin} ... ${end}"`)
    return `${text.slice(0, from + begin.length)}\n${part()}\n${text.slice(to)}`
  }, page)

if (import.meta.main) writeFileSync(PAGE, generated(readFileSync(PAGE, "utf8")))
