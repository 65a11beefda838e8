/**
 * The threads that do the work of the kernels: the calling one and helpers that share the memory of the WebAssembly back end. What is to be done is written
 * down as rounds of jobs; which thread does a job has no influence on it, so the numbers are those of one thread.
 *
 * Helpers are opportunistic: a round is finished by whoever is awake, and the calling thread waits only for jobs that have been begun. They keep no process alive and end
 * with it.
 */
import { Worker } from "node:worker_threads"
import { type assemble, FUNCTIONS, type Name } from "../assembly/module.ts"
import { CONTROL, JOBS, WORDS } from "../assembly/team.ts"

/** Where memory comes from; addresses are bytes. */
export interface Allocator {
  readonly _malloc: (bytes: number) => number
  readonly _free: (address: number) => void
}

/** An address in the workspace of the thread that runs the call, and one in what `note` has written down; both as arguments of a call alone. */
const OWN = 2 ** 34
const NOTED = 2 ** 35
export const own = (offset: number): number => OWN + offset

export interface Crew {
  readonly threads: number
  /** Addresses of parts of a workspace of these sizes in bytes, shared, then each thread's own; what was there before is lost. */
  readonly room: (shared: ReadonlyArray<number>, each: ReadonlyArray<number>) => ReadonlyArray<number>
  /** Fills shared room with zeros. */
  readonly clear: (address: number, numbers: number) => void
  /** Words that calls of this round may read, at an address for their arguments. */
  readonly note: (words: ReadonlyArray<number>) => number
  readonly call: (name: Name, ...args: ReadonlyArray<number>) => void
  /** Ends a job: the calls since the last one, if any. */
  readonly job: () => void
  /** Does the jobs, in their order or all of them at once. */
  readonly run: (together: boolean) => void
}

const nothing = (): [Array<number>, Array<number>, Array<number>, Array<number>] => [[], [], [], []]

/** A block of memory that is replaced by a larger one when it is too small. */
const block = ({ _malloc, _free }: Allocator, purpose: string) => {
  let [at, held] = [0, 0]
  return (bytes: number): number => {
    if (bytes > held) {
      if (held > 0) _free(at)
      held = 0
      const size = Math.ceil(1.25 * bytes) + 64
      at = _malloc(size) >>> 0
      if (at === 0) throw new Error(`no memory for ${size} bytes of ${purpose}`)
      held = size
    }
    return Math.ceil(at / 64) * 64
  }
}

/** Its memory is the round that it works on: an error there is told to the calling thread, which waits for it. */
const HELPER = `const { module, memory, control, slot, failed, left } = require("node:worker_threads").workerData
try {
  new WebAssembly.Instance(module, { env: { memory } }).exports.serve(control, slot)
} catch {
  const words = new Int32Array(memory.buffer)
  Atomics.store(words, failed >> 2, 1)
  Atomics.store(words, left >> 2, 0)
  Atomics.notify(words, left >> 2)
}`

export const crew = (memory: WebAssembly.Memory, { module, assembly }: ReturnType<typeof assemble>, allocator: Allocator, threads: number): Crew => {
  const [workspace, book] = [block(allocator, "workspace"), block(allocator, "jobs")]
  const control = block(allocator, "threads")(CONTROL.slots + 4 * threads + 64)
  let words = new Int32Array(0)
  /** The memory as it is now: its view is another one when it has grown. */
  const look = (): Int32Array => (words.buffer === memory.buffer ? words : (words = new Int32Array(memory.buffer)))
  const word = (offset: number): number => (control + offset) >>> 2
  look().fill(0, word(0), word(CONTROL.slots) + threads)
  for (let i = 1; i < threads; i++) {
    const workerData = {
      module,
      memory,
      control,
      slot: control + CONTROL.slots + 4 * i,
      failed: control + CONTROL.failed,
      left: control + CONTROL.left,
    }
    const helper = new Worker(HELPER, { eval: true, workerData, execArgv: [], env: {} })
    helper.unref()
    // One that does not start takes no jobs and is not missed.
    helper.on("error", () => {})
  }

  let round = 0
  let [notes, calls, jobs, fixes] = nothing()
  const slot = control + CONTROL.slots

  /** A helper that has failed takes no part any more, and may have left anything behind. */
  const refuse = (): void => {
    if (Atomics.load(words, word(CONTROL.failed)) !== 0) throw new Error("a thread of the WebAssembly back end has failed")
  }
  const together = (first: number, count: number): void => {
    refuse()
    words[word(CONTROL.jobs)] = first
    Atomics.store(words, word(CONTROL.left), count)
    round = (round + 1) % (2 ** 32 / JOBS)
    Atomics.store(words, word(CONTROL.ticket), (round * JOBS + count) | 0)
    if (Atomics.load(words, word(CONTROL.asleep)) > 0) Atomics.notify(words, word(CONTROL.ticket))
    assembly.work(control, slot)
    assembly.finish(control)
    refuse()
  }

  return {
    threads,
    room: (shared, each) => {
      const up = (size: number): number => Math.ceil(size / 64) * 64
      const size = each.reduce((sum, part) => sum + up(part), 64)
      let at = workspace(shared.reduce((sum, part) => sum + up(part), 0) + size * threads)
      const addresses = shared.map((part) => (at += up(part)) - up(part))
      look()
      for (let i = 0; i < threads; i++) words[word(CONTROL.slots) + i] = at + size * i
      at = OWN
      return [...addresses, ...each.map((part) => (at += up(part)) - up(part))]
    },
    clear: (address, numbers) => void look().fill(0, address >>> 2, (address >>> 2) + numbers),
    note: (values) => {
      const at = NOTED + 4 * notes.length
      for (const value of values) notes.push(value)
      return at
    },
    call: (name, ...args) => {
      const at = calls.length
      let mask = 0
      calls.push(FUNCTIONS.indexOf(name), 0)
      for (let i = 0; i < WORDS - 2; i++) {
        const value = args[i] ?? 0
        if (value >= NOTED) {
          fixes.push(calls.length)
          calls.push(value - NOTED)
        } else if (value >= OWN) {
          mask |= 1 << i
          calls.push(value - OWN)
        } else calls.push(value)
      }
      calls[at + 1] = mask
    },
    job: () => void (calls.length > (jobs.at(-1) ?? 0) && jobs.push(calls.length)),
    run: (many) => {
      const size = notes.length + 2 * jobs.length + calls.length
      const at = book(4 * size)
      look()
      const list = at + 4 * notes.length
      const first = list + 8 * jobs.length
      for (const i of fixes) calls[i]! += at
      words.set(notes, at >>> 2)
      words.set(calls, first >>> 2)
      for (const [i, end] of jobs.entries()) words.set([first + 4 * (jobs[i - 1] ?? 0), first + 4 * end], (list >>> 2) + 2 * i)
      const count = jobs.length
      ;[notes, calls, jobs, fixes] = nothing()
      if (threads === 1 || !many || count === 1) for (let i = 0; i < count; i++) assembly.perform(list + 8 * i, words[slot >>> 2]!)
      else for (let i = 0; i < count; i += JOBS - 1) together(list + 8 * i, Math.min(JOBS - 1, count - i))
    },
  }
}
