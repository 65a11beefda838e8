/**
 * `lemmata new claim NAME` and `lemmata new theorem TOPIC/NAME`: files to start from. Nothing is ever overwritten.
 */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { Effect } from "effect"
import { Argument, Command } from "effect/cli"
import { InputError } from "../run/input-error.ts"
import { nearest } from "../core/nearest.ts"
import { reasonOf } from "../core/refusal.ts"
import { makeFolder, unmake } from "../run/place.ts"
import { print } from "./output.ts"
import { claimSkeleton, proofSkeleton, specSkeleton } from "./skeleton.ts"

const TOPICS = ["variational", "adversarial", "transport", "diffusion", "flow", "likelihood", "energy", "metrics"]
const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const MAX_NAME = 80

const refuse = (message: string): InputError => new InputError({ code: "usage", message })

const claim = Command.make(
  "claim",
  { name: Argument.String("name").pipe(Argument.withDescription("writes NAME.claims.yaml here")) },
  Effect.fnUntraced(function* ({ name }) {
    if (!/^[A-Za-z0-9][\w-]*$/.test(name) || name.length > MAX_NAME)
      return yield* refuse(`new claim expects a name of letters, digits, - and _ without an ending, such as gaussian-kl, not "${name.slice(0, 200)}"`)
    const file = `${name}.claims.yaml`
    yield* writeNew([[file, claimSkeleton(name)]])
    yield* print(`${file}\nNext: lemmata check ${file}\n`)
  }),
).pipe(Command.withDescription("Write a claim file that checks Verified, to change into yours"))

const theorem = Command.make(
  "theorem",
  { id: Argument.String("id").pipe(Argument.withDescription("TOPIC/NAME, such as likelihood/gaussian-tail")) },
  Effect.fnUntraced(function* ({ id }) {
    const [topic = "", name = "", ...more] = id.split("/")
    if (!TOPICS.includes(topic) || !KEBAB.test(name) || name.length > MAX_NAME || more.length > 0) {
      const known = nearest(topic, TOPICS)
      const wrong = !TOPICS.includes(topic) ? `; the topics are ${TOPICS.join(", ")}` : "; a name is kebab-case"
      const hint = known === undefined || known === topic ? "" : `; did you mean "${known}"?`
      return yield* refuse(`new theorem expects TOPIC/NAME such as likelihood/gaussian-tail, not "${id.slice(0, 200)}"${wrong}${hint}`)
    }
    const [spec, proof] = inClone() ? [`specs/${id}.ts`, `proofs/${id}.ts`] : [`${name}/spec.ts`, `${name}/proof.ts`]
    const clone = inClone()
    yield* writeNew([
      [spec, specSkeleton(id, clone ? "../../src/core/statement.ts" : "lemmata")],
      [proof, clone ? proofSkeleton(id, `../../specs/${id}.ts`, "../../src/verify/prove.ts") : proofSkeleton(id, "./spec.ts", "lemmata")],
    ])
    // In a clone the built program knows the catalogue as it was built.
    yield* print(`${spec}\n${proof}\nNext: lemmata check ./${proof}\n`)
  }),
).pipe(Command.withDescription("Write the spec and the proof of a theorem that checks Verified, to change into yours"))

export const newFiles = Command.make("new").pipe(
  Command.withDescription("Write files to start from; nothing is overwritten"),
  Command.withSubcommands([claim, theorem]),
)

/** The repository of Lemmata has its catalogue beside its package. */
const inClone = (): boolean => {
  try {
    return existsSync("specs") && existsSync("proofs") && JSON.parse(readFileSync("package.json", "utf8")).name === "lemmata"
  } catch {
    return false
  }
}

/** Writes all the files or none. Fails with an InputError where one exists or cannot be written. */
const writeNew = (files: ReadonlyArray<readonly [path: string, text: string]>): Effect.Effect<void, InputError> =>
  Effect.suspend(() => {
    const taken = files.find(([path]) => existsSync(path))
    if (taken !== undefined) return Effect.fail(refuse(`${taken[0]} exists already; nothing was written`))
    const undo: Array<() => void> = []
    let at = ""
    try {
      for (const [path, text] of files) {
        at = path
        const made = makeFolder(dirname(path))
        undo.unshift(() => unmake(made))
        const file = openSync(path, "wx")
        undo.unshift(() => rmSync(path))
        try {
          writeFileSync(file, text)
        } finally {
          closeSync(file)
        }
      }
      return Effect.void
    } catch (error) {
      for (const back of undo) back()
      return Effect.fail(refuse(`cannot write ${at}: ${reasonOf(error)}; nothing was written`))
    }
  })
