/**
 * A campaign of hostile input against the claim reader and the verifier.
 *
 *   npm run fuzz -- [--count 2000] [--seed 0] [--kind files|formulas|extremes|claims|nasty] [--budget standard] [--print FILE]
 *
 * Every input runs in a child process with a heap limit; the parent measures its processor time and its memory (Linux). It complains about an exit code
 * other than 0, 1, 2, 3, output that is no JSON or steers a terminal, more than 10 s, and more than 1 GiB. Exit 1 when there is a complaint.
 * `--print` writes the conclusive closed claims as JSON lines for truth.py.
 */
import * as fc from "fast-check"
import { fork } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { appendFileSync, readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import type { BudgetName } from "../../src/core/budget.ts"
import { hostile } from "./files.ts"
import { Drawn, claim, claimFile, file } from "./formulas.ts"
import { bytesOf, complaint, judge } from "./judge.ts"
import { NASTY } from "./nasty.ts"

const SECONDS = 10
const MEMORY = 2 ** 30
const HEAP_MB = 900

const text = (make: Drawn): fc.Arbitrary<Uint8Array> => make.map(bytesOf)
const KINDS: Readonly<Record<string, fc.Arbitrary<Uint8Array>>> = {
  files: hostile,
  formulas: text(new Drawn((d) => claimFile(claim(d, false)))),
  extremes: text(new Drawn((d) => claimFile(claim(d, true)))),
  claims: text(new Drawn(file)),
}

interface Case {
  readonly name: string
  readonly bytes: Uint8Array
}

const casesOf = (kind: string | undefined, count: number, seed: number): ReadonlyArray<Case> => {
  if (kind === "nasty") return NASTY
  const kinds = kind === undefined ? Object.keys(KINDS) : [kind]
  const each = Math.ceil(count / kinds.length)
  return kinds.flatMap((k) => fc.sample(KINDS[k]!, { numRuns: each, seed }).map((bytes, i) => ({ name: `${k} ${seed}/${i}`, bytes })))
}

/** Processor time in seconds and the highest memory in bytes of a process, as Linux counts them. */
const used = (pid: number): { readonly seconds: number; readonly peak: number } => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    return { seconds: (Number(stat[11]) + Number(stat[12])) / 100, peak: Number(peak ?? 0) * 1024 }
  } catch {
    return { seconds: 0, peak: 0 }
  }
}

interface Answer {
  readonly complaint: string | undefined
  readonly code: number
  readonly verdicts: ReadonlyArray<string>
}

const serve = (): void => {
  process.on("message", ({ bytes, budget }: { bytes: string; budget: BudgetName }) => {
    void judge(new Uint8Array(Buffer.from(bytes, "base64")), "fuzz.claims.yaml", 20, budget).then(
      (judged) => process.send?.({ complaint: complaint(judged), code: judged.code, verdicts: judged.results.map((r) => r.verdict._tag) }),
      (error: unknown) => process.send?.({ complaint: `thrown: ${error instanceof Error ? error.stack : String(error)}`, code: 4, verdicts: [] }),
    )
  })
}

const spawn = (): ChildProcess =>
  fork(new URL(import.meta.url), ["child"], { execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: ["ignore", "ignore", "pipe", "ipc"] })

/** The answer of the child, or a complaint about its time or its end. */
const ask = (child: ChildProcess, bytes: Uint8Array, budget: BudgetName): Promise<Answer & { readonly seconds: number }> =>
  new Promise((resolve) => {
    const before = used(child.pid!).seconds
    const end = (answer: Answer): void => {
      clearInterval(watch)
      child.off("message", heard)
      child.off("exit", ended)
      resolve({ ...answer, seconds: used(child.pid!).seconds - before })
    }
    const stop = (why: string): void => {
      end({ complaint: why, code: 4, verdicts: [] })
      child.kill("SIGKILL")
    }
    const heard = (answer: Answer): void => end(answer)
    const ended = (code: number | null, signal: string | null): void =>
      end({ complaint: `the process ended: ${signal ?? code}`, code: 4, verdicts: [] })
    const watch = setInterval(() => {
      const { seconds, peak } = used(child.pid!)
      if (seconds - before > SECONDS) stop(`more than ${SECONDS} s`)
      else if (peak > MEMORY) stop("more than 1 GiB")
    }, 50)
    child.on("message", heard)
    child.on("exit", ended)
    child.send({ bytes: Buffer.from(bytes).toString("base64"), budget })
  })

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "2000" },
      seed: { type: "string", default: "0" },
      kind: { type: "string" },
      budget: { type: "string", default: "standard" },
      print: { type: "string" },
    },
  })
  const cases = casesOf(values.kind, Number(values.count), Number(values.seed))
  const tally = new Map<string, number>()
  let [complaints, total, peak, child] = [0, 0, 0, spawn()]
  let slowest = { name: "none", seconds: 0 }
  for (const { name, bytes } of cases) {
    const answer = await ask(child, bytes, values.budget as BudgetName)
    total += answer.seconds
    if (answer.seconds > slowest.seconds) slowest = { name, seconds: answer.seconds }
    peak = Math.max(peak, used(child.pid!).peak)
    const key = answer.verdicts.length === 0 ? `exit ${answer.code}` : answer.verdicts[0]!
    tally.set(key, (tally.get(key) ?? 0) + 1)
    if (answer.complaint !== undefined) {
      complaints++
      console.log(`${name}: ${answer.complaint.slice(0, 600)}\n${Buffer.from(bytes).toString("utf8").slice(0, 1500)}\n`)
    }
    if (values.print !== undefined && (answer.verdicts[0] === "Verified" || answer.verdicts[0] === "Refuted"))
      appendFileSync(values.print, `${JSON.stringify({ name, verdict: answer.verdicts[0], file: Buffer.from(bytes).toString("utf8") })}\n`)
    if (child.exitCode !== null || child.signalCode !== null || answer.complaint?.startsWith("more than") === true) child = spawn()
  }
  child.kill()
  console.log([...tally].map(([key, n]) => `${n} ${key}`).join(", "))
  console.log(
    `${cases.length} inputs at ${values.budget}, ${complaints} complaints; ${total.toFixed(0)} s, slowest ${slowest.seconds.toFixed(1)} s (${slowest.name}), peak ${(peak / 2 ** 20).toFixed(0)} MiB`,
  )
  process.exitCode = complaints > 0 ? 1 : 0
}

if (process.argv[2] === "child") serve()
else await main()
