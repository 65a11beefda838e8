/**
 * `lemmata check --watch FILE...`: checks the files, then each of them again when it is saved. A file that is missing or wrong is told about and waited for.
 */
import { readFileSync, watch as watchFolder } from "node:fs"
import { basename, dirname, resolve } from "node:path"
import { Effect } from "effect"
import { reasonOf } from "../core/refusal.ts"
import { InputError } from "../run/input-error.ts"
import { complain, print } from "./output.ts"

/** Editors save in several steps; what happens within this many milliseconds is one save. */
const SETTLE = 80
const CLEAR = "\u001b[2J\u001b[H"

/**
 * Runs `check` on each file, then again on each file whose bytes have changed; a file that changes while it is checked is begun anew. Ends only by
 * interruption, when nobody reads what it prints, or with an InputError where a folder cannot be watched.
 */
export const watching = Effect.fnUntraced(function* <R>(
  files: ReadonlyArray<string>,
  check: (file: string) => Effect.Effect<unknown, InputError, R>,
) {
  const saves = new Saves(files)
  const look = (file: string): Effect.Effect<void, InputError, R> =>
    saves.missing(file)
      ? complain(`lemmata: there is no file ${file}; waiting for it`)
      : Effect.raceFirst(
          check(file).pipe(
            Effect.asVoid,
            Effect.catch((error) => complain(`lemmata: ${error.message}`)),
          ),
          saves.next((other) => other === file),
        )
  const lookAll = (changed: ReadonlyArray<string>): Effect.Effect<void, InputError, R> =>
    Effect.forEach(changed, look, { discard: true }).pipe(Effect.andThen(() => complain(`watching ${files.join(", ")}; Ctrl-C ends`)))
  const again = Effect.gen(function* () {
    yield* saves.next(() => true)
    if (process.stdout.isTTY) yield* print(CLEAR)
    yield* lookAll(saves.take())
  })
  yield* lookAll(files).pipe(Effect.andThen(Effect.forever(again)), Effect.raceFirst(unread), Effect.ensuring(Effect.sync(() => saves.close())))
})

/** Waits until standard output takes no more. */
const unread: Effect.Effect<void> = Effect.callback((resume) => {
  const end = (): void => resume(Effect.void)
  process.stdout.once("error", end)
  return Effect.sync(() => process.stdout.off("error", end))
})

/** The files that have been saved and not yet been looked at. Folders are watched, not files: most editors replace a file by another. */
class Saves {
  private readonly files: ReadonlyArray<string>
  private readonly known = new Map<string, string | undefined>()
  private readonly pending = new Set<string>()
  private readonly closing: Array<() => void> = []
  private listeners: ReadonlyArray<() => void> = []
  private failure: InputError | undefined
  constructor(files: ReadonlyArray<string>) {
    this.files = files
    for (const folder of new Set(files.map((file) => dirname(resolve(file))))) this.open(folder)
    for (const file of files) this.known.set(file, this.bytes(file))
  }

  missing(file: string): boolean {
    return this.known.get(file) === undefined
  }

  private bytes(file: string): string | undefined {
    try {
      return readFileSync(file, "latin1")
    } catch {
      return undefined
    }
  }

  take(): ReadonlyArray<string> {
    const taken = this.files.filter((file) => this.pending.has(file))
    this.pending.clear()
    return taken
  }

  /** Waits until a file that `wanted` accepts has changed. */
  next(wanted: (file: string) => boolean): Effect.Effect<void, InputError> {
    return Effect.callback<void, InputError>((resume) => {
      const look = (): void => {
        if (this.failure !== undefined) resume(Effect.fail(this.failure))
        else if ([...this.pending].some(wanted)) resume(Effect.void)
      }
      this.listeners = [...this.listeners, look]
      look()
      return Effect.sync(() => {
        this.listeners = this.listeners.filter((other) => other !== look)
      })
    })
  }

  close(): void {
    for (const close of this.closing) close()
  }

  private open(folder: string): void {
    const names = new Set(this.files.filter((file) => dirname(resolve(file)) === folder).map((file) => basename(file)))
    let timer: ReturnType<typeof setTimeout> | undefined
    const fail = (error: unknown): void => {
      this.failure = new InputError({ code: "usage", message: `cannot watch ${folder}: ${reasonOf(error)}` })
      this.tell()
    }
    try {
      const watcher = watchFolder(folder, (_, name) => {
        if (name !== null && !names.has(name)) return
        clearTimeout(timer)
        timer = setTimeout(() => this.compare(), SETTLE)
      })
      watcher.on("error", fail)
      this.closing.push(() => {
        clearTimeout(timer)
        watcher.close()
      })
    } catch (error) {
      fail(error)
    }
  }

  private compare(): void {
    for (const file of this.files) {
      const now = this.bytes(file)
      if (now === this.known.get(file)) continue
      this.known.set(file, now)
      this.pending.add(file)
    }
    this.tell()
  }

  private tell(): void {
    for (const look of this.listeners) look()
  }
}
