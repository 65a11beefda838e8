/**
 * The other side of a benchmark: a Python process that answers one JSON line with one JSON line, so that ours and theirs can take turns.
 *
 * The interpreter is LEMMATA_PYTHON, else python3. What it cannot import is said to be absent, and the benchmark goes on without it.
 */
import { spawn } from "node:child_process"
import { join } from "node:path"
import { createInterface } from "node:readline"

export type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [key: string]: Json }

export interface Answer {
  /** Processor time of the peer. */
  readonly ms: number
  readonly [key: string]: Json
}

export interface Peer {
  /** Versions of the packages that were found. */
  readonly versions: Readonly<Record<string, string>>
  readonly ask: (request: { readonly [key: string]: Json }) => Promise<Answer>
  readonly close: () => void
}

/**
 * The C library keeps what is freed for the next allocation. As it comes it hands large blocks back to the system and faults them in again: up to half of the time
 * of a training step in PyTorch, and nothing to hold against it.
 */
const KEPT = { MALLOC_TRIM_THRESHOLD_: "8000000000", MALLOC_MMAP_THRESHOLD_: "33554432" }

const ABSENT: Peer = { versions: {}, ask: () => Promise.reject(new Error("no peer")), close: () => undefined }

/** Starts `script`, a file of this benchmark folder, and prints what it has. */
export const startPeer = async (script: string, wanted: ReadonlyArray<string>): Promise<Peer> => {
  const python = process.env["LEMMATA_PYTHON"] ?? "python3"
  const child = spawn(python, ["-B", join(import.meta.dirname, "..", script)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...KEPT, ...process.env },
  })
  child.on("error", () => undefined)
  child.stdin.on("error", () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Json | undefined> => {
    const { value, done } = await lines.next()
    return done === true ? undefined : (JSON.parse(value) as Json)
  }
  const versions = (await next()) as Readonly<Record<string, string>> | undefined
  for (const name of wanted) {
    const version = versions?.[name]
    console.log(version === undefined ? `${name} is absent from ${python}: set LEMMATA_PYTHON to a Python that has it` : `${name} ${version}`)
  }
  if (versions === undefined) return ABSENT
  return {
    versions,
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const answer = (await next()) as Answer | { readonly error: string } | undefined
      if (answer === undefined) throw new Error(`${script} ended`)
      if ("error" in answer) throw new Error(`${script}: ${answer["error"] as string}`)
      return answer as Answer
    },
    close: () => child.stdin.end(),
  }
}
